"""Constraints on each value by itself: kind, datatype, class, range, text, list, closed shapes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import rdflib
from rdflib import SH
from rdflib.collection import Collection

from ecograph.model.namespaces import PREFIXES
from ecograph.store.graph import Literal, MemoryGraph
from ecograph.validation.errors import NotCompiledError
from ecograph.validation.scope import Scope
from ecograph.validation.shapes import Constraint, Shape, nested_nodes
from ecograph.validation.terms import sparql

_XSD = PREFIXES["xsd"]
_CASTS = {
    _XSD + name
    for name in ("boolean", "decimal", "double", "float", "integer", "date", "dateTime", "time")
}  # fmt: skip
_KINDS = {
    SH.IRI: "ISIRI({0})",
    SH.BlankNode: "ISBLANK({0})",
    SH.Literal: "ISLITERAL({0})",
    SH.BlankNodeOrIRI: "(ISIRI({0}) || ISBLANK({0}))",
    SH.BlankNodeOrLiteral: "(ISBLANK({0}) || ISLITERAL({0}))",
    SH.IRIOrLiteral: "(ISIRI({0}) || ISLITERAL({0}))",
}
_RANGES = {"minExclusive": ">", "minInclusive": ">=", "maxExclusive": "<", "maxInclusive": "<="}


def _unless(condition: str) -> str:
    """Return the expression that a condition is false or an error."""
    return f"!COALESCE({condition}, false)"


def _datatype(scope: Scope, _: Shape, constraint: Constraint) -> str:
    """A literal of the datatype that is not ill-typed, for the datatypes of SPARQL 1.1.

    The store keeps a well-formed number of a datatype derived from xsd:integer as xsd:integer, so a shape
    about data in it says xsd:integer and the range.
    """
    kind = str(constraint.values[0])
    condition = f"DATATYPE({scope.value}) = <{kind}>"
    if kind in _CASTS:
        condition += f" && DATATYPE(<{kind}>(STR({scope.value}))) = <{kind}>"
    return _unless(condition)


def _class(scope: Scope, _: Shape, constraint: Constraint) -> str:
    found = scope.classes.closure(str(constraint.values[0]))
    if len(found) == 1:
        return scope.where(f"MINUS {{ {scope.value} a <{found[0]}> }}")
    name = scope.fresh()
    names = " ".join(f"<{one}>" for one in found)
    instances = f"SELECT DISTINCT {scope.value} {{ VALUES {name} {{ {names} }} {scope.value} a {name} }}"
    return scope.where(f"MINUS {{ {instances} }}")


def _node_kind(scope: Scope, _: Shape, constraint: Constraint) -> str:
    test = next((test for kind, test in _KINDS.items() if kind == constraint.values[0]), None)
    if test is None:
        raise NotCompiledError(f"it uses the unknown node kind {constraint.values[0]}")
    return "!" + test.format(scope.value)


def _range(scope: Scope, _: Shape, constraint: Constraint) -> str:
    bound = sparql(constraint.values[0])
    return _unless(f"{scope.value} {_RANGES[constraint.kind]} {bound}")


def _length(scope: Scope, _: Shape, constraint: Constraint) -> str:
    limit = int(str(constraint.values[0]))
    sign = "<" if constraint.kind == "minLength" else ">"
    value = scope.value
    return f"(ISBLANK({value}) || STRLEN(STR({value})) {sign} {limit})"


def _pattern(scope: Scope, shape: Shape, constraint: Constraint) -> str:
    pattern = _quoted(str(constraint.values[0]))
    flags = scope.shapes.graph.value(shape.node, SH.flags)
    arguments = f"{pattern}, {_quoted(str(flags))}" if flags is not None else pattern
    probe = MemoryGraph().select(f'SELECT (REGEX("", {arguments}) AS ?known) {{}}')
    if probe.rows[0][0] is None:
        raise NotCompiledError(f"the engine cannot read the pattern {constraint.values[0]}")
    return f"(ISBLANK({scope.value}) || !REGEX(STR({scope.value}), {arguments}))"


def _quoted(text: str) -> str:
    return str(Literal(text))


def _language_in(scope: Scope, _: Shape, constraint: Constraint) -> str:
    fits = " || ".join(
        f"LANGMATCHES(LANG({scope.value}), {_quoted(str(language))})" for language in constraint.values
    )
    return _unless(f"ISLITERAL({scope.value}) && ({fits or 'false'})")


def _in(scope: Scope, _: Shape, constraint: Constraint) -> str:
    if not constraint.values:
        return scope.values
    members = " ".join(sparql(member) for member in constraint.values)
    return scope.where(f"MINUS {{ VALUES {scope.value} {{ {members} }} }}")


def _closed(scope: Scope, shape: Shape, constraint: Constraint) -> str:
    value = constraint.values[0]
    if not (isinstance(value, rdflib.Literal) and value.value is True):
        return ""
    graph = scope.shapes.graph
    allowed = {
        sparql(path)
        for other in shape.constraints
        if other.kind == "property"
        for node in nested_nodes(other)
        for path in graph.objects(node, SH.path)
        if isinstance(path, rdflib.URIRef)
    }
    ignored = graph.value(shape.node, SH.ignoredProperties)
    if ignored is not None:
        allowed |= {sparql(property_) for property_ in Collection(graph, ignored)}
    property_, object_ = scope.fresh(), scope.fresh()
    listed = f"FILTER({property_} NOT IN ({', '.join(sorted(allowed))}))" if allowed else ""
    return f"{scope.values} {scope.value} {property_} {object_} . {listed}"


Compile = Callable[[Scope, Shape, Constraint], str]

CONDITIONS: Mapping[str, Compile] = {
    "datatype": _datatype,
    "nodeKind": _node_kind,
    **dict.fromkeys(_RANGES, _range),
    "minLength": _length,
    "maxLength": _length,
    "pattern": _pattern,
    "languageIn": _language_in,
}
"""Constraints that an expression decides: each returns one that is true, never an error, for a violation."""


def condition(scope: Scope, node: rdflib.term.Node) -> str | None:
    """Return the expression that a value violates a shape; None where an expression cannot say it."""
    shape = scope.shapes.shape(node)
    if shape.deactivated:
        return "false"
    if shape.path is not None or shape.unknown:
        return None
    if any(constraint.kind not in CONDITIONS for constraint in shape.constraints):
        return None
    parts = [CONDITIONS[constraint.kind](scope, shape, constraint) for constraint in shape.constraints]
    return "(" + (" || ".join(parts) or "false") + ")"


def _filtered(compile_: Compile) -> Compile:
    def compiled(scope: Scope, shape: Shape, constraint: Constraint) -> str:
        return scope.where(f"FILTER({compile_(scope, shape, constraint)})")

    return compiled


FAMILY: Mapping[str, Compile] = {
    **{kind: _filtered(compile_) for kind, compile_ in CONDITIONS.items()},
    "class": _class,
    "in": _in,
    "closed": _closed,
}
"""The compilers of this module by constraint parameter; each returns "" where nothing can be in violation."""
