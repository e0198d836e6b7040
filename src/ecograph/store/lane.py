"""Answering lookups in the process that is asked, without the way to a worker and back.

Only what `ecograph.store.lookups` recognises and `ecograph.store.bounds` finds small is run here; all else is
left to the workers. The engine gets the very text that a worker would get, so the answer is the same bytes.

Most lookups of one client differ in a constant or a comment only, so what was found out of a text is kept
under its template: the text with its IRIs, strings and comments taken out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import Any

from pyoxigraph import Literal, NamedNode, QueryResultsFormat

from ecograph.model.namespaces import ECO
from ecograph.store import bounds, lookups
from ecograph.store.bounds import FanOut
from ecograph.store.graph import Graph
from ecograph.store.lookups import Lookup, Node
from ecograph.store.refusals import ontology_terms
from ecograph.store.spool import INLINE

_CONSTANT = re.compile(r'<[^<>"{}|^`\\\x00-\x20]*+>|"[^"\\\r\n]*+"|\#[^\r\n]*+')
_OTHER = re.compile(
    r"[/|^+!\[\]'\\]|\b(?:bind|construct|count|describe|exists|from|graph|group|having|minus|not|offset|optional"
    r"|order|reduced|service|union)\b",
    re.IGNORECASE,
)
"""What is in no lookup and in most other queries, so that those need not be read."""
_ADDRESS, _TERM = ("<http://", "<https://"), f"<{ECO}"
_FORMATS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_TEMPLATES, _VARIANTS, _SMALL, _WANTED, _PREDICATES = 500, 8, 4096, 200, 10_000


@dataclass(frozen=True, slots=True)
class _Plan:
    """A lookup, and which of its constants may be others next time."""

    lookup: Lookup
    fixed: Callable[[list[str]], Any]
    """Takes from the constants of a text those that must be the same."""
    same: Any
    """What those must be."""
    free: tuple[tuple[int, int], ...]
    """The places of the others among the constants, and where they stand in the lookup's own text."""
    comments: tuple[int, ...]
    always: bool
    """Whether it is small whatever the other constants are."""
    small: dict[tuple[str, ...], bool] = field(default_factory=dict)
    """Free constants → whether it is small with them."""

    def fits(self, constants: list[str]) -> bool:
        """Say whether a text with these constants is the same but for the free ones."""
        if self.fixed(constants) != self.same:
            return False
        for place, _ in self.free:
            if not constants[place].startswith(_ADDRESS) or constants[place].startswith(_TERM):
                return False
        return all(constants[place][0] == "#" for place in self.comments)


