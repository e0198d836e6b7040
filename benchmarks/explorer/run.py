"""Server time of the explorer's pages on the current build: median and 95th percentile of each page.

Starts `ecograph serve` on a free port, asks for each page type, every area, every question and what the
scripts fetch, in both languages one after another over one connection, then actors and projects that nobody
has asked for before, and stops the server. The first visit of each page type while the server still warms up
is told by itself; the others count. Exit code 1 when the 95th percentile of the
counted requests is not below the target: 200 ms on the workspace data/; 500 ms (--target 500) on a workspace
with the whole of Horizon 2020, which benchmarks/explorer/full_h2020.py makes.
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
sys.path.insert(0, str(ROOT / "tools"))

from page_types import DATA, PAGE_TYPES  # noqa: E402


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pages(workspace: Path) -> list[str]:
    """Return the addresses measured, without the language: page types, data, areas, questions."""
    settings = load_workspace(workspace)
    build = Builds(settings.state).current()
    if build is None:
        sys.exit(f"There is no build. Make one first: ecograph build -C {workspace}")
    base = Base(settings.base)
    rows = build.graph().select("SELECT ?area { ?area a eco:PriorityArea }").values()
    areas = [local for row in rows if (local := base.local(row["area"]))]
    questions = [f"questions/{slug}" for slug in load_catalogue()]
    return list(dict.fromkeys([*PAGE_TYPES.values(), *DATA.values(), *areas, *questions]))


def unseen(workspace: Path, most: int = 80) -> list[str]:
    """Return pages of actors and projects spread over the whole build, at most `most` of each kind."""
    settings = load_workspace(workspace)
    build = Builds(settings.state).current()
    assert build is not None
    found = []
    for kind in ("eco:collaboratesIn", "^eco:collaboratesIn"):
        rows = build.graph().select(f"SELECT DISTINCT ?x {{ ?x {kind} ?y }} ORDER BY ?x").values()
        locals_ = [local for row in rows if (local := Base(settings.base).local(row["x"]))]
        found += locals_[:: max(1, len(locals_) // most)][:most]
    return found


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
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
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
    parser.add_argument("--rounds", type=int, default=5, help="counted requests of a page and language")
    parser.add_argument("--target", type=float, default=200, help="milliseconds")
    options = parser.parse_args()
    port = free_port()
    addresses, others = pages(options.workspace), unseen(options.workspace)
    server = subprocess.Popen(
        [sys.executable, "-m", "ecograph", "serve", "-C", str(options.workspace), "--port", str(port)]
    )
    taken: dict[str, list[float]] = {}
    first: dict[str, float] = {}
    try:
        connection = wait(port, server)
        for page in addresses:
            first[page] = max(request(connection, f"/{lang}/{page}") for lang in ("sv", "en"))
        for _ in range(options.rounds):
            for lang in ("sv", "en"):
                for page in addresses:
                    taken.setdefault(page, []).append(request(connection, f"/{lang}/{page}"))
        spread = [request(connection, f"/sv/{page}") for page in others]
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=15)
    for page, values in sorted(taken.items(), key=lambda item: -statistics.median(item[1])):
        median, high = statistics.median(values) * 1000, percentile(values, 0.95) * 1000
        print(f"{median:8.1f} ms median {high:8.1f} ms p95 {first[page] * 1000:8.0f} ms first  {page}")
    whole = percentile([*spread, *(value for values in taken.values() for value in values)], 0.95)
    questions = [statistics.median(values) for page, values in taken.items() if page.startswith("questions/")]
    print(f"questions as pages: median {statistics.median(questions) * 1000:.1f} ms;", end=" ")
    print(f"their queries alone: median {queries_alone(options.workspace) * 1000:.1f} ms")
    over = [page for page, values in taken.items() if percentile(values, 0.95) * 1000 >= options.target]
    print(f"actors and projects visited for the first time: {len(spread)},", end=" ")
    print(f"median {statistics.median(spread) * 1000:.0f} ms, p95 {percentile(spread, 0.95) * 1000:.0f} ms")
    visit = percentile(list(first.values()), 0.95)
    print(f"page types while warming up: p95 {visit * 1000:.0f} ms of {len(first)} addresses")
    print(f"addresses whose own p95 is not below the target: {len(over)}")
    print(f"all requests: p95 {whole * 1000:.1f} ms; target below {options.target:.0f} ms")
    return 0 if whole * 1000 < options.target else 1


if __name__ == "__main__":
    sys.exit(main())
