"""`ecograph network what-if`: the network without an actor or programme, or with a new collaboration."""

from __future__ import annotations

from typing import Any

import click

from ecograph.cli.network_output import Asked, NetworkAnswer, Shown, coverage_of, network_options
from ecograph.errors import QueryError
from ecograph.insight import methods
from ecograph.insight.gaps_text import VERDICTS
from ecograph.insight.groups import KINDS, By, group_labels, groups_of, resolve_group
from ecograph.insight.naming import Names, read_names
from ecograph.insight.whatif import Effect, PairEffect, Place
from ecograph.insight.whatif import what_if as suppose
from ecograph.insight.whatif_change import Change
from ecograph.insight.whatif_gaps import Meeting, changed_meetings
from ecograph.network.incidence import TwoMode

_COLUMNS = (
    Shown("first", "Mellan", "Between"),
    Shown("second", "och", "and"),
    Shown("joint_before", "Gemensamma projekt, före", "Joint projects, before"),
    Shown("joint_after", "efter", "after"),
    Shown("pairs", "Par av aktörer", "Pairs of actors", on_screen=False),
    Shown("reached_before", "Par som nås, före", "Pairs reached, before"),
    Shown("reached_after", "efter", "after"),
    Shown("cut_off", "avskurna", "cut off"),
    Shown("further", "längre ifrån", "further apart"),
    Shown("joined", "nya", "new"),
    Shown("nearer", "närmare", "nearer"),
    Shown("bridges", "Brobyggare: plats före → efter", "Bridges: rank before → after"),
)

_TESTED = (
    Shown("expected_before", "Väntat, före", "Expected, before"),
    Shown("expected_after", "efter", "after"),
    Shown("verdict_before", "Bedömning, före", "Verdict, before"),
    Shown("verdict_after", "efter", "after"),
)
_UNTRIED = (
    "Bedömningarna är inte prövade under andra klassningar av projekten; det gör `ecograph network gaps`.",
    "The verdicts are not tried under other classifications of the projects; `ecograph network gaps` does.",
)
_NAMED = 5
"""Projects that are named in a sentence."""


@click.command("what-if")
@click.option("--remove", multiple=True, metavar="ACTOR", help="Take an actor away; may be repeated.")
@click.option(
    "--remove-programme", "programmes", multiple=True, metavar="PROGRAMME", help="Take a programme away."
)
@click.option("--add", nargs=2, multiple=True, metavar="A B", help="Let two actors collaborate.")
@click.option("--area", "areas", multiple=True, help="An area that the added collaboration counts to.")
@click.option("--by", type=click.Choice(KINDS), default="area", show_default=True, help="Between what.")
@click.option("--test", "tested", is_flag=True, help="Test the meetings against chance too (some seconds).")
@network_options
def what_if(
    asked: Asked,
    remove: tuple[str, ...],
    programmes: tuple[str, ...],
    add: tuple[tuple[str, str], ...],
    areas: tuple[str, ...],
    by: By,
    tested: bool,
) -> None:
    """What changes when an actor or programme goes away, or a collaboration comes.

    Names may be the label, a former or other name, or the id.

    \b
    Examples:
      ecograph network what-if -C data --remove "Bron Innovation"
      ecograph network what-if -C data --remove-programme "Horisont 2020"
      ecograph network what-if -C data --add "Bron Innovation" Processum --area digitalisation
    """
    if not (remove or programmes or add):
        raise QueryError(
            "Nothing is supposed: there is no actor or programme to remove and no collaboration to add.",
            remedy='Say what: --remove "Bron Innovation", --remove-programme "Horisont 2020" or --add A B.',
        )
    if areas and not add:
        raise QueryError(
            "An area belongs to an added collaboration, and none is added.", remedy="Add one: --add A B."
        )
    national = asked.national()
    network = national.county()
    actors = read_names(asked.graph, asked.base, "actor")
    funders = read_names(asked.graph, asked.base, "programme")
    change = _change(network, actors, funders, (remove, programmes, add))
    labels = group_labels(asked.graph, asked.base, network, groups_of(network, by))
    if areas:
        known = groups_of(network, "area")
        area_labels = group_labels(asked.graph, asked.base, network, known)
        change = Change(
            change.remove,
            change.remove_programmes,
            change.add,
            tuple(resolve_group(known, area_labels, text) for text in areas),
        )
    region = [f"place/{code}" for code in asked.workspace.region.municipalities]
    among = region if by == "municipality" else None
    effect = suppose(network, change, by=by, national=national, among=among)
    side = 0 if asked.lang == "sv" else 1
    meetings = changed_meetings(network, change, by=by, national=national, among=among) if tested else {}
    names = dict(national.actors.select("actor", f"label_{asked.lang}").iter_rows())
    asked.emit(
        NetworkAnswer(
            question="what-if",
            title=_title(change, national, funders),
            method=methods.WHAT_IF,
            columns=_COLUMNS + (_TESTED if tested else ()),
            rows=[
                _row(one, labels, names, side) | _verdicts(meetings.get(one.pair), side)
                for one in effect.pairs
            ],
            parameters=asked.parameters(
                by=by,
                remove=list(change.remove),
                remove_programmes=list(change.remove_programmes),
                add=[list(pair) for pair in change.add],
                areas=list(change.areas),
            ),
            coverage=coverage_of(network),
            message=_message(effect, network),
            caveats=(methods.KNOWN, _UNTRIED) if tested else (methods.KNOWN,),
        )
    )


