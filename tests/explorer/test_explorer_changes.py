"""What changed between two builds: by the function, on the page, and on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from ecograph.cli import main
from ecograph.config import Workspace, load_workspace
from ecograph.insight.changes import changes, predecessor, restated
from ecograph.insight.holdings import FILE, holdings, write_holdings
from ecograph.model.iris import Base
from ecograph.store.builds import Build, Builds
from ecograph.store.graph import DraftGraph
from ecograph.web.app import create_app

ROOT = Path(__file__).resolve().parents[2]
ID, GRAPH = "https://w3id.org/ecograph/id/", "https://w3id.org/ecograph/graph/"
EARLIER, LATER = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


def _thing(local: str, kind: str, label: str, graph: str, more: str = "") -> str:
    labels = "".join(f'skos:prefLabel "{label}"@{lang} ; ' for lang in ("sv", "en"))
    return f"GRAPH <{GRAPH}{graph}> {{ <{ID}{local}> a eco:{kind} ; {labels} {more} eco:note 1 . }}\n"


def _make(workspace: Workspace, name: str, content: str, finished: str, *, held: bool = True) -> Build:
    builds = Builds(workspace.state)
    with builds.draft(name) as draft:
        graph = DraftGraph(draft / "store")
        graph.update(f"INSERT DATA {{ {content} }}")
        graph.finish()
        if held:
            write_holdings(graph, Base(workspace.base), draft / FILE)
        del graph
        manifest = {
            "finished": finished, "base": workspace.base, "version": "0", "code": name, "inputs": ["a.csv", "b.csv"],
            "digests": {"a.csv": "1", "b.csv": name},
        }  # fmt: skip
        return builds.publish(draft, manifest)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("changes")
    shutil.copy(ROOT / "tests/fixture/ecograph.toml", root)
    return load_workspace(root)


@pytest.fixture(scope="module")
def pair(workspace: Workspace, front_end: Path) -> tuple[Build, Build, str]:
    """Two builds, and the page as it was while there was only one."""
    one = _make(
        workspace,
        EARLIER,
        _thing("actor/stays", "Actor", "Oförändrad", "source/h2020/2020")
        + _thing("actor/renamed", "Actor", "Gamla namnet", "source/h2020/2020")
        + _thing("actor/gone", "Actor", "Borta", "source/fp7/2016")
        + _thing("project/p", "Project", "Projektet", "source/h2020/2020")
        + _thing("actor/inferred", "Actor", "Härledd", "inferred"),
        "2026-01-01T10:00:00+00:00",
        held=False,
    )
    page = create_app(workspace.root).test_client().get("/sv/changes")
    assert page.status_code == 200
    other = _make(
        workspace,
        LATER,
        _thing("actor/stays", "Actor", "Oförändrad", "source/h2020/2021")
        + _thing("actor/renamed", "Actor", "Nya namnet", "source/h2020/2021")
        + _thing("actor/new", "Actor", "Ny aktör", "source/h2020/2021")
        + _thing("project/p", "Project", "Projektet", "source/h2020/2021")
        + f"GRAPH <{GRAPH}source/h2020/2021> {{ <{ID}participation/p--new> a eco:Participation ; "
        f"eco:inProject <{ID}project/p> ; eco:participant <{ID}actor/new> }}",
        "2026-02-01T10:00:00+00:00",
    )
    return one, other, page.get_data(as_text=True)


@pytest.fixture(scope="module")
def reader(workspace: Workspace, pair: tuple[Build, Build, str]) -> FlaskClient:
    return create_app(workspace.root).test_client()


def test_what_entered_left_and_changed_is_told_thing_by_thing(
    workspace: Workspace, pair: tuple[Build, Build, str]
) -> None:
    earlier, later, _ = pair
    found = changes(earlier, later)
    assert {(row["id"], row["change"]) for row in found.things.to_dicts()} == {
        ("actor/new", "entered"), ("participation/p--new", "entered"), ("actor/gone", "left"),
        ("actor/renamed", "changed"),
    }  # fmt: skip
    assert found.count("entered") == 2
    assert found.count("entered", "organisations") == 1
    by_source = {
        row["source"]: (row["entered"], row["left"], row["changed"]) for row in found.by_source.to_dicts()
    }
    assert by_source == {"h2020": (2, 0, 1), "fp7": (0, 1, 0)}
    assert found.of("left", "organisations", "fp7")["label_sv"].to_list() == ["Borta"]
    assert found.inputs == [("b.csv", "changed")]
    assert found.code_changed
    assert changes(later, later).nothing
    kept = Builds(workspace.state)
    assert predecessor(kept, later) == earlier
    assert predecessor(kept, earlier) is None


def test_a_build_without_holdings_is_read_from_its_store_and_inferences_are_left_out(
    workspace: Workspace, pair: tuple[Build, Build, str]
) -> None:
    earlier, later, _ = pair
    assert not (earlier.path / FILE).exists()
    assert (later.path / FILE).exists()
    found = holdings(earlier.graph(), Base(workspace.base))
    assert "actor/inferred" not in found["id"].to_list()
    assert set(found["sources"]) == {"h2020", "fp7"}


def test_a_changed_thing_shows_what_was_stated_before_and_after(
    workspace: Workspace, pair: tuple[Build, Build, str]
) -> None:
    earlier, later, _ = pair
    found = restated(earlier.graph(), later.graph(), "actor/renamed", Base(workspace.base))
    assert [(one.before, one.after) for one in found] == [
        (("Gamla namnet (en)", "Gamla namnet (sv)"), ("Nya namnet (en)", "Nya namnet (sv)"))
    ]


def test_with_one_build_the_page_says_that_there_is_nothing_to_compare(
    pair: tuple[Build, Build, str],
) -> None:
    assert "Bara en dataversion är sparad" in pair[2]


def test_the_page_compares_the_served_build_with_the_one_before(reader: FlaskClient) -> None:
    page = reader.get("/sv/changes").get_data(as_text=True)
    assert "1 aktör och 0 projekt har tillkommit" in " ".join(page.split())
    assert '<a href="/sv/actor/new">Ny aktör</a>' in page
    assert "<del>Gamla namnet (en); Gamla namnet (sv)</del>" in page
    assert "Borta" in page
    assert '<a href="/sv/actor/gone">' not in page
    assert "Projektet · Ny aktör" in page
    assert "b.csv" in page
    chosen = reader.get("/en/changes?change=left&table=organisations&source=fp7").get_data(as_text=True)
    assert "1 record" in chosen
    assert "Ny aktör" not in chosen
    back = reader.get(f"/en/changes?from={LATER}&to={EARLIER}").get_data(as_text=True)
    assert '<option value="aaaaaaaaaaaa" selected' in back


def test_the_download_follows_the_choices(reader: FlaskClient) -> None:
    rows = reader.get("/sv/changes/download?format=csv&change=entered").get_data(as_text=True).splitlines()
    assert rows[0] == "change,table,id,label_sv,label_en,sources"
    assert [row.split(",")[2] for row in rows[1:]] == ["actor/new", "participation/p--new"]
    for fmt in ("csv-excel", "xlsx", "json"):
        assert reader.get(f"/en/changes/download?format={fmt}").status_code == 200


@pytest.mark.parametrize(
    "query", ["from=x&to=y", "page=9999", "table=%00&change='--", "source=" + "å" * 900, "from=../../etc"]
)
def test_odd_parameters_of_the_comparison_are_left_alone(reader: FlaskClient, query: str) -> None:
    assert reader.get(f"/sv/changes?{query}").status_code == 200
    assert reader.get("/sv/changes/download?format=exe").status_code == 404


def test_the_command_line_tells_the_same(workspace: Workspace, pair: tuple[Build, Build, str]) -> None:
    told = CliRunner().invoke(main, ["builds", "diff", "-C", str(workspace.root)])
    assert told.exit_code == 0, told.output
    assert "actor/gone" in told.output
    assert "changed: b.csv" in told.output
    given = [
        "builds",
        "diff",
        EARLIER,
        LATER,
        "-C",
        str(workspace.root),
        "--format",
        "json",
        "--change",
        "left",
    ]
    content = json.loads(CliRunner().invoke(main, given).output)
    assert [one["id"] for one in content["things"]] == ["actor/gone"]
    oldest = CliRunner().invoke(main, ["builds", "diff", EARLIER, EARLIER, "-C", str(workspace.root)])
    assert "state the same" in oldest.output
