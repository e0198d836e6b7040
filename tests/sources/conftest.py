"""What the tests of the readers share: a workspace, sources and the excerpts."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ecograph.config import RegionConfig, SourceConfig, Workspace
from ecograph.sources import read
from ecograph.tables.batch import Batch, Finding
from ecograph.tables.canonical import TABLES
from ecograph.tables.parse import parse

CHECKOUT = Path(__file__).resolve().parents[2]
EXCERPTS = Path(__file__).parent / "fixtures"
MUNICIPALITIES = ("2260", "2262", "2280", "2281", "2282", "2283", "2284")

Read = Callable[..., Batch]
Parse = Callable[..., tuple[pl.DataFrame, list[Finding]]]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with the localities and places of Västernorrland's own."""
    (tmp_path / "tables").mkdir()
    shutil.copy(CHECKOUT / "data/localities.csv", tmp_path)
    shutil.copy(CHECKOUT / "data/tables/places.csv", tmp_path / "tables")
    region = RegionConfig("SE321", "SE", "Västernorrland", "Västernorrland", MUNICIPALITIES, "2020-12")
    return Workspace(root=tmp_path, region=region, sources=())


@pytest.fixture
def read_source(workspace: Workspace) -> Read:
    """Read a path as a source of a kind, with options."""

    def reader(
        kind: str, path: Path, *, retrieved: str = "2025-03", progress: Any = None, **options: Any
    ) -> Batch:
        source = SourceConfig(
            id="test", kind=kind, path=path, batch="1", publisher="p", licence="l",
            retrieved=retrieved, title_sv="s", title_en="e", options=options,
        )  # fmt: skip
        return read(source, workspace, progress)

    return reader


@pytest.fixture
def excerpts() -> Path:
    """The directory of the publishers' excerpts."""
    return EXCERPTS


@pytest.fixture
def shared() -> Path:
    """The directory of the full source files beside the checkout."""
    path = CHECKOUT.parent / "shared" / "data"
    if not path.is_dir():
        pytest.skip("the full source files are not beside the checkout")
    return path


@pytest.fixture
def parse_rows() -> Parse:
    """Parse rows given as dictionaries of text into a canonical table."""

    def parser(table: str, *rows: dict[str, str | None]) -> tuple[pl.DataFrame, list[Finding]]:
        names = list(dict.fromkeys(name for row in rows for name in row))
        frame = pl.DataFrame(
            {name: [row.get(name) for row in rows] for name in names}, schema=dict.fromkeys(names, pl.String)
        )
        return parse(frame, TABLES[table], source_id="test", file=f"{table}.csv")

    return parser
