"""Asking a question: bind its parameters, run it, hand back the rows and the query that made them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from ecograph.errors import QueryError
from ecograph.model.iris import Base
from ecograph.query.catalogue import Question, values_block
from ecograph.query.parameters import Value, bind, serialise
from ecograph.store.graph import Graph, Rows

_DEFAULT_BASE = Base().address


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: its rows, and the very query that gave them."""

    question: Question
    rows: Rows
    sparql: str
    values: dict[str, Value]
    """The term that each parameter was bound to; None where it was left open."""

    def frame(self) -> pl.DataFrame:
        """Return the rows as a frame whose columns are the variables."""
        return self.rows.frame()

    def headings(self, lang: str) -> dict[str, str]:
        """Return the label of each variable; a variable without a label in the header names itself."""
        labels = {column.name: column.label(lang) for column in self.question.columns}
        return {name: labels.get(name, name) for name in self.rows.variables}

    def shown(self) -> list[str]:
        """Return the variables to show to people: no IRI whose label stands beside it."""
        names = self.rows.variables
        return [name for name in names if f"{name}Label" not in names]


def prepare(
    question: Question, graph: Graph, values: Mapping[str, str], *, base: Base
) -> tuple[str, dict[str, Value]]:
    """Return the query with `values` bound, and the terms bound; parameters not given take their defaults.

    Raises
    ------
    QueryError: for an unknown parameter or a value that does not fit.
    """
    known = {parameter.name for parameter in question.parameters}
    for name in values:
        if name not in known:
            raise QueryError(
                f"The question {question.slug} has no parameter {name!r}.",
                remedy=f"It has: {', '.join(sorted(known)) or 'none'}.",
            )
    bound = {
        parameter.name: bind(parameter, values.get(parameter.name), graph, base=base)
        for parameter in question.parameters
    }
    return substitute(rebase(question.sparql, base), bound), bound


def run(question: Question, graph: Graph, values: Mapping[str, str], *, base: Base) -> Answer:
    """Ask `question` of `graph`.

    Raises
    ------
    QueryError: for an unknown parameter, a value that does not fit, or a query file that is not SPARQL.
    """
    sparql, bound = prepare(question, graph, values, base=base)
    try:
        rows = graph.select(sparql)
    except (SyntaxError, TypeError) as error:
        raise QueryError(
            f"The query of {question.slug} cannot be run: {error}.",
            remedy=f"Correct {question.path}.",
        ) from error
    return Answer(question, rows, sparql, bound)


def substitute(sparql: str, bound: Mapping[str, Value]) -> str:
    """Replace the content of each parameter's VALUES blocks by its serialised term, in one pass.

    One pass, so that a value which itself looks like a VALUES block is never taken for one.
    """
    if not bound:
        return sparql
    names = "|".join(re.escape(name) for name in bound)
    pattern = re.compile(rf"\bVALUES\s+\?({names})\s*\{{[^{{}}]*\}}")
    return pattern.sub(lambda match: f"VALUES ?{match[1]} {{ {serialise(bound[match[1]])} }}", sparql)


def rebase(sparql: str, base: Base) -> str:
    """Rewrite instance and graph IRIs of the default base to those of `base`."""
    if base.address == _DEFAULT_BASE:
        return sparql
    for kind in ("id", "graph"):
        sparql = sparql.replace(f"<{_DEFAULT_BASE}{kind}/", f"<{base.address}{kind}/")
    return sparql


def default_block(question: Question, name: str) -> str:
    """Return what stands in the file in the VALUES block of a parameter, without surrounding blanks."""
    match = values_block(name).search(question.sparql)
    return match[1].strip() if match else ""
