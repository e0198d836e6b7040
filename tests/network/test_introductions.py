"""Introductions and the scores behind them: who is suggested to whom, why, and how well that foresees
ties."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from click.testing import CliRunner
from scipy.sparse import csr_array
from scipy.stats import rankdata

from ecograph.cli import main
from ecograph.config import RegionConfig, Workspace
from ecograph.errors import QueryError
from ecograph.insight.introductions import Introductions, introduce
from ecograph.insight.introductions_reason import read_knowledge
from ecograph.model.iris import Base
from ecograph.network.incidence import read_two_mode
from ecograph.network.linkprediction import (
    SCORES,
    auc,
    average_ranks,
    fit_combination,
    precision_at,
    scorer,
    untied_pairs,
)
from ecograph.network.projection import newman_weights
from ecograph.store.builds import Build
from ecograph.store.graph import MemoryGraph


@pytest.fixture(scope="module")
def found(fixture_build: Build, fixture_workspace: Workspace) -> Introductions:
    """The introductions of the fixture, for pairs of areas."""
    return introduce(
        fixture_build.graph(), base=Base(fixture_workspace.base), region=fixture_workspace.region, per_pair=4
    )


def test_introductions_join_actors_that_share_no_known_project(
    found: Introductions, fixture_build: Build, fixture_workspace: Workspace
) -> None:
    network = read_two_mode(
        fixture_build.graph(), base=Base(fixture_workspace.base), region=fixture_workspace.region
    )
    projects = {
        actor: set(rows["project"].to_list()) for (actor,), rows in network.participations.group_by("actor")
    }
    local = set(network.actors.filter("in_region")["actor"].to_list())
    assert found.items
    for item in found.items:
        assert not projects[item.actor_a] & projects[item.actor_b]
        assert {item.actor_a, item.actor_b} & local
        assert all(broker in item.partners for broker in item.brokers)
        assert item.score > 0 or item.place or item.near_miss


def test_no_pair_is_called_a_gap_when_the_test_found_none(found: Introductions) -> None:
    assert {item.occasion for item in found.items}.isdisjoint({"gap", "asked"})
    assert "ingen" in found.message[0] or "Inget" in found.message[0]


def test_nobody_stands_in_more_than_two_suggestions_of_a_pair(found: Introductions) -> None:
    for pair in {(item.a, item.b) for item in found.items}:
        ends = [
            actor
            for item in found.items
            if (item.a, item.b) == pair
            for actor in (item.actor_a, item.actor_b)
        ]
        assert max(ends.count(actor) for actor in ends) <= 2
        ranks = [item.rank for item in found.items if (item.a, item.b) == pair]
        assert ranks == list(range(1, len(ranks) + 1))


def test_reasons_name_the_partners_in_both_languages(found: Introductions) -> None:
    for item in found.items:
        assert item.name_a[0] in item.reason[0]
        assert item.name_b[1] in item.reason[1]
        assert all(name[0] in item.reason[0] for name in item.broker_names)
        assert "None" not in "".join(item.reason)


def test_parts_of_one_organisation_are_never_introduced_to_each_other() -> None:
    graph = MemoryGraph()
    graph.load(
        b"""<https://w3id.org/ecograph/graph/x> {
        <https://w3id.org/ecograph/id/actor/lab> <https://w3id.org/ecograph/ns#partOf>
          <https://w3id.org/ecograph/id/actor/institute> .
        <https://w3id.org/ecograph/id/actor/institute> <https://w3id.org/ecograph/ns#partOf>
          <https://w3id.org/ecograph/id/actor/group> .
        <https://w3id.org/ecograph/id/actor/sister> <https://w3id.org/ecograph/ns#partOf>
          <https://w3id.org/ecograph/id/actor/group> . }""",
        format="trig",
    )
    known = read_knowledge(graph, base=Base())
    assert known.same_organisation("actor/lab", "actor/group")
    assert known.same_organisation("actor/group", "actor/lab")
    assert known.same_organisation("actor/lab", "actor/sister")
    assert not known.same_organisation("actor/lab", "actor/other")


def test_a_pair_that_does_not_exist_is_named(
    county_graph: MemoryGraph, base: Base, region: RegionConfig
) -> None:
    with pytest.raises(QueryError, match="no pair"):
        introduce(county_graph, base=base, region=region, between=("area/forest", "area/none"))


def test_the_command_says_that_these_are_suggestions(
    fixture_build: Build, fixture_workspace: Workspace
) -> None:
    words = ["network", "introductions", "-C", str(fixture_workspace.root)]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert "Förslag att pröva i dialog, ingen rekommendation om stöd." in result.output
    assert "Täckningsgrad" in result.output
    english = CliRunner().invoke(
        main, [*words, "--between", "digitalisation", "renewable-energy", "-o", "csv", "--lang", "en"]
    )
    assert english.exit_code == 0, english.output
    assert "pair asked for" in english.output


