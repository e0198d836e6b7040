"""`ecograph network strengths`: where the region is specialised compared with the country, and what is
near."""

from __future__ import annotations

import click

from ecograph.api.strengths import strengths as answer
from ecograph.cli.network_output import Asked, network_options


@click.command("strengths")
@network_options
@click.option("--options", is_flag=True, help="Instead: activities that the region could move into, ranked.")
def strengths(asked: Asked, options: bool) -> None:
    """Compare the region's participations and money per area with the country's.

    \b
    Examples:
      ecograph network strengths -C data
      ecograph network strengths -C data --options
    """
    asked.emit(answer(asked.opened, options=options, window=asked.window))
