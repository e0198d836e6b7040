"""`ecograph network what-if`: the network without an actor or programme, or with a new collaboration."""

from __future__ import annotations

import click

from ecograph.api.what_if import what_if as answer
from ecograph.cli.network_output import Asked, network_options
from ecograph.insight.groups import KINDS, By


@click.command("what-if")
@click.option("--remove", multiple=True, metavar="ACTOR", help="Take an actor away; may be repeated.")
@click.option(
    "--remove-programme", "programmes", multiple=True, metavar="PROGRAMME", help="Take a programme away."
)
@click.option("--add", nargs=2, multiple=True, metavar="A B", help="Let two actors collaborate.")
@click.option("--area", "areas", multiple=True, help="An area that the added collaboration counts to.")
@click.option("--by", type=click.Choice(KINDS), default="area", show_default=True, help="Between what.")
@click.option("--test", "tested", is_flag=True, help="Test the meetings against chance too.")
@network_options
def what_if(
    asked: Asked,
    remove: tuple[str, ...],
    programmes: tuple[str, ...],
    add: tuple[tuple[str, str], ...],
    areas: tuple[str, ...],
    by: By,
    tested: bool,
) -> None:
    """What changes when an actor or programme goes away, or a collaboration comes.

    Names may be the label, a former or other name, or the id.

    \b
    Examples:
      ecograph network what-if -C data --remove "Bron Innovation"
      ecograph network what-if -C data --remove-programme "Horisont 2020"
      ecograph network what-if -C data --add "Bron Innovation" Processum --area digitalisation
    """
    asked.emit(
        answer(
            asked.opened, remove=remove, programmes=programmes, add=add, areas=areas, by=by, tested=tested,
            window=asked.window,
        )
    )  # fmt: skip
