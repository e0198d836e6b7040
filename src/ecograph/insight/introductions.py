"""Introductions: pairs of actors that could close a gap. Suggestions to try in dialogue, no recommendation.

Each has no tie in any project that is known, belongs to one of the two groups each, and comes with a reason
in words and with the actors that know both. How well the score foresees real ties is measured by
`benchmarks/network/backtest.py` and stands in docs/explanation/introductions.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from ecograph.config import RegionConfig
from ecograph.errors import QueryError
from ecograph.insight.coverage import Coverage, measure_coverage
from ecograph.insight.gaps import Gaps, GapTest, find_gaps
from ecograph.insight.gaps_matrix import members_of
from ecograph.insight.groups import By, Groups
from ecograph.insight.introductions_reason import Knowledge, read_knowledge, reason
from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode, read_two_mode
from ecograph.network.linkprediction import Scorer, scorer
from ecograph.store.graph import Graph

Occasion = Literal[
    "gap", "depends-on-classification", "declared-not-enacted", "potential-untouched", "least-met", "asked"
]  # fmt: skip
"""Why a pair of groups is looked at; only ``gap`` is a finding of the test."""

SCORE = "hyperbolic"
"""The score that did best at the top of the list in the back-test."""

_PER_ACTOR = 2
"""In how many introductions of a pair of groups an actor may stand: nobody can meet everybody."""

CAVEAT = (
    "Förslag att pröva i dialog, ingen rekommendation om stöd.",
    "Suggestions to try in dialogue, no recommendation on support.",
)


@dataclass(frozen=True)
class Introduction:
    """One pair of actors: `actor_a` of the group `a`, `actor_b` of the group `b`; names as (sv, en).

    score: Σ over common partners of the products of Newman's weights; 0 without a common partner.
    partners: ids of common partners, the one that weighs most first. brokers: the domestic ones of them, at
    most three, with names. place: the municipality where both are, with name. near_miss: projects in which
    both stand but that do not count (ideas, applications, cancelled). reason: why, in words.
    """

    a: str
    b: str
    label_a: tuple[str, str]
    label_b: tuple[str, str]
    occasion: Occasion
    rank: int
    actor_a: str
    actor_b: str
    name_a: tuple[str, str]
    name_b: tuple[str, str]
    score: float
    partners: tuple[str, ...]
    brokers: tuple[str, ...]
    broker_names: tuple[tuple[str, str], ...]
    place: str | None
    near_miss: tuple[str, ...]
    reason: tuple[str, str]


@dataclass(frozen=True)
class Introductions:
    """The introductions of a kind of group, by pair of groups and rank; and what there is to say of them."""

    by: By
    items: tuple[Introduction, ...]
    message: tuple[str, str]
    coverage: Coverage
    parameters: dict[str, object] = field(default_factory=dict)


def introduce(
    graph: Graph,
    *,
    base: Base,
    region: RegionConfig,
    by: By = "area",
    national: TwoMode | None = None,
    gaps: Gaps | None = None,
    between: tuple[str, str] | None = None,
    per_pair: int = 5,
) -> Introductions:
    """Return the best introductions for each gap, or, where no gap is established, for the pairs least met.

    Candidates are domestic actors of the region's network, at least one of them in the region, one active in
    the one and not the other group. Left out: pairs with a tie in any known project of the country, parts of
    the same organisation, and dissolved organisations. Ranked by `SCORE` on all known collaborations, then by
    a common municipality, then by an earlier near miss; no actor stands in more than two of a pair of groups.

    Parameters
    ----------
    gaps: what `find_gaps` found, when it is known already. between: only this pair of groups, found or not.

    Raises
    ------
    QueryError: when `between` names an unknown group.
    EcographError: when the graph lacks the vocabularies that say what counts.
    """
    country = national if national is not None else read_two_mode(graph, base=base, region=region)
    network = country.county()
    found = gaps or find_gaps(graph, base=base, region=region, by=by, national=country, windows=("all",))
    groups = members_of(graph, network, by, base=base, region=region)
    chosen = occasions(found, between)
    known = read_knowledge(graph, base=base)
    scored = scorer(country.matrix)
    items: list[Introduction] = []
    for test, occasion in chosen:
        items += _introductions(test, occasion, country, network, groups, scored, known, region, per_pair)
    parameters: dict[str, object] = {
        "score": SCORE, "per_pair": per_pair, "null": "fixed", "seed": found.parameters["seed"],
        "region": region.nuts3,
    }  # fmt: skip
    return Introductions(by, tuple(items), _message(chosen, items), measure_coverage(network), parameters)


def occasions(gaps: Gaps, between: tuple[str, str] | None = None) -> list[tuple[GapTest, Occasion]]:
    """Return which pairs of groups to make introductions for, and why.

    Established gaps alone, when there are any. Else the gaps that depend on the classification, the pairs
    that the strategy declares and no project joins, those related elsewhere and untouched here, and those
    that never meet; each said as such.

    Raises
    ------
    QueryError: when `between` names no pair.
    """
    tests = gaps.of("all")
    if between is not None:
        asked = [test for test in tests if {test.a, test.b} == set(between)]
        if not asked:
            raise QueryError(
                f"There is no pair {between[0]} – {between[1]}.",
                remedy="Choose two of: "
                + ", ".join(sorted({test.a for test in tests} | {t.b for t in tests})),
            )
        return [(asked[0], "gap" if asked[0].verdict == "gap" else "asked")]
    established: list[tuple[GapTest, Occasion]] = [(test, "gap") for test in gaps.found()]
    if established:
        return established
    order: dict[Occasion, int] = {
        "depends-on-classification": 0, "declared-not-enacted": 1, "potential-untouched": 2, "least-met": 3,
    }  # fmt: skip
    others: list[tuple[GapTest, Occasion]] = []
    for test in tests:
        if test.verdict == "depends-on-classification" and test.observed < test.expected:
            others.append((test, "depends-on-classification"))
        elif test.basis == "declared-not-enacted":
            others.append((test, "declared-not-enacted"))
        elif test.basis == "potential-untouched":
            others.append((test, "potential-untouched"))
        elif not test.observed and test.projects_a and test.projects_b:
            others.append((test, "least-met"))
    return sorted(others, key=lambda item: (order[item[1]], -item[0].expected, item[0].a, item[0].b))


def _introductions(
    test: GapTest,
    occasion: Occasion,
    country: TwoMode,
    network: TwoMode,
    groups: Groups,
    scored: Scorer,
    known: Knowledge,
    region: RegionConfig,
    per_pair: int,
) -> list[Introduction]:
    actors = {row["actor"]: row for row in network.actors.iter_rows(named=True)}
    first, second = _candidates(test, network, groups, known)
    pairs = [
        (one, other)
        for one in first
        for other in second
        if (actors[one]["in_region"] or actors[other]["in_region"])
        and not known.same_organisation(one, other)
    ]
    if not pairs:
        return []
    rows = np.array([country.position[one] for one, _ in pairs], dtype=np.int64)
    columns = np.array([country.position[other] for _, other in pairs], dtype=np.int64)
    tied = np.asarray(scored.adjacency[rows, columns]).ravel() > 0
    scores = scored.scores((rows, columns))[SCORE]
    home = {f"place/{code}" for code in region.municipalities}
    ranked = []
    for index, (one, other) in enumerate(pairs):
        if tied[index]:
            continue
        place, miss = known.common_place(one, other, home), known.near_misses(one, other)
        value = float(f"{scores[index]:.9g}")
        if value > 0 or place or miss:
            ranked.append(_Candidate(one, other, value, place, miss))
    ranked.sort(key=lambda candidate: candidate.order)
    return [
        _introduction(test, occasion, rank, candidate, groups.by, country, scored, known)
        for rank, candidate in enumerate(_varied(ranked, per_pair), start=1)
    ]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A pair that could be introduced, with what speaks for it."""

    one: str
    other: str
    score: float
    place: str | None
    miss: tuple[str, ...]

    @property
    def order(self) -> tuple[float, bool, bool, str, str]:
        return -self.score, self.place is None, not self.miss, self.one, self.other


