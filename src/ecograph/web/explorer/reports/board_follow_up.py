"""The board brief's follow-up: whose targets there are, and what the strategy's goals have to show."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from ecograph.web.explorer.asking import ask
from ecograph.web.explorer.language import number
from ecograph.web.explorer.reports.cells import count, text, thing, unit
from ecograph.web.explorer.reports.paper import Paper


def follow_up(paper: Paper) -> None:
    """Add the section of follow-up: targets with their owners, and projects by goal of the strategy."""
    paper.heading(_("Follow-up"), "follow-up")
    strategies, targets, goals = (
        ask("strategies-and-owners"), ask("baselines-and-targets"), ask("projects-per-goal"),
    )  # fmt: skip
    own = {row["strategyLabel"] for row in strategies.rows if row["smartSpecialisation"]}
    aims = [row for row in targets.rows if row["target"] is not None]
    if not [row for row in aims if row["strategyLabel"] in own]:
        paper.say(
            _(
                "The strategy has no measurable target of its own in the material. Of %(indicators)s "
                "indicators "
                "%(observed)s have an observation.",
                indicators=number(len({row["indicator"] for row in targets.rows})),
                observed=number(len({row["indicator"] for row in targets.rows if row["observations"]})),
            ),
            targets,
        )
    paper.table(
        _("Targets in the material and whose they are"),
        targets,
        [
            (_("Indicator"), False), (_("Target"), True), (_("Unit"), False), (_("Year"), True),
            (_("Owner"), False),
        ],
        [
            (
                text(row["indicatorLabel"]), count(row["target"]), text(unit(row["unit"])),
                text(row["targetYear"]), text(_owner(row)),
            )
            for row in aims
        ],
    )  # fmt: skip
    paper.table(
        _("Projects by coordination goal of the strategy"),
        goals,
        [(_("Goal"), False), (_("Projects"), True), (_("Not counted: other status"), True)],
        [
            (thing(row, "goal"), count(row["projects"]), count(row["otherProjects"]))
            for row in goals.rows
            if row["strategyLabel"] in own
        ],
        _("Which goal a project serves is the collector's reading where the basis says so."),
    )


def _owner(row: dict[str, Any]) -> str:
    return ", ".join(part for part in (row["ownerLabel"], row["strategyLabel"], row["placeLabel"]) if part)
