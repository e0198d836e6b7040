"""The methods in words, Swedish and English, as terminal, explorer and written results state them."""

from __future__ import annotations

from ecograph.network.rolenulls import Null

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

ROLES = (
    "En aktör förmedlar när den samarbetar med två andra som inte samarbetar med varandra. Rollen följer av "
    "de tres grupper (förmedlaren i mitten): samordnare AAA, resande mäklare ABA, grindvakt ABB, företrädare "
    "AAB, sambandsperson ABC (Gould och Fernandez 1989). Varje par räknas i båda riktningarna, så grindvakt "
    "och företrädare är lika många när banden inte har någon riktning. En aktör i flera områden räknas till "
    "lika del i vart och ett; rollerna kan också visas för varje område för sig. Väntat och z: {null} "
    "z över 2 betyder fler än slumpen brukar ge. Rangen följer antalet vägar mellan skilda grupper; bara "
    "svenska aktörer rangordnas.",
    "An actor brokers when it collaborates with two others that do not collaborate with one another. The "
    "role follows from the groups of the three (the broker in the middle): coordinator AAA, itinerant broker "
    "ABA, gatekeeper ABB, representative AAB, liaison ABC (Gould and Fernandez 1989). Each pair counts in "
    "both directions, so that gatekeepers and representatives are as many where ties have no direction. An "
    "actor in several areas counts to an equal share in each; --per-group shows the roles in each area by "
    "itself. Expected and z: {null} z above 2 means more than chance usually brings. The rank follows the "
    "number of paths between different groups; only domestic actors are ranked.",
)

ROLE_NULLS: dict[Null, tuple[str, str]] = {
    "labels": (
        "nätverket och aktörens egen grupp ligger fast, de andras grupper delas ut slumpvis (exakta moment).",
        "the network and the actor's own group stay, the others' groups are dealt out at random (exact "
        "moments).",
    ),
    "density": (
        "grupperna ligger fast, varje band finns slumpvis med nätverkets täthet (Gould och Fernandez). "
        "Projekt gör klickar, så nästan alla ligger över detta.",
        "groups stay, every tie is there at random with the network's density (Gould and Fernandez). "
        "Projects make cliques, so that almost all lie above this.",
    ),
}

EVOLUTION: dict[str, tuple[str, str]] = {
    "years": (
        "Ett projekt räknas varje år det pågår. Ny: aldrig i nätverket tidigare; åter: varit med, men inte "
        "året före; borta: med året före, inte nu. Andelen kvar är de som stannat av dem som var med året "
        "före. Odaterade projekt står utanför åren.",
        "A project counts in every year in which it runs. New: never in the network before; back: in it "
        "before, but not the year before; gone: in it the year before, not now. The share stayed is of those "
        "of the year before. Undated projects stand outside the years.",
    ),
    "pairs": (
        "För varje år och par av områden: projekt som räknas till båda, aktörer med projekt i båda, och de "
        "svenska av dem, flest projekt först. Kvar är de som var med i båda även året före.",
        "For every year and pair of areas: projects that count to both, actors with projects in both, and "
        "the domestic ones of these, most projects first. Stayed are those that were in both the year before "
        "as well.",
    ),
    "periods": (
        "Projekt efter året då de började: före strategin, efter den, och odaterade för sig. Delarna läggs "
        "aldrig ihop, och det som började före strategin är inte dess verkan.",
        "Projects by the year in which they began: before the strategy, after it, and undated by themselves. "
        "The parts are never added up, and what began before the strategy is not its effect.",
    ),
    "programmes": (
        "Vad nätverket skulle förlora med ett program: aktörer som bara är med genom dess projekt, band som "
        "bara dess projekt gör, och par av områden som bara möts i dem. Ett tankeexperiment på de projekt vi "
        "känner till, ingen prognos.",
        "What the network would lose with a programme: actors that are in it only by the programme's "
        "projects, ties that only its projects make, and pairs of areas that meet only there. A thought "
        "experiment on the projects that we know of, no forecast.",
    ),
}

