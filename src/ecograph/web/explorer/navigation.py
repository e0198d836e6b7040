"""The pages of the explorer in groups: one list for the menu, the footer and the overview of the site."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, render_template
from flask_babel import gettext as _

from ecograph.web.explorer.blueprint import explorer


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the menu: its endpoint, its name, and what one finds there in a sentence."""

    endpoint: str
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together under one name of the menu."""

    key: str
    label: str
    entries: tuple[Entry, ...]

    def holds(self, *endpoints: str) -> bool:
        """Say whether one of the pages is among the group's."""
        return any(entry.endpoint in endpoints for entry in self.entries)


def menu() -> list[Group]:
    """Return the groups in the reader's language with the pages that this installation has.

    A page whose endpoint is not registered is left out, and a group without pages with it.
    """
    groups = []
    for key, label, entries in _groups():
        present = tuple(Entry(*entry) for entry in entries if has_page(entry[0]))
        if present:
            groups.append(Group(key, label, present))
    return groups


def has_page(endpoint: str) -> bool:
    """Say whether this installation has a page."""
    return f"explorer.{endpoint}" in current_app.view_functions


@explorer.get("/<any(sv,en):lang>/site-map")
def site_map() -> str:
    """Every page of the site, with a sentence about each."""
    return render_template("site_map.html")


def _groups() -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    return [
        ("who", _("Actors and projects"), [
            ("actors", _("Actors"), _("Who works with innovation, by helix, area, municipality and kind.")),
            ("projects", _("Projects"), _("What is done, in which area, with what money.")),
            ("bridges", _("Bridging actors"), _("Who joins two areas that otherwise hardly meet.")),
        ]),
        ("areas", _("Areas"), [
            ("areas", _("Priority areas"), _("The areas of the strategy: actors, money and links.")),
            ("crossings", _("Cross-fertilisation"),
             _("What is declared, enacted and possible between areas.")),
            ("gaps", _("Collaboration gaps"), _("Who ought to meet and does not, and introductions to try.")),
        ]),
        ("network", _("Network"), [
            ("network", _("The network"), _("The picture of who works with whom, to filter and explore.")),
            ("what_if", _("What if"),
             _("What would change without an actor, or with one more collaboration.")),
            ("map", _("Map"), _("Money, actors and projects by municipality, and ties between places.")),
        ]),
        ("follow-up", _("Follow-up"), [
            ("follow_up", _("Indicators and money"),
             _("Observations against targets, money by area and year.")),
            ("compare", _("Compare"), _("Two actors, areas, counties or years side by side.")),
            ("changes", _("What changed"), _("What is new since an earlier build of the data.")),
        ]),
        ("reports", _("Reports"), [
            ("reports", _("Briefs and reports"),
             _("Printable material for boards, calls and good governance.")),
            ("questions", _("Questions"), _("Every question with its answer, its caveats and its query.")),
        ]),
        ("data", _("Data"), [
            ("data", _("Data and sources"), _("Who published what, when, under which licence.")),
            ("quality", _("Data quality"), _("Coverage, deviations, and records to review.")),
            ("file_check", _("Check a file"), _("See whether a workbook would load, and what to mend.")),
            ("sparql", "SPARQL", _("Ask the graph in its own language.")),
            ("model", _("The model"), _("The classes and properties of the data, explained.")),
            ("about", _("Method and limits"), _("How figures are made, and what they cannot say.")),
        ]),
    ]  # fmt: skip
