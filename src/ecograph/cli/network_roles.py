"""`ecograph network roles`: brokerage roles between areas, helices or municipalities."""

from __future__ import annotations

import dataclasses

import click

from ecograph.api.roles import roles as answer
from ecograph.cli.network_output import Asked, network_options
from ecograph.insight.groups import KINDS, By
from ecograph.network.rolenulls import Null


@click.command("roles")
@click.option("--by", type=click.Choice(KINDS), default="helix", show_default=True, help="Between what.")
@click.option(
    "--null", type=click.Choice(["labels", "density"]), default="labels", show_default=True,
    help="Chance: groups dealt out at random, or ties placed at random.",
)  # fmt: skip
@click.option("--per-group", is_flag=True, help="One row for each group that an actor is in.")
@click.option(
    "--largest-consortium", "largest", type=click.IntRange(2),
    help="Leave out projects with more collaborators than this.",
)  # fmt: skip
@click.option(
    "--top", type=click.IntRange(1), default=20, show_default=True, help="Actors in a table; else all."
)
@network_options
def roles(asked: Asked, by: By, null: Null, per_group: bool, largest: int | None, top: int) -> None:
    """Which brokerage roles actors have between areas, helices or municipalities.

    \b
    Examples:
      ecograph network roles -C data --by helix
      ecograph network roles -C data --by area --per-group -o csv
    """
    found = answer(
        asked.opened, by=by, null=null, per_group=per_group, largest=largest, window=asked.window
    )  # fmt: skip
    rows = len(found.rows)
    if asked.output == "table" and rows > top:
        cut = (
            f"De {top} första av {rows}; alla kommer med -o csv eller --top.",
            f"The first {top} of {rows}; all of them with -o csv or --top.",
        )
        message = found.message if found.message[0] else cut
        found = dataclasses.replace(found, rows=found.rows[:top], message=message)
    asked.emit(found)
