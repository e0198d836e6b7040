"""The call brief: what is known of a pair of areas for whoever writes a call or invites to a dialogue."""

from __future__ import annotations

import math
from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import ngettext

from ecograph.web.explorer.asking import Shown, ask, region, region_name, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.language import current, number, places
from ecograph.web.explorer.reports.cells import count, text, thing, verdict, years
from ecograph.web.explorer.reports.files import answer
from ecograph.web.explorer.reports.landing import area_choices
from ecograph.web.explorer.reports.paper import Paper
from ecograph.web.explorer.reports.parts import how_to_read, is_too_little
from ecograph.web.explorer.themes import Area, areas

_LEVEL = 0.05
_ACTORS, _FUNDERS = 20, 15


@explorer.get("/<any(sv,en):lang>/reports/call")
def call_brief() -> str | Response:
    """The call brief about areas ``a`` and ``b``; of the first declared pair when none is chosen."""
    index = areas()
    chosen = [index.get(site().base.instance(_full(request.args.get(name, "")))) for name in ("a", "b")]
    a, b = chosen if None not in chosen and chosen[0] != chosen[1] else _default(index)
    if a is None or b is None:
        paper = Paper(_("Call brief"), region_name(), _("The data hold no pair of priority areas yet."))
        return answer(paper.finish())
    pair = {"areaA": _local(a), "areaB": _local(b)}
    listed, tests = ask("area-pairs"), ask("area-pair-tests", **pair)
    row = next(row for row in listed.rows if {row["areaA"], row["areaB"]} == {a.iri, b.iri})
    projects = ask("area-pair-projects", **pair)
    about = f"{a.label} – {b.label.lower()}"
    paper = Paper(_("Call brief"), about, _answer(a, b, row))
    paper.figures(_figures(row, listed, projects))
    _test(paper, tests, row)
    _earlier(paper, projects)
    _unused(paper, ask("area-pair-actors", place=region(), **pair), a, b)
    _introductions(paper, ask("introductions-between-areas", **pair))
    _funders(paper, ask("area-pair-funders", place=region(), **pair), a, b)
    how_to_read(paper, [tests])
    document = paper.finish(a=pair["areaA"], b=pair["areaB"])
    return answer(
        document, "reports/call.html", choices=area_choices(), a_local=pair["areaA"], b_local=pair["areaB"]
    )


def _full(value: str) -> str:
    value = value.strip()[:200]
    return value if value.startswith("area/") else f"area/{value}"


def _local(area: Area) -> str:
    return site().base.local(area.iri) or area.iri


def _default(index: dict[str, Area]) -> tuple[Area | None, Area | None]:
    """Return the first pair that the strategy declares, else the first of all."""
    rows = ask("area-pairs").rows
    row = next((row for row in rows if row["declared"]), rows[0] if rows else None)
    return (index[row["areaA"]], index[row["areaB"]]) if row else (None, None)


def _answer(a: Area, b: Area, row: dict[str, Any]) -> str:
    names = {"a": a.label, "b": b.label.lower()}
    met = row["jointProjects"]
    first = (
        ngettext(
            "%(a)s and %(b)s meet in %(num)s project we know of",
            "%(a)s and %(b)s meet in %(num)s projects we know of",
            met,
            **names,
        )
        if met
        else _("%(a)s and %(b)s meet in no project we know of", **names)
    )
    said = {
        "fewer": _("; that is fewer than chance can explain: a collaboration gap."),
        "more": _("; that is more than chance can explain."),
        "as-expected": _("; that is what chance alone would give."),
        "too-little-data": _(
            "; there is too little data to say whether that is fewer or more than expected."
        ),
        "depends-on-classification": _(
            "; whether that is fewer or more than expected depends on the classification."
        ),
    }
    return f"{first}{said.get((row['verdict'] or '').rpartition('/')[2], '.')}"


def _figures(row: dict[str, Any], listed: Shown, projects: Shown) -> list[Any]:
    related = number(row["relatedness"], 1)
    interval = (
        _(
            "relatedness at the country's actors (1 is as expected; %(low)s–%(high)s)",
            low=number(row["relatednessLow"], 1),
            high=number(row["relatednessHigh"], 1),
        )
        if row["relatednessLow"] is not None
        else _("relatedness at the country's actors (1 is as expected)")
    )
    expected = _(
        "joint projects; expected %(number)s", number=number(row["expected"], places(row["expected"]))
    )
    return [
        (_("Declared"), row["declared"] or _("not named together"), _("by the strategy"), listed),
        (_("Enacted"), number(row["jointProjects"]), expected, projects),
        (_("Potential"), related, interval, listed),
        (_("Bridging actors"), number(row["bridgingActors"]), _("between the areas"), listed),
    ]


