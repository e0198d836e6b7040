"""`ecograph network bridges`: who joins two areas, helices or municipalities, and how sure that is."""

from __future__ import annotations

import click

from ecograph.api.bridges import bridges as answer
from ecograph.cli.network_output import Asked, network_options
from ecograph.insight.groups import KINDS, By
from ecograph.insight.resampling import DRAWS, SEED


@click.command("bridges")
@click.option("--between", nargs=2, metavar="A B", help="Two areas, helices or municipalities.")
@click.option(
    "--by",
    type=click.Choice(KINDS),
    default="area",
    show_default=True,
    help="What is bridged.",
)
@click.option("--actor", "name", help="Only this actor, on every pair.")
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="Ranked actors to show.")
@click.option(
    "--draws", type=click.IntRange(0), default=DRAWS, show_default=True, help="Resamples; 0 for none."
)
@click.option("--seed", type=int, default=SEED, show_default=True, help="Seed of the resamples.")
@network_options
def bridges(
    asked: Asked, between: tuple[str, str] | None, by: By, name: str | None, top: int, draws: int, seed: int
) -> None:
    """Which actors join two areas, helices or municipalities, and how sure their rank is.

    Without --between: the first three of every pair. Every question has its own ranking.

    \b
    Examples:
      ecograph network bridges -C data --between forest-bioeconomy digitalisation
      ecograph network bridges -C data --by helix --between academia industry -o csv
      ecograph network bridges -C data --actor Mittuniversitetet
    """
    asked.emit(
        answer(
            asked.opened, between=between, by=by, actor=name, top=top, draws=draws, seed=seed,
            window=asked.window,
        )
    )  # fmt: skip
