"""The network without an actor or programme, or with a new collaboration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ecograph.api.answer import Answer, Column
from ecograph.api.opened import Opened, Window
from ecograph.errors import QueryError
from ecograph.insight import methods
from ecograph.insight.coverage import measure_coverage
from ecograph.insight.gaps_text import VERDICTS
from ecograph.insight.groups import By, group_labels, groups_of, resolve_group
from ecograph.insight.naming import Names
from ecograph.insight.whatif import Effect, PairEffect, Place
from ecograph.insight.whatif import what_if as suppose
from ecograph.insight.whatif_change import Change
from ecograph.insight.whatif_gaps import Meeting, changed_meetings
from ecograph.network.incidence import TwoMode

_COLUMNS = (
    Column("first", "Par", "Pair", beside="second", joined="{} – {}"),
    Column("second", "och", "and", on_screen=False),
    Column("joint_before", "Gemensamma projekt", "Joint projects", beside="joint_after", joined="{} → {}"),
    Column("joint_after", "Gemensamma projekt, efter", "Joint projects, after", on_screen=False),
    Column("pairs", "Par av aktörer", "Pairs of actors", on_screen=False),
    Column("reached_before", "Par som nås", "Pairs reached", beside="reached_after", joined="{} → {}"),
    Column("reached_after", "Par som nås, efter", "Pairs reached, after", on_screen=False),
    Column("cut_off", "avskurna", "cut off"),
    Column("further", "längre ifrån", "further apart"),
    Column("joined", "nya", "new"),
    Column("nearer", "närmare", "nearer"),
    Column("bridges", "Brobyggare: plats före → efter", "Bridges: rank before → after"),
)

_TESTED = (
    Column("expected_before", "Väntat", "Expected", beside="expected_after", joined="{} → {}"),
    Column("expected_after", "Väntat, efter", "Expected, after", on_screen=False),
    Column("verdict_before", "Bedömning", "Verdict", beside="verdict_after", joined="{} → {}"),
    Column("verdict_after", "Bedömning, efter", "Verdict, after", on_screen=False),
)
_UNTRIED = (
    "Bedömningarna är inte prövade under andra klassningar av projekten; det gör `ecograph network gaps`.",
    "The verdicts are not tried under other classifications of the projects; `ecograph network gaps` does.",
)
_NAMED = 5
"""Projects that are named in a sentence."""


def what_if(
    opened: Opened,
    *,
    remove: Sequence[str] = (),
    programmes: Sequence[str] = (),
    add: Sequence[tuple[str, str]] = (),
    areas: Sequence[str] = (),
    by: By = "area",
    tested: bool = False,
    window: Window | None = None,
) -> Answer:
    """Answer what changes when actors or programmes go away, or collaborations come (see `insight.whatif`).

    remove, programmes, add: actors, programmes and pairs of actors, by label, former or other name, or id.
    areas: what added collaborations count to. tested: test the meetings against chance too. Cost, when the
    network and the names are read (`Opened` keeps them): 0.04 seconds for a county, 0.2 to 0.4
    tested.

    Raises
    ------
    QueryError: when nothing is supposed, or a name is not known or means several.
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
    national, network = opened.national(window), opened.county(window)
    change = _change(opened, network, (remove, programmes, add, areas))
    labels = group_labels(opened.graph, opened.base, network, groups_of(network, by))
    region = [f"place/{code}" for code in opened.region.municipalities]
    among = region if by == "municipality" else None
    effect = suppose(network, change, by=by, national=national, among=among)
    meetings = changed_meetings(network, change, by=by, national=national, among=among) if tested else {}
    names = dict(national.actors.select("actor", f"label_{opened.lang}").iter_rows())
    return Answer(
        question="what-if",
        title=_title(change, national, opened.programme_names),
        method=methods.WHAT_IF,
        columns=_COLUMNS + (_TESTED if tested else ()),
        rows=[
            _row(one, labels, names, opened.side) | _verdicts(meetings.get(one.pair), opened.side)
            for one in effect.pairs
        ],
        parameters=opened.parameters(
            window,
            by=by,
            remove=list(change.remove),
            remove_programmes=list(change.remove_programmes),
            add=[list(pair) for pair in change.add],
            areas=list(change.areas),
        ),
        coverage=measure_coverage(network),
        message=_message(effect, network),
        caveats=(methods.KNOWN, _UNTRIED) if tested else (methods.KNOWN,),
        lang=opened.lang,
        found=effect,
    )


def _change(
    opened: Opened,
    network: TwoMode,
    texts: tuple[Sequence[str], Sequence[str], Sequence[tuple[str, str]], Sequence[str]],
) -> Change:
    remove, programmes, add, areas = texts
    inside, actors = network.actor_ids, opened.actor_names
    funding = network.projects["programme"].drop_nulls().unique().to_list()
    known = groups_of(network, "area")
    labels = group_labels(opened.graph, opened.base, network, known) if areas else {}
    return Change(
        remove=tuple(actors.resolve(text, within=inside) for text in remove),
        remove_programmes=tuple(opened.programme_names.resolve(text, within=funding) for text in programmes),
        add=tuple(
            (actors.resolve(first, within=inside), actors.resolve(second, within=inside))
            for first, second in add
        ),
        areas=tuple(resolve_group(known, labels, text) for text in areas),
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
