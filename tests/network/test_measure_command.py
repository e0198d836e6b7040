"""`ecograph network measure` on anyone's own files: the columns, the counting, and every way to get it wrong."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from ecograph.cli import main

ALL = "constraint,effective-size,brokerage,betweenness,q-betweenness,participation"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["network", "measure", *(str(word) for word in words)])


def rows(result: Result) -> dict[str, dict[str, str]]:
    assert result.exit_code == 0, result.output
    return {row["node"]: row for row in csv.DictReader(io.StringIO(result.stdout))}


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def karate(tmp_path: Path) -> tuple[Path, Path]:
    graph = nx.karate_club_graph()
    ties = "".join(f"{one},{other}\n" for one, other in graph.edges())
    clubs = "".join(f"{node},{data['club']}\n" for node, data in graph.nodes(data=True))
    return write(tmp_path / "ties.csv", "source,target\n" + ties), write(
        tmp_path / "groups.csv", "node,group\n" + clubs
    )


def test_the_columns_are_those_asked_for_in_their_order(karate: tuple[Path, Path]) -> None:
    ties, groups = karate
    result = run(ties, "--groups", groups, "--measures", ALL)
    assert result.stdout.splitlines()[0] == (
        "node,constraint,effective_size,brokerage_coordinator,brokerage_itinerant,brokerage_gatekeeper,"
        "brokerage_representative,brokerage_liaison,betweenness,q_betweenness,participation"
    )
    found = rows(result)
    assert float(found["0"]["constraint"]) == pytest.approx(0.1554, abs=5e-5)
    assert float(found["33"]["constraint"]) == pytest.approx(0.1564, abs=5e-5)
    assert float(found["2"]["constraint"]) == pytest.approx(0.1852, abs=5e-5)
    assert found["0"]["effective_size"] == "13.75"
    assert float(found["0"]["betweenness"]) == pytest.approx(0.437635 * 32 * 33 / 2, abs=5e-4)
    assert list(rows(run(ties, "--measures", "betweenness"))["0"]) == ["node", "betweenness"]


def test_roles_are_counted_in_ordered_pairs_along_the_arrows(tmp_path: Path) -> None:
    ties = write(tmp_path / "t.csv", "source,target\nx,v\nv,y\ny,w\nw,z\n")
    groups = write(tmp_path / "g.csv", "node,group\nx,a\nv,b\ny,b\nw,b\nz,a\n")
    found = rows(run(ties, "--groups", groups, "--measures", "brokerage", "--directed"))
    assert found["v"]["brokerage_gatekeeper"] == "1"
    assert found["y"]["brokerage_coordinator"] == "1"
    assert found["w"]["brokerage_representative"] == "1"
    assert found["x"]["brokerage_liaison"] == "0"


def test_normalised_divides_by_the_pairs_that_there_could_be(tmp_path: Path) -> None:
    ties = write(tmp_path / "t.csv", "source,target\na,m\nm,b\nm,c\n")
    groups = write(tmp_path / "g.csv", "node,group\na,1\nm,2\nb,3\nc,3\n")
    plain = rows(run(ties, "--groups", groups, "--measures", "betweenness,q-betweenness,brokerage"))["m"]
    share = rows(
        run(ties, "--groups", groups, "--measures", "betweenness,q-betweenness,brokerage", "--normalised")
    )["m"]
    assert (plain["betweenness"], plain["q_betweenness"], plain["brokerage_liaison"]) == ("3", "2", "4")
    assert plain["brokerage_itinerant"] == "2"
    assert (share["betweenness"], share["q_betweenness"], share["brokerage_liaison"]) == ("1", "1", "1")
    assert share["brokerage_coordinator"] == ""


def test_weights_are_strengths_and_undefined_is_an_empty_cell(tmp_path: Path) -> None:
    ties = write(tmp_path / "t.csv", "source,target,weight\na,b,1\na,c,10\nc,b,10\n")
    groups = write(tmp_path / "g.csv", "node,group\na,1\nb,2\nc,2\nalone,1\n")
    result = run(ties, "--groups", groups, "--weighted", "--measures", ALL)
    found = rows(result)
    assert found["c"]["betweenness"] == "1"
    assert rows(run(ties, "--measures", "betweenness"))["c"]["betweenness"] == "0"
    alone = found["alone"]
    assert (alone["constraint"], alone["effective_size"], alone["participation"]) == ("", "", "")
    assert "g.csv, row 5" in result.stderr
    assert "isolate" in result.stderr


def test_loops_and_repeated_rows_are_told(tmp_path: Path) -> None:
    ties = write(tmp_path / "t.csv", "source;target;weight\na;b;1\nb;a;2\na;a;5\nb;c;3\n")
    result = run(ties, "--weighted", "--measures", "constraint")
    assert "1 ties of a node with itself were left out" in result.stderr
    assert "1 rows repeat a tie; their weights were added" in result.stderr
    # Two strong ties of three each: b's partners do not know each other.
    assert rows(result)["b"]["constraint"] == "0.5"


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("", [], "The file is empty"),
        ("source,target\n", [], "The file has no ties"),
        ("from,to\na,b\n", [], "row 1: The column 'source' is missing; the file has: from, to"),
        ("source,target\na,b\n", ["--weighted"], "The column 'weight' is missing"),
        (
            "source,target,weight\na,b,1\nb,c,nan\n",
            ["--weighted"],
            "row 3, column weight: The weight 'nan' is not",
        ),
        ("source,target,weight\na,b,-2\n", ["--weighted"], "row 2, column weight: The weight '-2' is not"),
        ("source,target,weight\na,b,\n", ["--weighted"], "row 2, column weight: The weight is empty"),
        ("source,target\na,\n", [], "row 2, column target: The target is empty"),
    ],
)
def test_a_bad_file_is_named_with_row_and_remedy(
    tmp_path: Path, text: str, options: list[str], said: str
) -> None:
    ties = write(tmp_path / "ties.csv", text)
    result = run(ties, "--measures", "constraint", *options)
    assert result.exit_code == 1
    assert f"{ties}" in result.stderr
    assert said in result.stderr
    assert "Remedy:" in result.stderr
    assert result.stdout == ""


def test_groups_that_do_not_fit_are_told(tmp_path: Path) -> None:
    ties = write(tmp_path / "t.csv", "source,target\na,b\n")
    strangers = write(tmp_path / "g.csv", "node,group\nx,1\ny,2\n")
    twice = write(tmp_path / "h.csv", "node,group\na,1\na,2\n")
    part = write(tmp_path / "p.csv", "node,group\na,1\n")
    assert (
        "row 2: No node of the groups is in the network; the first is 'x'"
        in run(ties, "--groups", strangers).stderr
    )
    assert (
        "row 3, column group: 'a' is in the group '2' here and in '1' in row 2"
        in run(ties, "--groups", twice).stderr
    )
    result = run(ties, "--groups", part, "--measures", "brokerage")
    assert "1 nodes have no group, 'b' for one" in result.stderr
    assert rows(result)["b"]["brokerage_liaison"] == ""
    assert "needs to know the group" in run(ties, "--measures", "brokerage").stderr
    assert "is no measure here" in run(ties, "--measures", "beauty").stderr
    assert "There is no such file" in run(tmp_path / "none.csv").stderr


def test_the_same_input_gives_the_same_output(karate: tuple[Path, Path]) -> None:
    ties, groups = karate
    first, again = (run(ties, "--groups", groups).stdout for _ in range(2))
    assert first == again
