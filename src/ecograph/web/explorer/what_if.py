"""What if: the region's network without an actor or a programme, or with one collaboration more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, g, render_template, request

from ecograph.errors import EcographError, QueryError
from ecograph.insight.gaps_text import VERDICTS
from ecograph.insight.groups import KINDS, By, group_labels, groups_of
from ecograph.insight.naming import Names, read_names
from ecograph.insight.whatif import Effect
from ecograph.insight.whatif import what_if as suppose
from ecograph.insight.whatif_change import Change, apply, with_actors
from ecograph.insight.whatif_gaps import Meeting, meetings_tested
from ecograph.insight.whatif_pairs import MovedPairs, moved_pairs
from ecograph.web.explorer.asking import graph, served, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.errors import page as error_page
from ecograph.web.explorer.network_words import areas_by_id
from ecograph.web.explorer.networks import county, label, national
from ecograph.web.explorer.themes import blind_sources, coverage
from ecograph.web.explorer.unqueried import as_file, listing

_MOST, _LONGEST, _LISTED = 6, 200, 30

_PAIRS = {
    "first": ("Mellan", "Between"),
    "second": ("och", "and"),
    "joint_before": ("Gemensamma projekt, före", "Joint projects, before"),
    "joint_after": ("Gemensamma projekt, efter", "Joint projects, after"),
    "pairs": ("Par av aktörer", "Pairs of actors"),
    "reached_before": ("Par som nås, före", "Pairs reached, before"),
    "reached_after": ("Par som nås, efter", "Pairs reached, after"),
    "cut_off": ("Par som skärs av", "Pairs cut off"),
    "further": ("Par längre ifrån varandra", "Pairs further apart"),
    "joined": ("Par som förenas", "Pairs joined"),
    "nearer": ("Par närmare varandra", "Pairs nearer"),
    "bridges": ("Brobyggare: plats före → efter", "Bridging actors: rank before → after"),
}
_MOVED = {
    "actorA": ("Aktör A (id)", "Actor A (id)"),
    "actorALabel": ("Aktör A", "Actor A"),
    "actorB": ("Aktör B (id)", "Actor B (id)"),
    "actorBLabel": ("Aktör B", "Actor B"),
    "before": ("Steg före", "Steps before"),
    "after": ("Steg efter", "Steps after"),
}


@dataclass(frozen=True)
class Supposed:
    """What a reader supposes: the change, what was typed and not understood, and between which groups."""

    change: Change
    unknown: tuple[str, ...]
    same: bool
    by: By


@explorer.get("/<any(sv,en):lang>/what-if")
def what_if() -> str | Response:
    """The page: a form with real choices, and the answer when something is supposed."""
    served()
    try:
        supposed = _supposed()
        network = county()
    except EcographError:
        return error_page(503)
    found = _effect(supposed)
    return render_template(
        "what_if.html",
        supposed=supposed,
        effect=found[0] if found else None,
        moved=found[1] if found else None,
        verdicts=_verdicts(supposed) if found else {},
        rows=_pair_rows(found[0], supposed.by) if found else [],
        listed=_moved_rows(found[1], _LISTED) if found else [],
        names=_names_shown(),
        actor_of=_actors(),
        title_of=dict(network.projects.select("project", f"label_{g.lang}").iter_rows()),
        programme=lambda key: label("programme", key),
        programmes=_programmes(),
        areas=areas_by_id(),
        kinds=KINDS,
        word_of=verdict_word,
        given=_given(supposed),
        coverage=coverage(),
        blind=blind_sources(),
    )


@explorer.get("/<any(sv,en):lang>/what-if/<any(pairs,actors):table>")
def what_if_table(table: str) -> Response:
    """The answer as a file: the pairs of groups, or the pairs of actors that are moved."""
    served()
    supposed = _supposed()
    found = _effect(supposed)
    if table == "pairs":
        rows = _pair_rows(found[0], supposed.by) if found else []
        shown = listing(
            "what-if", ("Vad händer om", "What if"), ("Par av grupper.", "Pairs of groups."), _PAIRS,
            [{**row, "bridges": "; ".join(row["bridges"])} for row in rows],
        )  # fmt: skip
    else:
        shown = listing(
            "what-if-actors", ("Par av aktörer som flyttas", "Pairs of actors that are moved"),
            ("Steg mellan aktörerna; tomt: ingen väg.", "Steps between the actors; empty: no path."),
            _MOVED, _moved_rows(found[1], None) if found else [],
        )  # fmt: skip
    return as_file(shown)


def _supposed() -> Supposed:
    network = county()
    inside = network.actor_ids
    unknown: list[str] = []

    def found(name: str, names: Names, within: list[str]) -> list[str]:
        ids = []
        for text in request.args.getlist(name)[:_MOST]:
            wanted = text.strip()[:_LONGEST]
            if not wanted:
                continue
            try:
                thing = names.resolve(wanted, within=within)
            except QueryError:
                thing = ""
            if thing in within:
                ids.append(thing)
            else:
                unknown.append(wanted)
        return ids

    held = served()
    actors = held.memo("explorer.what_if.actors", lambda: read_names(graph(), site().base, "actor"))
    funders = held.memo("explorer.what_if.programmes", lambda: read_names(graph(), site().base, "programme"))
    known = set(network.areas["area"].to_list())
    chosen = [
        f"area/{text.strip()[:_LONGEST].removeprefix('area/')}" for text in request.args.getlist("area")
    ]
    partners = found("add", actors, national().actor_ids)
    pairs = [(a, b) for a, b in zip(partners[::2], partners[1::2], strict=False)]
    by = request.args.get("by", "")
    return Supposed(
        change=Change(
            remove=tuple(dict.fromkeys(found("remove", actors, inside))),
            remove_programmes=tuple(dict.fromkeys(found("programme", funders, _programmes_inside()))),
            add=tuple((a, b) for a, b in pairs if a != b),
            areas=tuple(sorted(set(chosen) & known)) if pairs else (),
        ),
        unknown=tuple(unknown),
        same=any(a == b for a, b in pairs),
        by=next((kind for kind in KINDS if kind == by), "area"),
    )


def _effect(supposed: Supposed) -> tuple[Effect, MovedPairs] | None:
    """Return what the change does; None when nothing is supposed. Kept for the latest changes of a build."""
    change, by = supposed.change, supposed.by
    if change.empty:
        return None
    among = _among(by)
    effect = suppose(county(), change, by=by, national=national(), among=among)
    return effect, moved_pairs(county(), change, by=by, national=national(), among=among)


def _among(by: By) -> list[str] | None:
    region = [f"place/{code}" for code in site().workspace.region.municipalities]
    return region if by == "municipality" else None


def _verdicts(supposed: Supposed) -> dict[tuple[str, str], tuple[Meeting, Meeting]]:
    """Return what the test against chance says of each pair before and after; those before are kept."""
    by, among = supposed.by, _among(supposed.by)
    network = with_actors(county(), supposed.change, national())
    if network is county():
        key = ("explorer.what_if.meetings", by)
        before = served().memo(key, lambda: meetings_tested(network, by, among=among))
    else:
        before = meetings_tested(network, by, among=among)
    after = meetings_tested(apply(network, supposed.change), by, among=among)
    return {pair: (meeting, after[pair]) for pair, meeting in before.items()}


def verdict_word(meeting: Meeting) -> str:
    """Return the words for a verdict in the reader's language."""
    return VERDICTS[meeting.verdict][0 if g.lang == "sv" else 1]


