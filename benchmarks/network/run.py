"""The network measures against networkx, and their time and memory on whole networks.

Parts (``--part``, all of them by default); exit code 1 when a value differs or a target is missed:

a  The Horizon 2020 projects in the order of their record numbers until they have 2,000 actors. Each measure
   that networkx has too is run once by both on the same network, and the values must agree. networkx's
   constraint and effective size take minutes, so they are timed on every k-th actor (``--every``) and scaled,
   and the line says so. CPU seconds of one process. Target: 50 times fewer seconds in total.
b  The whole of Horizon 2020 (the file beside the checkout, else the workspace's extract): projection under
   5 seconds, all measures under 6 minutes and 4 GiB. Wall clock. Sampled betweenness has its error printed.
c  The county network of the workspace's current build: everything under 10 seconds, reading left out.
g  GEXF of (b) against networkx.write_gexf of the same nodes, edges and attributes, each in a process of its
   own: at least 5 times faster, with a quarter of the memory (peak resident set).
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXTRACT = ROOT / "data" / "sources" / "h2020" / "h2020.csv.gz"
WHOLE = ROOT.parent / "shared" / "data" / "cordis" / "h2020-2021" / "h2020.csv.gz"


def main() -> int:
    """Run the parts asked for and print their figures; 1 when a target is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=["a", "b", "c", "g"], action="append")
    parser.add_argument("--actors", type=int, default=2_000)
    parser.add_argument("--every", type=int, default=40)
    options = parser.parse_args()
    whole = WHOLE if WHOLE.is_file() else EXTRACT
    missed: list[str] = []
    for part in options.part or ["a", "b", "c", "g"]:
        print(f"({part})")
        if part == "a":
            from compared import compare

            missed += compare(EXTRACT, options.actors, options.every)
        elif part == "b":
            from whole import whole_network

            missed += whole_network(whole)
        elif part == "c":
            from county import county_network

            missed += county_network(ROOT / "data")
        else:
            missed += gexf(whole)
    for line in missed:
        print(f"Missed: {line}", file=sys.stderr)
    return 1 if missed else 0


def gexf(source: Path) -> list[str]:
    """Write the GEXF file by both, each in its own process, and compare seconds and memory."""
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for who in ("ecograph", "networkx"):
            script = Path(__file__).with_name("written.py")
            command = [sys.executable, str(script), who, str(source), str(Path(folder) / f"{who}.gexf")]
            seconds, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            figures[who] = float(seconds), float(peak)
            print(f"{who:<9} {float(seconds):7.2f} s, peak {float(peak):7.0f} MiB", flush=True)
    faster = figures["networkx"][0] / figures["ecograph"][0]
    share = figures["ecograph"][1] / figures["networkx"][1]
    print(f"GEXF: {faster:.1f} times faster with {share:.0%} of the memory")
    missed = [] if faster >= 5 else [f"GEXF only {faster:.1f} times faster than networkx"]
    return missed + ([] if share <= 0.25 else [f"GEXF takes {share:.0%} of networkx's memory"])


def timed(start: float) -> float:
    """Return the wall seconds since `start`."""
    return time.perf_counter() - start


def peak_mib() -> float:
    """Return the peak resident set of this process in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
