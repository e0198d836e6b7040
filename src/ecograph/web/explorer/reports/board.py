"""The board brief: the whole strategy on a few pages for a regional committee."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ecograph.export.document import Cell
from ecograph.web.explorer.asking import Shown, ask, region, region_name, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.charts import first_year_after
from ecograph.web.explorer.language import number, places
from ecograph.web.explorer.reports.board_changes import changes_since, chosen_date, kept_builds
from ecograph.web.explorer.reports.board_follow_up import follow_up
from ecograph.web.explorer.reports.cells import absolute, count, text, thing, verdict
from ecograph.web.explorer.reports.files import answer
from ecograph.web.explorer.reports.paper import Paper
from ecograph.web.explorer.reports.parts import granted, how_to_read, share_known
from ecograph.web.explorer.themes import areas
from ecograph.web.explorer.verdicts import FEWER, Tally, tally

_LOSSES = 6
_PARTITIONS = ("area", "helix", "municipality")


@explorer.get("/<any(sv,en):lang>/reports/board")
def board_brief() -> str | Response:
    """The board brief, with what changed since the date ``since=YYYY-MM-DD``."""
    pairs = ask("area-pairs")
    since = chosen_date(request.args.get("since", ""))
    paper = Paper(_("Board brief"), _strategy(), _answer(pairs))
    figures = ask("region-figures", place=region())
    paper.figures(_figures(figures))
    _areas(paper)
    _crossings(paper, pairs)
    _gaps(paper)
    _bridges(paper)
    _money(paper)
    follow_up(paper)
    changes_since(paper, since)
    how_to_read(paper)
    document = paper.finish(since=since)
    return answer(document, "reports/board.html", since=since, builds=kept_builds())


def _strategy() -> str:
    named = [row for row in ask("strategies-and-owners").rows if row["smartSpecialisation"]]
    return str(named[0]["strategyLabel"]) if named else region_name()


def _answer(pairs: Shown) -> str:
    if not pairs.rows:
        return str(_("The data hold no pair of priority areas yet."))
    found = tally(pairs.rows)
    met = sum(1 for row in pairs.rows if row["jointProjects"])
    first = _(
        "%(met)s of %(all)s pairs of priority areas meet in a project we know of",
        met=met,
        all=len(pairs.rows),
    )
    second = (
        ngettext(
            "; %(num)s collaboration gap is established",
            "; %(num)s collaboration gaps are established",
            found.gaps,
        )
        if found.gaps
        else _("; no collaboration gap is established")
    )
    third = (
        _(", and for %(unclear)s pairs there is too little data to say.", unclear=found.unclear)
        if found.unclear
        else "."
    )
    return f"{first}{second}{third}"


def _figures(figures: Shown) -> list[Any]:
    row = figures.first
    found = _("%(found)s found in projects", found=number(row["activeActors"]))
    undated = _("%(undated)s without a year", undated=number(row["undatedProjects"]))
    return [
        (_("Actors in %(region)s", region=region_name()), number(row["actors"]), found, figures),
        (_("Projects"), number(row["projects"]), undated, figures),
        *granted(ask("region-money", place=region()), row["projects"]),
        share_known(figures),
    ]


def _areas(paper: Paper) -> None:
    paper.heading(_("The priority areas"), "areas")
    shown, timed = ask("area-list", place=region()), ask("before-and-after-the-strategy")
    when = {row["area"]: row for row in timed.rows}
    rows = []
    for row in shown.rows:
        then = when.get(row["area"], {"before": 0, "after": 0, "sameYear": 0, "undated": 0})
        standing = ", ".join(part for part in (row["statusLabel"], row["certaintyLabel"]) if part)
        rows.append(
            (
                thing(row, "area"), text(standing), count(row["actors"]), count(row["projects"]),
                count(then["before"]), count(then["after"]), count(then["undated"] + then["sameYear"]),
            )
        )  # fmt: skip
    paper.table(
        _("The areas and their projects"),
        shown,
        [
            (_("Area"), False), (_("Standing, certainty"), False), (_("Actors"), True), (_("Projects"), True),
            (_("Began before"), True), (_("After"), True), (_("Undated"), True),
        ],
        rows,
        _(
            "A project may belong to several areas. A project that began before the strategy is never its "
            "effect."
        ),
    )  # fmt: skip
    paper.say(
        _(
            "Before and after are reckoned from the adoption of the strategy, %(adopted)s.",
            adopted=site().workspace.region.strategy_adopted,
        ),
        timed,
        "caveat",
    )


def _crossings(paper: Paper, pairs: Shown) -> None:
    paper.heading(_("Cross-fertilisation: declared, enacted and potential"), "cross-fertilisation")
    paper.table(
        _("The pairs of areas"),
        pairs,
        [
            (_("Pair"), False), (_("Declared"), False), (_("Enacted"), True), (_("Expected"), True),
            (_("Verdict"), False), (_("Potential"), True),
        ],
        [
            (
                _pair(row), text(row["declared"], _("not named")), count(row["jointProjects"]),
                count(row["expected"], places(row["expected"])), verdict(row), count(row["relatedness"], 1),
            )
            for row in pairs.rows
        ],
        _(
            "Declared: by the strategy. Enacted: joint projects. Potential: relatedness at the country's "
            "actors, 1 is "
            "as expected. Three bases, never added."
        ),
    )  # fmt: skip


def _pair(row: dict[str, Any]) -> Cell:
    label = f"{row['areaALabel']} – {row['areaBLabel'].lower()}"
    keys = [row[name].rpartition("/")[2] for name in ("areaA", "areaB")]
    return Cell(label, label, absolute(url_for("explorer.crossing", a=keys[0], b=keys[1])))


def _gaps(paper: Paper) -> None:
    paper.heading(_("Collaboration gaps"), "gaps")
    names = {"area": _("Areas"), "helix": _("Helices"), "municipality": _("Municipalities")}
    tests = {kind: ask("meetings", partition=kind) for kind in _PARTITIONS}
    for kind, shown in tests.items():
        found = tally(shown.rows)
        established = [
            f"{row['groupALabel']} – {row['groupBLabel']}" for row in shown.rows if row["verdict"] == FEWER
        ]
        if not found.pairs:
            paper.say(_("%(kind)s: no pair has been tested.", kind=names[kind]), shown)
            continue
        paper.say(_verdicts(names[kind], found, established), shown)
    paper.say(
        _(
            "Too little data to say is an answer of its own: it means neither that there is a gap nor that "
            "there is none."
        ),
        kind="caveat",
    )  # fmt: skip


def _verdicts(kind: str, found: Tally, established: list[str]) -> str:
    """Return the verdicts of one kind of pairs in words; what there is none of is not mentioned."""
    parts = [
        _(
            "%(kind)s: %(gaps)s of %(pairs)s pairs are gaps",
            kind=kind,
            gaps=number(found.gaps),
            pairs=number(found.pairs),
        )
        + (f" ({'; '.join(established)})" if established else "")
    ]
    if found.more:
        parts.append(_("%(more)s meet more often than chance can explain", more=number(found.more)))
    if found.depends:
        parts.append(_("%(depends)s depend on the classification", depends=number(found.depends)))
    if found.unclear:
        parts.append(_("for %(unclear)s there is too little data to say", unclear=number(found.unclear)))
    return "; ".join(parts) + "."


def _bridges(paper: Paper) -> None:
    paper.heading(_("Bridging actors"), "bridges")
    lost, overview = ask("what-is-lost-without-an-actor"), ask("bridging-overview")
    first = [row for row in overview.rows if row["rank"] == 1]
    leading: dict[str, int] = {}
    for row in first:
        leading[row["actorLabel"]] = leading.get(row["actorLabel"], 0) + 1
    if leading:
        name, times = max(leading.items(), key=lambda item: item[1])
        paper.say(
            _(
                "%(actor)s is the strongest bridge in %(n)s of the %(all)s pairs of areas where anyone "
                "bridges, in the "
                "projects we know of.",
                actor=name,
                n=times,
                all=len(first),
            ),
            overview,
        )
    else:
        paper.say(_("No actor bridges two areas, in the projects we know of."), overview)
    paper.table(
        _("What is lost without an actor, in the projects we know of"),
        lost,
        [
            (_("Actor"), False), (_("Pair of areas"), False), (_("Rank"), True),
            (_("Pairs of actors cut off without it"), True), (_("Pairs further apart"), True),
        ],
        [
            (
                thing(row, "actor"), text(row["pairLabel"]), count(row["rank"]), count(row["cutOff"]),
                count(row["furtherApart"]),
            )
            for row in lost.rows
            if row["cutOff"]
        ],
        limit=_LOSSES,
    )  # fmt: skip


def _money(paper: Paper) -> None:
    """Add granted support by area, before and after the strategy and undated, never added together."""
    paper.heading(_("Money by area"), "money")
    shown = ask("money-by-area-and-year")
    change = first_year_after(site().workspace.region.strategy_adopted)
    sums: dict[str, dict[str, list[int]]] = {}
    for row in shown.rows:
        when = "undated" if row["year"] is None else "before" if int(row["year"]) < change else "after"
        entry = sums.setdefault(row["area"], {}).setdefault(when, [0, 0, 0])
        entry[0] += int(row["grantedEUR"] or 0)
        entry[1] += row["projectsWithAmount"]
        entry[2] += row["projects"]
    rows = []
    for iri, area in areas().items():
        cells = []
        for when in ("before", "after", "undated"):
            amount, known, every = sums.get(iri, {}).get(when, [0, 0, 0])
            cells.append(Cell(number(amount / 1_000_000, 1), amount) if known else text(None))
            share = _("%(part)s of %(all)s", part=number(known), all=number(every)) if every else None
            cells.append(text(share))
        rows.append((thing({"area": iri, "areaLabel": area.label}, "area"), *cells))
    paper.table(
        _("Granted support in million euros, and how many projects have an amount"),
        shown,
        [
            (_("Area"), False), (_("Before"), True), (_("with an amount"), True), (_("After"), True),
            (_("with an amount"), True), (_("Undated"), True), (_("with an amount"), True),
        ],
        rows,
        _(
            "By start year, before and after the adoption of the strategy. A project in several areas is "
            "shared between "
            "them; other currencies are converted to euros."
        ),
    )  # fmt: skip
