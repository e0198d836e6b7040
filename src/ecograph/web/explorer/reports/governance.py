"""Good governance: what the graph holds for each criterion of the S3 enabling condition; it judges nothing.

The criteria are those of condition 1.1 in annex IV to Regulation (EU) 2021/1060, in short words of our own.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Response
from flask_babel import gettext as _
from flask_babel import ngettext

from ecograph.export.document import Cell
from ecograph.web.explorer.asking import Shown, ask, region, region_name, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.language import current, joined, number
from ecograph.web.explorer.reports.cells import count, text, thing, unit
from ecograph.web.explorer.reports.files import answer
from ecograph.web.explorer.reports.paper import Paper
from ecograph.web.explorer.reports.parts import how_to_read
from ecograph.web.explorer.themes import areas

_ROWS = 10
_LONGEST = 160


@explorer.get("/<any(sv,en):lang>/reports/good-governance")
def governance_brief() -> str | Response:
    """The report on good governance, one section for each of the seven criteria."""
    found = _evidence()
    with_some = sum(1 for _name, shown in found if any(each.rows for each in shown))
    paper = Paper(_("Good governance of the strategy"), region_name(), _answer(with_some, len(found)))
    paper.say(
        _(
            "The report gathers what the graph holds for each criterion of enabling condition 1.1 of the "
            "smart "
            "specialisation strategy (Regulation (EU) 2021/1060, annex IV): what, when, and who says so. It "
            "does not "
            "judge the condition; that is for the responsible authorities and the Commission. Where nothing "
            "is found, "
            "it says that evidence is missing: missing here, not necessarily in the region."
        )
    )
    for position, (title, shown) in enumerate(found, start=1):
        paper.heading(f"{position}. {title}", f"criterion-{position}")
        _section(paper, position, shown)
    how_to_read(paper)
    return answer(paper.finish())


def _answer(with_some: int, every: int) -> str:
    said: str = ngettext(
        "There is evidence for %(num)s of the %(all)s criteria; others judge it.",
        "There is evidence for %(num)s of the %(all)s criteria; others judge it.",
        with_some,
        all=every,
    )
    return said  # fmt: skip


def _evidence() -> list[tuple[str, list[Shown]]]:
    """Return the criteria in the regulation's order, each with the questions whose rows are its evidence."""
    place = region()
    return [
        (
            _("Up-to-date analysis of what hinders the spread of innovation, digitalisation included"),
            [ask("evidence-challenges"), *_digital(place)],
        ),
        (_("A competent body responsible for managing the strategy"), [ask("evidence-owners")]),
        (
            _("Tools to follow up and evaluate results against the strategy's objectives"),
            [ask("evidence-indicators", place=place)],
        ),
        (
            _("Working cooperation with stakeholders: the entrepreneurial discovery process"),
            [ask("evidence-dialogues"), ask("evidence-principles")],
        ),
        (
            _("Measures to improve the research and innovation system, where relevant"),
            [ask("evidence-goal-projects")],
        ),
        (
            _("Measures to support industrial transition, where relevant"),
            [ask("evidence-themes"), ask("evidence-investments")],
        ),
        (
            _("Measures for cooperation with partners outside the Member State in the priority areas"),
            [_abroad(place)],
        ),
    ]


def _digital(place: str) -> list[Shown]:
    """Return the indicators tied to an area by a source, for every area that has any."""
    found = [ask("evidence-indicators", place=place, area=site().base.local(iri) or iri) for iri in areas()]
    return [shown for shown in found if shown.rows]


def _abroad(place: str) -> Shown:
    return ask("ties-abroad", place=place, home=f"place/{site().workspace.region.country}")


def _section(paper: Paper, position: int, shown: list[Shown]) -> None:
    held = False
    for each in shown:
        if each.question.slug == "ties-abroad":
            held = _ties(paper, each) or held
        elif each.question.slug == "evidence-goal-projects":
            held = _goals(paper, each) or held
        elif each.rows:
            _table(paper, each)
            held = True
        else:
            paper.say(_("%(what)s: evidence is missing.", what=each.question.title(current())), each)
    if not held and len(shown) == 1:
        paper.say(_("Evidence is missing."), shown[0], "notice")
    if position == 3:
        _own_target(paper)
    if position == 4:
        _groups(paper)
    if position == 6:
        paper.say(_("A theme says what the strategy wants, not what has been done."), kind="caveat")


