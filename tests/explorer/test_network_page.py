"""The network page, its picture and its files: one filter, the same actors and ties everywhere."""

from __future__ import annotations

import io
import re
import shutil
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import numpy as np
import polars as pl
import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from ecograph.network.incidence import Selection, TwoMode, read_two_mode
from ecograph.web.app import create_app
from ecograph.web.explorer.ego import DRAWN, ego_network
from ecograph.web.explorer.network_filter import SIZES, Filter
from ecograph.web.explorer.network_look import colouring, radii
from ecograph.web.explorer.network_view import View, ViewCache, view_of
from ecograph.web.explorer.shapes import outline

SVG = "{http://www.w3.org/2000/svg}"


def heading(page: Any) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page.get_data(as_text=True), re.S)
    assert found is not None
    return " ".join(unescape(found.group(1)).split())


def data(client: FlaskClient, query: str = "", lang: str = "sv") -> dict[str, Any]:
    answer = client.get(f"/{lang}/network/data.json?{query}")
    assert answer.status_code == 200
    content: dict[str, Any] = answer.get_json()
    return content


@pytest.fixture
def view(app: Flask) -> View:
    """The county's network as the page shows it at first."""
    with app.test_request_context("/sv/network"):
        g.lang = "sv"
        return view_of(Filter())


def test_the_page_says_what_the_data_show(client: FlaskClient, view: View) -> None:
    page = client.get("/sv/network")
    most = view.actors.sort("degree", descending=True).row(0, named=True)
    assert page.status_code == 200
    assert heading(page) == (
        f"{view.largest} av {view.actors.height} aktörer hänger ihop genom gemensamma projekt, och "
        f"{most['label_sv']} har flest parter: {most['degree']}."
    )
    assert "Täckningsgrad: " in page.get_data(as_text=True)
    assert "style=" not in page.get_data(as_text=True).split("<main")[1]


@pytest.mark.parametrize(
    "query",
    ["", "area=digitalisation&area=area/forest-bioeconomy", "helix=academia&helix=unknown", "reach=inside",
     "reach=all", "first=2018&last=2019", "source=h2020", "programme=horizon-2020", "least=2",
     "reach=inside&helix=industry&first=2014"],
)  # fmt: skip
def test_canvas_table_picture_and_files_hold_the_same(client: FlaskClient, query: str) -> None:
    drawn = data(client, query)
    ids, ties = drawn["actors"]["id"], drawn["ties"]
    actors = pl.read_csv(client.get(f"/sv/network/actors?{query}").data)
    edges = pl.read_csv(client.get(f"/sv/network/ties?{query}").data)
    # Who has no tie stands in the table only.
    assert set(ids) == set(actors.filter(pl.col("degree") > 0)["actor"].to_list())
    pairs = {
        (ids[a], ids[b], w) for a, b, w in zip(ties["source"], ties["target"], ties["weight"], strict=True)
    }
    assert pairs == set(edges.select("source", "target", "weight").rows())
    choice = query or "county"
    graph = networkx.read_gexf(io.BytesIO(client.get(f"/api/network/sv/{choice}.gexf").data))
    assert set(graph) == set(actors["actor"].to_list())
    assert {(min(a, b), max(a, b)) for a, b in graph.edges} == {(a, b) for a, b, _ in pairs}
    assert graph.graph["mode"] == "static"
    picture = ElementTree.fromstring(client.get(f"/sv/network/picture.svg?{query}").data)
    assert len(picture.findall(f"{SVG}g[@class='n']/{SVG}path")) == len(ids)
    page = client.get(f"/sv/network?{query}").get_data(as_text=True)
    assert f">{actors.height} aktör" in page