def _varied(ranked: list[_Candidate], per_pair: int) -> list[_Candidate]:
    """Return the first candidates in which no actor stands more than twice."""
    kept: list[_Candidate] = []
    seen: Counter[str] = Counter()
    for candidate in ranked:
        if len(kept) == per_pair:
            break
        if max(seen[candidate.one], seen[candidate.other]) < _PER_ACTOR:
            seen.update((candidate.one, candidate.other))
            kept.append(candidate)
    return kept


def _introduction(
    test: GapTest,
    occasion: Occasion,
    rank: int,
    candidate: _Candidate,
    by: By,
    country: TwoMode,
    scored: Scorer,
    known: Knowledge,
) -> Introduction:
    one, other, place = candidate.one, candidate.other, candidate.place
    partners = _partners(country, scored, one, other)
    domestic = country.actors["domestic"]
    brokers = [partner for partner in partners if domestic[country.position[partner]]][:3]
    broker_names = tuple(_name(country, broker) for broker in brokers)
    names = _name(country, one), _name(country, other)
    why = reason(
        by, names, (test.label_a, test.label_b), broker_names, len(partners),
        None if place is None else known.labels.get(place), len(candidate.miss),
    )  # fmt: skip
    return Introduction(
        test.a, test.b, test.label_a, test.label_b, occasion, rank, one, other, *names, candidate.score,
        tuple(partners), tuple(brokers), broker_names, place, candidate.miss, why,
    )  # fmt: skip