def _table(paper: Paper, shown: Shown) -> None:
    dates = [str(row["date"]) for row in shown.rows if row["date"]]
    latest = _("Latest date: %(date)s.", date=max(dates)) if dates else _("No date is stated.")
    paper.table(
        _title(shown),
        shown,
        [
            (_("What"), False), (_("In brief"), False), (_("Date"), False), (_("Source"), False),
            (_("Date of the source"), False),
        ],
        [
            (thing(row, "item"), _brief(row), text(row["date"]), _source(row), text(row["sourceDate"]))
            for row in shown.rows
        ],
        f"{latest} {_gathered(shown)}",
        limit=_ROWS,
    )  # fmt: skip


def _title(shown: Shown) -> str:
    """Return the question's title, with the area where it asks about one."""
    title = shown.question.title(current())
    area = shown.values.get("area")
    label = areas()[site().base.instance(area)].label if area else ""
    return f"{title}: {label.lower()}" if label else title


def _source(row: dict[str, Any]) -> Cell:
    """Return the site of the page at the source, linked to it; without an address, what the source says."""
    pages = [part for part in (row["reference"] or "").split(" ; ") if part]
    page = next((part for part in pages if part.startswith("http")), "")
    if page:
        return Cell((urlsplit(page).hostname or page).removeprefix("www."), page, page)
    return text(_short(pages[0]) if pages else row["sourceTitle"])


def _gathered(shown: Shown) -> str:
    """Say which sources of the build hold the evidence."""
    titles = sorted({str(row["sourceTitle"] or row["source"]) for row in shown.rows})
    return str(_("Gathered in: %(sources)s.", sources=joined(titles)))


def _brief(row: dict[str, Any]) -> Cell:
    """Return what is said in brief: a value with its unit, or a text."""
    if row.get("value") is not None:
        value = row["value"]
        decimals = next((n for n in range(2) if round(value, n) == value), 2)
        return Cell(f"{number(value, decimals)} {unit(row['unit'])}".strip(), value)
    return text(_short(row["detail"]))


def _short(value: str | None) -> str | None:
    return value if value is None or len(value) <= _LONGEST else f"{value[:_LONGEST].rsplit(' ', 1)[0]} …"


def _goals(paper: Paper, shown: Shown) -> bool:
    """Count the projects by goal: their list is long, and stands behind the question."""
    goals: dict[str, list[dict[str, Any]]] = {}
    for row in shown.rows:
        goals.setdefault(row["goalLabel"], []).append(row)
    paper.table(
        shown.question.title(current()),
        shown,
        [
            (_("Goal"), False), (_("Projects"), True), (_("Latest start year"), False),
            (_("Date of the source"), False),
        ],
        [
            (
                thing({**rows[0], "goalLabel": goal}, "goal"), count(len({row["item"] for row in rows})),
                text(max((str(row["date"]) for row in rows if row["date"]), default=None)),
                text(max((str(row["sourceDate"]) for row in rows if row["sourceDate"]), default=None)),
            )
            for goal, rows in goals.items()
        ],
        _("Which goal a project serves is the collector's reading where the basis says so.")
        + f" {_gathered(shown)}",
    )  # fmt: skip
    return bool(goals)


def _ties(paper: Paper, shown: Shown) -> bool:
    paper.table(
        shown.question.title(current()),
        shown,
        [
            (_("Area"), False), (_("Projects with a partner abroad"), True), (_("Partners abroad"), True),
            (_("Countries"), True), (_("Latest start year"), False),
        ],
        [
            (
                thing(row, "area"), count(row["projects"]), count(row["partners"]), count(row["countries"]),
                text(row["lastYear"]),
            )
            for row in shown.rows
        ],
        shown.question.caveat(current()),
    )  # fmt: skip
    return any(row["projects"] for row in shown.rows)


def _own_target(paper: Paper) -> None:
    targets, strategies = ask("baselines-and-targets"), ask("strategies-and-owners")
    own = {row["strategyLabel"] for row in strategies.rows if row["smartSpecialisation"]}
    aims = [row for row in targets.rows if row["target"] is not None]
    if not [row for row in aims if row["strategyLabel"] in own]:
        paper.say(_("The strategy has no measurable target of its own in the material."), targets)


def _groups(paper: Paper) -> None:
    """Say in how many areas each stakeholder group is seen."""
    shown = ask("stakeholder-groups-by-area")
    seen: dict[str, int] = {}
    for row in shown.rows:
        seen[row["groupLabel"]] = seen.get(row["groupLabel"], 0) + (1 if row["actors"] else 0)
    if seen:
        parts = (
            _("%(group)s in %(n)s of %(all)s areas", group=group, n=number(n), all=number(len(areas())))
            for group, n in seen.items()
        )
        paper.say(
            _("Stakeholder groups seen in the projects we know of: %(groups)s.", groups="; ".join(parts)),
            shown,
        )
