"""The building of a report: answered questions become sentences, figures and tables with their references."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from flask import g, request
from flask_babel import gettext as _

from ecograph.export.document import (
    Area,
    Bars,
    Block,
    Cell,
    Column,
    Document,
    Figure,
    Figures,
    Heading,
    Map,
    Paragraph,
    Reference,
    Source,
    Table,
    Words,
)
from ecograph.web.explorer import links
from ecograph.web.explorer.asking import Shown, ask, build, region_name, site
from ecograph.web.explorer.reports.cells import absolute


class Paper:
    """A report being written. Every figure and table names the question it comes from."""

    def __init__(self, kind: str, about: str, answer: str) -> None:
        self.kind, self.about, self.answer = kind, about, answer
        self._blocks: list[Block] = []
        self._references: dict[str, Reference] = {}

    def refer(self, shown: Shown) -> Reference:
        """Return the report's reference to an answered question; the same question has one number."""
        return self.refer_to(shown.question.title(g.lang), links.question_of(shown))

    def refer_to(self, title: str, address: str) -> Reference:
        """Return the report's reference to a page of the site; the same page has one number."""
        full = absolute(address)
        if full not in self._references:
            self._references[full] = Reference(len(self._references) + 1, title, full)
        return self._references[full]

    def heading(self, text: str, anchor: str) -> None:
        """Begin a section."""
        self._blocks.append(Heading(text, anchor))

    def say(self, text: str, by: Shown | Reference | None = None, kind: str = "text") -> None:
        """Add a paragraph, with what it rests on; nothing when the text is empty."""
        if text:
            self._blocks.append(Paragraph(text, kind, self.refer(by) if isinstance(by, Shown) else by))

    def figures(self, items: Iterable[tuple[str, str, str, Shown]]) -> None:
        """Add key figures: label, value, note and the question behind each."""
        shown = tuple(Figure(_begun(label), value, note, self.refer(by)) for label, value, note, by in items)
        if shown:
            self._blocks.append(Figures(shown))

    def table(
        self,
        title: str,
        shown: Shown,
        columns: Sequence[tuple[str, bool]],
        rows: Iterable[Sequence[Cell]],
        note: str = "",
        limit: int | None = None,
    ) -> None:
        """Add a table of cells, unless it is empty; a column is its heading, and whether it holds numbers."""
        every = [tuple(row) for row in rows]
        if every:
            heads = tuple(Column(heading, numeric) for heading, numeric in columns)
            kept = tuple(every[:limit])
            self._blocks.append(Table(title, heads, kept, self.refer(shown), note, len(every)))

    def bars(self, title: str, years: Iterable[int | None], shown: Shown) -> None:
        """Add a picture of counts by year; drawn only when there are at least two years."""
        counts: dict[int, int] = {}
        for year in years:
            if year is not None:
                counts[year] = counts.get(year, 0) + 1
        if len(counts) > 1:
            values = tuple(sorted(counts.items()))
            caption = "; ".join(f"{year}: {count}" for year, count in values)
            adopted = site().workspace.region.strategy_adopted
            self._blocks.append(Bars(title, caption, values, adopted, self.refer(shown)))

    def map(self, title: str, places: Iterable[Area], shown: Shown) -> None:
        """Add a map of numbers by place; nothing when no place has an outline."""
        drawn = tuple(places)
        if drawn:
            caption = "; ".join(f"{place.name}: {place.value}" for place in drawn)
            self._blocks.append(Map(title, caption, drawn, self.refer(shown)))

    def finish(self, **values: str) -> Document:
        """Return the finished report, with the sources of the build, each with its own date.

        `values` are the parameters of its address.
        """
        query = urlencode({name: value for name, value in values.items() if value}, safe="/")
        listed = ask("source-list")
        sources = tuple(
            Source(row["sourceTitle"] or row["source"], row["publisher"] or "", str(row["issued"] or ""))
            for row in listed.rows
        )
        date = data_date()
        words = Words(
            figures=_("Key figures"),
            sources=_("Sources and their dates"),
            questions=_("The questions behind the figures"),
            question=_("Question"),
            more_rows=_("%(left)s more rows are found under the question's address.", left="{left}"),
            colophon=_("Data as of %(date)s, build %(id)s. This report:", date=date or "–", id=build().id),
            site=f"ecograph {region_name()}",
        )
        return Document(
            g.lang, self.kind, self.about, self.answer, tuple(self._blocks), tuple(self._references.values()),
            sources, request.base_url + (f"?{query}" if query else ""), build().id, date, words,
        )  # fmt: skip


def _begun(label: str) -> str:
    """Return a label with a capital: names of vocabularies begin with a small letter."""
    return label[:1].upper() + label[1:]


def data_date() -> str:
    """Return the date of the newest source, empty when none has one."""
    return max((str(s.retrieved) for s in site().workspace.sources if s.retrieved), default="")
