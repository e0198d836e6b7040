"""What the tests of gaps say, in words: verdicts, bases, windows, the answer in a sentence, the method."""

from __future__ import annotations

from ecograph.insight.gaps import Gaps, Verdict
from ecograph.insight.gaps_matrix import Window
from ecograph.insight.messages import NOUNS

Text = tuple[str, str]

VERDICTS: dict[Verdict, Text] = {
    "gap": ("▼ färre än slumpen kan förklara", "▼ fewer than chance explains"),
    "over": ("▲ fler än slumpen kan förklara", "▲ more than chance explains"),
    "as-chance": ("som slumpen kan förklara", "as chance can explain"),
    "too-little-data": ("för litet underlag för att bedöma", "too little data to say"),
    "depends-on-classification": ("beror på klassningen", "depends on the classification"),
}

BASES: dict[str, Text] = {
    "declared-and-enacted": ("uttalad och genomförd", "declared and enacted"),
    "declared-not-enacted": (
        "uttalad, ej genomförd i kända projekt",
        "declared, not enacted in known projects",
    ),
    "enacted-not-declared": ("genomförd, ej uttalad", "enacted, not declared"),
    "potential-untouched": ("möjlig, orörd i kända projekt", "potential, untouched in known projects"),
    "none": ("varken uttalad eller genomförd", "neither declared nor enacted"),
}

WINDOW_NAMES: dict[Window, Text] = {
    "all": ("alla år", "all years"),
    "before": ("före strategin", "before the strategy"),
    "after": ("efter strategin", "after the strategy"),
    "undated": ("odaterade", "undated"),
}

METHOD: Text = (
    "Matrisen har grupperna som rader och de räknade, klassade projekten som kolumner. Områden: en cell "
    "är 1 när projektet räknas till området, oavsett om partnerna är kända. Aktörsgrupper och kommuner: "
    "när en samverkande aktör hör dit, i projekt med minst två samverkande aktörer. Frågan är om två "
    "grupper möts i färre (eller fler) projekt än slumpen ger, när varje projekt behåller sitt antal "
    "grupper och varje grupp sitt antal projekt. Nollmodellen är slumpade matriser med fasta marginaler "
    "(curveball: Strona m.fl. 2014, Carstens 2015), {draws} dragningar med frö {seed}; p = (1+k)/(1+N). "
    "Ett par vars minsta möjliga p är större än 0,05/m, där m är antalet prövbara par (Tarone 1990), har "
    "för litet underlag. q: Benjamini–Hochberg för varje svans över de prövbara paren; fyndet kräver q "
    "högst 0,05. Det måste också stå sig när projekten klassas bara efter regler, bara efter uttryckliga "
    "uppgifter, och när varje tveksamt projekt klassas om; annars beror det på klassningen. {within_sv}",
    "The matrix has the groups as rows and the counted, classified projects as columns. Areas: a cell is "
    "1 when the project counts to the area, whether or not its partners are known. Helices and "
    "municipalities: when a collaborating actor belongs, in projects with at least two collaborating "
    "actors. The question is whether two groups meet in fewer (or more) projects than chance gives, when "
    "every project keeps its number of groups and every group its number of projects. The null model is "
    "random matrices with fixed margins (curveball: Strona et al. 2014, Carstens 2015), {draws} draws "
    "with seed {seed}; p = (1+k)/(1+N). A pair whose smallest possible p exceeds 0.05/m, m the number of "
    "testable pairs (Tarone 1990), has too little data. q: Benjamini–Hochberg per tail over the testable "
    "pairs; a finding needs q of at most 0.05. It must also hold when projects are classified by rules "
    "alone, by explicit statements alone, and when each ambiguous project is recoded; otherwise it "
    "depends on the classification. {within_en}",
)

_WITHIN_AREAS: Text = (
    "Inom ett område prövas inget, eftersom en aktör hör dit bara genom sina projekt; samarbetet där "
    "beskrivs.",
    "Within an area nothing is tested, since an actor belongs to it by its projects alone; collaboration "
    "there is described.",
)
_WITHIN_GROUPS: Text = (
    "Inom en grupp prövas om dess aktörer möts i färre (eller fler) projekt än slumpen ger, när varje "
    "projekt behåller sitt antal aktörer och varje aktör i snitt sitt antal projekt (exakta svansar).",
    "Within a group the test is whether its actors meet in fewer (or more) projects than chance gives, "
    "when every project keeps its number of actors and every actor its number of projects on average "
    "(exact tails).",
)

CAVEATS: tuple[Text, ...] = (
    (
        "Ett fynd gäller de projekt vi känner till och säger inget om samarbeten utanför dem.",
        "A finding concerns the projects that we know of and says nothing of collaboration outside them.",
    ),
    (
        "Projekt som började före strategins antagande visas för sig och är aldrig en följd av den.",
        "Projects that began before the strategy was adopted are shown apart and are never an effect of it.",
    ),
)


def method(gaps: Gaps) -> Text:
    """Return the method in words with the draws and the seed."""
    inside = _WITHIN_AREAS if gaps.by == "area" else _WITHIN_GROUPS
    values = {
        "draws": gaps.parameters["draws"], "seed": gaps.parameters["seed"],
        "within_sv": inside[0], "within_en": inside[1],
    }  # fmt: skip
    return METHOD[0].format(**values), METHOD[1].format(**values)


