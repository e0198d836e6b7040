"""The methods in words, Swedish and English, as terminal, explorer and written results state them."""

from __future__ import annotations

BRIDGES = (
    "Två aktörer har ett band när de samverkar i samma räknade projekt. För frågans båda grupper tas alla"
    " par av en aktör som bara finns i den ena och en som bara finns i den andra; förmedlingen är den del"
    " av parens kortaste vägar som går genom aktören, summerad över paren (Q-mått: Flom m.fl. 2004). Utan"
    " aktören: hur många av paren som inte längre nås, eller nås i fler steg. Rangens osäkerhet: "
    "projekten dras om med återläggning {draws} gånger (bootstrap, frö {seed}); intervallet rymmer de "
    "mittersta 95 procenten av rangerna. Hur rangen håller när underlag saknas: 5, 10, 20 och 30 procent "
    "av projektdeltagandena tas bort slumpvis. Rollerna är Gould och Fernandez fem (1989), med z mot att "
    "grupperna delas ut slumpvis. Bara svenska aktörer rangordnas, eftersom utländska aktörers band är "
    "avskurna av urvalet. Varje fråga har sin egen rangordning; ingen sammanvägd poäng räknas.",
    "Two actors are tied when they collaborate in the same counted project. For the two groups of the "
    "question all pairs of an actor that is only in the one and an actor that is only in the other are "
    "taken; bridging is the share of the pairs' shortest paths that run through the actor, summed over "
    "the pairs (Q-measure: Flom et al. 2004). Without the actor: how many of the pairs are no longer "
    "reached, or reached in more steps. Uncertainty of the rank: projects are drawn again with "
    "replacement {draws} times (bootstrap, seed {seed}); the interval holds the middle 95 per cent of the"
    " ranks. How the rank holds when data are missing: 5, 10, 20 and 30 per cent of the participations "
    "are left out at random. The roles are Gould and Fernandez's five (1989), with z against groups dealt"
    " out at random. Only domestic actors are ranked, since the ties of foreign ones are cut by the "
    "selection. Each question has its own ranking; there is no mixed score.",
)

WHAT_IF = (
    "Ett tankeexperiment på de projekt vi känner till, ingen prognos. En aktör som tas bort lämnar sina "
    "projekt; ett projekt finns kvar så länge någon annan samverkande aktör är kvar. Ett program som tas "
    "bort tar sina projekt med sig. Ett tillagt samarbete är ett nytt projekt med de två aktörerna, i de "
    "områden som anges. Räckvidd: hur många par, av en aktör som bara finns i den ena gruppen och en som "
    "bara finns i den andra före ändringen, som någon väg av samarbeten förenar. Möten: projekt som hör "
    "till båda områdena, eller har samverkande aktörer från båda grupperna.",
    "A thought experiment on the projects that we know of, no forecast. An actor that is taken away "
    "leaves its projects; a project stays as long as another collaborating actor is left. A programme "
    "that is taken away takes its projects with it. An added collaboration is a new project of the two "
    "actors, in the areas named. Reach: how many pairs, of an actor only in the one group and an actor "
    "only in the other before the change, some path of collaborations joins. Meetings: projects that "
    "count to both areas, or have collaborating actors of both groups.",
)

KNOWN = (
    "Allt gäller de projekt vi känner till; klassningen av projekten styr vilka områden de hör till.",
    "All of this is about the projects that we know of; how projects are classified decides their areas.",
)

INTRODUCTIONS = (
    "Kontaktförslag görs för fastställda samarbetsluckor; finns ingen, för par av områden som strategin "
    "nämner men inget känt projekt förenar, som är besläktade i landet men orörda här, eller som aldrig "
    "möts. Kandidater är svenska aktörer i regionens nätverk, minst en av dem i regionen, den ena verksam "
    "i den ena gruppen och inte i den andra, och tvärtom. Uteslutna är par som redan delar ett känt "
    "projekt, delar av samma organisation och upplösta organisationer. Poängen ({score}) summerar över "
    "gemensamma parter produkten av Newmans vikter 1/(n−1); vid lika poäng går gemensam kommun före, sedan "
    "en tidigare gemensam ansökan. Hur väl poängen förutser verkliga samarbeten är prövat på senare år; "
    "siffrorna står i dokumentationen.",
    "Introductions are made for established collaboration gaps; where there is none, for pairs of areas "
    "that the strategy names but no known project joins, that are related in the country but untouched "
    "here, or that never meet. Candidates are domestic actors of the region's network, at least one of "
    "them in the region, one active in the one group and not the other, and the reverse. Left out are "
    "pairs that share a known project already, parts of the same organisation, and dissolved "
    "organisations. The score ({score}) sums over common partners the product of Newman's weights "
    "1/(n−1); equal scores are ordered by a common municipality, then an earlier common application. How "
    "well the score foresees real collaborations is tested on later years; the figures stand in the "
    "documentation.",
)

EVOLUTION = (
    "Ett projekt räknas i varje år som det pågår; odaterade projekt ingår inte i något år. En aktör eller "
    "ett band är nytt det första året det syns. De sista åren är ofullständiga: allt som började då är "
    "inte känt än.",
    "A project counts in every year in which it runs; undated projects are in no year. An actor or a tie "
    "is new in the first year in which it is seen. The last years are incomplete: not all that began then "
    "is known yet.",
)

STRENGTHS = (
    "Lokaliseringskvot: områdets andel av regionens projektdeltaganden (eller beviljade stöd) delad med "
    "områdets andel av landets. 1 är som landet. Bara källor som täcker hela landet jämförs, med samma "
    "regler för vilka områden projekten hör till; ett område som källornas koder inte skiljer ut saknar "
    "värde. Intervallet kommer av att projekten dras om med återläggning.",
    "Location quotient: the area's share of the region's participations (or granted support) divided by "
    "its share of the country's. 1 is as the country. Only sources that cover the whole country are "
    "compared, with the same rules for the areas of projects; an area that the sources' codes do not tell "
    "apart has no value. The interval comes from projects drawn again with replacement.",
)