STRENGTHS = (
    "Bara källor som täcker hela landet jämförs, och projekten räknas till områden bara efter reglerna, "
    "så att alla län ses på samma sätt. Lokaliseringskvoten är områdets andel av länets deltaganden "
    "(eller beviljade stöd) delad med dess andel av landets. Intervallet (95 %) kommer av att projekten "
    "dras om med återläggning {draws} gånger (frö {seed}); har länet inget i området är det 0 till den "
    "exakta Poissongränsen. Ett område som källans koder inte kan skilja ut är inte klassbart, inte noll. "
    "Aktörer räknas till länet efter sätets kommun. Släktskapstäthet: hur stor del av släktskapet kring "
    "en aktivitet länet redan har (Hidalgo m.fl. 2007); komplexitet: genomsnittlig mångfald hos de län "
    "som är specialiserade i den (Hidalgo och Hausmann 2009).",
    "Only sources that cover the whole country are compared, and projects count to areas by the rules "
    "alone, so that all counties are seen alike. The location quotient is the area's share of the "
    "county's participations (or granted support) over its share of the country's. The interval (95 %) "
    "comes from drawing the projects again with replacement {draws} times (seed {seed}); where the county "
    "has nothing in the area it is 0 to the exact Poisson limit. An area that the source's codes cannot "
    "tell apart is not classifiable, not zero. Actors count to the county by the municipality of their "
    "seat. Relatedness density: how much of the relatedness around an activity the county already has "
    "(Hidalgo et al. 2007); complexity: average diversity of the counties specialised in it (Hidalgo and "
    "Hausmann 2009).",
)


def joined(*texts: tuple[str, str]) -> tuple[str, str]:
    """Return texts one after the other, in both languages."""
    return " ".join(text[0] for text in texts), " ".join(text[1] for text in texts)


STRUCTURE = (
    "Två aktörer har ett band när de samverkar i samma räknade projekt. Slumpen: aktörerna delas ut på "
    "projekten på nytt, {draws} gånger (frö {seed}); varje aktör behåller sitt antal projekt och varje "
    "projekt sitt antal aktörer i regionen och utanför. Det konsortierna gör av sig själva, slutna grupper "
    "där alla känner alla, finns alltså med i slumpen, och ett värde utanför det intervall som rymmer de "
    "mittersta 95 procenten säger något mer. p är tvåsidigt och inte justerat för att flera mått prövas; "
    "ett av tjugo hamnar utanför av en slump. Gemenskaper: Leiden på Newmans vikter, konsensus av {runs} "
    "körningar; stabiliteten är körningarnas överensstämmelse (justerat Rand-index). En gemenskap är en "
    "beskrivning av vilka som samarbetar tätt, ingen organisation, och var gränserna går är osäkert. "
    "Blandning (assortativitet, Newman 2003) räknas bland aktörer med känd grupp; en aktörs huvudområde är "
    "det där den har flest projekt. Inkapsling är NODF. Bara svenska aktörer rangordnas, eftersom "
    "utländska aktörers band är avskurna av urvalet.",
    "Two actors are tied when they collaborate in the same counted project. Chance: the actors are dealt "
    "anew to the projects, {draws} times (seed {seed}); every actor keeps its number of projects and every "
    "project its number of actors of the region and of others. So what consortia do by themselves, closed "
    "groups in which all know all, is in chance too, and a value outside the interval that holds the middle "
    "95 per cent says something more. p is two-sided and not adjusted for testing several measures; one in "
    "twenty falls outside by chance. Communities: Leiden on Newman's weights, consensus of {runs} runs; "
    "stability is the agreement of the runs (adjusted Rand index). A community describes who collaborates "
    "densely; it is no organisation, and where its borders run is uncertain. Mixing (assortativity, Newman "
    "2003) is among actors with a known group; an actor's main area is the one in which it has most "
    "projects. Nestedness is NODF. Only domestic actors are ranked, since the ties of foreign ones are cut "
    "by the selection.",
)
