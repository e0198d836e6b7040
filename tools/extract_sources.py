"""Make the source extracts of a workspace from copies of the publishers' whole files.

    python tools/extract_sources.py --from SHARED_DATA_DIR --to data/sources [--workspace data]

What belongs to the region is read from the workspace: its NUTS 3 code and municipalities (ecograph.toml),
the localities (localities.csv) and the organisation numbers (tables/organisations.csv). The rows that are
kept are kept byte for byte, except the personal and long texts named below. The names of the organisations
listed in withheld.csv (one-person businesses that bear a person's name) are left out. The same input gives
the same bytes: compressed files carry no time.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecograph.model.iris import slug

ORGANISATION_COLUMNS = ("orgId", "name", "shortName", "activityType", "city", "country", "numProjects")
PERSONAL_KEYS = frozenset({"projektledare", "telnr", "e-post", "projektbeskrivning"})
"""Contact persons, and a description too long to redistribute."""
EMPTIED_COLUMNS = ("involvedPeople", "projectAbstractSv", "projectAbstractEn")

csv.field_size_limit(sys.maxsize)


@dataclass(frozen=True, slots=True)
class Region:
    """The region by its codes, folded locality names and organisation numbers of its actors.

    `withheld` are the source's ids of organisations whose names are not to be passed on.
    """

    country: str
    nuts3: str
    municipality_names: frozenset[str]
    localities: frozenset[str]
    numbers: frozenset[str]
    withheld: frozenset[str]


def read_region(workspace: Path, target: Path) -> Region:
    """Read what belongs to the region of a workspace, and the ids in `target`/withheld.csv if it is there."""
    settings = tomllib.loads((workspace / "ecograph.toml").read_text(encoding="utf-8"))["region"]
    codes = set(settings["municipalities"])
    places = _rows(workspace / "tables" / "places.csv")
    localities = _rows(workspace / "localities.csv")
    organisations = _rows(workspace / "tables" / "organisations.csv")
    withheld = target / "withheld.csv"
    return Region(
        country=settings["country"],
        nuts3=settings["nuts3"],
        municipality_names=frozenset(row["label_sv"] for row in places if row["key"] in codes),
        localities=frozenset(slug(row["locality"]) for row in localities if row["lau_code"] in codes),
        numbers=frozenset(
            row["orgnr"] for row in organisations if row["municipality"] in codes and row["orgnr"]
        ),
        withheld=frozenset(row["id"] for row in _rows(withheld)) if withheld.is_file() else frozenset(),
    )


def extract_h2020(source: Path, target: Path, region: Region) -> str:
    """Keep the Horizon 2020 projects with a participant of the country, with all their participants."""
    table = _lines(source / "cordis/h2020-2021/h2020.csv.gz")
    header = table[0].rstrip("\n").split(",")
    rcn, pic, country = (header.index(name) for name in ("rcn", "pic", "country"))
    cells = [line.rstrip("\n").split(",") for line in table[1:]]
    projects = {row[rcn] for row in cells if row[country] == region.country}
    kept = [line for line, row in zip(table[1:], cells, strict=True) if row[rcn] in projects]
    participants = {row[pic] for row in cells if row[rcn] in projects}
    _write_gzip(target / "h2020.csv.gz", [table[0], *kept])

    parts = _lines(source / "cordis/h2020-2021/programme_parts.csv.gz")
    kept_parts = [line for line in parts[1:] if line.split(",", 1)[0] in projects]
    _write_gzip(target / "programme_parts.csv.gz", [parts[0], *kept_parts])

    with gzip.open(
        source / "cordis/h2020-2017/stacked_dump.csv.gz", "rt", encoding="utf-8", newline=""
    ) as stream:
        organisations = [
            [row[name] for name in ORGANISATION_COLUMNS]
            for row in csv.DictReader(stream)
            if row["orgId"] in participants - region.withheld
        ]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([ORGANISATION_COLUMNS, *organisations])
    _write_gzip(target / "organisations-2017.csv.gz", [text.getvalue()])
    return f"{len(projects)} projects, {len(kept)} participations, {len(organisations)} organisations named"


def extract_fp7(source: Path, target: Path, region: Region) -> str:
    """Keep the FP7 projects in which an organisation with its address in the region took part."""
    edges = _lines(source / "cordis/fp7-2016/fp7edges.csv.gz")
    organisations = _lines(source / "cordis/fp7-2016/fp7org_sod16.csv.gz")
    header = organisations[0].rstrip("\r\n").split(";")
    nuts, country, city = (header.index(n) for n in ("REGION_Level_NUTS_3", "country", "city"))
    records = [next(csv.reader([line], delimiter=";")) for line in organisations[1:]]
    ours = {
        row[0]
        for row in records
        if len(row) > city
        and row[country] == region.country
        and (row[nuts] == region.nuts3 or slug(row[city]) in region.localities)
    }
    pairs = [line.rstrip("\r\n").split("\t") for line in edges[1:]]
    projects = {project for project, organisation in pairs if organisation in ours}
    kept = [line for line, pair in zip(edges[1:], pairs, strict=True) if pair[0] in projects]
    participants = {organisation for project, organisation in pairs if project in projects} - region.withheld
    named = [
        line for line, row in zip(organisations[1:], records, strict=True) if row and row[0] in participants
    ]
    _write_gzip(target / "fp7edges.csv.gz", [edges[0], *kept])
    _write_gzip(target / "fp7org.csv.gz", [organisations[0], *named])
    return f"{len(ours)} organisations of the region, {len(projects)} projects, {len(kept)} participations"


def extract_projektbanken(source: Path, target: Path, region: Region) -> str:
    """Keep the ERDF projects that name a municipality of the region, without contacts and descriptions."""
    path = source / "projektbanken/Sweden_all_funds_2014-2020.json"
    projects = [
        {key: value for key, value in project.items() if key not in PERSONAL_KEYS}
        for project in json.loads(path.read_text(encoding="utf-8"))
        if region.municipality_names & {name.strip() for name in (project["kommuner"] or "").split(",")}
    ]
    text = json.dumps(projects, ensure_ascii=False, indent=1) + "\n"
    _write(target / "projektbanken.json", text.encode("utf-8"))
    return f"{len(projects)} projects"


def extract_swecris(source: Path, target: Path, region: Region) -> str:
    """Keep the projects that an actor of the region coordinates, without people and abstracts."""
    with gzip.open(source / "swecris/swecris_kth.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        names: Sequence[str] = reader.fieldnames or ()
        kept = [row for row in reader if row["coordinatingOrganisationId"] in region.numbers]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, **dict.fromkeys(EMPTIED_COLUMNS, "")} for row in kept)
    _write(target / "swecris.csv", text.getvalue().encode("utf-8"))
    return f"{len(kept)} rows"


EXTRACTS = {
    "h2020": extract_h2020,
    "fp7": extract_fp7,
    "projektbanken": extract_projektbanken,
    "swecris": extract_swecris,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Make all extracts and print what each holds; the exit code is 1 when a whole file is missing."""
    parser = argparse.ArgumentParser(description="Make the source extracts of a workspace.")
    parser.add_argument("--from", dest="source", type=Path, required=True, help="directory of whole files")
    parser.add_argument("--to", dest="target", type=Path, required=True, help="directory of the extracts")
    parser.add_argument("--workspace", type=Path, help="workspace whose region counts (default: above --to)")
    options = parser.parse_args(arguments)
    region = read_region(options.workspace or options.target.parent, options.target)
    for name, extract in EXTRACTS.items():
        try:
            print(f"{name}: {extract(options.source, options.target / name, region)}")
        except FileNotFoundError as error:
            print(f"{name}: the file {error.filename} is missing.", file=sys.stderr)
            return 1
    return 0


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return list(_split(stream))


def _split(stream: Iterable[str]) -> Iterator[str]:
    yield from stream


def _write_gzip(path: Path, lines: Iterable[str]) -> None:
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0, compresslevel=9) as stream:
        stream.write("".join(lines).encode("utf-8"))
    _write(path, buffer.getvalue())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
