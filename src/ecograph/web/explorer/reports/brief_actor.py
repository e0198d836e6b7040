"""The brief about an actor."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from ecograph.export.document import Document
from ecograph.web.explorer.actor import by_project
from ecograph.web.explorer.asking import Shown, ask
from ecograph.web.explorer.language import joined, number
from ecograph.web.explorer.reports.cells import count, text, thing, years
from ecograph.web.explorer.reports.paper import Paper
from ecograph.web.explorer.reports.parts import granted, how_to_read, times
from ecograph.web.explorer.statements import label_of, statements_of
from ecograph.web.explorer.themes import areas, split

_PARTNERS, _PROJECTS = 6, 6


def actor_brief(about: str) -> Document | None:
    """Return the brief about an actor given by local id, or None when nothing is known of it."""
    known, stated = statements_of(about)
    if not stated:
        return None
    name = label_of(stated, about)
    shown, partners = ask("actor-projects", actor=about), ask("actor-partners", actor=about)
    rows = [row for row in by_project(shown) if row["counted"]]
    by_area = _by_area(rows)
    paper = Paper(_("Brief on an actor"), name, _answer(name, rows, partners, by_area))
    facts = {item.name: item.statements[0].value for item in stated}
    paper.figures(
        [
            (_("Projects"), number(len(rows)), _("granted, ongoing or finished"), shown),
            (_("Known partners"), number(len(partners.rows)), _("in the projects we know of"), partners),
            (_("Priority areas"), number(len(by_area)), _("of %(all)s", all=len(areas())), shown),
            *granted(ask("actor-money", actor=about), len(rows)),
            (_("Municipality"), facts.get("municipality", "–"), facts.get("helix", ""), known),
        ]
    )
    paper.bars(_("Projects by start year"), [row["startYear"] for row in rows], shown)
    if rows:
        paper.say(times(row["startYear"] for row in rows), shown)
    else:
        paper.say(
            _("That does not mean that it collaborates with nobody: the sources hold only some programmes."),
            shown,
            "notice",
        )
    _tables(paper, shown, rows, partners, by_area)
    if not partners.rows:
        _hidden(paper, shown)
    how_to_read(paper)
    return paper.finish(about=about)


def _answer(name: str, rows: list[dict[str, Any]], partners: Shown, by_area: dict[str, int]) -> str:
    if not rows:
        return str(_("%(actor)s is not found in the projects of the sources.", actor=name))
    first = ngettext(
        "%(actor)s works in %(num)s project with %(partners)s known partners",
        "%(actor)s works in %(num)s projects with %(partners)s known partners",
        len(rows),
        actor=name,
        partners=number(len(partners.rows)),
    )
    second = _(", in %(n)s of %(all)s priority areas", n=len(by_area), all=len(areas())) if by_area else ""
    return f"{first}{second}{_(', in the projects we know of.')}"


def _by_area(rows: list[dict[str, Any]]) -> dict[str, int]:
    counts = {iri: sum(1 for row in rows if iri in split(row["areas"])) for iri in areas()}
    return {iri: number_of for iri, number_of in counts.items() if number_of}


def _tables(
    paper: Paper, shown: Shown, rows: list[dict[str, Any]], partners: Shown, by_area: dict[str, int]
) -> None:
    index = areas()
    paper.table(
        _("Projects by priority area"),
        shown,
        [(_("Area"), False), (_("Projects"), True)],
        [
            (thing({"area": iri, "areaLabel": index[iri].label}, "area"), count(number_of))
            for iri, number_of in by_area.items()
        ],
        _("A project may belong to several areas."),
    )
    paper.table(
        _("Partners with most shared projects"),
        partners,
        [(_("Partner"), False), (_("Helix"), False), (_("Place"), False), (_("Shared projects"), True)],
        [
            (
                thing(row, "partner"),
                text(row["helixLabel"]),
                text(row["municipalityLabel"] or row["countryLabel"]),
                count(row["sharedProjects"]),
            )
            for row in partners.rows
        ],
        limit=_PARTNERS,
    )
    latest = sorted(rows, key=lambda row: (-(row["startYear"] or 0), row["projectLabel"] or ""))
    paper.table(
        _("The latest projects"),
        shown,
        [(_("Project"), False), (_("Role"), False), (_("Years"), False)],
        [(thing(row, "project"), text(", ".join(row["roles"])), years(row)) for row in latest],
        limit=_PROJECTS,
    )


def _hidden(paper: Paper, shown: Shown) -> None:
    titles = {row["sourceTitle"] or row["source"] for row in shown.rows if row["coverage"] == "beneficiary"}
    if titles:
        paper.say(
            _("Collaborations are not seen in this source: %(sources)s.", sources=joined(sorted(titles))),
            shown,
        )