def test_each_filter_does_what_it_says(client: FlaskClient, view: View) -> None:
    whole = set(data(client)["actors"]["id"])
    about = {row["actor"]: row for row in view.actors.iter_rows(named=True)}
    inside = data(client, "reach=inside")["actors"]["id"]
    assert {about[actor]["in_region"] for actor in inside} == {True}
    academia = data(client, "helix=academia")["actors"]["id"]
    assert {about[actor]["helix"] for actor in academia} == {"academia"}
    assert set(inside) < whole > set(academia)
    later = data(client, "first=2020")
    years = [(a, b) for a, b in zip(later["ties"]["first"], later["ties"]["last"], strict=True)]
    assert years
    assert all(last >= 2020 for _, last in years)
    assert len(data(client, "first=2021&last=2019")["actors"]["id"]) == len(
        data(client, "first=2019&last=2021")["actors"]["id"]
    )
    strong = data(client, "least=2")["ties"]["weight"]
    assert strong
    assert min(strong) >= 2
    sources = data(client, "source=swecris")
    assert {name for each in sources["projects"]["sources"] for name in each} <= {
        sources["sources"].index("swecris")
    }
    assert whole < set(data(client, "reach=all")["actors"]["id"])


def test_narrowing_what_is_read_equals_reading_what_is_narrow(app: Flask) -> None:
    site = app.extensions["ecograph"]

    def read(selection: Selection | None = None) -> TwoMode:
        return read_two_mode(site.graph, base=site.base, region=site.workspace.region, selection=selection)

    whole = read()
    for selection in (
        Selection(sources=frozenset({"h2020"}), window=(2017, None)),
        Selection(areas=frozenset({"area/digitalisation", "area/forest-bioeconomy"}), window=(2015, 2022)),
        Selection(programmes=frozenset({"programme/horizon-2020"})),
        Selection(sources=frozenset({"vasternorrland", "swecris"}), places=frozenset({"place/2281"})),
    ):
        narrow, narrowed = read(selection), whole.narrowed(selection)
        assert narrow.participations.height
        for name in ("participations", "stated", "actors", "projects", "shares"):
            assert getattr(narrow, name).equals(getattr(narrowed, name)), name
    few = whole.actors["actor"].head(12)
    among = whole.of_actors(few)
    assert set(among.actor_ids) <= set(few)
    assert (among.matrix.sum(axis=1) > 0).all()


def test_measures_are_those_of_the_part_that_is_shown(app: Flask) -> None:
    with app.test_request_context("/en/network"):
        g.lang = "en"
        part = view_of(Filter(first=2015))
        graph = networkx.Graph(part.ties.select("first", "second").rows())
        graph.add_nodes_from(range(part.actors.height))
        between = networkx.betweenness_centrality(graph, normalized=False)
        tight = networkx.constraint(graph)
        for row, actor in enumerate(part.actors.iter_rows(named=True)):
            assert actor["degree"] == graph.degree(row)
            assert actor["betweenness"] == pytest.approx(between[row])
            if graph.degree(row):
                assert actor["constraint"] == pytest.approx(tight[row])
        for measure in SIZES:
            sizes = radii(part, measure)
            assert 1 <= min(sizes) <= max(sizes) == 4
        least = part.actors["constraint"].arg_min()
        assert radii(part, "constraint")[least] == 4
        for attribute in ("area", "helix", "municipality", "community"):
            made = colouring(part, attribute)
            assert sum(group.actors for group in made.groups) == part.actors["drawn"].sum()
            assert len({group.colour for group in made.groups}) == len(made.groups)


def test_a_filter_moves_nobody(client: FlaskClient) -> None:
    def places(query: str) -> dict[str, tuple[float, float]]:
        actors = data(client, query)["actors"]
        return dict(zip(actors["id"], zip(actors["x"], actors["y"], strict=True), strict=True))

    whole = places("")
    assert all(whole[actor] == place for actor, place in places("helix=academia&first=2015").items())
    assert len(set(whole.values())) == len(whole)