def _change(
    network: TwoMode,
    actors: Names,
    funders: Names,
    texts: tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]],
) -> Change:
    remove, programmes, add = texts
    inside = network.actor_ids
    funding = network.projects["programme"].drop_nulls().unique().to_list()
    return Change(
        remove=tuple(actors.resolve(text, within=inside) for text in remove),
        remove_programmes=tuple(funders.resolve(text, within=funding) for text in programmes),
        add=tuple(
            (actors.resolve(first, within=inside), actors.resolve(second, within=inside))
            for first, second in add
        ),
    )


def _title(change: Change, national: TwoMode, funders: Names) -> tuple[str, str]:
    sides = []
    for side, (lang, (gone, without, come)) in enumerate(
        (
            ("sv", ("Utan {}", "Utan programmet {}", "Med ett samarbete mellan {} och {}")),
            ("en", ("Without {}", "Without the programme {}", "With a collaboration of {} and {}")),
        )
    ):
        names = dict(national.actors.select("actor", f"label_{lang}").iter_rows())
        parts = [gone.format(names.get(actor, actor)) for actor in change.remove]
        parts += [without.format(funders.label(name, side)) for name in change.remove_programmes]
        parts += [come.format(*(names.get(actor, actor) for actor in pair)) for pair in change.add]
        sides.append("; ".join(parts))
    return sides[0], sides[1]


def _row(
    effect: PairEffect, labels: dict[str, tuple[str, str]], names: dict[str, str], side: int
) -> dict[str, Any]:
    return {
        "first": labels[effect.pair[0]][side],
        "second": labels[effect.pair[1]][side],
        "joint_before": effect.joint_before,
        "joint_after": effect.joint_after,
        "pairs": effect.pairs,
        "reached_before": effect.reached_before,
        "reached_after": effect.reached_after,
        "cut_off": effect.cut_off,
        "further": effect.further,
        "joined": effect.joined,
        "nearer": effect.nearer,
        "bridges": [_moved(place, names) for place in effect.bridges],
    }


def _verdicts(meetings: tuple[Meeting, Meeting] | None, side: int) -> dict[str, Any]:
    if meetings is None:
        return {}
    before, after = meetings
    return {
        "expected_before": before.expected,
        "expected_after": after.expected,
        "verdict_before": VERDICTS[before.verdict][side],
        "verdict_after": VERDICTS[after.verdict][side],
    }


def _moved(place: Place, names: dict[str, str]) -> str:
    before, after = ("–" if rank is None else str(rank) for rank in (place.before, place.after))
    return f"{names.get(place.actor, place.actor)} {before} → {after}"


def _message(effect: Effect, network: TwoMode) -> tuple[str, str]:
    """Return the figures of the whole network in words, then what the comparison has to say."""
    whole = (
        f"Projekt: {effect.projects_before} → {effect.projects_after}. Band: {effect.ties_before} → "
        f"{effect.ties_after}. Skilda delar av nätverket: {effect.parts_before} → {effect.parts_after}. "
        f"Aktörer som blir utan kända parter: {len(effect.alone)}.",
        f"Projects: {effect.projects_before} → {effect.projects_after}. Ties: {effect.ties_before} → "
        f"{effect.ties_after}. Separate parts of the network: {effect.parts_before} → {effect.parts_after}. "
        f"Actors left without a known partner: {len(effect.alone)}.",
    )
    away = (
        f"{len(effect.projects_without_region)} projekt förlorar sin enda aktör i regionen.",
        f"{len(effect.projects_without_region)} projects lose their only actor of the region.",
    )
    texts = []
    for side, lang in enumerate(("sv", "en")):
        parts = [whole[side]]
        if effect.projects_without_region:
            parts.append(away[side])
        if effect.projects_lost:
            titles = dict(network.projects.select("project", f"label_{lang}").iter_rows())
            parts.append(_lost([titles[project] for project in effect.projects_lost], side))
        texts.append(" ".join([*parts, effect.message[side]]).strip())
    return texts[0], texts[1]


def _lost(titles: list[str], side: int) -> str:
    begin = ("Projekt som faller bort: ", "Projects lost: ")[side]
    more = len(titles) - _NAMED
    end = (f" och {more} till", f" and {more} more")[side] if more > 0 else ""
    return f"{begin}{'; '.join(titles[:_NAMED])}{end}."
