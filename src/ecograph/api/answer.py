"""What a question of the network is answered with: rows, and all that must be known to read them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from ecograph.insight.coverage import Coverage

Text = tuple[str, str]
"""A text in Swedish and English."""


@dataclass(frozen=True)
class Column:
    """A column of an answer: its key in the rows, its headings, and how a table on screen shows it.

    on_screen: False leaves it to the formats for programs. share: shown as per cent. beside: the key of
    another column, shown in the same place, as ``joined`` says ("{} ({})", "{} → {}").
    """

    name: str
    label_sv: str
    label_en: str
    on_screen: bool = True
    share: bool = False
    beside: str | None = None
    joined: str = "{} ({})"

    def label(self, lang: str) -> str:
        """Return the heading in ``sv`` or (anything else) English."""
        return self.label_sv if lang == "sv" else self.label_en


@dataclass(frozen=True)
class Answer:
    """The answer to a question of the network.

    question: the name of the question, as the verb of ``ecograph network``. title, method, message, caveats:
    texts as (Swedish, English). rows have the keys of `columns`, their labels in the language `lang`; None is
    a value that is undefined. headings: columns whose values head a part of the table on screen instead of
    standing in each of its rows. message says what there is to say where rows are empty or need a word;
    caveats are guards beside that of the coverage. found: what `ecograph.insight` found, with all its detail.
    """

    question: str
    title: Text
    method: Text
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    coverage: Coverage | None = None
    message: Text = ("", "")
    caveats: Sequence[Text] = ()
    lang: str = "sv"
    headings: Sequence[str] = ()
    found: Any = None

    def say(self, text: Text) -> str:
        """Return a text in the language of the answer."""
        return text[0 if self.lang == "sv" else 1]

    def guards(self) -> list[str]:
        """Return what must stand beside the rows wherever they are shown: the coverage first."""
        first = [self.coverage.sentence(self.lang)] if self.coverage else []
        return first + [self.say(caveat) for caveat in self.caveats]

    def frame(self) -> pl.DataFrame:
        """Return the rows as a frame, a column for each of `columns`; undefined numbers are null.

        Lists stay lists; what holds no value at all is a column of the type Null.
        """
        return pl.DataFrame(
            {
                column.name: pl.Series(
                    column.name, [plain(row.get(column.name)) for row in self.rows], strict=False
                )
                for column in self.columns
            }
        )

    def document(self) -> dict[str, Any]:
        """Return everything as JSON has it: question, title, method, parameters, coverage, results, message
        and caveats; no number is NaN or infinite."""
        coverage = self.coverage
        return {
            "question": self.question,
            "title": self.say(self.title),
            "method": self.say(self.method),
            "parameters": plain(dict(self.parameters)),
            "coverage": None
            if coverage is None
            else {
                "projects": coverage.projects,
                "projects_with_partners": coverage.with_partners,
                "projects_with_area": coverage.with_area,
                "projects_undated": coverage.undated,
                "share": coverage.share,
            },
            "results": [
                {column.name: plain(row.get(column.name)) for column in self.columns} for row in self.rows
            ],
            "message": self.say(self.message),
            "caveats": self.guards(),
        }

    def __repr__(self) -> str:
        """Show title, rows and what must stand beside them."""
        parts = [self.say(self.title), repr(self.frame()), self.say(self.message), *self.guards()]
        return "\n".join(part for part in parts if part)

    def _repr_html_(self) -> str:
        """Show the same in a notebook."""
        from html import escape

        below = [part for part in (self.say(self.message), *self.guards()) if part]
        return (
            f"<p><strong>{escape(self.say(self.title))}</strong></p>{self.frame()._repr_html_()}"
            + "".join(f"<p>{escape(part)}</p>" for part in below)
        )


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it: lists for tuples, None for a number that is not finite."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
