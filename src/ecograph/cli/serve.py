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
  ecograph serve -C data --host 0.0.0.0 --processes 8
  ecograph serve -C data --trusted-proxy 10.0.0.0/8 --rate 600""",
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
    "--processes",
    type=click.IntRange(1, 64),
    default=min(max(2, os.cpu_count() or 1), 4),
    show_default="the number of cores, from 2 to 4",
    help="How many processes answer HTTP.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=4,
    show_default=True,
    help="How many queries may run at the same time for each of these processes.",
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
@click.option(
    "--queue",
    type=click.IntRange(1, 10_000),
    default=64,
    show_default=True,
    help="How many queries may wait; half of it for one client at most.",
)
@click.option(
    "--rate",
    type=click.IntRange(0, 1_000_000),
    default=0,
    show_default="no limit",
    help="How many requests a client may send within a minute.",
)
@click.option(
    "--rate-store",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file in which several services on one machine count requests together.",
)
@click.option(
    "--trusted-proxy",
    multiple=True,
    metavar="ADDRESS",
    help="A proxy (address or network) whose X-Forwarded headers are believed; may be repeated.",
)
def serve(
    workspace: Path,
    host: str,
    port: int,
    processes: int,
    workers: int,
    timeout: float,
    memory: int,
    queue: int,
    rate: int,
    rate_store: Path | None,
    trusted_proxy: tuple[str, ...],
) -> None:
    """Serve the current build: the explorer, the SPARQL endpoint, linked data.

    Runs in the foreground until Ctrl+C or SIGTERM. A new build is served as soon as it is published,
    without a restart.
    """
    command = [
        sys.executable, "-m", "ecograph.web", "-C", str(workspace), "--host", host, "--port", str(port),
        "--processes", str(processes), "--workers", str(workers),
        "--timeout", str(timeout), "--memory", str(memory << 20),
        "--queue", str(queue), "--rate", str(rate), "--trusted-proxies", ",".join(trusted_proxy),
        "--rate-store", str(rate_store) if rate_store else "",
    ]  # fmt: skip
    os.execv(sys.executable, command)  # noqa: S606  the arguments are typed and checked above
