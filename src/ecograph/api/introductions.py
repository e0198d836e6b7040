"""Pairs of actors that could close a gap, to try in dialogue."""

from __future__ import annotations

from typing import Any

from ecograph.api.answer import Answer, Column
from ecograph.api.opened import Opened, Window
from ecograph.insight import methods
from ecograph.insight.gaps_matrix import members_of
from ecograph.insight.groups import By, group_labels, resolve_group
from ecograph.insight.introductions import CAVEAT, SCORE, Introduction, Occasion, introduce
from ecograph.insight.messages import NOUNS

_OCCASIONS: dict[Occasion, tuple[str, str]] = {
    "gap": ("samarbetslucka", "collaboration gap"),
    "depends-on-classification": ("lucka som beror på klassningen", "gap that depends on the classification"),
    "declared-not-enacted": (
        "uttalad, ej genomförd i kända projekt",
        "declared, not enacted in known projects",
    ),
    "potential-untouched": ("möjlig, orörd i kända projekt", "potential, untouched in known projects"),
    "least-met": ("möts inte i kända projekt", "do not meet in known projects"),
    "asked": ("efterfrågat par", "pair asked for"),
}

_COLUMNS = (
    Column("occasion", "Anledning (nyckel)", "Occasion (key)", on_screen=False),
    Column("group_a", "Mellan", "Between"),
    Column("group_b", "och", "and"),
    Column("why", "Anledning", "Occasion"),
    Column("rank", "Plats", "Rank"),
    Column("actor_a_id", "Aktör A, id", "Actor A, id", on_screen=False),
    Column("actor_b_id", "Aktör B, id", "Actor B, id", on_screen=False),
    Column("actor_a", "Aktör A", "Actor A"),
    Column("actor_b", "Aktör B", "Actor B"),
    Column("score", "Poäng", "Score"),
    Column("partners", "Gemensamma parter", "Common partners", on_screen=False),
    Column("brokers", "Kan förmedla", "Could broker", on_screen=False),
    Column("reason", "Skäl", "Reason"),
)


def introductions(
    opened: Opened,
    *,
    by: By = "area",
    between: tuple[str, str] | None = None,
    per_pair: int = 5,
    window: Window | None = None,
) -> Answer:
    """Answer which pairs of actors could close a gap, with the reason in words (see `insight.introductions`).

    between: only for these two groups, gap or not. Suggestions to try in dialogue, no recommendation of
    support. Cost: about a second for a county, most of it the test of gaps.

    Raises
    ------
    QueryError: when a group is not known.
    """
    national = opened.national(window)
    pair = None
    if between:
        network = opened.county(window)
        groups = members_of(opened.graph, network, by, base=opened.base, region=opened.region)
        labels = group_labels(opened.graph, opened.base, network, groups)
        pair = resolve_group(groups, labels, between[0]), resolve_group(groups, labels, between[1])
    found = introduce(
        opened.graph, base=opened.base, region=opened.region, by=by, national=national, between=pair,
        per_pair=per_pair,
    )  # fmt: skip
    (_, plural_sv), (_, plural_en) = NOUNS[by]
    return Answer(
        question="introductions",
        title=(f"Kontaktförslag mellan {plural_sv}", f"Introductions between {plural_en}"),
        method=(methods.INTRODUCTIONS[0].format(score=SCORE), methods.INTRODUCTIONS[1].format(score=SCORE)),
        columns=_COLUMNS,
        rows=[_row(item, opened.side) for item in found.items],
        parameters=opened.parameters(window, by=by, **found.parameters),
        coverage=found.coverage,
        message=found.message,
        caveats=(CAVEAT,),
        lang=opened.lang,
        headings=("group_a", "group_b", "why"),
        found=found,
    )


def _row(item: Introduction, side: int) -> dict[str, Any]:
    return {
        "occasion": item.occasion,
        "why": _OCCASIONS[item.occasion][side],
        "group_a": item.label_a[side],
        "group_b": item.label_b[side],
        "rank": item.rank,
        "actor_a_id": item.actor_a,
        "actor_b_id": item.actor_b,
        "actor_a": item.name_a[side],
        "actor_b": item.name_b[side],
        "score": item.score,
        "partners": len(item.partners),
        "brokers": [name[side] for name in item.broker_names],
        "reason": item.reason[side],
    }
