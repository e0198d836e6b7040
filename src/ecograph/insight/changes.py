"""What changed between two builds: which things entered, left and changed, and what the builds are made of.

A thing (a row of a canonical table: actor, project, participation, area …) has changed when what is stated
of it differs; inferences and measurements follow from that and are not compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import polars as pl

from ecograph.insight.holdings import holdings_of, is_stated
from ecograph.model.iris import Base
from ecograph.store.builds import Build, Builds
from ecograph.store.graph import Graph, NamedNode, Quad
from ecograph.store.graph import Literal as RdfLiteral
from ecograph.tables.canonical import TABLES

Kind = Literal["entered", "left", "changed"]
KINDS: tuple[Kind, ...] = ("entered", "left", "changed")


@dataclass(frozen=True)
class Changes:
    """The difference of two builds.

    `things` has one row a thing that entered, left or changed: id (local), table, change (see `Kind`),
    label_sv, label_en, sources (ids, spaces between), in the order of the canonical tables.
    `totals` has one row a table: table, before, after, entered, left, changed; `by_source` the same a
    source (column ``source``), where a thing that several sources speak of counts with each.
    """

    earlier: Build
    later: Build
    things: pl.DataFrame
    totals: pl.DataFrame
    by_source: pl.DataFrame

    @property
    def nothing(self) -> bool:
        """Whether the builds state the same."""
        return self.things.is_empty()

    def count(self, change: Kind, table: str | None = None) -> int:
        """Return how many things of a table, or of all, entered, left or changed."""
        chosen = self.totals if table is None else self.totals.filter(pl.col("table") == table)
        return int(chosen[change].sum() or 0)

    def of(
        self, change: Kind | None = None, table: str | None = None, source: str | None = None
    ) -> pl.DataFrame:
        """Return the rows of `things` that fit; None fits anything."""
        found = self.things
        if change is not None:
            found = found.filter(pl.col("change") == change)
        if table is not None:
            found = found.filter(pl.col("table") == table)
        if source is not None:
            found = found.filter(pl.col("sources").str.split(" ").list.contains(source))
        return found

    @cached_property
    def inputs(self) -> list[tuple[str, Kind]]:
        """The input files that entered, left or changed, by name; those of unknown content count as kept."""
        before, after = _files(self.earlier), _files(self.later)
        found: list[tuple[str, Kind]] = []
        for name in sorted(before.keys() | after.keys()):
            if name not in before:
                found.append((name, "entered"))
            elif name not in after:
                found.append((name, "left"))
            elif before[name] and after[name] and before[name] != after[name]:
                found.append((name, "changed"))
        return found

    @property
    def code_changed(self) -> bool | None:
        """Whether program, ontology, shapes or queries differ; None where a build does not tell its code."""
        before, after = self.earlier.manifest.get("code"), self.later.manifest.get("code")
        return None if not before or not after else before != after


def changes(earlier: Build, later: Build) -> Changes:
    """Compare two builds.

    Takes some ten milliseconds where both builds carry their holdings, else seconds for each that does not.

    Raises
    ------
    StoreError: when a build without holdings cannot be opened.
    """
    before, after = holdings_of(earlier), holdings_of(later)
    joined = _compared(before, after, ["table", "id"]).with_columns(
        pl.coalesce(f"{name}_after", name).alias(name) for name in ("label_sv", "label_en", "sources")
    )
    order = {name: number for number, name in enumerate(TABLES)}
    things = (
        joined.drop_nulls("change")
        .select("id", "table", "change", "label_sv", "label_en", "sources")
        .sort(pl.col("table").replace_strict(order, default=len(order)), "change", "label_sv", "id")
    )
    totals = _totals(joined, "table")
    by_source = _totals(
        _compared(_each_source(before), _each_source(after), ["table", "id", "source"]), "source"
    )
    return Changes(
        earlier,
        later,
        things,
        totals.sort(pl.col("table").replace_strict(order, default=len(order))),
        by_source.sort("source"),
    )


def predecessor(builds: Builds, of: Build) -> Build | None:
    """Return the newest kept build that is older than `of`, or None."""
    moment = of.manifest.get("finished", "")
    older = [build for build in builds.all() if build.id != of.id and _moment(build) <= moment]
    return max(older, key=_moment, default=None)


@dataclass(frozen=True, slots=True)
class Restated:
    """One property of a thing that is stated otherwise: the values before and after, sorted, as text."""

    property: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def restated(before: Graph, after: Graph, local: str, base: Base) -> list[Restated]:
    """Return what is stated otherwise of a thing (local id) in two builds' graphs, by property IRI."""
    old, new = _stated(before, local, base), _stated(after, local, base)
    found = []
    for name in sorted(old.keys() | new.keys()):
        gone, came = old.get(name, set()) - new.get(name, set()), new.get(name, set()) - old.get(name, set())
        if gone or came:
            found.append(Restated(name, tuple(sorted(gone)), tuple(sorted(came))))
    return found


def _stated(graph: Graph, local: str, base: Base) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in graph.quads(NamedNode(base.instance(local))):
        if isinstance(quad.graph_name, NamedNode) and is_stated(quad.graph_name.value, base):
            found.setdefault(quad.predicate.value, set()).add(_text(quad))
    return found


def _text(quad: Quad) -> str:
    value = quad.object
    if isinstance(value, RdfLiteral):
        return f"{value.value} ({value.language})" if value.language else value.value
    return value.value if isinstance(value, NamedNode) else str(value)


def _compared(before: pl.DataFrame, after: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Join two builds' holdings and say of each row in which it stands (before, after) and its change."""
    joined = before.join(after, on=by, how="full", suffix="_after", coalesce=True)
    old, new = pl.col("digest"), pl.col("digest_after")
    return joined.with_columns(
        pl.when(old.is_null())
        .then(pl.lit("entered"))
        .when(new.is_null())
        .then(pl.lit("left"))
        .when(old != new)
        .then(pl.lit("changed"))
        .alias("change"),
        old.is_not_null().alias("before"),
        new.is_not_null().alias("after"),
    )


def _each_source(holdings: pl.DataFrame) -> pl.DataFrame:
    """Return the holdings with one row for each source that speaks of a thing."""
    split = holdings.with_columns(pl.col("sources").str.split(" ").alias("source"))
    return split.explode("source").filter(pl.col("source") != "").select("table", "id", "source", "digest")


def _totals(joined: pl.DataFrame, by: str) -> pl.DataFrame:
    return joined.group_by(by).agg(
        pl.col("before").sum(),
        pl.col("after").sum(),
        *((pl.col("change") == kind).sum().alias(kind) for kind in KINDS),
    )


def _files(build: Build) -> dict[str, str]:
    digests: dict[str, Any] = build.manifest.get("digests") or {}
    names: Iterable[str] = build.manifest.get("inputs") or digests
    return {str(name): str(digests.get(name, "")) for name in names}


def _moment(build: Build) -> str:
    return str(build.manifest.get("finished", ""))
