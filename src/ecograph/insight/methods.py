"""The methods in words, Swedish and English, as the terminal, the explorer and the written results state them."""

from __future__ import annotations

BRIDGES = (
    "Två aktörer har ett band när de samverkar i samma räknade projekt. För frågans båda grupper tas alla par "
    "av en aktör som bara finns i den ena och en som bara finns i den andra; förmedlingen är den del av "
    "parens kortaste vägar som går genom aktören, summerad över paren (Q-mått: Flom m.fl. 2004). Utan aktören: "
    "hur många av paren som inte längre nås, eller nås i fler steg. Rangens osäkerhet: projekten dras om med "
    "återläggning {draws} gånger (bootstrap, frö {seed}); intervallet rymmer de mittersta 95 procenten av "
    "rangerna. Hur rangen håller när underlag saknas: 5, 10, 20 och 30 procent av projektdeltagandena tas bort "
    "slumpvis. Rollerna är Gould och Fernandez fem (1989), med z mot att grupperna delas ut slumpvis. Bara "
    "svenska aktörer rangordnas, eftersom utländska aktörers band är avskurna av urvalet. Varje fråga har sin "
    "egen rangordning; ingen sammanvägd poäng räknas.",
    "Two actors are tied when they collaborate in the same counted project. For the two groups of the question "
    "all pairs of an actor that is only in the one and an actor that is only in the other are taken; bridging "
    "is the share of the pairs' shortest paths that run through the actor, summed over the pairs (Q-measure: "
    "Flom et al. 2004). Without the actor: how many of the pairs are no longer reached, or reached in more "
    "steps. Uncertainty of the rank: projects are drawn again with replacement {draws} times (bootstrap, seed "
    "{seed}); the interval holds the middle 95 per cent of the ranks. How the rank holds when data are missing: "
    "5, 10, 20 and 30 per cent of the participations are left out at random. The roles are Gould and "
    "Fernandez's five (1989), with z against groups dealt out at random. Only domestic actors are ranked, "
    "since the ties of foreign ones are cut by the selection. Each question has its own ranking; there is no "
    "mixed score.",
)

WHAT_IF = (
    "Ett tankeexperiment på de projekt vi känner till, ingen prognos. En aktör som tas bort lämnar sina projekt; "
    "ett projekt finns kvar så länge någon annan samverkande aktör är kvar. Ett program som tas bort tar sina "
    "projekt med sig. Ett tillagt samarbete är ett nytt projekt med de två aktörerna, i de områden som anges. "
    "Räckvidd: hur många par, av en aktör som bara finns i den ena gruppen och en som bara finns i den andra "
    "före ändringen, som någon väg av samarbeten förenar. Möten: projekt som hör till båda områdena, eller har "
    "samverkande aktörer från båda grupperna.",
    "A thought experiment on the projects that we know of, no forecast. An actor that is taken away leaves its "
    "projects; a project stays as long as another collaborating actor is left. A programme that is taken away "
    "takes its projects with it. An added collaboration is a new project of the two actors, in the areas "
    "named. Reach: how many pairs, of an actor only in the one group and an actor only in the other before the "
    "change, some path of collaborations joins. Meetings: projects that count to both areas, or have "
    "collaborating actors of both groups.",
)

KNOWN = (
    "Allt gäller de projekt vi känner till; klassningen av projekten styr vilka områden de hör till.",
    "All of this is about the projects that we know of; how projects are classified decides their areas.",
)
