"""`ecograph query`: ask a question of the catalogue, or list them."""

from __future__ import annotations

import csv
import difflib
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from ecograph.cli.current import current_build, workspace_option
from ecograph.config import load_workspace
from ecograph.errors import QueryError
from ecograph.model.iris import Base
from ecograph.query.catalogue import THEMES, Question, load_catalogue
from ecograph.query.parameters import serialise
from ecograph.query.run import Answer, prepare, run
from ecograph.store.graph import python_value


@click.command("query")
@click.argument("slug", required=False)
@workspace_option
@click.option("--list", "listing", is_flag=True, help="List the questions with their parameters.")
@click.option(
    "-p", "--param", "pairs", multiple=True, metavar="NAME=VALUE", help="Set a parameter; may be repeated."
)
@click.option(
    "-o",
    "--output",
    type=click.Choice(["table", "csv", "tsv", "json"]),
    default="table",
    show_default=True,
    help="How to print the answer.",
)
@click.option(
    "--lang",
    type=click.Choice(["sv", "en"]),
    default="sv",
    show_default=True,
    help="Language of titles and labels.",
)
@click.option("--show-sparql", is_flag=True, help="Print the query instead of running it.")
def query(
    slug: str | None,
    root: Path,
    listing: bool,
    pairs: tuple[str, ...],
    output: str,
    lang: str,
    show_sparql: bool,
) -> None:
    """Ask one of the region's questions of the current build, or list them.

    The answer goes to standard output; what must be known to read it rightly goes to standard error when
    the answer is for a program.

    \b
    Examples:
      ecograph query --list
      ecograph query bridging-actors -C data -o csv
      ecograph query bridging-actors -C data -p areaA=renewable-energy -p areaB=digitalisation --lang en
    """
    catalogue = load_catalogue()
    if listing or slug is None:
        _list(catalogue, lang)
        return
    question = _question(catalogue, slug)
    values = _values(question, pairs, lang)
    workspace = load_workspace(root)
    base = Base(workspace.base)
    graph = current_build(workspace).graph()
    if show_sparql:
        click.echo(prepare(question, graph, values, base=base)[0], nl=False)
        return
    answer = run(question, graph, values, base=base)
    if output == "table":
        _table(answer, lang)
        return
    click.echo(_json(answer, lang) if output == "json" else delimited(answer, output), nl=False)
    click.echo(question.caveat(lang), err=True)


def _list(catalogue: dict[str, Question], lang: str) -> None:
    console = _console()
    for theme, names in THEMES.items():
        questions = [question for question in catalogue.values() if question.theme == theme]
        if not questions:
            continue
        console.print(f"\n[bold]{names[0 if lang == 'sv' else 1]}[/bold]")
        for question in questions:
            console.print(f"  {question.slug}", style="cyan")
            console.print(f"    {question.title(lang)}", markup=False)
            for parameter in question.parameters:
                if parameter.kind != "lang":
                    default = "" if parameter.optional else f" ({parameter.default})"
                    console.print(f"    -p {parameter.name}: {parameter.label(lang)}{default}", markup=False)


def _question(catalogue: dict[str, Question], slug: str) -> Question:
    if slug not in catalogue:
        near = difflib.get_close_matches(slug, catalogue, n=3, cutoff=0.5)
        raise QueryError(
            f"There is no question {slug!r}.",
            remedy=f"Did you mean {' or '.join(near)}?" if near else "List them: ecograph query --list",
        )
    return catalogue[slug]


def _values(question: Question, pairs: Sequence[str], lang: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise QueryError(
                f"The parameter {pair!r} has no value.", remedy="Write it as NAME=VALUE, such as top=10."
            )
        values[name.strip()] = value
    if any(parameter.kind == "lang" for parameter in question.parameters):
        values.setdefault("lang", lang)
    return values


def _table(answer: Answer, lang: str) -> None:
    console = _console()
    question = answer.question
    console.print(f"[bold]{question.title(lang)}[/bold]")
    console.print(question.description(lang), markup=False)
    headings = answer.headings(lang)
    shown = answer.shown()
    table = Table(header_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    rows = answer.rows.values()
    for name in shown:
        numeric = all(isinstance(row[name], (int, float, Decimal, type(None))) for row in rows)
        table.add_column(headings[name], justify="right" if numeric and rows else "left")
    for row in rows:
        table.add_row(*(_readable(name, row[name], lang) for name in shown))
    console.print(
        table if rows else ("Inget svar i underlaget." if lang == "sv" else "No answer in the data.")
    )
    console.print(f"\n{question.caveat(lang)}", style="dim", markup=False)


def _readable(name: str, value: Any, lang: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        yes, no = ("ja", "nej") if lang == "sv" else ("yes", "no")
        return yes if value else no
    if isinstance(value, int):
        # Thin spaces group thousands, as in the explorer; a year is no quantity.
        return str(value) if name.lower().endswith("year") else f"{value:,}".replace(",", "\u2009")
    if isinstance(value, (float, Decimal)):
        number = float(value)
        text = f"{number:.4g}" if abs(number) < 1000 else f"{number:,.0f}".replace(",", "\u2009")
        return text.replace(".", ",") if lang == "sv" else text
    return str(value)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def delimited(answer: Answer, output: str) -> str:
    """Return the answer as ``csv`` or ``tsv``: a header of variables, empty for what is not bound."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="," if output == "csv" else "\t", lineterminator="\n")
    writer.writerow(answer.rows.variables)
    writer.writerows([_plain(python_value(term)) for term in row] for row in answer.rows.rows)
    return out.getvalue()


def _json(answer: Answer, lang: str) -> str:
    question = answer.question
    content = {
        "question": question.slug,
        "title": question.title(lang),
        "parameters": {name: serialise(value) for name, value in answer.values.items()},
        "caveat": question.caveat(lang),
        "columns": answer.headings(lang),
        "results": [
            {name: float(value) if isinstance(value, Decimal) else value for name, value in row.items()}
            for row in answer.rows.values()
        ],
        "sparql": answer.sparql,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _console() -> Console:
    return Console(highlight=False, width=None if Console().is_terminal else 240)
