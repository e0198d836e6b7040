"""`ecograph network structure`: the network as a whole, and how each actor stands in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, TypeVar

import click

from ecograph.api import structure as answers
from ecograph.cli.network_output import Asked, network_options
from ecograph.insight.structure import DRAWS
from ecograph.insight.structure_actors import SEED

F = TypeVar("F", bound=Callable[..., Any])


def part_options(command: F) -> F:
    """Give a command the options that narrow the network, and those of the draws."""
    options = (
        click.option(
            "--area", "areas", multiple=True, metavar="ID",
            help="Only projects of this area, such as forest-bioeconomy; may be given several times.",
        ),
        click.option(
            "--place", "places", multiple=True, metavar="ID",
            help="Only projects with a collaborator seated in this municipality or country, such as 2281.",
        ),
        click.option(
            "--draws", type=click.IntRange(39, 9999), default=DRAWS, show_default=True,
            help="Networks drawn at random to compare with.",
        ),
        click.option("--seed", type=int, default=SEED, show_default=True, help="Of the draws."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.command("structure")
@click.option("--actors", "what", flag_value="actors", help="Instead: each actor's place in the network.")
@click.option("--bridge-ties", "what", flag_value="bridges", help="Instead: collaborations that join alone.")
@click.option(
    "--sort", type=click.Choice(answers.SORTS), default="cut_off", show_default=True,
    help="What --actors are ordered by.",
)  # fmt: skip
@click.option(
    "--top", type=click.IntRange(1), default=20, show_default=True, help="Actors in a table; else all."
)
@part_options
@network_options
def structure(asked: Asked, what: str | None, sort: str, top: int, **part: Any) -> None:
    """The network as a whole: cohesion, mixing, core, against what chance gives.

    \b
    Examples:
      ecograph network structure -C data
      ecograph network structure -C data --area digitalisation --from 2014 --to 2020
      ecograph network structure -C data --actors --sort participation -o csv
    """
    if what == "bridges":
        found = answers.bridge_ties(asked.opened, window=asked.window, **part)
    elif what == "actors":
        found = answers.actor_places(asked.opened, sort=sort, window=asked.window, **part)
        rows = len(found.rows)
        if asked.output == "table" and rows > top:
            cut = (
                f"De {top} första av {rows}; alla kommer med -o csv eller --top.",
                f"The first {top} of {rows}; all of them with -o csv or --top.",
            )
            found = dataclasses.replace(found, rows=found.rows[:top], message=cut)
    else:
        found = answers.structure(asked.opened, window=asked.window, **part)
    asked.emit(found)
