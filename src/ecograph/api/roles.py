"""Brokerage roles between areas, helices or municipalities."""

from __future__ import annotations

from typing import Any

from ecograph.api.answer import Answer, Column
from ecograph.api.opened import Opened, Window
from ecograph.insight import methods
from ecograph.insight.coverage import measure_coverage
from ecograph.insight.groups import By, group_labels, groups_of
from ecograph.insight.messages import NOUNS
from ecograph.insight.roles import find_facets, find_roles
from ecograph.network.projection import Consortia
from ecograph.network.rolenulls import Null
from ecograph.network.roles import ROLES

_NAMES = {
    "coordinator": ("samordnare", "coordinator"),
    "itinerant": ("resande mäklare", "itinerant broker"),
    "gatekeeper": ("grindvakt", "gatekeeper"),
    "representative": ("företrädare", "representative"),
    "liaison": ("sambandsperson", "liaison"),
    "outside": ("utanför", "outside"),
}

_ACTOR = (
    Column("actor_id", "Aktörens id", "Actor id", on_screen=False),
    Column("actor", "Aktör", "Actor"),
    Column("in_region", "I regionen", "In the region"),
)

_ROLES = (
    Column("rank", "Plats", "Rank"),
    *_ACTOR,
    Column("groups", "Grupp", "Group"),
    Column("between", "Mellan grupper", "Between groups"),
    *(
        Column(role, f"{_NAMES[role][0].capitalize()} (z)", f"{_NAMES[role][1].capitalize()} (z)",
               beside=f"z_{role}")
        for role in ROLES
    ),
    *(
        Column(f"expected_{role}", f"Väntat {sv}", f"Expected {en}", on_screen=False)
        for role, (sv, en) in _NAMES.items()
        if role in ROLES
    ),
    *(
        Column(f"z_{role}", f"z {_NAMES[role][0]}", f"z {_NAMES[role][1]}", on_screen=False)
        for role in ROLES
    ),
)  # fmt: skip

_FACETS = (
    *_ACTOR,
    Column("group", "Som", "As"),
    *(
        Column(role, _NAMES[role][0].capitalize(), _NAMES[role][1].capitalize())
        for role in ("coordinator", "gatekeeper", "representative", "outside")
    ),
)


def roles(
    opened: Opened,
    *,
    by: By = "helix",
    null: Null = "labels",
    per_group: bool = False,
    largest: int | None = None,
    window: Window | None = None,
) -> Answer:
    """Answer which brokerage roles actors have between groups (see `insight.roles`), all of them.

    null: what chance is; ``labels`` deals groups out at random, ``density`` places ties at random. per_group:
    a row for each group that an actor is in. largest: leave out projects with more collaborators. Cost: some
    hundredths of a second for a county.
    """
    network = opened.county(window)
    groups = groups_of(network, by)
    known = group_labels(opened.graph, opened.base, network, groups)
    labels = {name: both[opened.side] for name, both in known.items()}
    consortia = None if largest is None else Consortia(largest)
    found = find_roles(network, groups, null=null, consortia=consortia)
    frame = find_facets(network, groups, consortia) if per_group else found.rows
    return Answer(
        question="roles",
        title=(
            f"Förmedlingsroller mellan {NOUNS[by][0][1]}",
            f"Brokerage roles between {NOUNS[by][1][1]}",
        ),
        method=(
            methods.ROLES[0].format(null=methods.ROLE_NULLS[null][0]),
            methods.ROLES[1].format(null=methods.ROLE_NULLS[null][1]),
        ),
        columns=_FACETS if per_group else _ROLES,
        rows=[_row(row, labels, opened.lang, per_group=per_group) for row in frame.iter_rows(named=True)],
        parameters=opened.parameters(
            window, by=by, null=null, per_group=per_group, consortia=str(consortia or Consortia())
        ),
        coverage=measure_coverage(network),
        message=found.message,
        caveats=(
            (
                f"{found.grouped} av {network.actors.height} aktörer har en känd grupp; övriga är inte med.",
                f"{found.grouped} of {network.actors.height} actors have a known group; the others take no "
                "part.",
            ),
        ),
        lang=opened.lang,
        found=found,
    )


def _row(row: dict[str, Any], labels: dict[str, str], lang: str, *, per_group: bool) -> dict[str, Any]:
    names = {"actor_id": row["actor"], "actor": row[f"label_{lang}"]}
    if per_group:
        return row | names | {"group": labels[row["group"]]}
    return row | names | {"groups": [labels[name] for name in row["groups"]]}
