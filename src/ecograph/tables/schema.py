"""What a canonical table is: its columns, what may stand in them, and what statements they become.

The schema is the one place where the shape of instance data is written. The mapping to N-Quads, the
CSVW metadata (W3C Metadata Vocabulary for Tabular Data, 2015), the checks of a steward's file and the
table reference are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text", "code", "integer", "decimal", "boolean", "date", "iri", "ref", "concept", "term", "wkt"
]
"""How a cell is read and written.

``text`` a literal, with a language where the column has one; ``code`` a plain string; ``integer``,
``decimal``, ``boolean`` (true/false); ``date`` an ISO 8601 date as exact as known (2016, 2016-09 or
2016-09-01); ``iri`` an address; ``ref`` the key of a row of another table; ``concept`` the key of a
concept of a vocabulary; ``term`` the key of a class of the ontology; ``wkt`` a geometry.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a canonical table.

    `property` is the prefixed name of the property that a cell becomes a value of; None for a column
    that only steers the load. `target` names the table (``ref``; ``|`` between several) or the
    vocabulary (``concept``) that a value must be a key of. `many` columns hold values split by ``;``.
    """

    name: str
    kind: Kind
    property: str | None
    label_sv: str
    label_en: str
    note_sv: str = ""
    note_en: str = ""
    required: bool = False
    many: bool = False
    lang: str | None = None
    target: str | None = None
    pattern: str | None = None
    minimum: float | None = None
    example: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A canonical table: one row a thing of class `rdf_class`.

    `path` is the first segment of the local ids of its rows (``project`` in ``project/cordis-rcn-1``).
    A column of kind ``term`` named ``type`` refines the class row by row. `constants` are statements
    made of every row: pairs of prefixed property and prefixed value.
    """

    name: str
    rdf_class: str
    path: str
    label_sv: str
    label_en: str
    note_sv: str
    note_en: str
    columns: tuple[Column, ...]
    constants: tuple[tuple[str, str], ...] = ()

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


ORIGIN = ("_file", "_sheet", "_row")
"""Columns that every parsed frame carries beside those of its table: where the row was read."""
