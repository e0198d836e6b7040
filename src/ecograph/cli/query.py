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
from rich.table import Table

from ecograph.cli.current import current_build, workspace_option
from ecograph.cli.options import lang_option, output_option
from ecograph.cli.printed import console, readable
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
@output_option(["table", "csv", "tsv", "json"])
@lang_option
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
    screen = console()
    for theme, names in THEMES.items():
        questions = [question for question in catalogue.values() if question.theme == theme]
        if not questions:
            continue
        screen.print(f"\n[bold]{names[0 if lang == 'sv' else 1]}[/bold]")
        for question in questions:
            screen.print(f"  {question.slug}", style="cyan")
            screen.print(f"    {question.title(lang)}", markup=False)
            for parameter in question.parameters:
                if parameter.kind != "lang":
                    default = "" if parameter.optional else f" ({parameter.default})"
                    screen.print(f"    -p {parameter.name}: {parameter.label(lang)}{default}", markup=False)


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
    screen = console()
    question = answer.question
    screen.print(f"[bold]{question.title(lang)}[/bold]")
    screen.print(question.description(lang), markup=False)
    headings = answer.headings(lang)
    shown = answer.shown()
    table = Table(header_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    rows = answer.rows.values()
    for name in shown:
        numeric = all(isinstance(row[name], (int, float, Decimal, type(None))) for row in rows)
        table.add_column(headings[name], justify="right" if numeric and rows else "left")
    for row in rows:
        table.add_row(
            *(readable(row[name], lang, digits=4, year=name.lower().endswith("year")) for name in shown)
        )
    screen.print(
        table if rows else ("Inget svar i underlaget." if lang == "sv" else "No answer in the data.")
    )
    screen.print(f"\n{question.caveat(lang)}", style="dim", markup=False)


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
