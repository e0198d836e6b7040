"""What if: the page gives the same as the command line's functions, in words, tables and files."""

from __future__ import annotations

import re
import time
from html import unescape
from typing import Any

import networkx
import polars as pl
import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from ecograph.insight.groups import KINDS
from ecograph.insight.whatif import what_if
from ecograph.insight.whatif_change import Change
from ecograph.insight.whatif_pairs import moved_pairs
from ecograph.web.explorer.networks import county, national

UNIVERSITY = "actor/se-2021004524"


def text(answer: Any) -> str:
    return " ".join(unescape(answer.get_data(as_text=True)).split())


def heading(answer: Any) -> str:
    found = re.search(r"<h1>\s*(.*?)\s*</h1>", text(answer))
    assert found is not None
    return found.group(1)


def test_without_a_question_the_form_offers_real_choices(client: FlaskClient) -> None:
    answer = client.get("/sv/what-if")
    page = text(answer)
    assert answer.status_code == 200
    assert heading(answer).startswith("Vad skulle gå förlorat")
    assert '<option value="Mittuniversitetet">' in page
    assert '<option value="programme/horizon-2020">' in page
    assert "Digitalisering" in page


def test_the_page_gives_what_the_functions_find(client: FlaskClient, app: Flask) -> None:
    change = Change(remove=(UNIVERSITY,))
    with app.test_request_context("/sv/"):
        g.lang = "sv"
        effect = what_if(county(), change, national=national())
        moved = moved_pairs(county(), change, national=national())
        names = dict(county().actors.select("actor", "label_sv").iter_rows())
    answer = client.get("/sv/what-if?remove=Mittuniversitetet")
    page = text(answer)
    assert heading(answer) == (
        f"Utan Mittuniversitetet skulle {len(moved.cut_off)} par av aktörer i olika prioriterade områden tappa "
        "sin enda förbindelse, i de projekt vi känner till."
    )
    assert f'<td class="num">{effect.ties_before}</td><td class="num">{effect.ties_after}</td>' in page
    table = pl.read_csv(client.get(f"/sv/what-if/pairs?remove={UNIVERSITY}").data)
    assert table["cut_off"].to_list() == [one.cut_off for one in effect.pairs]
    assert table["reached_after"].to_list() == [one.reached_after for one in effect.pairs]
    actors = pl.read_csv(client.get(f"/sv/what-if/actors?remove={UNIVERSITY}").data)
    parted = actors.filter(pl.col("after").is_null())
    assert parted.height == len(moved.cut_off) <= sum(one.cut_off for one in effect.pairs)
    assert UNIVERSITY not in {*actors["actorA"], *actors["actorB"]}
    assert names[effect.alone[0]] in page


def test_a_pair_that_is_moved_is_really_moved(app: Flask) -> None:
    graph = networkx.Graph()
    with app.test_request_context("/sv/"):
        g.lang = "sv"
        change = Change(remove=(UNIVERSITY,), add=(("actor/lfv", "actor/valmet"),))
        found = {by: moved_pairs(county(), change, by=by, national=national()) for by in KINDS}
        for members in county().participations.group_by("project").agg("actor")["actor"].to_list():
            graph.add_edges_from((a, b) for a in members for b in members if a < b)
    after_it = graph.copy()
    after_it.remove_node(UNIVERSITY)
    after_it.add_edge(*change.add[0])
    steps = [dict(networkx.all_pairs_shortest_path_length(one)) for one in (graph, after_it)]
    for kind, rises in (("cut_off", None), ("further", True), ("joined", None), ("nearer", False)):
        rows = [(moved, row) for moved in found.values() for row in getattr(moved, kind).tolist()]
        print(kind, len(rows))
        for moved, (a, b, before, after) in rows:
            ends = moved.ids[a], moved.ids[b]
            assert steps[0].get(ends[0], {}).get(ends[1], -1) == before
            assert steps[1].get(ends[0], {}).get(ends[1], -1) == after
            assert rises is None or (after > before) is rises
    assert len(found["area"].cut_off)
    assert len(found["helix"].joined)


@pytest.mark.parametrize(
    ("query", "begins"),
    [
        ("programme=horizon-2020", "Without Horizon 2020, "),
        ("remove=MoRe Research Örnsköldsvik&by=helix", "Without MoRe Research"),
        ("remove=sundsvalls kommun&by=municipality", "Without Sundsvall"),
        ("add=Stora Enso AB&add=lfv&area=digitalisation", "If Stora Enso AB and "),
        ("add=stora-enso&add=valmet", "If Stora Enso AB and Valmet worked together, no actors"),
    ],
)
def test_each_kind_of_change_has_its_sentence(client: FlaskClient, query: str, begins: str) -> None:
    answer = client.get(f"/en/what-if?{query}")
    assert heading(answer).startswith(begins)
    assert "in the projects we know of." in heading(answer)
    assert "Against chance, before and after" in text(answer)


def test_what_is_not_known_is_named_and_the_rest_answered(client: FlaskClient) -> None:
    page = text(client.get("/sv/what-if?remove=Ingen alls AB&remove=Mittuniversitetet"))
    assert "Ej funnen bland nätverkets aktörer och program: Ingen alls AB." in page
    assert "Utan Mittuniversitetet skulle" in page
    same = text(client.get("/sv/what-if?add=valmet&add=valmet"))
    assert "Ett samarbete kräver två olika aktörer." in same


@pytest.mark.parametrize(
    "query",
    ["remove=%00&remove=<script>alert(1)</script>", "add=x", "add=valmet", "by=x&area=y&programme=" + "z" * 3000,
     "&".join("remove=valmet" for _ in range(40)), "area=digitalisation"],
)  # fmt: skip
def test_hostile_values_give_a_page(client: FlaskClient, query: str) -> None:
    for path in ("what-if", "what-if/pairs", "what-if/actors"):
        answer = client.get(f"/en/{path}?{query}")
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.data
    assert client.get("/en/what-if/pairs?format=exe").status_code == 404


def test_an_answer_comes_within_a_second_once_the_network_is_read(client: FlaskClient) -> None:
    client.get("/sv/what-if?remove=valmet")
    begun = time.process_time()
    assert client.get(f"/sv/what-if?remove={UNIVERSITY}").status_code == 200
    taken = time.process_time() - begun
    print(f"what if: {taken:.2f} s of processor time")
    assert taken < 1
