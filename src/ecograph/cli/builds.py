"""`ecograph builds`: the builds that are kept; show one, serve an earlier one again, clear old ones away."""

from __future__ import annotations

import json
from pathlib import Path

import click
import polars as pl
from rich.console import Console
from rich.table import Table

from ecograph.cli.current import current_build, workspace_option
from ecograph.config import load_workspace
from ecograph.errors import StoreError
from ecograph.insight.changes import KINDS, Changes, Kind, changes, predecessor
from ecograph.store.builds import Build, Builds
from ecograph.tables.canonical import TABLES

_SHOWN = 40
"""Records that the terminal shows."""


@click.group("builds")
def builds() -> None:
    """List the builds that are kept, show one, or serve an earlier one again.

    \b
    Examples:
      ecograph builds list -C data
      ecograph builds diff -C data
      ecograph builds rollback 0123456789ab -C data
    """


@builds.command("list")
@workspace_option
def list_builds(root: Path) -> None:
    """List the builds that are kept, the newest first; * marks the one that is served."""
    kept = Builds(load_workspace(root).state)
    served = kept.pointer()
    found = kept.all()
    if not found:
        click.echo(f"No builds yet. Make one: ecograph build -C {root}")
        return
    table = Table(box=None, pad_edge=False)
    for title in ("", "Build", "Finished", "Version"):
        table.add_column(title)
    for title in ("Statements", "Rejected", "MiB"):
        table.add_column(title, justify="right")
    for build in found:
        manifest = build.manifest
        table.add_row(
            "*" if build.path.name == served else "",
            build.id,
            str(manifest.get("finished", "")),
            str(manifest.get("version", "")),
            f"{manifest.get('statements', {}).get('total', 0):,}",
            f"{manifest.get('findings', {}).get('violation', 0):,}",
            f"{size_of(build.path) / 2**20:,.0f}",
        )
    Console(highlight=False, width=None if Console().is_terminal else 120).print(table)


@builds.command("show")
@click.argument("build_id", required=False)
@workspace_option
def show(build_id: str | None, root: Path) -> None:
    """Print what is known of a build as JSON; of the current one when no id is given."""
    workspace = load_workspace(root)
    build = _named(Builds(workspace.state), build_id) if build_id else current_build(workspace)
    click.echo(json.dumps(build.manifest, ensure_ascii=False, indent=2, sort_keys=True))


@builds.command("diff")
@click.argument("earlier_id", metavar="[EARLIER]", required=False)
@click.argument("later_id", metavar="[LATER]", required=False)
@workspace_option
@click.option("--table", type=click.Choice(list(TABLES)), help="Only the records of this table.")
@click.option("--change", type=click.Choice(list(KINDS)), help="Only records that entered, left or changed.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
@click.option(
    "--lang", type=click.Choice(["sv", "en"]), default="sv", show_default=True, help="Of the labels."
)
def diff(
    earlier_id: str | None, later_id: str | None, root: Path, table: str | None, change: Kind | None,
    form: str, lang: str,
) -> None:  # fmt: skip
    """Say what entered, left and changed between two builds; by default the current one and the one before.

    Exit code 0 also where nothing differs.
    """
    workspace = load_workspace(root)
    kept = Builds(workspace.state)
    later = _named(kept, later_id) if later_id else current_build(workspace)
    earlier = _named(kept, earlier_id) if earlier_id else predecessor(kept, later)
    if earlier is None:
        raise StoreError(
            f"No kept build is older than {later.id}.", remedy="Build again when an input has changed."
        )
    found = changes(earlier, later)
    chosen = found.of(change, table)
    if form == "csv":
        click.echo(chosen.write_csv(), nl=False)
    elif form == "json":
        content = {
            "earlier": earlier.id, "later": later.id, "code_changed": found.code_changed,
            "inputs": [{"file": name, "change": kind} for name, kind in found.inputs],
            "totals": found.totals.to_dicts(), "by_source": found.by_source.to_dicts(),
            "things": chosen.to_dicts(),
        }  # fmt: skip
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
    else:
        _print_diff(found, chosen, lang)


def _print_diff(found: Changes, chosen: pl.DataFrame, lang: str) -> None:
    console = Console(highlight=False, width=None if Console().is_terminal else 120)
    console.print(f"{found.earlier.id} → {found.later.id}")
    for name, kind in found.inputs:
        console.print(f"{kind}: {name}", markup=False)
    if found.nothing:
        console.print("The two builds state the same.")
        return
    counts = Table(box=None, pad_edge=False)
    counts.add_column("Table")
    for title in ("Before", "After", "Entered", "Left", "Changed"):
        counts.add_column(title, justify="right")
    for row in found.totals.filter(pl.sum_horizontal(*KINDS) > 0).iter_rows(named=True):
        numbers = (f"{row[name]:,}" for name in ("before", "after", *KINDS))
        counts.add_row(row["table"], *numbers)
    console.print(counts)
    for row in chosen.head(_SHOWN).iter_rows(named=True):
        console.print(
            f"{row['change']:8} {row['id']}  {row[f'label_{lang}'] or ''}", markup=False, soft_wrap=True
        )
    if chosen.height > _SHOWN:
        console.print(f"… and {chosen.height - _SHOWN:,} more: --format csv gives all.")


@builds.command("rollback")
@click.argument("build_id")
@workspace_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def rollback(build_id: str, root: Path, yes: bool) -> None:
    """Serve an earlier build again; running servers change over by themselves."""
    kept = Builds(load_workspace(root).state)
    build = _named(kept, build_id)
    current = kept.pointer()
    if current == build.path.name:
        click.echo(f"Build {build_id} is the current one already.")
        return
    if not yes:
        click.confirm(f"Serve build {build_id} instead of {current or 'none'}?", abort=True)
    kept.rollback(build_id)
    click.echo(f"Build {build_id} is served now.")


@builds.command("prune")
@workspace_option
@click.option(
    "--keep", type=click.IntRange(min=1), help="How many to keep; the workspace's setting by default."
)
def prune(root: Path, keep: int | None) -> None:
    """Remove old builds; never the current one or one that a process has open."""
    workspace = load_workspace(root)
    removed = Builds(workspace.state).prune(keep or workspace.keep_builds)
    click.echo(f"Removed: {', '.join(removed) or 'none'}.")


def size_of(directory: Path) -> int:
    """Return the bytes of all files below a directory."""
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())


def _named(kept: Builds, build_id: str) -> Build:
    build = kept.get(build_id)
    if build is None:
        known = ", ".join(each.id for each in kept.all()) or "none"
        raise StoreError(
            f"There is no build {build_id}.", remedy=f"Choose one of the builds that are kept: {known}."
        )
    return build
