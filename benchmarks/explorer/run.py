"""Server time of the explorer's pages on the current build: median and 95th percentile of each page.

Starts `ecograph serve` on a free port, asks for each page in both languages one after another over one
connection, and stops the server. Exit code 1 when the 95th percentile of all requests is 200 ms or more.
Peer in the same run: the catalogue's queries alone, run in this process on the same build, to tell how much
of a page's time is the query and how much the page.
"""

from __future__ import annotations

import argparse
import http.client
import signal
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

from ecograph.config import load_workspace
from ecograph.model.iris import Base
from ecograph.query.catalogue import load_catalogue
from ecograph.query.run import run
from ecograph.store.builds import Builds

ROOT = Path(__file__).resolve().parents[2]
TARGET = 0.2
"""Seconds."""


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pages(workspace: Path) -> list[str]:
    """Return the addresses measured: each kind of page, an actor, every area, every question."""
    settings = load_workspace(workspace)
    build = Builds(settings.state).current()
    if build is None:
        sys.exit(f"There is no build. Make one first: ecograph build -C {workspace}")
    base, graph = Base(settings.base), build.graph()
    areas = [row["area"] for row in graph.select("SELECT ?area { ?area a eco:PriorityArea }").values()]
    busiest = graph.select(
        "SELECT ?actor { ?m eco:measure <https://w3id.org/ecograph/vocabulary/measure/degree> ; eco:rank 1 ; "
        "eco:measuredActor ?actor }"
    ).values()
    locals_ = [base.local(iri) for iri in [*areas, *(row["actor"] for row in busiest)]]
    kinds = ["", "actors", "areas", "bridges", "questions", "data", "about", "model", "search?q=Sundsvall"]
    return [
        *kinds,
        *(local for local in locals_ if local),
        *(f"questions/{slug}" for slug in load_catalogue()),
    ]


def request(connection: http.client.HTTPConnection, address: str) -> float:
    """Return the seconds until the whole page has come; stops when its status is not 200."""
    started = time.perf_counter()
    connection.request("GET", address)
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        sys.exit(f"{address} answered with {response.status}")
    return time.perf_counter() - started


def wait(port: int, server: subprocess.Popen[bytes]) -> http.client.HTTPConnection:
    """Return a connection once the server answers; stops when it has not within a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            request(connection, "/sv/")
        except OSError:
            connection.close()
            time.sleep(0.2)
            continue
        return connection
    sys.exit("the server did not start")


def queries_alone(workspace: Path) -> float:
    """Return the median seconds of the catalogue's queries with their defaults, in this process."""
    settings = load_workspace(workspace)
    build = Builds(settings.state).current()
    assert build is not None
    graph, taken = build.graph(), []
    for question in load_catalogue().values():
        started = time.perf_counter()
        run(question, graph, {}, base=Base(settings.base))
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def percentile(values: list[float], part: float) -> float:
    """Return the smallest value that at least `part` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, round(part * len(ordered)) - 1)]


def main() -> int:
    """Measure and print; 1 when the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, default=ROOT / "data")
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is asked for")
    options = parser.parse_args()
    port = free_port()
    addresses = pages(options.workspace)
    server = subprocess.Popen(
        [sys.executable, "-m", "ecograph", "serve", "-C", str(options.workspace), "--port", str(port)]
    )
    taken: dict[str, list[float]] = {}
    try:
        connection = wait(port, server)
        for _ in range(options.rounds):
            for lang in ("sv", "en"):
                for page in addresses:
                    taken.setdefault(page, []).append(request(connection, f"/{lang}/{page}"))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=15)
    for page, values in sorted(taken.items(), key=lambda item: -statistics.median(item[1])):
        median, high = statistics.median(values) * 1000, percentile(values, 0.95) * 1000
        print(f"{median:8.1f} ms median {high:8.1f} ms p95  {page}")
    whole = percentile([value for values in taken.values() for value in values], 0.95)
    questions = [statistics.median(values) for page, values in taken.items() if page.startswith("questions/")]
    print(f"questions as pages: median {statistics.median(questions) * 1000:.1f} ms;", end=" ")
    print(f"their queries alone: median {queries_alone(options.workspace) * 1000:.1f} ms")
    print(f"all pages: p95 {whole * 1000:.1f} ms; target below {TARGET * 1000:.0f} ms")
    return 0 if whole < TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
