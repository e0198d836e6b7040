"""What several reports say: coverage, money with how many projects have it, time, how to read it all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from ecograph.model.namespaces import VOCABULARY
from ecograph.web.explorer.asking import Shown, region_name, site
from ecograph.web.explorer.charts import first_year_after
from ecograph.web.explorer.language import current, joined, money, number, percent
from ecograph.web.explorer.reports.paper import Paper
from ecograph.web.explorer.start import GRANTED
from ecograph.web.explorer.themes import blind_sources, coverage

Item = tuple[str, str, str, Shown]
"""A key figure: label, value, note, question."""


def share_known(shown: Shown) -> Item:
    """Return the coverage as a key figure: the share of projects with at least two known partners."""
    known, every = shown.first["projectsWithPartners"] or 0, shown.first["projects"] or 0
    note = _(
        "of the projects have at least two known partners: %(known)s of %(all)s",
        known=number(known),
        all=number(every),
    )
    return _("Coverage"), percent(known, every), note, shown


def granted(shown: Shown, projects: int, split: bool = False) -> list[Item]:
    """Return granted support by currency as key figures, each with how many projects have an amount.

    Rows of several years are added up; kinds and currencies never are.
    """
    sums: dict[str, dict[str, Any]] = {}
    for row in shown.rows:
        if row["kind"] == GRANTED:
            entry = sums.setdefault(row["currency"], {"label": row["kindLabel"], "amount": 0.0, "with": 0})
            entry["amount"] += float(row["amount"])
            entry["with"] += row["projectsWithAmount"]
    found = []
    for currency, entry in sorted(sums.items(), reverse=True):
        note = _(
            "%(part)s of %(all)s projects have an amount", part=number(entry["with"]), all=number(projects)
        )
        if split:
            note += _("; shared between areas where a project has several")
        found.append(
            (
                _("%(kind)s, %(currency)s", kind=entry["label"], currency=currency),
                money(entry["amount"], currency),
                note,
                shown,
            )
        )
    return found


def times(found: Iterable[int | None]) -> str:
    """Say how many projects began before and after the strategy was adopted, and how many are undated."""
    starts = list(found)
    adopted = site().workspace.region.strategy_adopted
    change = first_year_after(adopted)
    return str(
        _(
            "%(before)s began before the strategy was adopted (%(adopted)s), %(after)s after, %(undated)s "
            "have no "
            "start year. A project that began before it is never its effect.",
            before=number(sum(1 for year in starts if year is not None and year < change)),
            after=number(sum(1 for year in starts if year is not None and year >= change)),
            undated=number(sum(1 for year in starts if year is None)),
            adopted=adopted,
        )
    )


def how_to_read(paper: Paper, own: Iterable[Shown] = ()) -> None:
    """Close a report with what its figures cannot say."""
    paper.heading(_("How to read the figures"), "reading")
    covered = coverage()
    paper.say(
        _(
            "Only granted, ongoing and finished projects are counted, in the sources we know. %(share)s of "
            "the "
            "projects of actors in %(region)s (%(known)s of %(all)s) have at least two known partners.",
            share=percent(covered["known"], covered["projects"]),
            known=number(covered["known"]),
            all=number(covered["projects"]),
            region=region_name(),
        ),
        covered["shown"],
        "caveat",
    )
    blind = [
        f"{row['sourceTitle'] or row['source']}{' (' + str(row['issued']) + ')' if row['issued'] else ''}"
        for row in blind_sources()
    ]
    if blind:
        paper.say(
            _(
                "Collaborations are not seen in sources that name only the beneficiary: %(sources)s.",
                sources=joined(blind),
            ),
            kind="caveat",
        )
    paper.say(
        _(
            "Kinds of money are never added together, and a missing amount is not zero. What is declared, "
            "enacted "
            "and potential are three different bases and are never added."
        ),
        kind="caveat",
    )
    for shown in own:
        paper.say(shown.question.caveat(current()), shown, "caveat")


def is_too_little(row: dict[str, Any]) -> bool:
    """Say whether a test's answer is that there is too little data."""
    return bool(row["verdict"] == f"{VOCABULARY}gap-verdict/too-little-data")