def _test(paper: Paper, tests: Shown, row: dict[str, Any]) -> None:
    paper.heading(_("The tested gap"), "test")
    if not tests.rows:
        paper.say(_("The pair has not been tested."))
        return
    paper.table(
        _("Test against chance"),
        tests,
        [
            (_("Time"), False), (_("Observed"), True), (_("Expected"), True), (_("p, fewer"), True),
            (_("q, fewer"), True), (_("p, more"), True), (_("q, more"), True), (_("Verdict"), False),
        ],
        [
            (
                text(each["periodLabel"]), count(each["observed"]),
                count(each["expected"], places(each["expected"])), count(each["pLower"], 3),
                count(each["qLower"], 3), count(each["pUpper"], 3), count(each["qUpper"], 3), verdict(each),
            )
            for each in tests.rows
        ],
        _(
            "Before, after and undated are kept apart: a project that began before the strategy is never its "
            "effect."
        ),
    )  # fmt: skip
    first = tests.first
    if first["survives"] is False:
        paper.say(
            _("The verdict does not stay under another plausible classification of the projects."), tests
        )
    elif first["survives"]:
        paper.say(
            _("The verdict stays under every other classification of the projects that was tried."), tests
        )
    if is_too_little(first):
        _testable(paper, tests, first)


def _testable(paper: Paper, tests: Shown, first: dict[str, Any]) -> None:
    """Say what would make the pair testable.

    With fixed margins and few meetings the number of joint projects is close to Poisson's law, under which
    the probability of none is e^−expected: at least −ln 0.05 must be expected for none to reach 0.05, and
    more where several pairs are tested (Tarone 1990).
    """
    needed = -math.log(_LEVEL)
    paper.say(
        _(
            "What would make it testable: today %(expected)s joint projects are expected, so that not even "
            "none "
            "would have been remarkable. About %(needed)s must be expected before none can say anything "
            "(none has then a "
            "probability of about %(level)s; more are needed where several pairs are tested). That takes "
            "more known "
            "projects in both areas, or known areas for projects that lack them.",
            expected=number(first["expected"], places(first["expected"])),
            needed=number(needed, 1),
            level=number(_LEVEL, 2),
        ),
        tests,
    )
    classified = ask("classified-projects", place=region())
    known = classified.first
    paper.say(
        _(
            "Of the region's %(all)s projects %(classified)s belong to an area; the others are outside the "
            "areas, "
            "cannot be classified or are not assessed.",
            all=number(known["projects"]),
            classified=number(known["classified"]),
        ),
        classified,
    )


def _earlier(paper: Paper, projects: Shown) -> None:
    paper.heading(_("Earlier joint projects"), "earlier")
    if not projects.rows:
        paper.say(_("None, in the projects we know of."), projects)
    paper.table(
        _("Projects that belong to both areas"),
        projects,
        [(_("Project"), False), (_("Years"), False)],
        [(thing(row, "project"), years(row)) for row in projects.rows],
    )


def _unused(paper: Paper, actors: Shown, a: Area, b: Area) -> None:
    paper.heading(_("Actors not yet in a joint project"), "actors")
    unused = [row for row in actors.rows if not row["joint"]]
    if not unused:
        paper.say(_("Every known actor of the two areas has a joint project, or there is none."), actors)
        return
    both = sum(1 for row in unused if row["inA"] and row["inB"])
    paper.say(
        _(
            "%(unused)s of the %(all)s actors in %(region)s that work in either area have no joint project "
            "we know of; "
            "%(both)s of them work in both areas apart.",
            unused=number(len(unused)),
            all=number(len(actors.rows)),
            region=region_name(),
            both=number(both),
        ),
        actors,
    )
    ordered = sorted(unused, key=lambda row: (not (row["inA"] and row["inB"]), -(row["inA"] + row["inB"])))
    paper.table(
        _("Actors that work in one of the areas, or in both apart"),
        actors,
        [
            (_("Actor"), False), (_("Helix"), False), (_("Municipality"), False), (a.label, True),
            (b.label, True),
        ],
        [
            (
                thing(row, "actor"), text(row["helixLabel"]), text(row["municipalityLabel"]),
                count(row["inA"]), count(row["inB"]),
            )
            for row in ordered
        ],
        actors.question.caveat(current()),
        limit=_ACTORS,
    )  # fmt: skip


def _introductions(paper: Paper, found: Shown) -> None:
    paper.heading(_("Contact proposals"), "introductions")
    paper.say(_("Suggestions to try in dialogue, no recommendation of support."), kind="caveat")
    if not found.rows:
        paper.say(_("No introductions are suggested for this pair."), found)
        return
    paper.table(
        _("Pairs of actors without a known collaboration, one in each area"),
        found,
        [(_("Actors"), False), (_("Reason"), False), (_("Know both"), False)],
        [(thing(row, "introduction"), text(row["reason"]), text(row["brokers"])) for row in found.rows],
        _("Occasion: %(occasion)s.", occasion=found.first["occasionLabel"]),
    )


def _funders(paper: Paper, funders: Shown, a: Area, b: Area) -> None:
    paper.heading(_("Funders seen"), "funders")
    if not funders.rows:
        paper.say(_("No funder is named in the projects we know of."), funders)
    paper.table(
        _("Funders of projects in either area"),
        funders,
        [(_("Funder"), False), (a.label, True), (b.label, True), (_("In both"), True)],
        [
            (thing(row, "funder"), count(row["inA"]), count(row["inB"]), count(row["joint"]))
            for row in funders.rows
        ],
        _("Number of projects; a funder is not counted as a partner."),
        limit=_FUNDERS,
    )
