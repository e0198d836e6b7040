"""What a reader chooses of a list, written around the query of the list as FILTER and ORDER BY."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ecograph.web.explorer.facets import Row
from ecograph.web.explorer.finding import fold, words
from ecograph.web.explorer.themes import split

Years = tuple[int | None, int | None]
"""A span of years; None leaves it open."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: its name in the address, the variable it looks at, and what its IRIs begin with.

    A variable holds IRIs with blanks between, one IRI, or true and false (then `prefix` is empty). `only`
    leaves other IRIs of the variable out.
    """

    name: str
    variable: str
    title: str
    prefix: str
    labels: Mapping[str, str]
    """The label of each value by its IRI, in the order in which they are shown when `ordered`."""
    ordered: bool = False
    only: frozenset[str] | None = None

    def values(self, row: Row) -> tuple[str, ...]:
        """Return the values of a row as they stand in an address."""
        value = row[self.variable]
        if not self.prefix:
            return ("yes" if value else "no",)
        iris = split(value) if self.only is None else [iri for iri in split(value) if iri in self.only]
        return tuple(iri.removeprefix(self.prefix) for iri in iris)

    def filter(self, chosen: Sequence[str]) -> str:
        """Return the FILTER that leaves the rows with one of the chosen values."""
        if not self.prefix:
            told = " || ".join(f"?{self.variable} = {'true' if v == 'yes' else 'false'}" for v in chosen)
            return f"FILTER({told})"
        padded = f'CONCAT(" ", STR(?{self.variable}), " ")'
        return "FILTER(" + " || ".join(f'CONTAINS({padded}, " {self.prefix}{v} ")' for v in chosen) + ")"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its name in the address, the variables behind it, and how it is sorted."""

    name: str
    title: str
    variables: tuple[str, ...]
    number: bool = False
    usual: bool = True
    """Whether it is shown without being chosen."""
    sortable: bool = True


def around(sparql: str, names: Sequence[str], filters: Sequence[str], order: str) -> str:
    """Return the query of what is seen: the list's own query within, what is chosen around it."""
    lines = [f"SELECT {' '.join('?' + name for name in names)} WHERE {{", "{", sparql.strip(), "}"]
    return "\n".join([*lines, *filters, "}", f"ORDER BY {order}"])


def text_filters(variable: str, text: str) -> list[str]:
    """Return the FILTERs for names that hold every word of a text, whatever their accents and case."""
    if text and not words(text):
        return ["FILTER(false)"]
    return [f'FILTER(REGEX(?{variable}, "{_loosely(word)}", "i"))' for word in words(text)]


def year_filters(variables: tuple[str, str], years: Years) -> list[str]:
    """Return the FILTERs for what ran at some time within a span of years."""
    first, last = variables
    found = []
    if years[0] is not None:
        found.append(f"FILTER(COALESCE(?{last}, ?{first}) >= {years[0]})")
    if years[1] is not None:
        found.append(f"FILTER(COALESCE(?{first}, ?{last}) <= {years[1]})")
    return found


def order_by(column: Column, descending: bool, text: str, key: str) -> str:
    """Return the conditions of ORDER BY: rows without a value last, rows alike by name."""
    variable = f"?{column.variables[0]}"
    value = variable if column.number else f"LCASE({variable})"
    value = f"DESC({value})" if descending else value
    return f"DESC(BOUND({variable})) {value} LCASE(?{text}) ?{key}"


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    """Return the accented letters of each plain one (Latin, to U+024F)."""
    found: dict[str, str] = {}
    for number in range(0xC0, 0x250):
        plain = fold(chr(number))
        if len(plain) == 1 and plain.isascii() and plain.isalpha():
            found[plain] = found.get(plain, "") + chr(number)
    return found


def _loosely(word: str) -> str:
    """Return a regular expression for a folded word in names written with accents."""
    return "".join(f"[{c}{_variants()[c]}]" if c in _variants() else c for c in word)
