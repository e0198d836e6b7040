"""`ecograph network evolution`: how actors, ties and the meetings of areas changed over the years."""

from __future__ import annotations

from typing import get_args

import click

from ecograph.api.evolution import Show
from ecograph.api.evolution import evolution as answer
from ecograph.cli.network_output import Asked, network_options


@click.command("evolution")
@click.option(
    "--show", type=click.Choice(get_args(Show)), default="years", show_default=True,
    help="Years, pairs of areas by year, before and after the strategy, or what hangs on each programme.",
)  # fmt: skip
@click.option(
    "--largest-consortium", "largest", type=click.IntRange(2),
    help="Leave ties of projects with more collaborators than this out (years).",
)  # fmt: skip
@network_options
def evolution(asked: Asked, show: Show, largest: int | None) -> None:
    """How actors, ties and the meetings of areas changed, and what a programme's end would take away.

    \b
    Examples:
      ecograph network evolution -C data
      ecograph network evolution -C data --show pairs --from 2014 --to 2024 -o csv
      ecograph network evolution -C data --show programmes
    """
    asked.emit(answer(asked.opened, show=show, largest=largest, window=asked.window))
