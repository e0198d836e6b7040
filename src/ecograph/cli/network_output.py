"""How the answers of `ecograph network` are asked for and printed: shared options, formats, caveats."""

from __future__ import annotations

import csv
import functools
import io
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

from ecograph.cli.current import current_build, workspace_option
from ecograph.config import Workspace, load_workspace
from ecograph.insight.coverage import Coverage, measure_coverage
from ecograph.model.iris import Base
from ecograph.network.incidence import Selection, TwoMode, read_two_mode
from ecograph.store.graph import Graph

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Shown:
    """A column of an answer: its key in the rows, its headings, and whether a table on screen shows it."""

    name: str
    label_sv: str
    label_en: str
    on_screen: bool = True

    def label(self, lang: str) -> str:
        """Return the heading in ``sv`` or (anything else) English."""
        return self.label_sv if lang == "sv" else self.label_en


@dataclass(frozen=True)
class NetworkAnswer:
    """What a command of `ecograph network` found.

    Every text stands in both languages, as (sv, en). `rows` have the keys of `columns`; None is a value that
    is undefined, and lists are joined by "; " outside JSON. `message` says in words what there is to say when
    the rows are empty or need a word; `caveats` are guards beside that of the coverage.
    """

    question: str
    title: tuple[str, str]
    method: tuple[str, str]
    columns: Sequence[Shown]
    rows: Sequence[dict[str, Any]]
    parameters: dict[str, Any] = field(default_factory=dict)
    coverage: Coverage | None = None
    message: tuple[str, str] = ("", "")
    caveats: Sequence[tuple[str, str]] = ()


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
    def workspace(self) -> Workspace:
        """The workspace of the option -C."""
        return load_workspace(self.root)

    @functools.cached_property
    def base(self) -> Base:
        """The workspace's base address."""
        return Base(self.workspace.base)

    @functools.cached_property
    def graph(self) -> Graph:
        """The graph of the current build."""
        return current_build(self.workspace).graph()

    @property
    def window(self) -> tuple[int | None, int | None] | None:
        """The window of years, None when neither --from nor --to is given."""
        return None if self.first is None and self.last is None else (self.first, self.last)

    def national(self) -> TwoMode:
        """Return the network of everything in the build, in the window asked for."""
        return read_two_mode(
            self.graph,
            base=self.base,
            region=self.workspace.region,
            selection=Selection(window=self.window),
        )

    def county(self) -> TwoMode:
        """Return the region's network in the window asked for."""
        return self.national().county()

    def parameters(self, **more: Any) -> dict[str, Any]:
        """Return the parameters to state in an answer: region and window, then those of the command."""
        return {"region": self.workspace.region.nuts3, "from": self.first, "to": self.last, **more}

    def emit(self, answer: NetworkAnswer) -> None:
        """Print an answer as the options say (see `emit`)."""
        emit(answer, self.output, lang=self.lang, explain=self.explain)


def network_options(command: F) -> F:
    """Give a command the shared options; its function gets them as one argument, `asked`."""

    @workspace_option
    @click.option(
        "-o",
        "--output",
        type=click.Choice(["table", "csv", "json"]),
        default="table",
        show_default=True,
        help="How to print the answer.",
    )
    @click.option(
        "--lang",
        type=click.Choice(["sv", "en"]),
        default="sv",
        show_default=True,
        help="Language of headings, labels and caveats.",
    )
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


def coverage_of(network: TwoMode) -> Coverage:
    """Return the coverage that stands beside every figure of a network."""
    return measure_coverage(network)


def emit(answer: NetworkAnswer, output: str, *, lang: str = "sv", explain: bool = False) -> None:
    """Print an answer as ``table``, ``csv`` or ``json``.

    A table carries message and caveats below it. CSV goes alone to standard output; message, method and
    caveats go to standard error. JSON is ``{question, method, parameters, coverage, results, message,
    caveats}``, and the caveats go to standard error too.
    """
    side = 0 if lang == "sv" else 1
    if output == "json":
        click.echo(_json(answer, side), nl=False)
    elif output == "csv":
        click.echo(_csv(answer), nl=False)
    else:
        _table(answer, lang)
    to_error = output != "table"
    if answer.message[side] and output != "json":
        click.echo(answer.message[side], err=to_error)
    if explain and output != "json":
        heading = ("Så är det räknat: ", "How it is worked out: ")[side]
        click.echo(heading + answer.method[side], err=to_error)
    for caveat in caveats(answer, lang):
        click.echo(caveat, err=to_error)


def caveats(answer: NetworkAnswer, lang: str) -> list[str]:
    """Return the guards that stand below an answer: coverage first."""
    side = 0 if lang == "sv" else 1
    first = [answer.coverage.sentence(lang)] if answer.coverage else []
    return first + [caveat[side] for caveat in answer.caveats]


def _json(answer: NetworkAnswer, side: int) -> str:
    coverage = answer.coverage
    content = {
        "question": answer.question,
        "title": answer.title[side],
        "method": answer.method[side],
        "parameters": {name: _jsonable(value) for name, value in answer.parameters.items()},
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
            {column.name: _jsonable(row.get(column.name)) for column in answer.columns} for row in answer.rows
        ],
        "message": answer.message[side],
        "caveats": caveats(answer, "sv" if side == 0 else "en"),
    }
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _jsonable(value: Any) -> Any:
    if isinstance(value, float):
        # An undefined number is null: JSON has no NaN.
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(item) for item in value]
    return value


def _csv(answer: NetworkAnswer) -> str:
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


def _table(answer: NetworkAnswer, lang: str) -> None:
    console = Console(highlight=False, width=None if Console().is_terminal else 200)
    console.print(answer.title[0 if lang == "sv" else 1], style="bold", markup=False)
    if not answer.rows:
        return
    table = Table(header_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    shown = [column for column in answer.columns if column.on_screen]
    for column in shown:
        values = [row.get(column.name) for row in answer.rows]
        numeric = all(isinstance(value, (int, float, type(None))) for value in values)
        table.add_column(column.label(lang), justify="right" if numeric else "left")
    for row in answer.rows:
        table.add_row(*(readable(row.get(column.name), lang) for column in shown))
    console.print(table, markup=False)


def readable(value: Any, lang: str) -> str:
    """Return a value as a person reads it: thin-spaced thousands, decimal comma in Swedish, no NaN."""
    if isinstance(value, bool):
        return (("nej", "ja") if lang == "sv" else ("no", "yes"))[value]
    if isinstance(value, int):
        return f"{value:,}".replace(",", "\u2009")
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        text = f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}".replace(",", "\u2009")
        return text.replace(".", ",") if lang == "sv" else text
    if isinstance(value, (list, tuple)):
        return "; ".join(readable(item, lang) for item in value)
    return "" if value is None else str(value)
