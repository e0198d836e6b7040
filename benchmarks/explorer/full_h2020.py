"""Make a workspace like data/ that holds the whole of Horizon 2020 instead of its Swedish part.

Usage: python benchmarks/explorer/full_h2020.py SOURCES TO

SOURCES is the directory of the publishers' whole files, of which tools/extract_sources.py makes the cut in
data/sources/h2020. Then build and measure; building takes about four minutes of processor time (4.3 million
statements):

    ecograph build -C TO
    python benchmarks/explorer/run.py --workspace TO --target 500
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


WHOLE = {
    "h2020.csv.gz": "cordis/h2020-2021/h2020.csv.gz",
    "programme_parts.csv.gz": "cordis/h2020-2021/programme_parts.csv.gz",
}
"""File of the workspace's source: the whole file in the publishers' directory."""
LIMIT = re.compile(r'(?<=options = \{) *country = "[A-Z]{2}",?')


def make(sources: Path, to: Path) -> None:
    """Copy data/ without its builds to `to`, put the whole files in and lift the limit to a country.

    Stops with a sentence when a file is missing, `to` exists, or the setting is not found.
    """
    missing = [path for path in WHOLE.values() if not (sources / path).is_file()]
    if missing:
        sys.exit(f"Not found under {sources}: {', '.join(missing)}")
    if to.exists():
        sys.exit(f"{to} exists already; name a directory that does not.")
    shutil.copytree(ROOT / "data", to, ignore=shutil.ignore_patterns(".ecograph"))
    for name, path in WHOLE.items():
        shutil.copyfile(sources / path, to / "sources/h2020" / name)
    settings = to / "ecograph.toml"
    before, mark, after = settings.read_text(encoding="utf-8").partition('id = "h2020"')
    lifted, times = LIMIT.subn("", after, count=1)
    if not times:
        sys.exit("The source h2020 of data/ecograph.toml has no limit to a country to lift.")
    settings.write_text(before + mark + lifted, encoding="utf-8")


def main() -> int:
    """Make the workspace and say what to do next."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", type=Path)
    parser.add_argument("to", type=Path)
    chosen = parser.parse_args()
    make(chosen.sources, chosen.to)
    print(f"Build it: ecograph build -C {chosen.to}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
