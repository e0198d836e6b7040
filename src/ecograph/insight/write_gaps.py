"""Meetings of groups against chance, introductions and potential, as statements."""

from __future__ import annotations

from ecograph.config import RegionConfig
from ecograph.insight import methods
from ecograph.insight.gaps import Gaps, GapTest, Verdict, WindowSummary, find_gaps
from ecograph.insight.gaps_text import method
from ecograph.insight.groups import KINDS, By
from ecograph.insight.introductions import CAVEAT, SCORE, Introduction, Introductions, introduce
from ecograph.insight.runs import RUN, common_parameters, describe_run
from ecograph.insight.statements import Writer
from ecograph.insight.write_bridges import link_groups, pair_slug
from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode
from ecograph.store.graph import Graph

GAPS = f"{RUN}-gaps"
INTRODUCTIONS = f"{RUN}-introductions"

VERDICTS: dict[Verdict, str] = {
    "gap": "fewer",
    "over": "more",
    "as-chance": "as-expected",
    "too-little-data": "too-little-data",
    "depends-on-classification": "depends-on-classification",
}
"""The concept of the vocabulary gap-verdict for each verdict."""

PERIODS = {
    "all": ("alla år", "all years"),
    "before": ("före strategin", "before the strategy"),
    "after": ("efter strategin", "after the strategy"),
    "undated": ("odaterat", "undated"),
}


def write_gaps(
    graph: Graph, national: TwoMode, *, base: Base, region: RegionConfig, version: str
) -> tuple[list[str], list[str]]:
    """Return the lines of the graphs ``analysis/county-network-gaps`` and ``…-introductions``.

    Every tested pair is written, with its verdict; that there is too little data is a result too.
    """
    found: dict[By, Gaps] = {
        kind: find_gaps(graph, base=base, region=region, by=kind, national=national) for kind in KINDS
    }
    parameters = common_parameters(graph, region, version)
    tested = Writer(base, f"analysis/{GAPS}")
    first = found["area"]
    run = describe_run(
        tested,
        GAPS,
        title=("Samarbetsluckor i länsnätverket", "Collaboration gaps of the county network"),
        method=method(first),
        caveat=methods.KNOWN,
        coverage=first.coverage,
        parameters=[*parameters, *_stated(first.parameters), *_windows(found)],
    )
    for kind, gaps in found.items():
        for test in gaps.tests:
            _test(tested, base, run, kind, test)
    _potential(tested, run, first)
    suggested = Writer(base, f"analysis/{INTRODUCTIONS}")
    answers = {
        kind: introduce(graph, base=base, region=region, by=kind, national=national, gaps=gaps)
        for kind, gaps in found.items()
    }
    _introductions(suggested, answers, parameters)
    return tested.lines(), suggested.lines()


def _stated(parameters: dict[str, object]) -> list[str]:
    return [f"{name}={value}" for name, value in sorted(parameters.items()) if name != "region"]


def _windows(found: dict[By, Gaps]) -> list[str]:
    return [_window(kind, summary) for kind, gaps in found.items() for summary in gaps.windows]


def _window(kind: By, summary: WindowSummary) -> str:
    return (
        f"{kind}-{summary.window}=projects {summary.projects}, in several {summary.several}, "
        f"pairs {summary.pairs}, testable {summary.testable}"
    )


def gap_id(kind: By, test: GapTest) -> str:
    """Return the local id of a tested pair in a window."""
    return f"collaboration-gap/{GAPS}/{kind}/{test.window}/{pair_slug((test.a, test.b))}"