def test_one_actor_a_path_and_a_comparison_are_told_in_words(client: FlaskClient) -> None:
    page = client.get(
        "/en/network?actor=se-2021004524&start=uppsala universitet&goal=Stora Enso AB&pick=ABB&pick=skogforsk"
    ).get_data(as_text=True)
    assert 'data-actor="actor/se-2021004524"' in page
    path = re.search(r'data-path="([^"]*)"', page)
    assert path is not None
    steps = path.group(1).split()
    assert steps[0] == "actor/pic-999985029"
    assert steps[-1] == "actor/stora-enso"
    assert f"A shortest way has {len(steps) - 1} steps" in page
    ties = data(client, lang="en")["ties"]
    ids = data(client, lang="en")["actors"]["id"]
    known = {frozenset((ids[a], ids[b])) for a, b in zip(ties["source"], ties["target"], strict=True)}
    assert all(frozenset(step) in known for step in pairwise(steps))
    told = page.split('class="steps"')[1].split("</ol>")[0]
    assert told.count("<li>") == told.count("</li>") == len(steps) - 1
    assert told.count("/en/project/") >= len(steps) - 1
    # ABB is in the county's data but not in the small workspace's network.
    assert "Not in this part of the network: ABB." in page
    assert 'data-picked="actor/skogforsk "' in page


def test_the_way_to_oneself_and_to_another_part_is_said(client: FlaskClient) -> None:
    same = client.get("/sv/network?start=stora-enso&goal=Stora Enso AB").get_data(as_text=True)
    assert "Det är en och samma aktör." in same
    apart = client.get("/sv/network?start=stora-enso&goal=lfv").get_data(as_text=True)
    assert "Ingen väg förenar dem" in apart


@pytest.mark.parametrize(
    "query",
    ["reach=x&size=<script>&colour='&least=-1&first=9999999&last=%00", "area=" + "x" * 5000, "page=9999&sort=x",
     "least=99999", "endpoint=x&_anchor=y&lang=de", "actor=%F0%9F%8C%B2&start=../..&goal=" + "ö" * 900,
     "&".join(f"pick={n}" for n in range(60)), "programme=no/such&source=none&helix=none"],
)  # fmt: skip
def test_hostile_values_give_a_page(client: FlaskClient, query: str) -> None:
    for path in ("network", "network/data.json", "network/picture.svg", "network/actors", "network/ties"):
        answer = client.get(f"/en/{path}?{query}")
        assert answer.status_code == 200, path
        assert b"<script>&" not in answer.data
    assert client.get(f"/api/network/sv/{query.replace('/', '')}.json").status_code in {200, 404}
    assert client.get("/sv/network/actors?format=exe").status_code == 404


def test_an_empty_part_is_a_designed_page_with_valid_files(client: FlaskClient) -> None:
    query = "first=1901&last=1902"
    assert (
        heading(client.get(f"/sv/network?{query}")) == "Ingen aktör finns kvar i den här delen av nätverket."
    )
    assert data(client, query)["actors"]["id"] == []
    ElementTree.fromstring(client.get(f"/sv/network/picture.svg?{query}").data)
    graph = networkx.read_gexf(io.BytesIO(client.get(f"/api/network/sv/{query}.gexf").data))
    assert graph.number_of_nodes() == 0
    alone = client.get("/en/network?helix=civil-society")
    assert alone.status_code == 200


