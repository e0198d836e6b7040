"""`ecograph network communities`: who collaborates densely, and how sure that is."""

from __future__ import annotations

from typing import Any

import click

from ecograph.api.communities import communities as answer
from ecograph.cli.network_output import Asked, network_options
from ecograph.cli.network_structure import part_options


@click.command("communities")
@click.option(
    "--smallest", type=click.IntRange(2), default=2, show_default=True, help="Leave out smaller communities."
)
@click.option("--number", type=click.IntRange(1), help="Only this community, with every actor of it.")
@part_options
@network_options
def communities(asked: Asked, **options: Any) -> None:
    """Which actors collaborate more densely with one another than with others.

    \b
    Examples:
      ecograph network communities -C data
      ecograph network communities -C data --number 2
    """
    asked.emit(answer(asked.opened, window=asked.window, **options))
