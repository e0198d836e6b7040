"""`ecograph network introductions`: pairs of actors that could close a gap, to try in dialogue."""

from __future__ import annotations

import click

from ecograph.api.introductions import introductions as answer
from ecograph.cli.network_output import Asked, network_options
from ecograph.insight.groups import KINDS, By


@click.command("introductions")
@network_options
@click.option("--by", type=click.Choice(KINDS), default="area", show_default=True, help="The groups to join.")
@click.option("--between", nargs=2, metavar="A B", help="Only for these two groups, gap or not.")
@click.option(
    "--per-pair", type=click.IntRange(1, 100), default=5, show_default=True, help="Suggestions a pair."
)
def introductions(asked: Asked, by: By, between: tuple[str, str] | None, per_pair: int) -> None:
    """Suggest pairs of actors that could close a gap, with the reason in words.

    \b
    Examples:
      ecograph network introductions -C data
      ecograph network introductions -C data --between digitalisation renewable-energy
    """
    asked.emit(answer(asked.opened, by=by, between=between, per_pair=per_pair, window=asked.window))
