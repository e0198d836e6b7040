"""The network as a whole: figures that equal networkx's, a null that is fair, communities, what holds it up."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from ecograph.api.communities import communities
from ecograph.api.opened import Opened
from ecograph.api.structure import actor_places, bridge_ties, structure
from ecograph.config import Workspace
from ecograph.errors import QueryError
from ecograph.insight.structure import DRAWS, ORDER, Structure, find_structure
from ecograph.insight.structure_text import LABELS, sentence
from ecograph.model.iris import Base
from ecograph.network import measures
from ecograph.network.incidence import TwoMode
from ecograph.network.projection import shared_projects
from ecograph.network.shuffle import shuffled
from ecograph.store.builds import Build


def two_mode(
    projects: list[list[int]], helices: list[str | None] | None = None, local: set[int] | None = None
) -> TwoMode:
    """A network of numbered actors from the actors of each project; project p counts to area p mod 2."""
    size = 1 + max((max(project) for project in projects if project), default=-1)
    names = [f"actor/{number:03}" for number in range(size)]
    pairs = [(names[actor], f"project/{p:03}") for p, project in enumerate(projects) for actor in project]
    actors = pl.DataFrame(
        {
            "actor": names, "label_sv": names, "label_en": names, "helix": helices or [None] * size,
            "municipality": [None] * size, "country": ["place/SE"] * size,
            "in_region": [local is None or number in local for number in range(size)],
            "domestic": [True] * size,
        },
        schema_overrides={
            "actor": pl.String, "label_sv": pl.String, "label_en": pl.String, "helix": pl.String,
            "municipality": pl.String, "country": pl.String, "in_region": pl.Boolean, "domestic": pl.Boolean,
        },
    )  # fmt: skip
    participations = pl.DataFrame(pairs, schema={"actor": pl.String, "project": pl.String}, orient="row")
    used = participations["project"].unique().sort().to_list()
    return TwoMode(
        participations=participations.sort("actor", "project"),
        stated=participations.with_columns(role=pl.lit("partner"), source=pl.lit("test")),
        actors=actors,
        projects=pl.DataFrame(
            {"project": used, "start_year": [None] * len(used)},
            schema={"project": pl.String, "start_year": pl.Int64},
        ),
        shares=pl.DataFrame(
            [(name, f"area/{int(name[-3:]) % 2}", 1.0) for name in used],
            schema={"project": pl.String, "area": pl.String, "share": pl.Float64},
            orient="row",
        ),
        areas=pl.DataFrame({"area": ["area/0", "area/1"], "label_sv": ["A", "B"], "label_en": ["A", "B"]}),
    )


def of_graph(graph: nx.Graph, helices: list[str | None] | None = None) -> TwoMode:
    """A network whose projects are the ties of a graph, two actors each."""
    return two_mode([sorted(edge) for edge in sorted(graph.edges)], helices)


@pytest.fixture(scope="module")
def karate() -> tuple[nx.Graph, Structure]:
    graph = nx.karate_club_graph()
    return graph, find_structure(of_graph(graph, [graph.nodes[v]["club"] for v in graph]), draws=59)


def test_the_figures_of_zachary_s_karate_club_are_networkx_s(karate: tuple[nx.Graph, Structure]) -> None:
    graph, found = karate
    expected = {
        "components": 1,
        "largest-component": 1,
        "density": nx.density(graph),
        "mean-degree": 2 * 78 / 34,
        "mean-distance": nx.average_shortest_path_length(graph),
        "transitivity": nx.transitivity(graph),
        "degree-assortativity": nx.degree_assortativity_coefficient(graph),
        "helix-assortativity": nx.attribute_assortativity_coefficient(graph, "club"),
        "cut-actors": len(list(nx.articulation_points(graph))),
        "bridge-ties": len(list(nx.bridges(graph))),
        "innermost-core": len(nx.k_core(graph)),
    }
    for key, value in expected.items():
        assert found.value(key) == pytest.approx(value, rel=1e-9), key
    closed = nx.clustering(graph)
    several = [closed[v] for v in graph if graph.degree[v] > 1]
    assert found.value("clustering") == pytest.approx(sum(several) / len(several))


def test_every_figure_has_a_name_and_a_sentence_in_both_languages(karate: tuple[nx.Graph, Structure]) -> None:
    found = karate[1]
    assert tuple(found.figures) == ORDER
    assert set(LABELS) == set(ORDER)
    for figure in found.figures.values():
        for text in sentence(figure, found):
            assert text.endswith(".")
            assert "{" not in text
            assert not {"nan", "None"} & set(text.split())


def test_the_split_of_the_club_is_more_than_chance_brings(karate: tuple[nx.Graph, Structure]) -> None:
    figure = karate[1].figures["helix-assortativity"]
    assert figure.standing == "above"
    assert figure.p == pytest.approx(2 * 1 / 60)
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low <= figure.high < (figure.value or 0)
    assert "more than" in sentence(figure, karate[1])[1]


def test_the_same_seed_gives_the_same_structure() -> None:
    network = of_graph(nx.karate_club_graph())
    one, other = (find_structure(network, draws=19, seed=5) for _ in range(2))
    assert one.figures == other.figures
    assert one.actors.communities == other.actors.communities


@given(st.integers(0, 10_000))
@settings(max_examples=15)
def test_a_draw_keeps_every_margin_and_how_many_of_each_kind_a_project_has(seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = csr_array((rng.random((12, 9)) < 0.3).astype(np.int64))
    kinds = rng.integers(0, 2, 12)
    for draw in shuffled(matrix, draws=3, seed=seed, strata=kinds):
        assert set(np.unique(draw.toarray())) <= {0, 1}
        assert (draw.sum(axis=1) == matrix.sum(axis=1)).all()
        for kind in (0, 1):
            rows = np.flatnonzero(kinds == kind)
            assert (draw[rows].sum(axis=0) == matrix[rows].sum(axis=0)).all()


def test_the_null_is_fair_where_chance_made_the_network() -> None:
    rng = np.random.default_rng(4)
    start = csr_array((rng.random((25, 14)) < 0.2).astype(np.int64))
    extreme = 0
    seen = list(shuffled(start, draws=60, seed=8))
    for number, observed in enumerate(seen):
        drawn = [
            measures.transitivity(shared_projects(one)) for one in shuffled(observed, draws=19, seed=number)
        ]
        value = measures.transitivity(shared_projects(observed))
        # Ties count as not extreme, so that the rate may only be lower.
        extreme += value > max(drawn) or value < min(drawn)
    # Two of twenty ranks are extreme; more than 13 of 60 have a chance under one per cent.
    assert extreme <= 13


def test_chance_finds_consortia_no_small_world_of_their_own() -> None:
    projects = [random.Random(p).sample(range(40), 5) for p in range(25)]
    found = find_structure(two_mode(projects), draws=59)
    assert found.figures["clustering"].standing == "within"
    assert found.figures["modularity"].standing == "within"


def test_two_circles_joined_by_one_tie_are_two_communities_and_the_joint_is_named() -> None:
    projects = [[0, 1, 2, 3], [0, 1, 2], [4, 5, 6, 7], [4, 5, 6], [3, 4]]
    found = find_structure(two_mode(projects), draws=19)
    assert [set(community.actors) for community in found.actors.communities] == [
        {f"actor/{number:03}" for number in part} for part in ((0, 1, 2, 3), (4, 5, 6, 7))
    ]
    (bridge,) = found.actors.bridges
    assert (bridge.source, bridge.target, bridge.cut_off) == ("actor/003", "actor/004", 4)
    cut = dict(found.actors.frame.select("actor", "cut_off").iter_rows())
    assert (cut["actor/003"], cut["actor/004"], cut["actor/000"]) == (3, 3, 0)
    assert found.value("stability") == 1


def test_what_is_lost_without_an_actor_is_all_but_the_largest_rest() -> None:
    found = find_structure(of_graph(nx.star_graph(5)), draws=19)
    assert found.actors.frame["cut_off"].to_list() == [4, 0, 0, 0, 0, 0]
    assert found.value("bridge-ties") == 5


def test_a_community_is_known_by_domestic_actors_first() -> None:
    network = two_mode([[0, 1, 2, 3], [0, 1, 2]])
    abroad = replace(network, actors=network.actors.with_columns(domestic=pl.col("actor") == "actor/003"))
    (community,) = find_structure(abroad, draws=19).actors.communities
    assert community.core[0] == "actor/003"
    assert find_structure(network, draws=19).actors.communities[0].core[0] == "actor/000"


@pytest.mark.parametrize(
    ("projects", "says"),
    [([], "no counted projects"), ([[0]], "single actor"), ([[0], [1], [2]], "no known")],
)
def test_a_network_without_ties_gets_a_stated_answer(projects: list[list[int]], says: str) -> None:
    found = find_structure(two_mode(projects), draws=19)
    assert says in found.message[1].lower()
    assert found.message[0]
    assert found.figures == {}


def test_what_is_not_defined_is_none_and_says_so() -> None:
    # All degrees alike and no groups: nothing to correlate or mix.
    found = find_structure(of_graph(nx.cycle_graph(6)), draws=19)
    figure = found.figures["degree-assortativity"]
    assert figure.value is None
    assert "not defined" in sentence(figure, found)[1]
    assert not any(
        number is not None and not math.isfinite(number)
        for one in found.figures.values()
        for number in (one.value, one.expected, one.low, one.high, one.p)
    )


@pytest.fixture(scope="module")
def opened(fixture_build: Build, fixture_workspace: Workspace) -> Opened:
    return Opened(
        fixture_build.graph(), base=Base(fixture_workspace.base), region=fixture_workspace.region, lang="en"
    )


def test_what_is_answered_is_what_the_build_wrote(opened: Opened) -> None:
    rows = opened.graph.select(
        """SELECT ?measure ?value ?low ?p { ?figure eco:measuredNetwork ?run ; eco:measure ?measure ; eco:value ?value
          OPTIONAL { ?figure eco:expectedLow ?low ; eco:pTwoSided ?p } }"""
    ).values()
    written = {row["measure"].rpartition("/network-")[2]: row for row in rows}
    answer = structure(opened)
    assert answer.found.draws == DRAWS
    for key in ("value", "p"):
        expected = {row["key"]: row[key] for row in answer.rows if row[key] is not None}
        found = {name: row[key] for name, row in written.items() if row[key] is not None}
        assert found == pytest.approx(expected, rel=1e-11)
    circles = opened.graph.select("SELECT ?n { ?c a eco:Community ; eco:communitySize ?n } ORDER BY DESC(?n)")
    assert [row["n"] for row in circles.values()] == [row["size"] for row in communities(opened).rows]


def test_the_network_can_be_narrowed_and_what_is_unknown_is_named(opened: Opened) -> None:
    whole = structure(opened, draws=39)
    part = structure(opened, areas=["forest-bioeconomy"], places=["SE"], window=(2014, None), draws=39)
    assert 1 < part.parameters["actors"] < whole.parameters["actors"]
    with pytest.raises(QueryError, match="no area 'moon'"):
        structure(opened, areas=["moon"])
    nothing = structure(opened, window=(1950, 1951))
    assert (nothing.rows, bool(nothing.message[1])) == ([], True)


def test_a_single_community_is_shown_with_all_of_its_actors(opened: Opened) -> None:
    (row,) = communities(opened, number=2, draws=39).rows
    assert len(row["actors"]) == row["size"] > len(row["core"])
    assert "no community no. 999" in communities(opened, number=999, draws=39).message[1]


def test_places_are_ordered_by_the_measure_asked_for(opened: Opened) -> None:
    values = [round(row["pagerank"], 12) for row in actor_places(opened, sort="pagerank", draws=39).rows]
    assert values == sorted(values, reverse=True)
    assert all(row["cut_off"] >= 1 for row in bridge_ties(opened, draws=39).rows)


@pytest.mark.parametrize("draws", [39, 59, 99])
def test_the_interval_and_the_verdict_never_contradict_each_other(draws: int) -> None:
    found = find_structure(of_graph(nx.karate_club_graph()), draws=draws)
    for figure in found.figures.values():
        if figure.standing is not None and figure.low is not None and figure.high is not None:
            inside = figure.low - 1e-9 <= (figure.value or 0) <= figure.high + 1e-9
            assert inside == (figure.standing == "within"), figure
