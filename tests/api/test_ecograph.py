"""The analysts' interface: open a build, ask, and get frames, answers and networks."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
from pathlib import Path

import networkx as nx
import polars as pl
import pytest

import ecograph
from ecograph.api import ecograph as interface
from ecograph.cli.network_output import emit
from ecograph.config import Workspace
from ecograph.errors import BuildError, QueryError
from ecograph.store.builds import Build

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "analyse-in-python.md"


@pytest.fixture(scope="module")
def region(fixture_workspace: Workspace, fixture_build: Build) -> ecograph.Ecograph:
    return ecograph.open(fixture_workspace.root, lang="en")


def test_importing_the_package_imports_nothing_heavy() -> None:
    script = (
        "import sys, ecograph; assert 'numpy' not in sys.modules and 'polars' not in sys.modules;"
        "import ecograph.api;"
        "print([name for name in ('networkx', 'igraph', 'scipy.stats', 'rdflib') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_examples_in_the_docstrings_are_true(fixture_workspace: Workspace, fixture_build: Build) -> None:
    names = {"workspace": fixture_workspace.root, "ecograph": ecograph}
    found = doctest.DocTestFinder().find(interface, extraglobs=names)
    results = [doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(one) for one in found]
    assert sum(result.attempted for result in results) > 10
    assert sum(result.failed for result in results) == 0


def test_the_code_of_the_how_to_runs_as_it_stands(
    fixture_workspace: Workspace, fixture_build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").symlink_to(fixture_workspace.root)
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) > 4
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(HOW_TO), "exec"), names)
    assert (tmp_path / "county.graphml").is_file()


def test_a_question_of_the_catalogue_gives_a_frame(region: ecograph.Ecograph) -> None:
    slugs = region.questions()
    assert "bridging-actors" in slugs["slug"].to_list()
    frame = region.query("bridging-actors", areaA="renewable-energy", areaB="digitalisation")
    assert isinstance(frame, pl.DataFrame)
    assert "actorLabel" in frame.columns
    assert region.query("SELECT (COUNT(?p) AS ?n) { ?p a eco:Project }")["n"].item() > 20


@pytest.mark.parametrize(
    ("question", "parameters", "words"),
    [
        ("bridging-actor", {}, "There is no question"),
        ("bridging-actors", {"area": "x"}, "no parameter"),
        ("SELECT ?x { ?x a ", {}, "cannot be run"),
        ("SELECT ?x { ?x a eco:Actor }", {"x": 1}, "takes no parameters"),
    ],
)
def test_what_is_not_a_question_is_said(
    region: ecograph.Ecograph, question: str, parameters: dict[str, object], words: str
) -> None:
    with pytest.raises(QueryError, match=words):
        region.query(question, **parameters)


def test_a_workspace_without_a_build_says_how_to_make_one(
    fixture_workspace: Workspace, fixture_build: Build, tmp_path: Path
) -> None:
    config = fixture_workspace.root / "ecograph.toml"
    (tmp_path / "ecograph.toml").write_bytes(config.read_bytes())
    with pytest.raises(BuildError, match="no build yet"):
        ecograph.open(tmp_path)
    with pytest.raises(QueryError, match="There is no build"):
        ecograph.open(fixture_workspace.root, build="000000000000")
    assert ecograph.open(fixture_workspace.root, build=fixture_build.id).build.id == fixture_build.id


def test_answers_are_those_of_the_command_line(
    region: ecograph.Ecograph, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = region.gaps(by="helix")
    emit(answer, "csv")
    printed = pl.read_csv(capsys.readouterr().out.encode())
    frame = answer.frame()
    assert printed.columns == frame.columns
    assert printed["observed"].to_list() == frame["observed"].to_list()
    assert answer.found.by == "helix"
    assert "Coverage:" in repr(answer)
    assert "<table" in answer._repr_html_()


def test_an_answer_tells_what_it_rests_on(region: ecograph.Ecograph) -> None:
    for answer in (
        region.bridges(between=("forest-bioeconomy", "digitalisation"), draws=5),
        region.roles(),
        region.introductions(),
        region.evolution(),
        region.strengths(),
        region.what_if(remove="RISE Processum"),
        region.what_if(add=("RISE Processum", "Mittuniversitetet"), areas="digitalisation"),
    ):
        document = json.loads(json.dumps(answer.document(), allow_nan=False))
        assert document["method"]
        assert document["coverage"]["projects"] > 0
        assert document["caveats"]
        assert answer.frame().columns == [column.name for column in answer.columns]


def test_the_network_is_a_networkx_graph_with_weights(region: ecograph.Ecograph) -> None:
    county = region.network()
    facts = county.nodes["actor/se-2021004524"]
    assert facts["label"]
    assert facts["in_region"] is True
    assert all(
        data["weight"] >= 1 and 0 < data["newman"] <= data["weight"] for *_, data in county.edges(data=True)
    )
    both = region.network(projection="two-mode")
    actors = {node for node, side in both.nodes(data="bipartite") if side == 0}
    assert nx.is_bipartite(both)
    assert actors == set(county)
    projected = nx.bipartite.weighted_projected_graph(both, actors)
    assert {frozenset(edge) for edge in projected.edges} == {frozenset(edge) for edge in county.edges}
    assert all(county.edges[edge]["weight"] == projected.edges[edge]["weight"] for edge in projected.edges)
    assert len(region.network(scope="country")) >= len(county)
    assert len(region.network(largest=3).edges) < len(county.edges)
    assert region.network(window=(2016, 2018)).graph["from"] == 2016


def test_what_if_answers_in_under_a_second_once_the_network_is_read(region: ecograph.Ecograph) -> None:
    import time

    region.what_if(remove="RISE Processum")
    began = time.process_time()
    region.what_if(remove="Mittuniversitetet")
    assert time.process_time() - began < 1
