"""`ecograph network introductions`: pairs of actors that could close a gap, to try in dialogue."""

from __future__ import annotations

from typing import Any

import click

from ecograph.cli.network_output import Asked, NetworkAnswer, Shown, network_options
from ecograph.insight.gaps_matrix import members_of
from ecograph.insight.groups import KINDS, By, group_labels, resolve_group
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
    Shown("occasion", "Anledning (nyckel)", "Occasion (key)", on_screen=False),
    Shown("why", "Anledning", "Occasion"),
    Shown("group_a", "A", "A"),
    Shown("group_b", "B", "B"),
    Shown("rank", "Plats", "Rank"),
    Shown("actor_a_id", "Aktör A, id", "Actor A, id", on_screen=False),
    Shown("actor_b_id", "Aktör B, id", "Actor B, id", on_screen=False),
    Shown("actor_a", "Aktör A", "Actor A"),
    Shown("actor_b", "Aktör B", "Actor B"),
    Shown("score", "Poäng", "Score"),
    Shown("partners", "Gemensamma partner", "Common partners", on_screen=False),
    Shown("brokers", "Kan förmedla", "Could broker", on_screen=False),
    Shown("reason", "Skäl", "Reason"),
)

_METHOD = (
    "Kandidater är svenska aktörer i länets nätverk, minst en av dem i länet, den ena verksam i den ena "
    "gruppen och inte i den andra, och tvärtom. Uteslutna är par som redan delar ett känt projekt, delar "
    "av samma organisation och upplösta organisationer. Poängen ({score}) summerar över gemensamma "
    "partner produkten av Newmans vikter 1/(n−1), så att den som mötts i små projekt väger mer än den som "
    "mötts i stora. Vid lika poäng går gemensam kommun före, sedan en tidigare gemensam ansökan. Ingen "
    "aktör står i fler än två förslag för ett par. Hur väl poängen förutser nya samarbeten i Horisont "
    "2020 står i docs/explanation/introductions.md.",
    "Candidates are domestic actors of the region's network, at least one of them in the region, one "
    "active in the one group and not the other, and the reverse. Left out are pairs that share a known "
    "project already, parts of the same organisation, and dissolved organisations. The score ({score}) "
    "sums over common partners the product of Newman's weights 1/(n−1), so that a partner met in small "
    "projects counts more than one met in huge ones. Equal scores are ordered by a common municipality, "
    "then an earlier common application. No actor stands in more than two suggestions for a pair. How "
    "well the score foresees new collaborations in Horizon 2020 stands in "
    "docs/explanation/introductions.md.",
)


@click.command("introductions")
@network_options
@click.option("--by", type=click.Choice(KINDS), default="area", show_default=True, help="The groups to join.")
@click.option("--between", nargs=2, metavar="A B", help="Only for these two groups, gap or not.")
@click.option(
    "--per-pair", type=click.IntRange(1, 100), default=5, show_default=True, help="Suggestions a pair."
)
def introductions(asked: Asked, by: By, between: tuple[str, str] | None, per_pair: int) -> None:
    """Suggest pairs of actors that could close a gap, with the reason in words.

    \b
    Examples:
      ecograph network introductions -C data
      ecograph network introductions -C data --between digitalisation renewable-energy
    """
    national = asked.national()
    pair = None
    if between:
        network = national.county()
        groups = members_of(asked.graph, network, by, base=asked.base, region=asked.workspace.region)
        labels = group_labels(asked.graph, asked.base, network, groups)
        pair = resolve_group(groups, labels, between[0]), resolve_group(groups, labels, between[1])
    found = introduce(
        asked.graph, base=asked.base, region=asked.workspace.region, by=by, national=national, between=pair,
        per_pair=per_pair,
    )  # fmt: skip
    side = 0 if asked.lang == "sv" else 1
    (_, plural_sv), (_, plural_en) = NOUNS[by]
    asked.emit(
        NetworkAnswer(
            question="network introductions",
            title=(f"Kontaktförslag mellan {plural_sv}", f"Introductions between {plural_en}"),
            method=(_METHOD[0].format(score=SCORE), _METHOD[1].format(score=SCORE)),
            columns=_COLUMNS,
            rows=[_row(item, side) for item in found.items],
            parameters=asked.parameters(by=by, **found.parameters),
            coverage=found.coverage,
            message=found.message,
            caveats=(CAVEAT,),
        )
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
