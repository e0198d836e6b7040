"""Constraints on the values of a node together: counts, required values, languages, pairs of properties."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import rdflib

from ecograph.validation.errors import NotCompiledError
from ecograph.validation.scope import Scope
from ecograph.validation.shapes import Constraint, Shape
from ecograph.validation.terms import sparql


def _min_count(scope: Scope, _: Shape, constraint: Constraint) -> str:
    least = int(str(constraint.values[0]))
    if least <= 0:
        return ""
    if scope.path is None:
        raise NotCompiledError("a node shape has sh:minCount")
    if least == 1:
        return f"{scope.candidates} {scope.absent(f'{scope.focus} {scope.path} {scope.value}')}"
    enough = (
        f"SELECT {scope.focus} {{ {scope.values} }} GROUP BY {scope.focus} "
        f"HAVING(COUNT(DISTINCT {scope.value}) >= {least})"
    )
    return f"{scope.candidates} MINUS {{ {enough} }}"


def _max_count(scope: Scope, _: Shape, constraint: Constraint) -> str:
    most = int(str(constraint.values[0]))
    if scope.path is None:
        raise NotCompiledError("a node shape has sh:maxCount")
    if most == 0:
        return scope.values
    if most == 1 and not scope.value_first:
        other = scope.fresh()
        return scope.where(f"{scope.focus} {scope.path} {other} . FILTER(!SAMETERM({scope.value}, {other}))")
    return scope.counted(f"COUNT(DISTINCT {scope.value}) > {most}")


def _unique_lang(scope: Scope, _: Shape, constraint: Constraint) -> str:
    value = constraint.values[0]
    if not (isinstance(value, rdflib.Literal) and value.value is True) or scope.path is None:
        return ""
    one, other = scope.value, scope.fresh()
    return scope.where(
        f"{scope.focus} {scope.path} {other} . "
        f'FILTER(LANG({one}) != "" && LCASE(LANG({one})) = LCASE(LANG({other})) && !SAMETERM({one}, {other}))'
    )


def _has_value(scope: Scope, _: Shape, constraint: Constraint) -> str:
    wanted = sparql(constraint.values[0])
    if scope.path is None:
        return f"{scope.candidates} FILTER(!SAMETERM({scope.focus}, {wanted}))"
    return f"{scope.candidates} {scope.absent(f'{scope.focus} {scope.path} {wanted}')}"


def _equals(scope: Scope, _: Shape, constraint: Constraint) -> str:
    other = sparql(constraint.values[0])
    focus, value, object_ = scope.focus, scope.value, scope.fresh()
    if scope.path is None:
        lacking = f"{scope.candidates} FILTER NOT EXISTS {{ {focus} {other} {focus} }}"
        beyond = f"{scope.candidates} {focus} {other} {object_} . FILTER(!SAMETERM({focus}, {object_}))"
    else:
        lacking = f"{scope.values} MINUS {{ {focus} {other} {value} }}"
        missing = scope.absent(f"{focus} {scope.path} {object_}")
        beyond = f"{scope.candidates} {focus} {other} {object_} . {missing}"
    return f"{{ {lacking} }} UNION {{ {beyond} }}"


def _disjoint(scope: Scope, _: Shape, constraint: Constraint) -> str:
    return scope.where(f"{scope.focus} {sparql(constraint.values[0])} {scope.value} .")


def _less_than(scope: Scope, _: Shape, constraint: Constraint) -> str:
    sign = "<" if constraint.kind == "lessThan" else "<="
    other = scope.fresh()
    return scope.where(
        f"{scope.focus} {sparql(constraint.values[0])} {other} . "
        f"FILTER(!COALESCE({scope.value} {sign} {other}, false))"
    )


FAMILY: Mapping[str, Callable[[Scope, Shape, Constraint], str]] = {
    "minCount": _min_count,
    "maxCount": _max_count,
    "uniqueLang": _unique_lang,
    "hasValue": _has_value,
    "equals": _equals,
    "disjoint": _disjoint,
    "lessThan": _less_than,
    "lessThanOrEquals": _less_than,
}
"""The compilers of this module by constraint parameter; each returns "" where nothing can be in violation."""
