"""`ecograph check`: what a build would say of a file, or of itself, and nothing changed."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Literal, cast

import click
from rich.console import Console

from ecograph.check import Checked, check_build, check_files
from ecograph.cli.current import current_build
from ecograph.config import Workspace, load_workspace
from ecograph.export.files import replaced
from ecograph.sources.registry import KINDS
from ecograph.tables.canonical import TABLES
from ecograph.validation.figures import sentences
from ecograph.validation.report import Language, print_findings, to_html, to_json, to_turtle
from ecograph.validation.workbook import annotate

Format = Literal["terminal", "html", "json", "turtle", "xlsx"]

_SUFFIX: dict[Language, str] = {"sv": "granskad", "en": "checked"}


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option(
    "-C",
    "--workspace",
    "root",
    type=click.Path(path_type=Path),
    help="The workspace that references are looked up in; else the one that holds the file or the current "
    "directory, if any.",
)
@click.option(
    "--kind", type=click.Choice(list(KINDS)), help="The kind of source, where name and header do not tell."
)
@click.option(
    "--table", type=click.Choice(list(TABLES)), help="The table, where name and header do not tell."
)
@click.option(
    "--report",
    "form",
    type=click.Choice(["terminal", "html", "json", "turtle", "xlsx"]),
    default="terminal",
    show_default=True,
    help="What to write; xlsx is the workbook itself with the cells marked.",
)
@click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path), help="The file to write the report to."
)
@click.option(
    "--lang", type=click.Choice(["sv", "en"]), default="sv", show_default=True, help="Language of the report."
)
@click.option("--build", "whole", is_flag=True, help="Check the current build instead of a file.")
@click.pass_context
def check(
    context: click.Context,
    files: tuple[Path, ...],
    root: Path | None,
    kind: str | None,
    table: str | None,
    form: Format,
    target: Path | None,
    lang: str,
    whole: bool,
) -> None:
    """Say what a build would make of a file, and change nothing.

    A FILE is a workbook, a CSV or JSON file, or a directory of them. It is checked against the tables'
    schema, the references, the identity of actors, the area rules and the shapes, beside all that the
    workspace holds. Exit code 0: it would be loaded, perhaps with warnings; 2: some row would go to
    quarantine; 1: the file cannot be read.

    \b
    Examples:
      ecograph check new-projects.xlsx -C data
      ecograph check new-projects.xlsx -C data --report xlsx -o checked.xlsx
      ecograph check organisations.csv --report json
      ecograph check --build -C data
    """
    if whole == bool(files):
        raise click.UsageError("Name a file to check, or --build for the current build.")
    language = cast(Language, lang)
    progress = Console(stderr=True)
    with progress.status("Granskar …" if language == "sv" else "Checking …"):
        if whole:
            checked = check_build(current_build(load_workspace(root or Path())))
        else:
            checked = check_files(files, _workspace(root, files), kind=kind, table=table)
    _write(checked, form, target, language)
    context.exit(2 if checked.refused else 0)


def _workspace(root: Path | None, files: tuple[Path, ...]) -> Workspace | None:
    """Return the workspace named, else the nearest one above the current directory or the first file."""
    if root is not None:
        return load_workspace(root)
    here = Path.cwd()
    first = files[0].resolve()
    for directory in (here, *here.parents, *first.parents):
        if (directory / "ecograph.toml").is_file():
            return load_workspace(directory)
    return None


def _write(checked: Checked, form: Format, target: Path | None, language: Language) -> None:
    said = sentences(checked.rows, checked.figures, language)
    if form == "terminal":
        if target is None:
            _print(
                checked, Console(highlight=False, width=None if sys.stdout.isatty() else 140), language, said
            )
            return
        text = io.StringIO()
        _print(checked, Console(file=text, highlight=False, width=140), language, said)
        with replaced(target) as out:
            out.write(text.getvalue().encode())
        return
    if form == "xlsx":
        target = target or Path(f"{checked.files[0].stem}-{_SUFFIX[language]}.xlsx")
        with replaced(target) as out:
            annotate(checked.files, checked.findings, out, language, said)
        _print_brief(checked, language, said, target)
        return
    if form == "json":
        content = to_json(checked.findings, checked.report, language)
    elif form == "html":
        content = to_html(checked.findings, language, checked.report, said)
    else:
        content = to_turtle(checked.report)
    if target is None:
        click.echo(content, nl=False)
        return
    with replaced(target) as out:
        out.write(content.encode())
    _print_brief(checked, language, said, target)


def _print(checked: Checked, console: Console, language: Language, said: list[str]) -> None:
    for sentence in said:
        console.print(sentence, soft_wrap=True)
    print_findings(checked.findings, console, language, checked.report)


def _print_brief(checked: Checked, language: Language, said: list[str], target: Path) -> None:
    for sentence in said:
        click.echo(sentence, err=True)
    count = len(checked.findings)
    click.echo(
        f"{count} anmärkningar; rapporten står i {target}."
        if language == "sv"
        else f"{count} findings; the report is in {target}.",
        err=True,
    )
