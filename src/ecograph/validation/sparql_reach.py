"""What a SPARQL constraint can read when ``$this`` is one of given nodes.

Each triple pattern is looked up from a variable whose possible nodes are known, at first ``$this``.
Within a scope where patterns are joined, a solution that counts is compatible with all of them, so any one
chain from ``$this`` bounds a pattern. A variable that only an OPTIONAL, BIND or one branch of a UNION binds
counts as not known; a pattern that no chain bounds is gathered for all its statements.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import rdflib
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

from ecograph.store.graph import Term
from ecograph.validation.errors import NotCompiledError
from ecograph.validation.paths import Path, PathKind, predicate
from ecograph.validation.terms import from_rdflib

if TYPE_CHECKING:
    from ecograph.validation.neighbourhood import Neighbourhood

Known = dict[rdflib.term.Node, set[Term]]

_THIS = Variable("this")
_REPEATS: dict[str, PathKind] = {"*": "zeroOrMore", "+": "oneOrMore", "?": "zeroOrOne"}
_PLAIN = {"SelectQuery", "AggregateJoin", "OrderBy", "Distinct", "Reduced", "Group"}


def gather(query: str, nodes: set[Term], into: Neighbourhood) -> None:
    """Gather the statements that the query can read for `nodes`.

    Raises
    ------
    NotCompiledError: when the query uses a form whose reach is not known, or is not SPARQL.
    """
    try:
        algebra = prepareQuery(query).algebra
    except Exception as error:  # the parser raises many kinds
        raise NotCompiledError(f"a SPARQL constraint is not readable ({error})") from error
    _visit(algebra, {_THIS: set(nodes)}, into)


def _visit(part: CompValue, known: Known, into: Neighbourhood) -> Known:
    """Gather what a part of the algebra reads; return the variables that it surely binds as well."""
    name = part.name
    if name == "BGP":
        return _triples(list(part.triples), known, into)
    if name == "Join":
        return _visit(part.p2, _visit(part.p1, known, into), into)
    if name == "LeftJoin":
        left = _visit(part.p1, known, into)
        inner = _visit(part.p2, left, into)
        _expressions(part.expr, inner, into)
        return left
    if name == "Union":
        one, other = _visit(part.p1, dict(known), into), _visit(part.p2, dict(known), into)
        return {variable: one[variable] | other[variable] for variable in one.keys() & other.keys()}
    if name in ("Filter", "Extend"):
        inner = _visit(part.p, known, into)
        _expressions(part.expr, inner, into)
        return inner
    if name == "Project":
        return _project(part, known, into)
    if name == "ToMultiSet" and isinstance(part.p, CompValue):
        return _visit(part.p, known, into)
    if name in _PLAIN:
        return _visit(part.p, known, into)
    raise NotCompiledError(f"a SPARQL constraint uses {name}")


def _project(part: CompValue, known: Known, into: Neighbourhood) -> Known:
    """A (sub-)SELECT: only projected variables are those of outside, and only keys where it aggregates."""
    shared = {_THIS, *part.PV}
    group = _group(part.p)
    if group is not None:
        keys = {key for key in (group.expr or ()) if isinstance(key, Variable)}
        shared &= keys | {_THIS}
    inner = _visit(part.p, {key: value for key, value in known.items() if key in shared}, into)
    return known | {key: value for key, value in inner.items() if key in shared}


def _group(part: Any) -> CompValue | None:
    while isinstance(part, CompValue):
        if part.name == "Group":
            return part
        if part.name in ("Project", "ToMultiSet"):
            return None
        part = part.get("p")
    return None


def _expressions(expression: Any, known: Known, into: Neighbourhood) -> None:
    """Visit the EXISTS and NOT EXISTS inside an expression."""
    if isinstance(expression, CompValue):
        if expression.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            _visit(expression.graph, dict(known), into)
            return
        for value in expression.values():
            _expressions(value, known, into)
    elif isinstance(expression, list | tuple):
        for value in expression:
            _expressions(value, known, into)


def _triples(triples: list[tuple[Any, Any, Any]], known: Known, into: Neighbourhood) -> Known:
    known = dict(known)
    waiting = list(triples)
    while waiting:
        order = [one for one in waiting if _bound(one[0], known) or _bound(one[2], known)]
        order += [one for one in waiting if _constant(one[0])] + [one for one in waiting if _constant(one[2])]
        triple = next(iter(order), waiting[0])
        waiting.remove(triple)
        _look_up(triple, known, into)
    return known


def _look_up(triple: tuple[Any, Any, Any], known: Known, into: Neighbourhood) -> None:
    subject, property_, object_ = triple
    path = _path(property_)
    if _bound(subject, known) or (_constant(subject) and not _bound(object_, known)):
        _learn(object_, into.walk(path, _nodes(subject, known)), known)
    elif _bound(object_, known):
        _learn(subject, into.walk(path.reversed(), _nodes(object_, known)), known)
    elif path.kind in ("predicate", "any"):
        end = from_rdflib(object_) if _constant(object_) else None
        subjects, objects = into.all_of(path.iri or None, end)
        _learn(subject, subjects, known)
        _learn(object_, objects, known)
    else:
        raise NotCompiledError("a SPARQL constraint has a path that nothing bounds")


def _bound(term: Any, known: Known) -> bool:
    return term in known


def _constant(term: Any) -> bool:
    return isinstance(term, rdflib.URIRef | rdflib.Literal)


def _nodes(term: Any, known: Known) -> Iterable[Term]:
    return [from_rdflib(term)] if _constant(term) else known[term]


def _learn(term: Any, found: set[Term], known: Known) -> None:
    if isinstance(term, Variable | rdflib.BNode):
        known[term] = known[term] & found if term in known else found


def _path(property_: Any) -> Path:
    if isinstance(property_, rdflib.URIRef):
        return predicate(str(property_))
    if isinstance(property_, Variable):
        return Path("any")
    if isinstance(property_, InvPath):
        return Path("inverse", parts=(_path(property_.arg),))
    if isinstance(property_, SequencePath):
        return Path("sequence", parts=tuple(_path(part) for part in property_.args))
    if isinstance(property_, AlternativePath):
        return Path("alternative", parts=tuple(_path(part) for part in property_.args))
    if isinstance(property_, MulPath):
        return Path(_REPEATS[str(property_.mod)], parts=(_path(property_.path),))
    if isinstance(property_, NegatedPath):
        return Path("any")
    raise NotCompiledError(f"a SPARQL constraint uses the path {property_}")
