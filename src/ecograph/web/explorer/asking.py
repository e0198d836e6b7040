"""Asking the served build: every figure, sentence and table of a page comes from a question with its query.

The pages' own questions stand in `queries/explorer/`; they are asked, shown and downloaded like those of
the catalogue. Answers are kept per build, because a build never changes.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any, cast

from flask import current_app, g

from ecograph.config import resource
from ecograph.errors import QueryError
from ecograph.model.namespaces import VOCABULARY
from ecograph.query.catalogue import UNDEF, Parameter, Question, read_question
from ecograph.query.parameters import Value, bind
from ecograph.query.run import rebase, run, substitute
from ecograph.store.builds import Build
from ecograph.store.graph import Graph, NamedNode, Rows, Term
from ecograph.web.context import Served, site

__all__ = [
    "THEME", "AnswerCache", "NoBuildError", "Shown", "ask", "build", "find", "graph", "page_questions",
    "region", "region_name", "served", "site", "value_of",
]  # fmt: skip

THEME = "explorer"
_ROWS_KEPT = 400_000
_IRI = re.compile(r"^[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+$", re.IGNORECASE)
_LOCAL = re.compile(r"^[^\s<>\"{}|\\^`\x00-\x20]{1,400}$")


class NoBuildError(Exception):
    """Nothing has been built yet, so there is nothing to show."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An answered question as a page shows it: the rows, the query, and the values it was asked with."""

    question: Question
    values: dict[str, str]
    sparql: str
    terms: Rows
    rows: list[dict[str, Any]]

    @property
    def first(self) -> dict[str, Any]:
        """The first row; every variable is None when there is no row."""
        return self.rows[0] if self.rows else dict.fromkeys(self.terms.variables)

    def headings(self, lang: str) -> dict[str, str]:
        """Return the heading of each variable; without one in the query's header, its name."""
        named = {column.name: column.label(lang) for column in self.question.columns}
        return {name: named.get(name, name) for name in self.terms.variables}


class AnswerCache:
    """The latest answers, per build; those longest unused make room."""

    def __init__(self, rows: int = _ROWS_KEPT) -> None:
        self._answers: OrderedDict[tuple[Any, ...], Shown] = OrderedDict()
        self._lock = Lock()
        self._limit = rows
        self._rows = 0

    def get(self, key: tuple[Any, ...]) -> Shown | None:
        """Return the answer kept under `key`, or None."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def keep(self, key: tuple[Any, ...], answer: Shown) -> None:
        """Keep an answer; at most so many rows altogether, and an empty answer counts as one."""
        with self._lock:
            if key in self._answers:
                return
            self._answers[key] = answer
            self._rows += len(answer.rows) + 1
            while self._rows > self._limit and len(self._answers) > 1:
                self._rows -= len(self._answers.popitem(last=False)[1].rows) + 1


def served() -> Served:
    """Return the build that is served, the same throughout a request.

    Raises
    ------
    NoBuildError: when nothing has been built. StoreError: when the build cannot be opened.
    """
    if "ecograph_served" not in g:
        if site().builds.pointer() is None:
            raise NoBuildError
        g.ecograph_served = site().served()
    return cast(Served, g.ecograph_served)


def graph() -> Graph:
    """Return the graph of the served build (see `served`)."""
    return served().graph


def build() -> Build:
    """Return the served build (see `served`)."""
    return served().build


def region() -> str:
    """Return the local id of the workspace's region, such as ``place/SE321``."""
    return f"place/{site().workspace.region.nuts3}"


def region_name() -> str:
    """Return the region's name in the reader's language."""
    names = site().workspace.region
    return names.name_sv if g.lang == "sv" else names.name_en


@lru_cache(maxsize=1)
def page_questions() -> dict[str, Question]:
    """Return the questions behind the pages, by slug."""
    return {path.stem: read_question(path) for path in sorted((resource("queries") / THEME).glob("*.rq"))}


def find(slug: str) -> Question | None:
    """Return a question of the catalogue or behind a page, or None."""
    return site().catalogue.get(slug) or page_questions().get(slug)


def ask(slug: str, **values: str) -> Shown:
    """Ask a question in the reader's language; `values` are local ids, keys or text, as in an address.

    Raises
    ------
    KeyError: when there is no such question. QueryError: when a value does not fit. NoBuildError.
    """
    question = find(slug)
    if question is None:
        raise KeyError(slug)
    given = {name: value for name, value in values.items() if value}
    if any(parameter.name == "lang" for parameter in question.parameters):
        given["lang"] = g.lang
    asked = graph()
    cache = current_app.extensions.setdefault("ecograph.explorer.answers", AnswerCache())
    key = (build().path, slug, tuple(sorted(given.items())))
    kept = cache.get(key)
    if kept is None:
        kept = _answer(question, asked, given)
        cache.keep(key, kept)
    return cast(Shown, kept)


def _answer(question: Question, asked: Graph, given: dict[str, str]) -> Shown:
    base = site().base
    if question.theme != THEME:
        answer = run(question, asked, given, base=base)
        return Shown(question, given, answer.sparql, answer.rows, answer.rows.values())
    unknown = set(given) - {parameter.name for parameter in question.parameters}
    if unknown:
        raise QueryError(f"The question {question.slug} has no parameter {sorted(unknown)[0]!r}.")
    bound = {
        parameter.name: _term(parameter, given.get(parameter.name), asked)
        for parameter in question.parameters
    }
    sparql = substitute(rebase(question.sparql, base), bound)
    rows = asked.select(sparql)
    return Shown(question, given, sparql, rows, rows.values())


def _term(parameter: Parameter, given: str | None, asked: Graph) -> Value:
    """Return the term of a page's own parameter; a thing need not exist, then the answer is empty."""
    text = (given or parameter.default).strip()
    if text == UNDEF or parameter.kind not in {"ref", "concept"}:
        return bind(parameter, given, asked, base=site().base)
    if not _LOCAL.match(text):
        raise QueryError(f"The parameter {parameter.name} cannot be {text[:80]!r}.")
    if parameter.kind == "concept":
        return NamedNode(f"{VOCABULARY}{parameter.target}/{text}")
    return NamedNode(text if _IRI.match(text) else site().base.instance(text))


def value_of(term: Term | None) -> str:
    """Return what stands for a term in an address: the local id, the key, the IRI or the text."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return site().base.local(term.value) or term.value
    return str(getattr(term, "value", term))
