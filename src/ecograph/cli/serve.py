"""``ecograph serve``: turns this process into the service's supervisor."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click


@click.command(
    name="serve",
    epilog="""\b
Examples:
  ecograph serve -C data
  ecograph serve -C data --port 8123 --timeout 10
  ecograph serve -C data --host 0.0.0.0 --workers 8""",
)
@click.option(
    "-C",
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    show_default=True,
    help="The workspace: the directory with ecograph.toml.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=max(4, os.cpu_count() or 1),
    show_default="4, or the number of cores when larger",
    help="How many queries may run at the same time.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=30.0,
    show_default=True,
    help="Seconds after which a visitor's query is stopped.",
)
@click.option(
    "--memory",
    type=click.IntRange(128, 1 << 20),
    default=2048,
    show_default=True,
    help="MiB that one visitor's query may use.",
)
def serve(workspace: Path, host: str, port: int, workers: int, timeout: float, memory: int) -> None:
    """Serve the current build: the explorer, the SPARQL endpoint, linked data.

    Runs in the foreground until Ctrl+C or SIGTERM. A new build is served as soon as it is published,
    without a restart.
    """
    command = [
        sys.executable, "-m", "ecograph.web", "-C", str(workspace), "--host", host, "--port", str(port),
        "--workers", str(workers), "--timeout", str(timeout), "--memory", str(memory << 20),
    ]  # fmt: skip
    os.execv(sys.executable, command)  # noqa: S606  the arguments are typed and checked above
