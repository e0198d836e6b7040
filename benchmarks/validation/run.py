"""The gate against pySHACL alone: CPU seconds a triple, on a CORDIS-shaped graph, with the same shapes.

The gate takes the whole graph, pySHACL a tenth of the same kind (it needs too long on the whole). Both start
from a parsed graph in memory; the loads are printed by themselves. Ends with 1 when the gate needs more than
a fiftieth of pySHACL's CPU time a triple, or when it does not find exactly the nodes made faulty.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

import pyshacl
import rdflib

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generate import Generated, write_graph

from ecograph.store.graph import MemoryGraph
from ecograph.validation.authority import quiet_literals
from ecograph.validation.gate import validate
from ecograph.validation.shapes import load_shapes


def main() -> int:
    """Run both and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=2_500_000)
    parser.add_argument("--peer-triples", type=int, default=0, help="pySHACL's share; default a tenth")
    parser.add_argument("--one-in", type=int, default=10_000, help="one node in so many is in violation")
    parser.add_argument("--ratio", type=float, default=50.0, help="the least ratio")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ours = _gate(Path(folder) / "whole.nt", options.triples, options.one_in)
        peer = _pyshacl(
            Path(folder) / "tenth.nt", options.peer_triples or options.triples // 10, options.one_in
        )
    ratio = peer / ours
    print(f"ratio: {ratio:.1f} (at least {options.ratio:g} wanted)")
    return 0 if ratio >= options.ratio else 1


def _gate(path: Path, triples: int, one_in: int) -> float:
    made = write_graph(path, triples, one_in)
    graph = MemoryGraph()
    start = time.process_time()
    graph.load(path, format="nt", graph="https://example.org/graph/source/cordis/bench")
    print(f"gate: load {time.process_time() - start:.2f} s CPU, {made.triples} triples, {made.nodes} nodes")
    shapes = load_shapes()
    start = time.process_time()
    report = validate(graph, shapes)
    seconds = time.process_time() - start
    found = {result.focus for result in report.results}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"gate: {seconds:.2f} s CPU, {seconds / made.triples * 1e6:.3f} µs a triple, "
        f"{report.screened} constraints, {len(found)} nodes in violation of {len(made.faulty)} made faulty, "
        f"peak {memory:.2f} GiB"
    )
    _check(found, made)
    return seconds / made.triples


def _pyshacl(path: Path, triples: int, one_in: int) -> float:
    made = write_graph(path, triples, one_in)
    start = time.process_time()
    with quiet_literals():
        data = rdflib.Graph().parse(path, format="nt")
    print(
        f"pyshacl: load {time.process_time() - start:.2f} s CPU, {made.triples} triples, {made.nodes} nodes"
    )
    shapes = load_shapes().graph
    start = time.process_time()
    with quiet_literals():
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    seconds = time.process_time() - start
    found = {str(node) for node in report.objects(None, rdflib.SH.focusNode)}
    print(
        f"pyshacl {pyshacl.__version__}: {seconds:.2f} s CPU, {seconds / made.triples * 1e6:.3f} µs a "
        f"triple, {len(found)} nodes in violation of {len(made.faulty)} made faulty"
    )
    _check(found, made)
    return seconds / made.triples


def _check(found: set[str], made: Generated) -> None:
    if found != made.faulty:
        differing = sorted(found ^ made.faulty)[:5]
        raise SystemExit(f"the nodes found are not the nodes made faulty, for instance {differing}")


if __name__ == "__main__":
    sys.exit(main())
