"""Latency of the SPARQL endpoint over a real socket, on the current build of a workspace.

The peers in the same run are the bare engine in one process without HTTP (pyoxigraph, the least that is
possible) and rdflib on the same statements. Exit code 1 when a light query takes 20 ms or more at the median.
"""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from pyoxigraph import QueryResultsFormat, Store
from rdflib import Graph

from ecograph.config import load_workspace
from ecograph.store.builds import Builds

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 0.020
ECO = "https://w3id.org/ecograph/ns#"
LIGHT = {
    "types of one actor": "SELECT ?type {{ <{actor}> a ?type }}",
    "labels of one actor": "SELECT ?l {{ <{actor}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }}",
    "its projects": f"SELECT ?p {{{{ ?x <{ECO}byActor> <{{actor}}> ; <{ECO}inProject> ?p }}}}",
}
HEAVY = {"100,000 rows as CSV": "SELECT * { ?s ?p ?o } LIMIT 100000"}


def seconds(call: Callable[[int], object], times: int) -> list[float]:
    """Time each of `times` calls."""
    taken = []
    for number in range(times):
        began = time.perf_counter()
        call(number)
        taken.append(time.perf_counter() - began)
    return sorted(taken)


def over_http(port: int, query: str) -> Callable[[int], object]:
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def call(number: int) -> object:
        # The comment makes each query new, so that no cache answers it.
        path = f"/sparql?{urlencode({'query': f'{query} #{number} {os.getpid()}'})}"
        connection.request("GET", path, headers={"Accept": "text/csv"})
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise SystemExit(body.decode())
        return body

    return call


def native(store: Store, query: str) -> Callable[[int], object]:
    return lambda number: store.query(query, use_default_graph_as_union=True).serialize(
        format=QueryResultsFormat.CSV
    )


def rdflib_median(graph: Graph, query: str) -> float:
    return statistics.median(seconds(lambda number: list(graph.query(query)), 20))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, default=ROOT / "data")
    parser.add_argument("--times", type=int, default=300)
    options = parser.parse_args()
    build = Builds(load_workspace(options.workspace).state).current()
    if build is None:
        raise SystemExit("Build the workspace first: ecograph build -C data")
    store = Store.read_only(str(build.store))
    found = store.query(
        f"SELECT ?a {{ ?x <{ECO}byActor> ?a }} GROUP BY ?a ORDER BY DESC(COUNT(*)) ?a LIMIT 1 OFFSET 50",
        use_default_graph_as_union=True,
    )
    actor = next(iter(found))["a"].value  # type: ignore[union-attr, index, call-overload]
    peer = Graph()
    for quad in store.quads_for_pattern(None, None, None):
        if actor in (getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")):
            peer.parse(data=f"{quad.triple} .", format="nt")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ecograph.web", "-C", str(options.workspace), "--port", str(port)]
    service = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert service.stdout is not None
    try:
        print(service.stdout.readline().strip())
        print(f"{'query':24} {'endpoint p50':>13} {'p95':>9} {'engine p50':>11} {'rdflib p50':>11}   (ms)")
        slow = False
        for title, template in {**LIGHT, **HEAVY}.items():
            query = template.format(actor=actor) if title in LIGHT else template
            times = options.times if title in LIGHT else 5
            ours = seconds(over_http(port, query), times)
            bare = statistics.median(seconds(native(store, query), times))
            other = rdflib_median(peer, query) if title in LIGHT else None
            middle = statistics.median(ours)
            slow = slow or (title in LIGHT and middle >= LIMIT)
            beside = f"{other * 1000:11.2f}" if other is not None else f"{'':11}"
            print(
                f"{title:24} {middle * 1000:13.2f} {ours[int(len(ours) * 0.95)] * 1000:9.2f} "
                f"{bare * 1000:11.2f} {beside}"
            )
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait(10)
    print("rdflib holds only the statements about that actor; the others hold the whole build.")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
