"""The endpoint against `oxigraph serve-read-only` and rdflib-endpoint: one run, one store, 8 connections.

The data are the current build of a workspace, cut or multiplied to as many statements as asked for (2.5
million by default): a further copy of every graph has its things under new names (``…--1``), the vocabulary
and ontology under the old ones, so the shape of the data stays and every index grows. Each uncached request
is a text of its own, by a comment; 400 actors take turns. Nothing is measured before every server has come to
rest after its start. The load generator runs on the same cores. Exit code 1 when a target is missed:

* light lookups, uncached: at least 0.5 × oxigraph's requests a second and 2 × rdflib-endpoint's. An HTTP
  process of ours answers those of `LIGHT` itself; `WORKERS` shows, without a target, what the way to a worker
  costs a query as light that it does not answer itself;
* heavy queries, uncached: at least 0.9 × oxigraph's;
* cached: at least as many as either of them;
* 100,000 rows as CSV, one after the other: at most 1.3 × oxigraph's time.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from client import Measured, measure

from ecograph.config import load_workspace
from ecograph.model.namespaces import PREFIXES
from ecograph.store.builds import Build, Builds
from ecograph.store.graph import DraftGraph, NamedNode, PublishedGraph

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
CONNECTIONS = 8
PROLOGUE = "".join(f"PREFIX {p}: <{PREFIXES[p]}> " for p in ("eco", "voc", "skos"))
LIGHT = {
    "types of an actor": "SELECT ?t {{ <{actor}> a ?t }}",
    "labels of an actor": "SELECT ?l {{ <{actor}> skos:prefLabel ?l }}",
    "projects of an actor": "SELECT ?p {{ ?x eco:byActor <{actor}> ; eco:inProject ?p }}",
}
WORKERS = {
    "labels by a path (worker)": "SELECT ?l {{ <{actor}> skos:prefLabel|skos:altLabel ?l }}",
}
HEAVY = {
    "actors of an area": "SELECT ?a (COUNT(DISTINCT ?p) AS ?n) {{ ?p eco:hasArea <{area}> . "
    "?x eco:inProject ?p ; eco:byActor ?a }} GROUP BY ?a ORDER BY DESC(?n) LIMIT 50",
    "participations by role": "SELECT ?r (COUNT(*) AS ?n) {{ ?x a eco:Participation ; eco:role ?r }} "
    "GROUP BY ?r",
}
LARGE = "SELECT * { ?s ?p ?o } LIMIT 100000"
_ID = re.compile(r"(<https?://[^>]*/id/[^>]*)>")


def scaled(workspace: Path, statements: int, place: Path) -> Build:
    """Publish the current build of the workspace, cut or multiplied to about so many statements."""
    build = Builds(load_workspace(workspace).state).current()
    if build is None:
        raise SystemExit(f"Build the workspace first: ecograph build -C {workspace}")
    shutil.copy(workspace / "ecograph.toml", place)
    builds, lines = Builds(place / ".ecograph"), place / "data.nq"
    graph = build.graph()
    sizes = {
        name: sum(1 for _ in graph.quads(None, None, None, NamedNode(name))) for name in graph.named_graphs()
    }
    count, copy = 0, 0
    with lines.open("w", encoding="utf-8") as file:
        while count < statements:
            for name in sorted(sizes, key=lambda each: sizes[each]):
                for quad in graph.quads(None, None, None, NamedNode(name)):
                    line = f"{quad} .\n"
                    file.write(_ID.sub(rf"\1--{copy}>", line) if copy else line)
                count += sizes[name]
                if count >= statements:
                    break
            copy += 1
    with builds.draft("bench0000000") as draft:
        store = DraftGraph(draft / "store")
        store.load(lines)
        store.finish()
        del store, graph
        gc.collect()
        lines.unlink()
        return builds.publish(draft, {})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[None]:
    """Run a server until the block ends; wait until it listens."""
    process = subprocess.Popen(
        command,
        cwd=HERE,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            if process.poll() is not None:
                raise SystemExit(f"{' '.join(command[:4])} ended at once with code {process.returncode}.")
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def rest(longest: float = 120) -> None:
    """Wait until all processes that this one has started use next to no processor time for two seconds."""
    began, quiet, before = time.monotonic(), 0, _processor_time()
    while quiet < 2 and time.monotonic() - began < longest:
        time.sleep(1)
        now = _processor_time()
        quiet, before = (quiet + 1 if now - before < 0.05 else 0), now


def _processor_time() -> float:
    """Seconds of processor time of all processes below this one (Linux), else the time that has passed."""
    parents, times = {}, {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            parents[int(entry.name)], times[int(entry.name)] = (
                int(fields[1]),
                int(fields[11]) + int(fields[12]),
            )
    found, grown = {os.getpid()}, {os.getpid()}
    while grown:
        grown = {pid for pid, parent in parents.items() if parent in found} - found
        found |= grown
    ticks = sum(times.get(pid, 0) for pid in found - {os.getpid()})
    return ticks / os.sysconf("SC_CLK_TCK") if times else time.monotonic() / 1e6


def request(path: str, query: str) -> bytes:
    head = f"GET {path}?query={quote(query)} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/csv\r\n\r\n"
    return head.encode()


def things(graph: PublishedGraph) -> tuple[list[str], list[str]]:
    """Actors with few and many projects, and areas."""
    actors = graph.select("SELECT DISTINCT ?a { ?x eco:byActor ?a } ORDER BY ?a LIMIT 400").rows
    areas = graph.select("SELECT DISTINCT ?a { ?p eco:hasArea ?a } ORDER BY ?a").rows
    return [str(row[0].value) for row in actors], [str(row[0].value) for row in areas]  # type: ignore[union-attr]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workspace", type=Path, default=ROOT / "data")
    parser.add_argument("--statements", type=int, default=2_500_000)
    parser.add_argument("--seconds", type=float, default=8.0, help="the most that one measurement takes")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    oxigraph = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if oxigraph is None:
        raise SystemExit("The peer is missing. Install it: pip install oxigraph")
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        build = scaled(options.workspace, options.statements, place)
        graph = build.graph()
        actors, areas = things(graph)
        print(f"{len(graph):,} statements, {CONNECTIONS} connections, {os.cpu_count()} cores", flush=True)
        ports = {name: free_port() for name in ("ecograph", "oxigraph", "rdflib-endpoint")}
        serve = [
            sys.executable,
            "-m",
            "ecograph",
            "serve",
            "-C",
            str(place),
            "--port",
            str(ports["ecograph"]),
        ]
        native = [oxigraph, "serve-read-only", "--location", str(build.store), "--union-default-graph",
                  "--bind", f"127.0.0.1:{ports['oxigraph']}"]  # fmt: skip
        peer = [sys.executable, "-m", "uvicorn", "peer:app", "--port", str(ports["rdflib-endpoint"]),
                "--log-level", "error"]  # fmt: skip
        paths = {"ecograph": "/sparql", "oxigraph": "/query", "rdflib-endpoint": "/"}
        if not actors or not areas:
            sys.exit("Too few statements: the part has no actors or areas. Try --statements 500000.")
        with (
            running(serve, ports["ecograph"]),
            running(native, ports["oxigraph"]),
            running(peer, ports["rdflib-endpoint"], STORE=str(build.store)),
        ):
            rest()  # what services do once at their start is not what is measured
            figures = compare(ports, paths, actors, areas, options.seconds)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return report(figures)


Figures = dict[str, dict[str, dict[str, float]]]


def compare(
    ports: dict[str, int], paths: dict[str, str], actors: list[str], areas: list[str], seconds: float
) -> Figures:
    """Measure each query against each server, one after the other."""
    figures: Figures = {}
    for title, template in {**LIGHT, **WORKERS, **HEAVY}.items():
        most = 2_000 if title in HEAVY else 30_000
        texts = [
            PROLOGUE + template.format(actor=actors[n % len(actors)], area=areas[n % len(areas)])
            for n in range(most)
        ]
        found = {}
        for name, port in ports.items():
            unique = [request(paths[name], f"{text} # {n}") for n, text in enumerate(texts)]
            measure(port, unique[-20:], CONNECTIONS, seconds)
            found[name] = measure(port, unique[:-20], CONNECTIONS, seconds)
        same = [request(paths["ecograph"], texts[0])] * most
        measure(ports["ecograph"], same[:1], 1, seconds)
        found["cached"] = measure(ports["ecograph"], same, CONNECTIONS, seconds)
        figures[title] = {name: told(each) for name, each in found.items()}
    large = {
        name: measure(port, [request(paths[name], f"{LARGE} # {n}") for n in range(5)], 1, 60)
        for name, port in ports.items()
    }
    figures["100,000 rows as CSV"] = {name: told(each) for name, each in large.items()}
    return figures


def told(measured: Measured) -> dict[str, float]:
    return {"rate": measured.rate, "p50": measured.percentile(0.5), "p95": measured.percentile(0.95)}


def report(figures: Figures) -> int:
    """Print the table and return 1 when a target is missed."""
    names = ("ecograph", "oxigraph", "rdflib-endpoint", "cached")
    print(f"{'requests/s (p95 in ms)':26}" + "".join(f"{name:>22}" for name in names) + "   ratios")
    missed = []
    for title, found in figures.items():
        cells = "".join(
            f"{found[name]['rate']:12,.0f} ({found[name]['p95'] * 1000:6.1f})"
            if name in found
            else f"{'':21}"
            for name in names
        )
        ours, native, other = (found[name] for name in names[:3])
        if title in WORKERS:
            targets = {"/ oxigraph": (ours["rate"] / native["rate"], 0.0)}
        elif title in LIGHT or title in HEAVY:
            targets = {
                "/ oxigraph": (ours["rate"] / native["rate"], 0.5 if title in LIGHT else 0.9),
                "cached / best": (found["cached"]["rate"] / max(native["rate"], other["rate"]), 1.0),
            }
            if title in LIGHT:
                targets["/ rdflib-endpoint"] = (ours["rate"] / other["rate"], 2.0)
        else:
            targets = {"oxigraph's time / ours": (native["p50"] / ours["p50"], 1 / 1.3)}
        words = []
        for name, (ratio, target) in targets.items():
            aim = f" (≥ {target:.2f}{'' if ratio >= target else ', MISSED'})" if target else ""
            words.append(f"{name} {ratio:.2f}{aim}")
            missed += [] if ratio >= target else [f"{title}: {name}"]
        print(f"{title:26}{cells}   {'; '.join(words)}")
    for line in missed:
        print(f"missed: {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
