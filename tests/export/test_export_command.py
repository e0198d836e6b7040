"""`ecograph export` as it is typed: what it writes, what it says, how it refuses."""

from __future__ import annotations

import gzip
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from ecograph.cli import main
from ecograph.config import Workspace
from ecograph.errors import EcographError
from ecograph.export.files import replaced
from ecograph.store.builds import Build
from ecograph.store.graph import MemoryGraph


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["export", *(str(word) for word in words)])


def test_gexf_is_written_with_its_size_and_caveat(
    fixture_build: Build, fixture_workspace: Workspace, tmp_path: Path
) -> None:
    target = tmp_path / "network.gexf"
    result = run("gexf", "-C", fixture_workspace.root, "-o", target)
    assert result.exit_code == 0, result.output
    graph = nx.read_gexf(target)
    assert f"Wrote {graph.number_of_nodes()} nodes and {graph.number_of_edges()} edges" in result.output
    assert "Täckningsgrad" in result.output
    assert graph.number_of_nodes() > 0


def test_two_tables_are_written_into_a_directory_or_with_a_prefix(
    fixture_build: Build, fixture_workspace: Workspace, tmp_path: Path
) -> None:
    assert run("csv", "-C", fixture_workspace.root, "-o", tmp_path, "--lang", "en").exit_code == 0
    assert run("csv", "-C", fixture_workspace.root, "-o", tmp_path / "county-").exit_code == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "county-edges.csv",
        "county-nodes.csv",
        "edges.csv",
        "nodes.csv",
    ]
    assert (tmp_path / "nodes.csv").read_text(encoding="utf-8").startswith("Id,Label,")


def test_nquads_come_plain_or_compressed_and_are_the_same(
    fixture_build: Build, fixture_workspace: Workspace, tmp_path: Path
) -> None:
    plain, packed = tmp_path / "graph.nq", tmp_path / "graph.nq.gz"
    assert "statements" in run("nquads", "-C", fixture_workspace.root, "-o", plain).output
    assert run("nquads", "-C", fixture_workspace.root, "-o", packed).exit_code == 0
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    first = packed.read_bytes()
    assert run("nquads", "-C", fixture_workspace.root, "-o", packed).exit_code == 0
    assert packed.read_bytes() == first
    copy = MemoryGraph()
    copy.load(plain)
    assert len(copy) == len(fixture_build.graph())


def test_a_workspace_without_a_build_says_how_to_make_one(tmp_path: Path) -> None:
    (tmp_path / "ecograph.toml").write_text(
        '[region]\nnuts3 = "SE321"\ncountry = "SE"\nname_sv = "V"\nname_en = "V"\n'
        'municipalities = ["2281"]\nstrategy_adopted = "2020-12"\n'
    )
    result = run("gexf", "-C", tmp_path, "-o", tmp_path / "x.gexf")
    assert result.exit_code == 1
    assert "has no build yet" in result.output
    assert "ecograph build -C" in result.output
    assert not (tmp_path / "x.gexf").exists()


def test_no_workspace_is_named_with_its_remedy(tmp_path: Path) -> None:
    result = run("nquads", "-C", tmp_path, "-o", tmp_path / "x.nq")
    assert result.exit_code == 1
    assert "ecograph.toml is missing" in result.output


def test_a_missing_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(EcographError, match="There is no directory"), replaced(tmp_path / "none" / "x"):
        pass
    with pytest.raises(EcographError, match="is a directory"), replaced(tmp_path):
        pass


def test_a_failed_export_leaves_the_earlier_file(tmp_path: Path) -> None:
    target = tmp_path / "network.gexf"
    target.write_text("earlier")
    with pytest.raises(RuntimeError), replaced(target) as out:
        out.write(b"half")
        raise RuntimeError
    assert target.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [target]
