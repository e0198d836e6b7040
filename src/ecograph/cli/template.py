"""`ecograph template`: the workbook that a steward fills in."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from ecograph.export.files import replaced
from ecograph.tables.canonical import TABLES
from ecograph.tables.template import write_template
from ecograph.tables.template_texts import Language


@click.command("template")
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    help="The .xlsx file to write.",
)
@click.option(
    "--table",
    "tables",
    multiple=True,
    type=click.Choice(list(TABLES)),
    help="A table that gets a sheet; may be given several times. All tables by default.",
)
@click.option(
    "--lang", type=click.Choice(["sv", "en"]), default="sv", show_default=True, help="Language of the notes."
)
def template(target: Path, tables: tuple[str, ...], lang: str) -> None:
    """Write a workbook to fill in: a sheet a table, with drop-down lists, notes and examples.

    \b
    Examples:
      ecograph template -o ecosystem.xlsx
      ecograph template -o projects.xlsx --table projects --table participations --lang en
    """
    with replaced(target) as out:
        write_template(out, tables, cast(Language, lang))
    click.echo(f"Wrote {target}. Fill it in, then: ecograph check {target}")
