"""Lists with facets, sortable columns, columns to choose, pages, and files of exactly what is seen.

A list shows the rows of one question. What a reader chooses stands in the address (``area=…&sort=-year``)
and is written around the question's query, so that page, file and query agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from flask import Response, abort, request, url_for

from ecograph.store.graph import NamedNode, Rows
from ecograph.web.explorer.asking import Shown, served
from ecograph.web.explorer.downloads import download
from ecograph.web.explorer.facets import Faceted, Mask, Row
from ecograph.web.explorer.finding import words
from ecograph.web.explorer.language import current
from ecograph.web.explorer.links import FORMATS
from ecograph.web.explorer.listing_query import (
    Column,
    Facet,
    Years,
    around,
    order_by,
    text_filters,
    year_filters,
)  # fmt: skip

PAGE_SIZE = 50
_LONGEST = 200
_MOST_CHOSEN = 40
_VALUES_SHOWN = 40
_YEAR = re.compile(r"^(19|20|21)\d{2}$")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many rows it would leave, and the address that takes it or leaves it."""

    value: str
    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: its name, the address that sorts by it, and how the rows are sorted by it now."""

    column: Column
    address: str | None
    sorted: str | None


@dataclass(frozen=True, slots=True)
class View:
    """What a list shows for the choices of one address."""

    listing: Listing
    chosen: dict[str, list[str]]
    text: str
    years: Years
    columns: list[Column]
    sort: str
    rows: list[Row]
    everyone: int
    page: int
    pages: int
    facets: dict[str, list[Choice]]
    names: list[str]
    """The variables of the columns shown."""
    sparql: str
    headings: list[Heading]
    part: list[Row] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many rows fit the choices."""
        return len(self.rows)

    @property
    def narrowed(self) -> bool:
        """Whether anything is chosen that leaves rows out."""
        return any(self.chosen.values()) or bool(self.text) or any(self.years)

    def answer(self) -> Shown:
        """Return the rows and columns seen as an answer of their own, for files."""
        asked = self.listing.asked
        plain = [{name: row[name] for name in self.names} for row in self.rows]
        # Files need the values only; the terms' place is held by the IRI of each thing.
        terms = Rows(self.names, [[NamedNode(row[self.listing.key])] for row in plain])
        return Shown(asked.question, asked.values, self.sparql, terms, plain)

    def label(self, name: str, value: str) -> str:
        """Return the label of a chosen value."""
        facet = next(facet for facet in self.listing.facets if facet.name == name)
        return facet.labels.get(facet.prefix + value, value)

    def has(self, name: str) -> bool:
        """Say whether a column is shown."""
        return any(column.name == name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Listing:
    """What may be chosen of a list of things (variable `key`) with names (`text`): facets and columns."""

    endpoint: str
    key: str
    text: str
    asked: Shown
    facets: tuple[Facet, ...]
    columns: tuple[Column, ...]
    usual_sort: str
    years: tuple[str, str] | None = None
    """The variables of the first and the last year, when a span of years may be chosen."""

    def view(self) -> View:
        """Return what the address asks for; what does not fit is left out or taken as it is usual."""
        data = self._data()
        chosen = {
            f.name: [v[:_LONGEST] for v in request.args.getlist(f.name) if v][:_MOST_CHOSEN]
            for f in self.facets
        }
        text = request.args.get("q", "").strip()[:_LONGEST]
        years = (self._year("from"), self._year("to"))
        masks = data.masks(chosen)
        also = self._others(data, text, years)
        mask = also.copy()
        for each in masks.values():
            mask &= each
        sort, column, descending = self._sort()
        order = data.ordered(column.variables[0], descending)
        rows = [data.rows[n] for n in order[mask[order]].tolist()]
        pages = max(1, -(-len(rows) // PAGE_SIZE))
        page = min(max(1, request.args.get("page", 1, type=int)), pages)
        columns = self._columns()
        return View(
            self, chosen, text, years, columns, sort, rows, len(data.rows), page, pages,
            {f.name: self._choices(f, data.counts(f.name, masks, also), chosen[f.name]) for f in self.facets},
            *self._query(chosen, text, years, columns, column, descending),
            [self._heading(each, sort) for each in columns],
            rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        )  # fmt: skip

    def file(self) -> Response:
        """Return the file of what the address shows, in its format."""
        fmt = request.args.get("format", "csv")
        if fmt not in FORMATS:
            abort(404)
        return download(self.view().answer(), fmt, self.address(format=None, _external=True))

    def address(self, **changes: Any) -> str:
        """Return the list's address with parameters changed; None takes one away, the page starts anew."""
        known = {f.name for f in self.facets} | {"scope", "q", "from", "to", "sort", "col", "format"}
        arguments: dict[str, Any] = {n: v for n, v in request.args.to_dict(flat=False).items() if n in known}
        kept = {
            name: value for name, value in {**arguments, **changes}.items() if value not in (None, "", [])
        }
        return url_for(f"explorer.{self.endpoint}", **kept)

    def file_address(self, fmt: str) -> str:
        """Return the address of the file of what is seen."""
        shown = self.address(format=fmt)
        return shown.replace(f"/{self.endpoint}?", f"/{self.endpoint}/download?", 1)

    def _data(self) -> Faceted:
        key = ("explorer.listing", self.endpoint, current(), tuple(sorted(self.asked.values.items())))
        facets = {facet.name: facet.values for facet in self.facets}
        return served().memo(key, lambda: Faceted(self.asked.rows, facets, self.text))

    def _others(self, data: Faceted, text: str, years: Years) -> Mask:
        mask = np.ones(len(data.rows), dtype=bool)
        wanted = words(text)
        if text:
            fits = [bool(wanted) and all(word in name for word in wanted) for name in data.names]
            mask &= np.array(fits, dtype=bool)
        if any(years) and self.years:
            first, last = self.years
            begin, end = years[0] or 0, years[1] or 9999
            mask &= np.array([_within(r[first], r[last], begin, end) for r in data.rows], dtype=bool)
        return mask

    def _year(self, name: str) -> int | None:
        value = request.args.get(name, "").strip()
        return int(value) if self.years and _YEAR.match(value) else None

    def _sort(self) -> tuple[str, Column, bool]:
        sortable = {column.name: column for column in self.columns if column.sortable}
        sort = request.args.get("sort", "")
        if sort.removeprefix("-") not in sortable:
            sort = self.usual_sort
        return sort, sortable[sort.removeprefix("-")], sort.startswith("-")

    def _columns(self) -> list[Column]:
        wanted = set(request.args.getlist("col"))
        chosen = [c for c in self.columns if c.name in wanted or c.variables[0] == self.text]
        return chosen if len(chosen) > 1 else [column for column in self.columns if column.usual]

    def _heading(self, column: Column, sort: str) -> Heading:
        if not column.sortable:
            return Heading(column, None, None)
        now = {column.name: "ascending", f"-{column.name}": "descending"}.get(sort)
        # Numbers are asked for from the largest down, names from the first on; asked again, the other way.
        first, second = (
            (f"-{column.name}", column.name) if column.number else (column.name, f"-{column.name}")
        )
        return Heading(column, self.address(sort=second if sort == first else first), now)

    def _choices(self, facet: Facet, counts: dict[str, int], chosen: list[str]) -> list[Choice]:
        values = [iri.removeprefix(facet.prefix) for iri in facet.labels] if facet.ordered else list(counts)
        found = [
            Choice(v, facet.labels.get(facet.prefix + v, v), counts.get(v, 0), v in chosen,
                   self.address(**{facet.name: _toggled(chosen, v)}))
            for v in dict.fromkeys((*values, *(c for c in chosen if c in counts)))
            if counts.get(v) or v in chosen or facet.ordered
        ]  # fmt: skip
        if facet.ordered:
            return found
        return sorted(found, key=lambda choice: (-choice.count, choice.label))[:_VALUES_SHOWN]

    def _query(
        self, chosen: dict[str, list[str]], text: str,
        years: Years, columns: list[Column], sort: Column, descending: bool,
    ) -> tuple[list[str], str]:  # fmt: skip
        names = list(dict.fromkeys((self.key, *(v for column in columns for v in column.variables))))
        filters = []
        for facet in self.facets:
            known = [value for value in chosen[facet.name] if value in self._data().facets[facet.name].values]
            if chosen[facet.name]:
                filters.append(facet.filter(known) if known else "FILTER(false)")
        filters += text_filters(self.text, text)
        filters += year_filters(self.years, years) if self.years else []
        sparql = around(self.asked.sparql, names, filters, order_by(sort, descending, self.text, self.key))
        return names, sparql


def _given(name: str) -> list[str]:
    """Return the values chosen of a facet; more and longer ones than any page makes are left out."""
    return [value[:_LONGEST] for value in request.args.getlist(name) if value][:_MOST_CHOSEN]


def _toggled(chosen: list[str], value: str) -> list[str]:
    return [each for each in chosen if each != value] if value in chosen else [*chosen, value]


def _within(first: int | None, last: int | None, begin: int, end: int) -> bool:
    start, stop = (first if first is not None else last), (last if last is not None else first)
    return start is not None and stop is not None and start <= end and stop >= begin
