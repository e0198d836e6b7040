"""What the figures of a network say, one sentence each, in Swedish and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ecograph.insight.runs import Text
from ecograph.insight.structure import Figure, Structure
from ecograph.insight.structure_actors import Community

LABELS: dict[str, Text] = {
    "components": ("delar", "parts"),
    "largest-component": ("största delens andel av aktörerna", "share of actors in the largest part"),
    "density": ("täthet", "density"),
    "mean-degree": ("samverkande per aktör", "collaborators per actor"),
    "mean-distance": ("steg mellan två aktörer", "steps between two actors"),
    "clustering": ("slutenhet, aktörernas medel", "clustering, mean of the actors"),
    "transitivity": ("slutenhet, hela nätverket", "transitivity"),
    "small-world": ("småvärldskvot", "small-world quotient"),
    "degree-assortativity": ("blandning efter grad", "assortativity by degree"),
    "helix-assortativity": ("blandning efter aktörsgrupp", "assortativity by helix"),
    "municipality-assortativity": ("blandning efter kommun", "assortativity by municipality"),
    "area-assortativity": ("blandning efter huvudområde", "assortativity by main area"),
    "rich-club": ("täthet bland de mest aktiva", "density among the most active"),
    "nestedness-projects": ("inkapsling, projekt", "nestedness, projects"),
    "nestedness-areas": ("inkapsling, områden", "nestedness, areas"),
    "communities": ("gemenskaper", "communities"),
    "modularity": ("modularitet", "modularity"),
    "stability": ("gemenskapernas stabilitet", "stability of the communities"),
    "innermost-core": ("aktörer i innersta kärnan", "actors in the innermost core"),
    "cut-actors": ("aktörer som håller ihop nätverket", "actors that hold the network together"),
    "bridge-ties": ("band som ensamma förenar", "ties that join alone"),
}
"""The name of each figure."""

_SAYS: dict[str, Text] = {
    "components": (
        "Delar av nätverket som inget känt samarbete förenar: {value}.",
        "Parts of the network that no known collaboration joins: {value}.",
    ),
    "largest-component": (
        "{percent} procent av aktörerna hör till den största delen.",
        "{percent} per cent of the actors belong to the largest part.",
    ),
    "density": (
        "{percent} procent av alla par av aktörer delar minst ett projekt.",
        "{percent} per cent of all pairs of actors share at least one project.",
    ),
    "mean-degree": (
        "En aktör har i genomsnitt {value} samverkande aktörer.",
        "An actor has {value} collaborators on average.",
    ),
    "mean-distance": (
        "I den största delen är det i snitt {value} steg mellan två aktörer",
        "In the largest part two actors are {value} steps apart on average",
    ),
    "clustering": (
        "Av en aktörs par av samverkande samarbetar i snitt {percent} procent också med varandra",
        "Of the pairs of an actor's collaborators, {percent} per cent on average collaborate with each other",
    ),
    "transitivity": (
        "{percent} procent av alla vägar av två band sluts av ett tredje",
        "{percent} per cent of all paths of two ties are closed by a third",
    ),
    "small-world": (
        "Slutenhet delad med avstånd är {value} gånger slumpens; över 1 är en liten värld, utöver vad "
        "projektens storlek själv ger",
        "Clustering divided by distance is {value} times that of chance; above 1 is a small world, beyond "
        "what the projects' sizes bring by themselves",
    ),
    "degree-assortativity": (
        "Hur gärna aktörer med många band möter varandra: r = {value} (från −1 till 1)",
        "How far actors with many ties meet one another: r = {value} (from −1 to 1)",
    ),
    "helix-assortativity": (
        "Hur gärna samarbeten stannar inom aktörsgruppen: r = {value} (0 när gruppen inte spelar roll)",
        "How far collaborations stay within the helix: r = {value} (0 when it does not matter)",
    ),
    "municipality-assortativity": (
        "Hur gärna samarbeten stannar inom kommunen, bland aktörer med känd kommun: r = {value}",
        "How far collaborations stay within the municipality, among actors with a known one: r = {value}",
    ),
    "area-assortativity": (
        "Hur gärna samarbeten stannar inom aktörernas huvudområde: r = {value}",
        "How far collaborations stay within the actors' main area: r = {value}",
    ),
    "rich-club": (
        "De {prominent} aktörer som har minst {projects} projekt utgör {share} procent; {percent} procent av "
        "paren bland dem samarbetar",
        "The {prominent} actors with at least {projects} projects are {share} per cent; {percent} per cent "
        "of the pairs among them collaborate",
    ),
    "nestedness-projects": (
        "Hur långt de mindre aktivas projekt är en del av de mer aktivas: {value} av 100 (NODF)",
        "How far the projects of the less active are part of those of the more active: {value} of 100 (NODF)",
    ),
    "nestedness-areas": (
        "Hur långt de mindre breda aktörernas områden är en del av de bredas: {value} av 100 (NODF)",
        "How far the areas of the narrower actors are part of those of the broader: {value} of 100 (NODF)",
    ),
    "communities": (
        "Gemenskaper med minst två aktörer som nätverket delar sig i: {value}.",
        "Communities of two actors or more that the network falls into: {value}.",
    ),
    "modularity": (
        "Modulariteten är {value}: så mycket fler band än väntat ligger inom gemenskaperna",
        "Modularity is {value}: so many more ties than expected lie within the communities",
    ),
    "stability": (
        "Omkörningar ger {agreement} samma gemenskaper (justerat Rand-index {value}).",
        "Runs give {agreement} the same communities (adjusted Rand index {value}).",
    ),
    "innermost-core": (
        "Aktörer i den innersta kärnan, där alla har minst {core} band till varandra: {value}; ofta är den "
        "ett enda stort konsortium.",
        "Actors in the innermost core, where all have at least {core} ties to one another: {value}; often it "
        "is a single large consortium.",
    ),
    "cut-actors": (
        "Aktörer som ensamma håller ihop delar av nätverket, i de projekt vi känner till: {value}.",
        "Actors that alone hold parts of the network together, in the projects that we know of: {value}.",
    ),
    "bridge-ties": (
        "Samarbeten som är den enda förbindelsen mellan sina två sidor, i de projekt vi känner till: "
        "{value}.",
        "Collaborations that are the only link between their two sides, in the projects that we know of: "
        "{value}.",
    ),
}

_CHANCE: dict[str, Text] = {
    "above": ("; mer än de {low} till {high} som slumpen ger.", "; more than the {low} to {high} of chance."),
    "below": (
        "; mindre än de {low} till {high} som slumpen ger.",
        "; less than the {low} to {high} of chance.",
    ),
    "within": (
        "; inte mer eller mindre än slumpen kan förklara ({low} till {high}).",
        "; neither more nor less than chance can explain ({low} to {high}).",
    ),
}

_UNDEFINED: Text = ("kan inte räknas i det här nätverket.", "is not defined in this network.")

_IN_PERCENT = {"largest-component", "density", "clustering", "transitivity", "rich-club"}

Number = Callable[[float], str]


def sentence(figure: Figure, structure: Structure) -> Text:
    """Return what a figure says, with what chance makes of it; undefined figures say that they are."""
    return _sentence(figure, structure, 0), _sentence(figure, structure, 1)


def _sentence(figure: Figure, structure: Structure, side: int) -> str:
    if figure.value is None:
        name = LABELS[figure.key][side]
        return f"{name[0].upper()}{name[1:]} {_UNDEFINED[side]}"
    size = len(structure.projection.ids)
    number = _number(figure.key, side)
    text = _SAYS[figure.key][side].format(
        value=_plain(figure.value, side),
        percent=number(figure.value),
        prominent=structure.prominent,
        projects=structure.prominent_projects,
        share=_plain(100 * structure.prominent / size, side) if size else "",
        core=_innermost(structure),
        agreement=_agreement(figure.value, side) if figure.key == "stability" else "",
    )
    if text.endswith("."):
        return text
    if figure.standing is None or figure.low is None or figure.high is None:
        return f"{text}."
    return text + _CHANCE[figure.standing][side].format(low=number(figure.low), high=number(figure.high))


def _number(key: str, side: int) -> Number:
    return lambda value: _plain(100 * value if key in _IN_PERCENT else value, side)


def _plain(value: float, side: int) -> str:
    text = f"{value:.0f}" if value == int(value) else f"{value:.3g}"
    text = text.replace("-", "−")
    return text.replace(".", ",") if side == 0 else text


def _innermost(structure: Structure) -> str:
    return f"{structure.actors.frame['core'].to_numpy().max():.0f}"


def _agreement(stability: float, side: int) -> str:
    words = (
        ("nästan alltid", "i stort", "bara delvis"),
        ("nearly always", "by and large", "only partly"),
    )[side]
    return words[0] if stability >= 0.9 else words[1] if stability >= 0.7 else words[2]


def community_name(community: Community, labels: Mapping[str, str], side: int) -> str:
    """Return a community's name: the two actors that it gathers round, and how many more it has."""
    first = [labels.get(actor, actor) for actor in community.core[:2]]
    more = community.size - len(first)
    both = (" och ", " and ")[side].join(first)
    if more <= 0:
        return both
    return (f"{both} med {more} till", f"{both} with {more} more")[side]
