"""`ecograph network roles`: brokerage roles between areas, helices or municipalities."""

from __future__ import annotations

import click

from ecograph.cli.network_output import Asked, NetworkAnswer, Shown, coverage_of, network_options
from ecograph.insight.groups import KINDS, By, group_labels, groups_of
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
    Shown("actor_id", "Aktörens id", "Actor id", on_screen=False),
    Shown("actor", "Aktör", "Actor"),
    Shown("in_region", "I länet", "In the region"),
)

_ROLES = (
    Shown("rank", "Plats", "Rank"),
    *_ACTOR,
    Shown("groups", "Grupp", "Group"),
    Shown("between", "Mellan grupper", "Between groups"),
    *(Shown(role, _NAMES[role][0].capitalize(), _NAMES[role][1].capitalize()) for role in ROLES),
    *(
        Shown(f"expected_{role}", f"Väntat {sv}", f"Expected {en}", on_screen=False)
        for role, (sv, en) in _NAMES.items()
        if role in ROLES
    ),
    *(Shown(f"z_{role}", f"z {_NAMES[role][0]}", f"z {_NAMES[role][1]}") for role in ROLES),
)

_FACETS = (
    *_ACTOR,
    Shown("group", "Som", "As"),
    *(
        Shown(role, _NAMES[role][0].capitalize(), _NAMES[role][1].capitalize())
        for role in ("coordinator", "gatekeeper", "representative", "outside")
    ),
)

_METHOD = (
    "En aktör förmedlar när den samarbetar med två andra som inte samarbetar med varandra. Rollen följer av "
    "de tres grupper (förmedlaren i mitten): samordnare AAA, resande mäklare ABA, grindvakt ABB, företrädare "
    "AAB, sambandsperson ABC (Gould och Fernandez 1989). Varje par räknas i båda riktningarna, så grindvakt "
    "och företrädare är lika många när banden inte har någon riktning. En aktör i flera områden räknas till "
    "lika del i vart och ett; med --per-group visas rollerna i varje område för sig. Väntat och z: {null} "
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

_NULLS: dict[Null, tuple[str, str]] = {
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


@click.command("roles")
@click.option("--by", type=click.Choice(KINDS), default="helix", show_default=True, help="Between what.")
@click.option(
    "--null", type=click.Choice(["labels", "density"]), default="labels", show_default=True,
    help="Chance: groups dealt out at random, or ties placed at random.",
)  # fmt: skip
@click.option("--per-group", is_flag=True, help="One row for each group that an actor is in.")
@click.option(
    "--largest-consortium", "largest", type=click.IntRange(2),
    help="Leave out projects with more collaborators than this.",
)  # fmt: skip
@click.option(
    "--top", type=click.IntRange(1), default=20, show_default=True, help="Actors in a table; else all."
)
@network_options
def roles(asked: Asked, by: By, null: Null, per_group: bool, largest: int | None, top: int) -> None:
    """Which brokerage roles actors have between areas, helices or municipalities.

    \b
    Examples:
      ecograph network roles -C data --by helix
      ecograph network roles -C data --by area --per-group -o csv
    """
    network = asked.county()
    groups = groups_of(network, by)
    side = 0 if asked.lang == "sv" else 1
    labels = {
        name: both[side] for name, both in group_labels(asked.graph, asked.base, network, groups).items()
    }
    consortia = None if largest is None else Consortia(largest)
    found = find_roles(network, groups, null=null, consortia=consortia)
    if per_group:
        frame = find_facets(network, groups, consortia)
        rows = [
            row
            | {"actor_id": row["actor"], "actor": row[f"label_{asked.lang}"], "group": labels[row["group"]]}
            for row in frame.iter_rows(named=True)
        ]
    else:
        rows = [
            row
            | {
                "actor_id": row["actor"],
                "actor": row[f"label_{asked.lang}"],
                "groups": [labels[name] for name in row["groups"]],
            }
            for row in found.rows.iter_rows(named=True)
        ]
    cut = asked.output == "table" and len(rows) > top
    asked.emit(
        NetworkAnswer(
            question="roles",
            title=(
                f"Förmedlingsroller mellan {NOUNS[by][0][1]}",
                f"Brokerage roles between {NOUNS[by][1][1]}",
            ),
            method=(_METHOD[0].format(null=_NULLS[null][0]), _METHOD[1].format(null=_NULLS[null][1])),
            columns=_FACETS if per_group else _ROLES,
            rows=rows[:top] if cut else rows,
            parameters=asked.parameters(
                by=by, null=null, per_group=per_group, consortia=str(consortia or Consortia())
            ),
            coverage=coverage_of(network),
            message=_message(found.message, len(rows), top if cut else None),
            caveats=(
                (
                    f"{found.grouped} av {network.actors.height} aktörer har en känd grupp; övriga är inte "
                    f"med.",
                    f"{found.grouped} of {network.actors.height} actors have a known group; the others take "
                    f"no part.",
                ),
            ),
        )
    )


def _message(message: tuple[str, str], rows: int, top: int | None) -> tuple[str, str]:
    if message[0] or top is None:
        return message
    return (
        f"De {top} första av {rows}; alla kommer med -o csv eller --top.",
        f"The first {top} of {rows}; all of them with -o csv or --top.",
    )