class Lane:
    """Answers lookups on one build.

    Parameters
    ----------
    graph: the build.
    base: the base IRI of queries.
    """

    def __init__(self, graph: Graph, base: str) -> None:
        self._store, self.base, self._graph = graph._store, base, graph
        self._templates: dict[str, list[_Plan]] = {}
        self._fan_outs: dict[str, FanOut] = {}
        self._terms = {ECO + name for name in ontology_terms(graph._store)}
        self.wanted: set[str] = set()
        """Predicates whose fan-out nobody has counted yet; `learn` takes them out."""

    def learn(self, predicate: str, fan_out: FanOut) -> None:
        """Take how far a predicate fans out; at most 10,000 are remembered."""
        if len(self._fan_outs) >= _PREDICATES:
            self._fan_outs.clear()
        self._fan_outs[predicate] = fan_out
        self.wanted.discard(predicate)

    def bounded(self, text: str) -> Lookup | None:
        """Return the lookup that a text is, when it is known to be small, else None.

        Its constants may be those of an earlier text that differs in them only.
        """
        if len(text) > lookups.LONGEST or "\0" in text:
            return None
        template = _CONSTANT.sub("\0", text)
        constants = _CONSTANT.findall(text)
        for plan in self._templates.get(template, ()):
            if plan.fits(constants):
                if plan.always:
                    return plan.lookup
                return plan.lookup if self._small_with(plan, constants) else None
        found_now = None if _OTHER.search(template) else lookups.recognise(text)
        if found_now is None or not self._known(found_now) or not self._counted(found_now):
            return None
        self._keep(template, self._plan(text, found_now))
        return found_now if self._small(found_now) else None

    def answer(self, text: str, types: dict[str, Any]) -> tuple[Any, bytes] | None:
        """Answer a lookup.

        Parameters
        ----------
        text: the query.
        types: form of query → what to send, an object with `format`, or None when nothing is acceptable.

        Returns
        -------
        What was chosen of `types`, and the result; None when this is for a worker.
        """
        lookup = self.bounded(text)
        if lookup is None:
            return None
        wanted = types[lookup.form]
        if wanted is None or wanted.format not in _FORMATS:
            return None
        try:
            answer: Any = self._store.query(text, base_iri=self.base, use_default_graph_as_union=True)
            body = answer.serialize(format=_FORMATS[wanted.format])
        except (SyntaxError, ValueError, RuntimeError, OSError):  # whatever it is, a worker tells it better
            return None
        return (wanted, body) if body is not None and len(body) <= INLINE else None

    def _plan(self, text: str, lookup: Lookup) -> _Plan:
        matches = list(_CONSTANT.finditer(text))
        comments = tuple(place for place, match in enumerate(matches) if match.group()[0] == "#")
        places = {match.start(): place for place, match in enumerate(matches)}
        free = tuple(
            (places[node.start], node.start)
            for node in lookup.things()
            if node.start >= 0 and not node.value.startswith(ECO)
        )
        fixed = sorted(set(places.values()) - {place for place, _ in free} - set(comments))
        take = itemgetter(*fixed) if fixed else _nothing
        same = take([match.group() for match in matches])
        always = bounds.bound(lookup, self._fan_outs, _any_number) <= bounds.MOST
        return _Plan(lookup, take, same, free, comments, always)

    def _keep(self, template: str, plan: _Plan) -> None:
        if len(self._templates) >= _TEMPLATES:
            self._templates.clear()
        plans = self._templates.setdefault(template, [])
        if len(plans) < _VARIANTS:
            plans.append(plan)

    def _known(self, lookup: Lookup) -> bool:
        """Say whether the ontology has each of its terms that are named; else the answer bears a warning."""
        return all(node.value in self._terms for node in lookup.constants() if node.value.startswith(ECO))

    def _counted(self, lookup: Lookup) -> bool:
        missing = [name for name in lookup.predicates() if name not in self._fan_outs]
        if len(self.wanted) < _WANTED:
            self.wanted.update(missing)
        return not missing

    def _small(self, lookup: Lookup) -> bool:
        return bounds.bound(lookup, self._fan_outs, self._count) <= bounds.MOST

    def _small_with(self, plan: _Plan, constants: list[str]) -> bool:
        free = tuple([constants[place] for place, _ in plan.free])
        small = plan.small.get(free)
        if small is None:
            found = {start: each[1:-1] for (_, start), each in zip(plan.free, free, strict=True)}
            small = self._small(plan.lookup.with_constants(found))
            if len(plan.small) >= _SMALL:
                plan.small.clear()
            plan.small[free] = small
        return small

    def _count(self, subject: Node, predicate: Node, object: Node) -> int:
        """Count what fits a pattern, but no further than need be."""
        terms: list[Any] = [None if each.variable else _term(each) for each in (subject, predicate, object)]
        quads = self._store.quads_for_pattern(terms[0], terms[1], terms[2], None)
        return sum(1 for _ in islice(quads, bounds.MOST + 1))


def _nothing(constants: list[str]) -> tuple[()]:
    return ()


def _any_number(subject: Node, predicate: Node, object: Node) -> int:
    return bounds.UNBOUNDED


def _term(node: Node) -> NamedNode | Literal:
    if node.value[0] != '"':
        return NamedNode(node.value)
    text, _, language = node.value[1:].rpartition('"')
    return Literal(text, language=language[1:]) if language else Literal(text)