def _pair_rows(effect: Effect, by: By) -> list[dict[str, Any]]:
    side = 0 if g.lang == "sv" else 1
    labels = group_labels(graph(), site().base, county(), groups_of(county(), by))
    names = _actors()
    rows = []
    for one in effect.pairs:
        row: dict[str, Any] = {name: getattr(one, name) for name in _PAIRS if hasattr(one, name)}
        row["pair"] = one.pair
        row["first"], row["second"] = (labels.get(key, (key, key))[side] for key in one.pair)
        row["bridges"] = [
            f"{names.get(place.actor, place.actor)} {place.before or '–'} → {place.after or '–'}"
            for place in one.bridges
        ]
        rows.append(row)
    return rows


def _moved_rows(moved: MovedPairs, most: int | None) -> list[dict[str, Any]]:
    """Return the pairs that are parted or joined, the region's own first; then those that only move."""
    names = _actors()
    local = set(county().actors.filter("in_region")["actor"].to_list())
    rows: list[dict[str, Any]] = []
    for found in (moved.cut_off, moved.joined, moved.further, moved.nearer):
        part = [
            {
                "actorA": moved.ids[a], "actorALabel": names.get(moved.ids[a], moved.ids[a]),
                "actorB": moved.ids[b], "actorBLabel": names.get(moved.ids[b], moved.ids[b]),
                "before": before if before >= 0 else None, "after": after if after >= 0 else None,
            }
            for a, b, before, after in found.tolist()
        ]  # fmt: skip
        rows += sorted(part, key=lambda row: _order(row, local))
        if most is not None and len(rows) >= most:
            return rows[:most]
    return rows


def _order(row: dict[str, Any], local: set[str]) -> tuple[Any, ...]:
    inside = (row["actorA"] in local) + (row["actorB"] in local)
    return -inside, row["actorALabel"].casefold(), row["actorBLabel"].casefold()


def _actors() -> dict[str, str]:
    held = served()
    frame = national().actors.select("actor", f"label_{g.lang}")
    return held.memo(("explorer.what_if.labels", g.lang), lambda: dict(frame.iter_rows()))


def _names_shown() -> list[str]:
    return sorted(county().actors[f"label_{g.lang}"].unique().to_list(), key=str.casefold)


def _programmes_inside() -> list[str]:
    return county().projects["programme"].drop_nulls().unique().to_list()


def _programmes() -> list[tuple[str, str]]:
    pairs = ((key, label("programme", key) or key) for key in _programmes_inside())
    return sorted(pairs, key=lambda pair: pair[1].casefold())


def _given(supposed: Supposed) -> dict[str, Any]:
    """Return the parameters of an address that supposes the same."""
    change = supposed.change
    given: dict[str, Any] = {
        "remove": list(change.remove),
        "programme": list(change.remove_programmes),
        "add": [actor for pair in change.add for actor in pair],
        "area": list(change.areas),
        "by": supposed.by if supposed.by != "area" else None,
    }
    return {name: value for name, value in given.items() if value}