@pytest.mark.parametrize("verb", ["gaps", "introductions"])
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_an_empty_window_has_an_answer(
    fixture_build: Build, fixture_workspace: Workspace, verb: str, form: str
) -> None:
    words = ["network", verb, "-C", str(fixture_workspace.root), "--from", "1950", "--to", "1951", "-o", form]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert "nan" not in result.output.lower().replace("finansi", "")
    assert "inga räknade projekt i urvalet" in result.output


def random_incidence(seed: int) -> csr_array:
    cells = np.random.default_rng(seed).random((14, 10)) < 0.2
    return csr_array(cells.astype(np.int64))


@pytest.mark.parametrize("seed", range(4))
def test_scores_equal_those_of_networkx(seed: int) -> None:
    incidence = random_incidence(seed)
    scored = scorer(incidence)
    pairs = untied_pairs(scored.adjacency, range(14))
    graph = nx.from_scipy_sparse_array(scored.adjacency)
    both = list(zip(pairs[0].tolist(), pairs[1].tolist(), strict=True))
    assert sorted(both) == sorted(tuple(sorted(pair)) for pair in nx.non_edges(graph))
    found = scored.scores(pairs)
    for name, function in (
        ("adamic-adar", nx.adamic_adar_index),
        ("resource-allocation", nx.resource_allocation_index),
        ("preferential-attachment", nx.preferential_attachment),
    ):
        assert np.allclose(found[name], [value for *_, value in function(graph, both)])
    common = [len(list(nx.common_neighbors(graph, *pair))) for pair in both]
    assert np.allclose(found["common-neighbours"], common)
    degree = dict(graph.degree())
    cosine = [
        number / np.sqrt(degree[a] * degree[b]) if number else 0
        for number, (a, b) in zip(common, both, strict=True)
    ]
    assert np.allclose(found["cosine"], cosine)
    newman = newman_weights(incidence).toarray()
    assert np.allclose(found["hyperbolic"], [(newman[a] * newman[b]).sum() for a, b in both])


def test_a_network_without_ties_scores_zero_and_nothing_is_undefined() -> None:
    scored = scorer(csr_array(np.eye(4, dtype=np.int64)))
    found = scored.scores(untied_pairs(scored.adjacency, range(4)))
    assert set(found) == set(SCORES)
    assert all((values == 0).all() for values in found.values())


def test_auc_counts_ties_half_and_is_undefined_without_both_kinds() -> None:
    tied = np.array([True, False, True, False])
    assert auc([3, 2, 1, 0], tied) == pytest.approx(0.75)
    assert auc([1, 1, 1, 1], tied) == pytest.approx(0.5)
    assert np.isnan(auc([1, 2], np.array([False, False])))


def test_precision_takes_pairs_of_equal_score_by_their_mean() -> None:
    tied = np.array([True, False, True, False])
    assert precision_at([3, 2, 1, 0], tied, 2) == pytest.approx(0.5)
    assert precision_at([1, 1, 1, 1], tied, 2) == pytest.approx(0.5)
    assert precision_at([3, 2, 2, 0], tied, 2) == pytest.approx(0.75)
    assert precision_at([3, 2], np.array([True, True]), 10) == 1


def test_ranks_of_equal_values_are_shared() -> None:
    values = np.array([3.0, 1.0, 3.0, 2.0, np.inf, 3.0])
    assert average_ranks(values).tolist() == [4, 1, 4, 2, 6, 4] == rankdata(values).tolist()
    assert average_ranks(np.zeros(0)).tolist() == []


def test_the_combination_learns_which_score_foretells_ties() -> None:
    rng = np.random.default_rng(1)
    signal, noise = rng.exponential(size=4_000), rng.exponential(size=4_000)
    tied = rng.random(4_000) < 1 / (1 + np.exp(3 - 2 * np.log1p(signal)))
    scores = {"one": signal, "two": noise}
    combination = fit_combination(scores, tied, ("one", "two"))
    chance = combination.probability(scores)
    assert auc(chance, tied) > 0.6
    assert combination.weights[1] > 5 * abs(combination.weights[2])
    # Calibrated: it expects as many ties as there are.
    assert chance.sum() == pytest.approx(tied.sum(), rel=0.01)
    with pytest.raises(ValueError, match="both kinds"):
        fit_combination(scores, np.zeros(4_000, dtype=bool), ("one",))