def _candidates(
    test: GapTest, network: TwoMode, groups: Groups, known: Knowledge
) -> tuple[list[str], list[str]]:
    domestic = network.actors["domestic"].to_numpy()
    ids = np.asarray(network.actor_ids, dtype=object)
    sides = groups.apart(test.a, test.b)
    return tuple(  # type: ignore[return-value]
        [actor for actor in ids[side & domestic].tolist() if actor not in known.dissolved] for side in sides
    )


def _partners(country: TwoMode, scored: Scorer, one: str, other: str) -> list[str]:
    """Return the common partners, the one that adds most to the score first."""
    row, column = (scored.newman[[country.position[actor]]].toarray().ravel() for actor in (one, other))
    weights = np.round(row * column, 12)
    order = sorted(np.flatnonzero(weights > 0).tolist(), key=lambda z: (-weights[z], country.actor_ids[z]))
    return [country.actor_ids[position] for position in order]


def _name(country: TwoMode, actor: str) -> tuple[str, str]:
    row = country.actors.row(country.position[actor], named=True)
    return row["label_sv"], row["label_en"]


def _message(chosen: Sequence[tuple[GapTest, Occasion]], items: Sequence[Introduction]) -> tuple[str, str]:
    if not chosen:
        return (
            "Inget par är en fastställd samarbetslucka, och alla par som har projekt möts i något av dem; "
            "det finns ingen lucka att föreslå kontakter för.",
            "No pair is an established collaboration gap, and all pairs that have projects meet in some "
            "of them; there is no gap to suggest introductions for.",
        )
    if not items:
        return (
            "Inga par av aktörer utan tidigare samarbete har gemensam partner, ort eller ansökan "
            "i de projekt vi känner till.",
            "No pairs of actors without a tie have a common partner, place or application in the projects "
            "that we know of.",
        )
    if any(occasion == "gap" for _, occasion in chosen):
        return "", ""
    if any(occasion == "asked" for _, occasion in chosen):
        return (
            "Paret är ingen fastställd samarbetslucka: underlaget räcker inte eller slumpen förklarar det "
            "som syns.",
            "The pair is no established collaboration gap: there is too little data, or chance explains "
            "what is seen.",
        )
    return (
        "Inget par är en fastställd samarbetslucka: underlaget räcker inte eller slumpen förklarar det "
        "som syns. Förslagen gäller par vars lucka beror på klassningen, som strategin nämner men inget "
        "känt projekt förenar, eller som inte möts i de projekt vi känner till.",
        "No pair is an established collaboration gap: there is too little data, or chance explains what "
        "is seen. The suggestions are for pairs whose gap depends on the classification, that the "
        "strategy declares and no known project joins, or that do not meet in the projects that we know "
        "of.",
    )
