"""Time and memory of `ecograph build` from nothing, with and without the SHACL stage.

Each build runs as a process of its own on a copy of the workspace; the figures are the operating system's.
The peer in the same run is rdflib, which parses the same statements (N-Quads export) into its own store.
Exit code 1 when the build without SHACL takes 60 s or more, or 2 GiB or more.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS, GIBIBYTES = 60, 2


def measured(command: list[str]) -> tuple[float, float, float]:
    """Run a command; return wall seconds, CPU seconds and peak memory in GiB of that process."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    unit = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 2**30


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, default=ROOT / "data")
    options = parser.parse_args()
    ecograph = [sys.executable, "-m", "ecograph"]
    with tempfile.TemporaryDirectory() as directory:
        workspace = Path(directory) / "workspace"
        shutil.copytree(options.workspace, workspace, ignore=shutil.ignore_patterns(".ecograph"))
        rows = []
        for title, extra in (("build without SHACL", ["--no-shacl"]), ("build with SHACL", [])):
            command = [*ecograph, "build", "-C", str(workspace), "--force", "-q", *extra]
            rows.append((title, *measured(command)))
        dump = Path(directory) / "graph.nq"
        subprocess.run(
            [*ecograph, "export", "nquads", "-C", str(workspace), "-o", str(dump)],
            check=True,
            capture_output=True,
        )
        reading = f"import rdflib; rdflib.Dataset().parse({str(dump)!r}, format='nquads')"
        rows.append(("peer: rdflib parses the export", *measured([sys.executable, "-c", reading])))
        lines = sum(1 for _ in dump.open("rb"))
    print(f"{lines:,} statements")
    print(f"{'':32}{'wall s':>9}{'CPU s':>9}{'peak GiB':>10}")
    for title, wall, cpu, peak in rows:
        print(f"{title:32}{wall:9.1f}{cpu:9.1f}{peak:10.2f}")
    _, wall, _, peak = rows[0]
    print(f"ratio of wall time, build without SHACL : rdflib parse = {wall / rows[2][1]:.2f}")
    return 0 if wall < SECONDS and peak < GIBIBYTES else 1


if __name__ == "__main__":
    raise SystemExit(main())
