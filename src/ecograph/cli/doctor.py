"""`ecograph doctor`: what is missing or odd in the installation, the workspace and the current build."""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path
from typing import Literal

import click
from rich.console import Console

from ecograph import __version__
from ecograph.cli.builds import size_of
from ecograph.cli.current import workspace_option
from ecograph.config import Workspace, load_workspace, resource
from ecograph.errors import EcographError
from ecograph.query.catalogue import load_catalogue
from ecograph.sources.registry import KINDS, read
from ecograph.store.builds import Build, Builds
from ecograph.store.fingerprint import build_id

Level = Literal["ok", "warning", "problem"]

_MARKS: dict[Level, str] = {
    "ok": "[green]ok[/green]",
    "warning": "[yellow]warning[/yellow]",
    "problem": "[red]problem[/red]",
}
_SPARE = 512 * 2**20
"""Bytes of free disk below which a build may not fit."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: how it stands, what was found, and how to mend it."""

    level: Level
    message: str
    remedy: str = ""


@click.command("doctor")
@workspace_option
@click.option("--tables/--no-tables", default=True, help="Read every source, to see that its tables parse.")
def doctor(root: Path, tables: bool) -> None:
    """Say what is missing or odd in the installation, the workspace and the current build.

    Each line is ok, a warning or a problem, with its remedy. The exit code is 1 when there is a problem.

    \b
    Example:
      ecograph doctor -C data
    """
    console = Console(highlight=False, width=None if Console().is_terminal else 160)
    worst = _section(console, "Installation", installation)
    try:
        workspace = load_workspace(root)
    except EcographError as error:
        console.print("\n[bold]Workspace[/bold]")
        _print(console, Check("problem", error.message, error.remedy))
        sys.exit(1)
    worst |= _section(console, f"Workspace {root}", lambda: workspace_checks(workspace, tables))
    worst |= _section(console, "Current build", lambda: build_checks(workspace))
    sys.exit(1 if worst else 0)


def installation() -> Iterator[Check]:
    """Look at Python, the packages, the package's resources and the front-end bundle."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check("ok", f"Python {version}, ecograph {__version__}")
    if not _installed("ecograph"):
        yield Check("warning", "ecograph runs from its source, without being installed.", "make setup")
    elif missing := [name for name in _required() if not _installed(name)]:
        yield Check("problem", f"Packages are missing: {', '.join(missing)}.", "make setup")
    else:
        yield Check("ok", f"All {len(_required())} packages that ecograph needs are installed")
    for kind, pattern in (("ontology", "*.ttl"), ("shapes", "*.ttl")):
        found = len(list(resource(kind).rglob(pattern)))
        yield _counted(found, f"files of the {kind}")
    try:
        yield _counted(len(load_catalogue()), "questions in the catalogue")
    except EcographError as error:
        yield Check("problem", str(error.place or "") + f" {error.message}", error.remedy)
    web = Path(str(resources.files("ecograph"))) / "web"
    if any((web / "static").glob("*.js")) and any((web / "static").glob("*.css")):
        yield Check("ok", "The explorer's front end is built")
    else:
        yield Check("problem", "The explorer's front end is not built.", "make setup")
    if not any((web / "translations").rglob("*.mo")):
        yield Check("warning", "The explorer's translations are not compiled.", "make setup")


def workspace_checks(workspace: Workspace, tables: bool) -> Iterator[Check]:
    """Look at the settings and at each source: is it there, of a known kind, does it parse."""
    yield Check("ok", f"ecograph.toml: {workspace.region.name_en}, {len(workspace.sources)} sources")
    if not workspace.base.endswith("/"):
        yield Check(
            "problem", f"The base address {workspace.base} does not end with a slash.", "Add the slash."
        )
    if not workspace.site.reachable:
        yield Check(
            "warning",
            "The accessibility statement names nobody: [site] lacks operator or contact.",
            "Fill operator and contact_email in [site]; docs/reference/configuration.md tells more.",
        )
    if missing := _unsaid_in_the_catalogue(workspace):
        yield Check(
            "warning",
            f"The catalogue of open data (DCAT-AP-SE) does not say: {', '.join(missing)}.",
            "Whoever publishes the data fills [catalogue]; docs/reference/endpoint.md tells more.",
        )
    if not workspace.sources:
        yield Check("warning", "The workspace has no sources.", "Add a [[source]] to ecograph.toml.")
    for source in workspace.sources:
        if source.kind not in KINDS:
            yield Check(
                "problem",
                f"{source.id}: the kind {source.kind!r} is unknown.",
                f"Known: {', '.join(KINDS)}.",
            )
        elif not source.path.exists():
            yield Check(
                "problem",
                f"{source.id}: {source.path} does not exist.",
                "Put the file there or correct path.",
            )
        elif tables:
            try:
                batch = read(source, workspace)
            except EcographError as error:
                yield Check("problem", f"{source.id}: {error.message}", error.remedy)
                continue
            rejected = sum(finding.severity == "violation" for finding in batch.findings)
            if rejected:
                yield Check(
                    "warning",
                    f"{source.id}: {batch.rows_read:,} rows, {rejected:,} findings that keep rows out.",
                    "Build, then read quarantine.csv: file, row, column, reason and remedy stand there.",
                )
            else:
                yield Check("ok", f"{source.id}: {batch.rows_read:,} rows")
        else:
            yield Check("ok", f"{source.id}: {source.path} is there")


def _unsaid_in_the_catalogue(workspace: Workspace) -> list[str]:
    """Return what DCAT-AP-SE demands of a catalogue and [catalogue] leaves out."""
    text = (workspace.root / "ecograph.toml").read_text(encoding="utf-8")
    said = tomllib.loads(text).get("catalogue", {})
    demanded = {"publisher": "publisher", "contact": "contact_email", "licence": "licence"}
    return [what for what, key in demanded.items() if not said.get(key)]


def build_checks(workspace: Workspace) -> Iterator[Check]:
    """Look at the current build: does it open, is it of today's inputs, is there room for the next."""
    builds = Builds(workspace.state)
    again = f"ecograph build -C {workspace.root}"
    try:
        build = builds.current()
    except EcographError as error:
        yield Check("problem", error.message, error.remedy)
        return
    if build is None:
        yield Check("warning", "Nothing has been built yet.", again)
    else:
        yield from _contents(build)
        if build_id(workspace) != build.id:
            yield Check("warning", "Inputs, code or settings have changed since this build.", again)
        else:
            yield Check("ok", "The build is of today's inputs")
    place = workspace.state if workspace.state.is_dir() else workspace.root
    free = shutil.disk_usage(place).free
    needed = max(_SPARE, 3 * size_of(build.path) if build else 0)
    room = f"{free / 2**30:,.1f} GiB free on the disk of the builds"
    if free < needed:
        yield Check(
            "warning", f"Only {room}.", f"Free some space, or: ecograph builds prune -C {workspace.root}"
        )
    else:
        yield Check("ok", f"{room}; {len(builds.all())} builds are kept")


