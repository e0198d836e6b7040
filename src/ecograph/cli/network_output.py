"""How the answers of `ecograph network` are asked for and printed: shared options and formats."""

from __future__ import annotations

import csv
import functools
import io
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ecograph.api.answer import Answer, Column
from ecograph.api.opened import Opened, Window
from ecograph.cli.current import current_build, workspace_option
from ecograph.cli.options import lang_option, output_option
from ecograph.cli.printed import console, readable
from ecograph.config import load_workspace
from ecograph.model.iris import Base

F = TypeVar("F", bound=Callable[..., Any])

_WORD = 18
"""The room that a column of words needs at least, if it has a word so long."""


@dataclass(frozen=True)
class Asked:
    """The shared options of a command: workspace, format, language, window of years."""

    root: Path
    output: str
    lang: str
    explain: bool
    first: int | None
    last: int | None

    @functools.cached_property
    def opened(self) -> Opened:
        """The current build of the workspace of the option -C."""
        workspace = load_workspace(self.root)
        graph = current_build(workspace).graph()
        return Opened(graph, base=Base(workspace.base), region=workspace.region, lang=self.lang)

    @property
    def window(self) -> Window | None:
        """The window of years, None when neither --from nor --to is given."""
        return None if self.first is None and self.last is None else (self.first, self.last)

    def emit(self, answer: Answer) -> None:
        """Print an answer as the options say (see `emit`)."""
        emit(answer, self.output, explain=self.explain)


def network_options(command: F) -> F:
    """Give a command the shared options; its function gets them as one argument, `asked`."""

    @workspace_option
    @output_option(["table", "csv", "json"])
    @lang_option
    @click.option("--explain", is_flag=True, help="Say in words how the answer is worked out.")
    @click.option("--from", "first", type=int, metavar="YEAR", help="First year of the window.")
    @click.option("--to", "last", type=int, metavar="YEAR", help="Last year of the window.")
    @functools.wraps(command)
    def wrapped(
        *args: Any,
        root: Path,
        output: str,
        lang: str,
        explain: bool,
        first: int | None,
        last: int | None,
        **rest: Any,
    ) -> Any:
        if first is not None and last is not None and first > last:
            raise click.BadParameter(f"the window {first}–{last} ends before it begins", param_hint="--from")
        return command(*args, asked=Asked(root, output, lang, explain, first, last), **rest)

    return wrapped  # type: ignore[return-value]


def emit(answer: Answer, output: str, *, explain: bool = False) -> None:
    """Print an answer as ``table``, ``csv`` or ``json``.

    A table carries message and caveats below it. CSV goes alone to standard output; message, method and
    caveats go to standard error. JSON is what `Answer.document` gives, and the caveats go to standard error
    too.
    """
    if output == "json":
        click.echo(json.dumps(answer.document(), ensure_ascii=False, indent=2, allow_nan=False))
    elif output == "csv":
        click.echo(_csv(answer), nl=False)
    else:
        _table(answer)
    to_error = output != "table"
    if output != "json" and (message := answer.say(answer.message)):
        click.echo(message, err=to_error)
    if explain and output != "json":
        heading = answer.say(("Så är det räknat: ", "How it is worked out: "))
        click.echo(heading + answer.say(answer.method), err=to_error)
    for caveat in answer.guards():
        click.echo(caveat, err=to_error)


def _csv(answer: Answer) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in answer.columns])
    writer.writerows([_plain(row.get(column.name)) for column in answer.columns] for row in answer.rows)
    return out.getvalue()


def _plain(value: Any) -> str:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(float(f"{value:.12g}"))
    if isinstance(value, (list, tuple)):
        return "; ".join(_plain(item) for item in value)
    return str(value)


def _table(answer: Answer) -> None:
    """Print a table, in parts under the values of the answer's headings; columns without a value are left
    out."""
    screen = console()
    screen.print(answer.say(answer.title), style="bold", markup=False)
    shown = [
        column
        for column in answer.columns
        if column.on_screen
        and column.name not in answer.headings
        and any(_filled(row, column) for row in answer.rows)
    ]
    heads = [column.name for column in answer.columns if column.name in answer.headings]
    parts: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in answer.rows:
        parts.setdefault(tuple(str(row.get(name) or "") for name in heads), []).append(row)
    for head, rows in parts.items():
        if any(head):
            screen.print("\n" + _headline(head), style="bold", markup=False)
        screen.print(_grid(answer, shown, rows, screen.width))


def _headline(head: tuple[str, ...]) -> str:
    """Return the heading of a part: two sides joined by a dash, what is said of them behind a colon."""
    sides, more = [text for text in head[:2] if text], [text for text in head[2:] if text]
    return ": ".join([" – ".join(sides), *more])


def _filled(row: Mapping[str, Any], column: Column) -> bool:
    values = (row.get(column.name), row.get(column.beside) if column.beside else None)
    return any(value is not None and value not in ("", [], ()) for value in values)


def _grid(
    answer: Answer, shown: Sequence[Column], rows: Sequence[Mapping[str, Any]], width: int
) -> Table | Group:
    """Return a table whose numbers take no more room than they need, so that names have what is left.

    Where names would be squeezed below a word, each row becomes lines of its own instead.
    """
    table = Table(header_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    room = 2 * (len(shown) - 1)
    for column in shown:
        label = column.label(answer.lang)
        cells = [_cell(row, column, answer.lang) for row in answer.rows]
        if _numeric(answer, column):
            least = max(map(len, [*label.split(), *cells]))
            table.add_column(label, justify="right", width=least, overflow="fold")
        else:
            words = [word for cell in cells for word in cell.split()]
            least = min(_WORD, max(map(len, [*label.split(), *words])))
            table.add_column(label, min_width=least, overflow="fold")
        room += least
    if room > width:
        return _records(answer, shown, rows)
    for row in rows:
        table.add_row(*(_cell(row, column, answer.lang) for column in shown))
    return table


def _numeric(answer: Answer, column: Column) -> bool:
    return all(isinstance(row.get(column.name), (int, float, type(None))) for row in answer.rows)


def _records(answer: Answer, shown: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> Group:
    """Return each row as its name, and below it what is said of it with the headings."""
    named = (column for column in shown if any(map(str.isalpha, _cell(rows[0], column, answer.lang))))
    name = next((column for column in named if not _numeric(answer, column)), shown[0])
    parts: list[RenderableType] = []
    for row in rows:
        facts = [
            f"{column.label(answer.lang)} {text}"
            for column in shown
            if column is not name and (text := _cell(row, column, answer.lang))
        ]
        parts.append(Text(_cell(row, name, answer.lang)))
        # A number is not broken between its thousands.
        parts.append(Padding(Text(" · ".join(facts).replace("\u2009", "\u202f")), (0, 0, 0, 4)))
    return Group(*parts)


def _cell(row: Mapping[str, Any], column: Column, lang: str) -> str:
    value = row.get(column.name)
    year = column.name == "year"
    text = _percent(value, lang) if column.share else readable(value, lang, year=year)
    if column.beside is None:
        return text
    aside = column.joined.endswith(")")
    other = readable(row.get(column.beside), lang, digits=2 if aside else 3)
    return column.joined.format(text, other) if text and other else text


def _percent(value: float | None, lang: str) -> str:
    if value is None or not math.isfinite(value):
        return ""
    text = f"{100 * value:.0f}" if value == 0 or value >= 0.1 else f"{100 * value:.1f}"
    return f"{text.replace('.', ',')} %" if lang == "sv" else f"{text}%"
