"""The brief about a priority area."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from ecograph.export.document import Document
from ecograph.web.explorer.asking import Shown, ask, region, region_name, site
from ecograph.web.explorer.language import number, places
from ecograph.web.explorer.reports.cells import count, text, thing, unit, verdict
from ecograph.web.explorer.reports.paper import Paper
from ecograph.web.explorer.reports.parts import granted, how_to_read, share_known, times
from ecograph.web.explorer.themes import areas

_ACTORS = 7


def area_brief(about: str) -> Document | None:
    """Return the brief about an area given by local id, or None when there is no such area."""
    iri = site().base.instance(about)
    listed = ask("area-list", place=region())
    row = next((row for row in listed.rows if row["area"] == iri), None)
    if row is None:
        return None
    given = {"place": region(), "area": about}
    projects, covered = ask("area-projects", **given), ask("area-coverage", **given)
    pairs = ask("area-pairs")
    paper = Paper(_("Brief on a priority area"), row["areaLabel"], _answer(row, _pairs_of(pairs, iri)))
    paper.figures(_figures(row, listed, covered, ask("area-money", **given)))
    paper.bars(_("Projects by start year"), [each["startYear"] for each in projects.rows], projects)
    paper.say(times(each["startYear"] for each in projects.rows), projects)
    _meetings(paper, pairs, iri)
    _actors(paper, ask("area-actors", **given))
    _targets(paper, ask("baselines-and-targets", area=about))
    how_to_read(paper)
    return paper.finish(about=about)


def _answer(row: dict[str, Any], pairs: list[dict[str, Any]]) -> str:
    first = ngettext(
        "%(num)s actor in %(region)s works in %(projects)s projects within %(area)s",
        "%(num)s actors in %(region)s work in %(projects)s projects within %(area)s",
        row["actors"],
        region=region_name(),
        projects=number(row["projects"]),
        area=row["areaLabel"].lower(),
    )
    met = sum(1 for pair in pairs if pair["jointProjects"])
    second = _(
        "; the area meets %(met)s of %(all)s other areas, in the projects we know of.",
        met=met,
        all=len(pairs),
    )
    return f"{first}{second}"


def _figures(row: dict[str, Any], listed: Shown, covered: Shown, money: Shown) -> list[Any]:
    standing = ", ".join(part for part in (row["statusLabel"], row["certaintyLabel"]) if part)
    undated = _("%(undated)s without a year", undated=number(covered.first["undatedProjects"] or 0))
    return [
        (_("Actors in %(region)s", region=region_name()), number(row["actors"]), standing, listed),
        (_("Projects"), number(row["projects"]), undated, listed),
        *granted(money, row["projects"], split=any(each["splitProjects"] for each in money.rows)),
        share_known(covered),
    ]


def _pairs_of(pairs: Shown, iri: str) -> list[dict[str, Any]]:
    return [row for row in pairs.rows if iri in {row["areaA"], row["areaB"]}]


def _meetings(paper: Paper, pairs: Shown, iri: str) -> None:
    index = areas()
    rows = []
    for row in _pairs_of(pairs, iri):
        other = index[row["areaB"] if row["areaA"] == iri else row["areaA"]]
        named = thing({"other": other.iri, "otherLabel": other.label}, "other")
        expected = count(row["expected"], places(row["expected"]))
        rows.append(
            (
                named,
                text(row["declared"], _("not named")),
                count(row["jointProjects"]),
                expected,
                verdict(row),
            )
        )
    paper.table(
        _("Meetings with other areas"),
        pairs,
        [
            (_("Area"), False), (_("Declared"), False), (_("Joint projects"), True), (_("Expected"), True),
            (_("Verdict"), False),
        ],
        rows,
        _("Declared: what the strategy says. Joint projects: what is done. Two bases, never added."),
    )  # fmt: skip


def _actors(paper: Paper, actors: Shown) -> None:
    paper.table(
        _("The actors with most projects in the area"),
        actors,
        [(_("Actor"), False), (_("Helix"), False), (_("Municipality"), False), (_("Projects"), True)],
        [
            (
                thing(row, "actor"),
                text(row["helixLabel"]),
                text(row["municipalityLabel"]),
                count(row["projects"]),
            )
            for row in actors.rows
        ],
        limit=_ACTORS,
    )


def _targets(paper: Paper, targets: Shown) -> None:
    """Say whose targets there are; without one of the strategy's own, that there is none in the material."""
    owned = [row for row in targets.rows if row["target"] is not None]
    if not owned:
        paper.say(_("The strategy has no measurable target for the area in the material."), targets)
        return
    named = "; ".join(
        _(
            "%(indicator)s: %(target)s %(unit)s by %(year)s (%(owner)s)",
            indicator=row["indicatorLabel"],
            target=number(row["target"]),
            unit=unit(row["unit"]),
            year=row["targetYear"],
            owner=row["ownerLabel"] or row["strategyLabel"] or "–",
        )
        for row in owned
    )
    paper.say(_("Targets in the material, each of the owner named: %(targets)s.", targets=named), targets)