def _contents(build: Build) -> Iterator[Check]:
    try:
        graph = build.graph()
        counts = graph.select(
            "SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE { VALUES ?class { eco:Actor eco:Project "
            "eco:Participation eco:PriorityArea eco:AnalysisRun } ?thing a ?class } GROUP BY ?class"
        ).values()
    except (EcographError, OSError) as error:
        yield Check("problem", f"The build {build.id} cannot be read: {error}.", "Build again with --force.")
        return
    found = {row["class"].rsplit("#", 1)[-1]: row["n"] for row in counts}
    total = build.manifest.get("statements", {}).get("total")
    if total != len(graph):
        yield Check(
            "problem",
            f"The store of {build.id} holds {len(graph):,} statements, its manifest says {total}.",
            "Build again with --force.",
        )
    else:
        parts = ", ".join(f"{found.get(name, 0):,} {name}" for name in ("Actor", "Project", "Participation"))
        yield Check("ok", f"Build {build.id} opens: {total:,} statements; {parts}")
    if not found.get("PriorityArea"):
        yield Check("warning", "The build has no priority areas.", "Fill the table areas of the workspace.")
    if not found.get("AnalysisRun"):
        yield Check("warning", "The build has no network analysis.", "Build again; too few projects?")


def _required() -> list[str]:
    """The distributions that ecograph requires, without extras and markers."""
    wanted = metadata.requires("ecograph") or []
    return sorted(
        re.split(r"[^A-Za-z0-9._-]", each, maxsplit=1)[0] for each in wanted if "extra ==" not in each
    )


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _counted(found: int, what: str) -> Check:
    return (
        Check("ok", f"{found} {what}")
        if found
        else Check("problem", f"No {what} found.", "Install ecograph again.")
    )


def _section(console: Console, title: str, checks: Callable[[], Iterator[Check]]) -> bool:
    console.print(f"\n[bold]{title}[/bold]")
    problem = False
    for check in checks():
        _print(console, check)
        problem |= check.level == "problem"
    return problem


def _print(console: Console, check: Check) -> None:
    console.print(f"  {_MARKS[check.level]}  ", end="")
    console.print(check.message, markup=False)
    if check.remedy:
        console.print(f"      Remedy: {check.remedy}", markup=False)
