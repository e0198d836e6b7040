"""A report as data: headings, sentences, key figures and tables, each with the question that it rests on.

The page, the Word file and the spreadsheet of a report are all written from one `Document`, so that they
cannot say different things.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

Value = int | float | Decimal | str | bool | None
"""What stands in a cell for a machine."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: the text for a reader, the value for a machine, and the address that it leads to.

    `mark` is ``less`` or ``more`` for an established verdict and empty otherwise; the text says it in words.
    """

    text: str
    value: Value = None
    href: str = ""
    mark: str = ""

    @property
    def bare(self) -> Value:
        """The value where there is one, else the text."""
        return self.text if self.value is None else self.value


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; numbers are set flush right."""

    heading: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A question that figures rest on: its number in the report, its title and its address."""

    number: int
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a section."""

    text: str
    anchor: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `kind` is ``text``, ``caveat`` (how to read what stands beside it) or ``notice``."""

    text: str
    kind: str = "text"
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure with its note, such as how many of the projects it rests on."""

    label: str
    value: str
    note: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class Figures:
    """Key figures side by side."""

    items: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column names the row. `total` is the number of rows of which these are the first."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    reference: Reference
    note: str = ""
    total: int = 0

    @property
    def left_out(self) -> int:
        """How many rows of the answer are not shown."""
        return max(0, self.total - len(self.rows))


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of numbers by year; the figures stand in `caption` for those who do not see it."""

    title: str
    caption: str
    values: tuple[tuple[int, int], ...]
    adopted: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class Area:
    """A place on a map: its name, its outline as WKT, its number, and whether the report is about it."""

    name: str
    wkt: str
    value: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Map:
    """A map of numbers by place; the figures stand in `caption` for those who do not see it."""

    title: str
    caption: str
    places: tuple[Area, ...]
    reference: Reference


@dataclass(frozen=True, slots=True)
class Source:
    """A source with its publisher and its own date."""

    title: str
    publisher: str
    date: str


Block = Heading | Paragraph | Figures | Table | Bars | Map
"""What a report is made of."""


@dataclass(frozen=True, slots=True)
class Document:
    """A report: `answer` is its first sentence, `about` what it is about, `words` its own headings."""

    lang: str
    kind: str
    about: str
    answer: str
    blocks: tuple[Block, ...]
    references: tuple[Reference, ...]
    sources: tuple[Source, ...]
    address: str
    build: str
    date: str
    words: Words

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in their order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All key figures in their order."""
        return tuple(item for block in self.blocks if isinstance(block, Figures) for item in block.items)


@dataclass(frozen=True, slots=True)
class Words:
    """What every report says in the reader's language."""

    figures: str
    sources: str
    questions: str
    question: str
    more_rows: str
    """Text with ``{left}`` for the number of rows that are not shown."""
    colophon: str
    """Date of the data, build and what the report rests on, in one line."""
    site: str
