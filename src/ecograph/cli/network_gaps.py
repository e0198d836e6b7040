"""`ecograph network gaps`: which groups meet less, or more, often than chance can explain."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import click

from ecograph.cli.network_output import Asked, NetworkAnswer, Shown, network_options
from ecograph.errors import QueryError
from ecograph.insight.gaps import Gaps, GapTest, find_gaps
from ecograph.insight.gaps_matrix import WINDOWS
from ecograph.insight.gaps_text import BASES, CAVEATS, VERDICTS, WINDOW_NAMES, answer, method
from ecograph.insight.groups import KINDS, By
from ecograph.insight.messages import NOUNS
from ecograph.network.nullmodels import DRAWS, SEED, Null
from ecograph.network.nullmodels_file import incidence_tests

_COLUMNS = (
    Shown("window", "Tid", "Period"),
    Shown("id_a", "Id A", "Id A", on_screen=False),
    Shown("id_b", "Id B", "Id B", on_screen=False),
    Shown("a", "A", "A"),
    Shown("b", "B", "B"),
    Shown("projects_a", "Projekt A", "Projects A"),
    Shown("projects_b", "Projekt B", "Projects B"),
    Shown("observed", "Observerat", "Observed"),
    Shown("expected", "Väntat", "Expected"),
    Shown("spread", "Standardavvikelse", "Standard deviation", on_screen=False),
    Shown("p_lower", "p färre", "p fewer"),
    Shown("q_lower", "q färre", "q fewer"),
    Shown("p_upper", "p fler", "p more"),
    Shown("q_upper", "q fler", "q more"),
    Shown("least_lower", "Minsta möjliga p", "Smallest possible p"),
    Shown("testable", "Kan bedömas", "Testable", on_screen=False),
    Shown("testable_upper", "Kan bedömas för fler", "Testable for more", on_screen=False),
    Shown("verdict", "Bedömning (nyckel)", "Verdict (key)", on_screen=False),
    Shown("says", "Bedömning", "Verdict"),
    Shown("against", "Håller inte vid", "Does not hold under", on_screen=False),
)

_AREA_COLUMNS = (
    Shown("basis", "Grund (nyckel)", "Basis (key)", on_screen=False),
    Shown("stands", "Korsbefruktning", "Cross-fertilisation"),
    Shown("relatedness", "Släktskap i landet", "Relatedness in the country", on_screen=False),
    Shown("relatedness_low", "Släktskap, lägst", "Relatedness, low", on_screen=False),
    Shown("relatedness_high", "Släktskap, högst", "Relatedness, high", on_screen=False),
)


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
    found = find_gaps(
        asked.graph, base=asked.base, region=asked.workspace.region, by=by, national=asked.national(),
        draws=draws, seed=seed,
    )  # fmt: skip
    asked.emit(_answer(asked, found, window))


def _answer(asked: Asked, found: Gaps, window: str) -> NetworkAnswer:
    side = 0 if asked.lang == "sv" else 1
    tests = found.tests if window == "each" else found.of(window)  # type: ignore[arg-type]
    (_, plural_sv), (_, plural_en) = NOUNS[found.by]
    return NetworkAnswer(
        question="network gaps",
        title=(
            f"Samarbetsluckor mellan {plural_sv}: möts de färre gånger än slumpen kan förklara?",
            f"Collaboration gaps between {plural_en}: do they meet less often than chance explains?",
        ),
        method=method(found),
        columns=_COLUMNS + (_AREA_COLUMNS if found.by == "area" else ()),
        rows=[_row(test, side) for test in tests],
        parameters=asked.parameters(
            by=found.by, window=window, **found.parameters,
            windows=[dataclasses.asdict(summary) for summary in found.windows],
            separation=[dataclasses.asdict(item) for item in found.separation],
            within=[dataclasses.asdict(item) for item in found.within],
            shared_actors=[dataclasses.asdict(item) for item in found.shared],
        ),
        coverage=found.coverage,
        message=answer(found),
        caveats=CAVEATS,
    )  # fmt: skip


def _row(test: GapTest, side: int) -> dict[str, Any]:
    return {
        **{name: getattr(test, name) for name in (
            "projects_a", "projects_b", "observed", "expected", "spread", "p_lower", "q_lower", "p_upper",
            "q_upper", "least_lower", "testable", "testable_upper", "verdict", "against", "basis",
            "relatedness", "relatedness_low", "relatedness_high",
        )},
        "window": WINDOW_NAMES[test.window][side],
        "id_a": test.a,
        "id_b": test.b,
        "a": test.label_a[side],
        "b": test.label_b[side],
        "says": VERDICTS[test.verdict][side],
        "stands": BASES[test.basis][side] if test.basis else None,
    }  # fmt: skip
