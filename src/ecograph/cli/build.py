"""`ecograph build`: from sources to a published build."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from ecograph.build import Outcome
from ecograph.build import build as run_build
from ecograph.cli.current import workspace_option
from ecograph.config import load_workspace

_STAGES = {
    "read": "Reading sources",
    "identify": "Gathering records of one actor",
    "load": "Writing statements",
    "validate": "Validating (SHACL)",
    "infer": "Inferring",
    "analyse": "Analysing networks",
    "optimise": "Compacting the store",
    "publish": "Publishing",
}


class _Bars:
    """Progress bars on a terminal; one line a stage elsewhere."""

    def __init__(self, console: Console, quiet: bool) -> None:
        self._console = console
        self._quiet = quiet

    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Callable[[int], None]]:
        title = _STAGES.get(name, name)
        if self._quiet:
            yield lambda _: None
        elif self._console.is_terminal:
            columns = (
                SpinnerColumn(),
                TextColumn("{task.description:<32}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
            )
            with Progress(*columns, console=self._console) as bars:
                task = bars.add_task(title, total=total)
                yield lambda steps: bars.advance(task, steps)
                bars.update(task, total=total or 1, completed=total or 1)
        else:
            self._console.print(f"{title} …")
            yield lambda _: None


@click.command()
@workspace_option
@click.option("--force", is_flag=True, help="Build although the current build is of the same inputs.")
@click.option(
    "--strict", is_flag=True, help="Refuse everything when any record is in violation (exit code 2)."
)
@click.option(
    "--shacl/--no-shacl", default=True, help="Run the SHACL gate; without it only to measure the rest."
)
@click.option("-q", "--quiet", is_flag=True, help="Print the summary only.")
def build(root: Path, force: bool, strict: bool, shacl: bool, quiet: bool) -> None:
    """Build the graph from the workspace's sources and serve it from now on.

    Rows that cannot be let in go to quarantine with the reason and the remedy; the rest is loaded, and the
    exit code is 0. With --strict nothing is loaded then, and the exit code is 2. The graph that is served
    changes only when the new one is complete.

    \b
    Examples:
      ecograph build -C data
      ecograph build -C data --force --strict
    """
    workspace = load_workspace(root)
    outcome = run_build(
        workspace, _Bars(Console(stderr=True), quiet), force=force, strict=strict, shacl=shacl
    )
    _report(outcome)


def _report(outcome: Outcome) -> None:
    console = Console(highlight=False, width=None if Console().is_terminal else 120)
    build_id = outcome.build.id
    if outcome.unchanged:
        console.print(f"Nothing has changed: build {build_id} is current. (--force builds it again.)")
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("Source")
    for title in ("Read", "Loaded", "Quarantined"):
        table.add_column(title, justify="right")
    for summary in outcome.summaries:
        table.add_row(
            summary.source.title_en,
            f"{summary.rows_read:,}",
            f"{summary.rows_loaded:,}",
            f"{summary.rows_quarantined:,}",
        )
    console.print(table)
    counts = outcome.build.manifest["findings"]
    statements = outcome.build.manifest["statements"]
    total, inferred = statements["total"], statements["inferred"]
    console.print(f"\nBuild {build_id}: {total:,} statements, {inferred:,} of them inferred.")
    if outcome.findings:
        console.print(
            f"{counts['violation']} rejected, {counts['warning']} warnings, {counts['info']} notes: "
            f"{outcome.build.path / 'quarantine.csv'}",
            soft_wrap=True,
        )
