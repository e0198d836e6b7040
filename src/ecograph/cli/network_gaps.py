"""`ecograph network gaps`: which groups meet less, or more, often than chance can explain."""

from __future__ import annotations

from pathlib import Path

import click

from ecograph.api.gaps import gaps as answer
from ecograph.cli.network_output import Asked, network_options
from ecograph.errors import QueryError
from ecograph.insight.gaps_matrix import WINDOWS
from ecograph.insight.groups import KINDS, By
from ecograph.network.nullmodels import DRAWS, SEED, Null
from ecograph.network.nullmodels_file import incidence_tests


@click.command("gaps")
@network_options
@click.option(
    "--by", type=click.Choice(KINDS), default="area", show_default=True, help="The groups to compare."
)
@click.option(
    "--window", type=click.Choice([*WINDOWS, "each"]), default="all", show_default=True,
    help="Projects begun before or after the strategy was adopted, the undated ones, all, or each apart.",
)  # fmt: skip
@click.option(
    "--incidence", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Instead of the workspace: a CSV file of rows × 0/1 columns; prints CSV.",
)  # fmt: skip
@click.option(
    "--null", type=click.Choice(["bicm", "fixed"]), default=None,
    help="The null model of --incidence (bicm unless named); the workspace is always tested by fixed.",
)  # fmt: skip
@click.option(
    "--draws", type=click.IntRange(min=100), default=DRAWS, show_default=True, help="Draws of fixed margins."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=SEED, show_default=True, help="Seed of the draws."
)
def gaps(
    asked: Asked, by: By, window: str, incidence: Path | None, null: Null | None, draws: int, seed: int
) -> None:
    """Test which areas, helices or municipalities meet less or more often than chance explains.

    \b
    Examples:
      ecograph network gaps -C data --by area
      ecograph network gaps -C data --by municipality --window each -o csv
      ecograph network gaps --incidence matrix.csv --null fixed
    """
    if incidence is not None:
        click.echo(incidence_tests(incidence, null=null or "bicm", draws=draws, seed=seed), nl=False)
        return
    if null == "bicm":
        raise QueryError(
            "Among a few groups the configuration model finds gaps where there are none.",
            remedy="Leave out --null: the workspace is tested with fixed margins.",
        )
    asked.emit(
        answer(asked.opened, by=by, period=window, draws=draws, seed=seed, window=asked.window)  # type: ignore[arg-type]
    )