def test_the_answer_is_kept_and_known_again(client: FlaskClient, app: Flask) -> None:
    first = client.get("/sv/network/data.json?helix=industry")
    tag = first.headers["ETag"]
    again = client.get("/sv/network/data.json?helix=industry", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/en/network/data.json?helix=industry").headers["ETag"] != tag
    with app.test_request_context("/sv/network"):
        g.lang = "sv"
        cache = ViewCache(most=2)
        kept = cache.view(Filter())
        assert cache.view(Filter()) is kept
        cache.view(Filter(reach="inside"))
        cache.view(Filter(least=2))
        assert cache.view(Filter()) is not kept


def test_gephi_lite_can_fetch_exactly_what_is_seen(client: FlaskClient) -> None:
    page = unescape(client.get("/sv/network?helix=academia&first=2015").get_data(as_text=True))
    link = re.search(r'href="(https://[^"]*\?file=[^"]*)"', page)
    assert link is not None
    assert link.group(1).endswith(".gexf")
    answer = client.get("/api/network/sv/helix=academia&first=2015.gexf")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.mimetype == "application/gexf+xml"
    assert "Aktörsgrupp: akademi." in answer.get_data(as_text=True)


def test_a_large_network_is_drawn_in_part_and_says_so(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    monkeypatch.setattr("ecograph.web.explorer.network_view.TIES", 100)
    monkeypatch.setattr("ecograph.web.explorer.network_view.ACTORS", 30)
    monkeypatch.setattr("ecograph.web.explorer.network_view.MEASURED", (30, 100))
    monkeypatch.setattr("ecograph.web.explorer.network_files.TIES", 100)
    monkeypatch.setitem(app.extensions, "ecograph.explorer.views", ViewCache())
    page = client.get("/en/network?reach=all").get_data(as_text=True)
    drawn = data(client, "reach=all")
    assert 0 < len(drawn["ties"]["weight"]) <= 100
    assert len(drawn["actors"]["id"]) <= 30
    assert "Only ties of at least" in page
    assert "measured only in smaller parts" in page
    graph = networkx.read_gexf(io.BytesIO(client.get("/api/network/en/reach=all.gexf").data))
    assert graph.number_of_edges() > 100
    assert not any("projects" in about for *_, about in graph.edges(data=True))
    assert (
        client.get("/en/network?reach=all&size=betweenness&colour=community&sort=bridging").status_code == 200
    )


def test_the_language_keeps_several_choices(client: FlaskClient) -> None:
    page = unescape(
        client.get("/sv/network?area=digitalisation&area=forest-bioeconomy").get_data(as_text=True)
    )
    assert 'href="/en/network?area=digitalisation&area=forest-bioeconomy"' in page


def test_without_a_build_the_page_says_so(tmp_path: Path, fixture_workspace: Any) -> None:
    root = tmp_path / "empty"
    shutil.copytree(fixture_workspace.root, root, ignore=shutil.ignore_patterns(".ecograph"))
    client = create_app(root).test_client()
    for path in ("network", "network/data.json", "what-if"):
        assert client.get(f"/sv/{path}").status_code == 503


def test_an_ego_network_draws_partners_with_links_and_counts(app: Flask, graph: Any) -> None:
    with app.test_request_context("/sv/"):
        g.lang = "sv"
        ego = ego_network("actor/se-2021004524")
        assert ego is not None
        rows = graph.select(
            "SELECT DISTINCT ?p { ?a eco:organisationNumber ?n ; eco:collaboratesIn ?x . ?p eco:collaboratesIn ?x ."
            " FILTER(STR(?n) = '202100-4524' || STR(?n) = '2021004524') FILTER(?p != ?a) }"
        ).rows
        assert ego.total == len(rows)
        assert len(ego.partners) == min(ego.total, DRAWN)
        places = {(partner.x, partner.y) for partner in ego.partners}
        assert len(places) == len(ego.partners)
        assert all(0 < partner.y < ego.height for partner in ego.partners)
        assert ego_network("actor/no-such") is None
    from flask import render_template

    with app.test_request_context("/en/"):
        g.lang = "en"
        drawn = render_template("ego.html", ego=ego_network("actor/se-2021004524"))
        picture = ElementTree.fromstring(drawn[drawn.index("<svg") : drawn.index("</svg>") + 6])
        assert len(picture.findall("a")) == len(ego.partners)
        assert render_template("ego.html", ego=None).strip() == ""


def test_shapes_have_one_area() -> None:
    def area(path: str) -> float:
        points = np.array([pair.split() for pair in path[1:-1].split("L")], dtype=float)
        x, y = points.T
        return abs(float(x @ np.roll(y, 1) - y @ np.roll(x, 1))) / 2

    for helix in ("industry", "public-sector", "civil-society"):
        assert 2.2 < area(outline(helix, 50, 50, 1.0)) < 3.5
    assert outline(None, 0, 0, 2).count("M") == 2