def answer(gaps: Gaps) -> Text:
    """Return the answer in sentences: how many pairs can be judged, and what was found, window by window."""
    (_, plural_sv), (_, plural_en) = NOUNS[gaps.by]
    swedish, english = [], []
    for summary in gaps.windows:
        tests = gaps.of(summary.window)
        number = {verdict: sum(test.verdict == verdict for test in tests) for verdict in VERDICTS}
        name = WINDOW_NAMES[summary.window]
        swedish.append(
            f"{name[0].capitalize()} ({summary.projects} projekt, {summary.several} med flera grupper): "
            f"{summary.testable} av {summary.pairs} par av {plural_sv} kan bedömas för luckor; "
            f"{_count(number, summary.testable, 'sv')}."
        )
        english.append(
            f"{name[1].capitalize()} ({summary.projects} projects, {summary.several} with several groups): "
            f"{summary.testable} of {summary.pairs} pairs of {plural_en} can be judged for gaps; "
            f"{_count(number, summary.testable, 'en')}."
        )
    for text in (within(gaps), separation(gaps), mixing(gaps)):
        if text[0]:
            swedish.append(text[0])
            english.append(text[1])
    return "\n".join(swedish), "\n".join(english)


def _count(number: dict[Verdict, int], testable: int, lang: str) -> str:
    gap, over, open_ = number["gap"], number["over"], number["depends-on-classification"]
    side = 0 if lang == "sv" else 1
    parts = []
    if not testable:
        parts.append(
            (
                "underlaget är för litet för att bedöma någon lucka",
                "there is too little data to judge any gap",
            )
        )
    else:
        parts.append(
            (
                f"{gap or 'inget'} möts färre gånger än slumpen kan förklara",
                f"{gap or 'none'} meets less often than chance explains",
            )
        )
    if over:
        parts.append(
            (f"{over} möts fler gånger än slumpen kan förklara", f"{over} more often than chance explains")
        )
    if open_:
        parts.append(
            (
                f"för {open_} beror svaret på klassningen",
                f"for {open_} the answer depends on the classification",
            )
        )
    return "; ".join(part[side] for part in parts)


def within(gaps: Gaps) -> Text:
    """Return what was found inside the groups; empty for areas, where nothing is tested."""
    tested = [item for item in gaps.within if item.verdict != "not-tested"]
    if not tested:
        return "", ""
    judged = sum(bool(item.testable) for item in tested)
    swedish = [f"{judged} av {len(tested)} kan bedömas för luckor"]
    english = [f"{judged} of {len(tested)} can be judged for gaps"]
    for item in tested:
        if item.verdict in ("gap", "over", "depends-on-classification"):
            says = VERDICTS[item.verdict]
            numbers = (
                f"({item.observed}; {_number(item.expected, 'sv')})",
                f"({item.observed}; {item.expected:.2g})",
            )
            swedish.append(f"{item.label[0]}: {says[0]} {numbers[0]}")
            english.append(f"{item.label[1]}: {says[1]} {numbers[1]}")
    return (
        "Inom grupperna (möten, observerat och väntat): " + "; ".join(swedish) + ".",
        "Within the groups (meetings, observed and expected): " + "; ".join(english) + ".",
    )


def separation(gaps: Gaps) -> Text:
    """Return how far areas keep apart overall, in the region and in the country; empty for other groups."""
    found = {item.scope: item for item in gaps.separation}
    if not found or not found["region"].projects:
        return "", ""
    region, rules, country = found["region"], found["region-rules"], found["country-rules"]
    swedish = (
        f"Isärhållning: {region.several} av {region.projects} klassade projekt räknas till flera områden"
    )
    english = f"Separation: {region.several} of {region.projects} classified projects count to several areas"
    if country.projects and rules.projects:
        swedish += (
            f"; enbart efter regler {rules.several} av {rules.projects}, mot {country.several} av "
            f"{country.projects} i övriga Sverige (Fishers test, p = {_number(country.p, 'sv')})."
        )
        english += (
            f"; by rules alone {rules.several} of {rules.projects}, against {country.several} of "
            f"{country.projects} in the rest of the country (Fisher's test, p = {_number(country.p, 'en')})."
        )
    else:
        swedish += "; landet kan inte jämföras, eftersom inga av dess projekt är klassade."
        english += "; the country cannot be compared, since none of its projects are classified."
    return swedish, english


def mixing(gaps: Gaps) -> Text:
    """Return how well the chains mixed, at worst over the windows."""
    chains = [summary.mixing for summary in gaps.windows if summary.mixing and summary.projects]
    if not chains:
        return "", ""
    drift = max(chain.drift for chain in chains)
    lag = max(chain.autocorrelation for chain in chains)
    sound = all(chain.sound for chain in chains)
    values_sv = f"största drift {_number(drift, 'sv')}, största autokorrelation {_number(lag, 'sv')}"
    values_en = f"largest drift {_number(drift, 'en')}, largest autocorrelation {_number(lag, 'en')}"
    return (
        f"Blandning: {'god' if sound else 'otillräcklig, tolka med försiktighet'} ({values_sv}).",
        f"Mixing: {'sound' if sound else 'insufficient, read with care'} ({values_en}).",
    )


def _number(value: float | None, lang: str) -> str:
    text = "–" if value is None else f"{value:.2g}"
    return text.replace(".", ",") if lang == "sv" else text