def _test(writer: Writer, base: Base, run: str, kind: By, test: GapTest) -> None:
    node = writer.instance(gap_id(kind, test), "eco:CollaborationGap")
    for side, lang in enumerate(("sv", "en")):
        label = f"{test.label_a[side]} – {test.label_b[side]}, {PERIODS[test.window][side]}"
        writer.text(node, "skos:prefLabel", label, lang)
    link_groups(writer, base, node, kind, (test.a, test.b))
    writer.link(node, "eco:period", f"voc:period/{test.window}")
    writer.link(node, "eco:verdict", f"voc:gap-verdict/{VERDICTS[test.verdict]}")
    writer.integer(node, "eco:jointProjects", test.observed)
    numbers = {
        "eco:expectedValue": test.expected,
        "eco:spread": test.spread,
        "eco:pLower": test.p_lower,
        "eco:pUpper": test.p_upper,
        "eco:qLower": test.q_lower,
        "eco:qUpper": test.q_upper,
    }
    for name, number in numbers.items():
        if number is not None:
            writer.double(node, name, number)
    writer.boolean(node, "eco:testable", test.testable)
    if test.survives is not None:
        writer.boolean(node, "eco:survivesReclassification", test.survives)
    for classification in test.against:
        writer.text(node, "eco:againstClassification", classification)
    for project in test.evidence:
        writer.link(node, "eco:evidence", writer.iri(project))
    writer.link(node, "prov:wasGeneratedBy", run)


def _potential(writer: Writer, run: str, gaps: Gaps) -> None:
    """State how related each pair of areas is at the country's actors: potential, never added to enacted."""
    for test in gaps.of("all"):
        if test.relatedness is None:
            continue
        node = writer.instance(
            f"cross-fertilisation/{GAPS}/potential/{pair_slug((test.a, test.b))}", "eco:CrossFertilisation"
        )
        writer.link(node, "eco:crossFertilisationBasis", "voc:cross-fertilisation-basis/potential")
        for area in (test.a, test.b):
            writer.link(node, "eco:joinsArea", writer.iri(area))
        writer.double(node, "eco:relatedness", test.relatedness)
        if test.relatedness_low is not None and test.relatedness_high is not None:
            writer.double(node, "eco:valueLow", test.relatedness_low)
            writer.double(node, "eco:valueHigh", test.relatedness_high)
        writer.link(node, "prov:wasGeneratedBy", run)


def _introductions(writer: Writer, answers: dict[By, Introductions], parameters: list[str]) -> None:
    first = answers["area"]
    run = describe_run(
        writer,
        INTRODUCTIONS,
        title=("Kontaktförslag i länsnätverket", "Introductions in the county network"),
        method=(
            methods.INTRODUCTIONS[0].format(score=SCORE),
            methods.INTRODUCTIONS[1].format(score=SCORE),
        ),
        caveat=(f"{CAVEAT[0]} {first.message[0]}".strip(), f"{CAVEAT[1]} {first.message[1]}".strip()),
        coverage=first.coverage,
        parameters=[*parameters, *_stated(first.parameters)],
    )
    for kind, answer in answers.items():
        for item in answer.items:
            _introduction(writer, run, kind, item)


def _introduction(writer: Writer, run: str, kind: By, item: Introduction) -> None:
    pair = pair_slug((item.a, item.b))
    actors = f"{writer.slug(item.actor_a)}--{writer.slug(item.actor_b)}"
    node = writer.instance(f"introduction/{INTRODUCTIONS}/{kind}/{pair}/{actors}", "eco:Introduction")
    for side, lang in enumerate(("sv", "en")):
        writer.text(node, "skos:prefLabel", f"{item.name_a[side]} – {item.name_b[side]}", lang)
        writer.text(node, "eco:reason", item.reason[side], lang)
    writer.link(node, "eco:closesGap", writer.iri(f"collaboration-gap/{GAPS}/{kind}/all/{pair}"))
    writer.link(node, "eco:occasion", f"voc:introduction-occasion/{item.occasion}")
    writer.integer(node, "eco:rank", item.rank)
    writer.double(node, "eco:score", item.score)
    for actor in (item.actor_a, item.actor_b):
        writer.link(node, "eco:collaborator", writer.iri(actor))
    for broker in item.brokers:
        writer.link(node, "eco:broker", writer.iri(broker))
    for project in item.near_miss:
        writer.link(node, "eco:evidence", writer.iri(project))
    writer.link(node, "prov:wasGeneratedBy", run)
