"""Strengths: location quotients against the country, relatedness, variety, and what is not classifiable."""

from __future__ import annotations

import numpy as np
import pytest
from click.testing import CliRunner

from ecograph.cli import main
from ecograph.config import RegionConfig, Workspace
from ecograph.insight.strengths import Quotient, find_strengths
from ecograph.model.iris import Base
from ecograph.network.relatedness import (
    association_strength,
    diversity_and_ubiquity,
    entropy,
    location_quotient,
    proximity,
    reflections,
    related_variety,
    relatedness_density,
)
from ecograph.store.builds import Build
from ecograph.store.graph import MemoryGraph

# The regions × industries matrix of the documentation of EconGeo 2.0 (location_quotient, Balland 2017).
ECONGEO = np.array(
    [
        [100, 0, 0, 0, 0],
        [0, 15, 5, 70, 10],
        [0, 20, 10, 20, 50],
        [0, 25, 30, 5, 40],
        [0, 40, 55, 5, 0],
    ]
)


def test_location_quotients_of_the_econgeo_matrix() -> None:
    # All sums are 100, so each value is five times the share: worked by hand from Balassa's formula.
    assert np.allclose(location_quotient(ECONGEO), ECONGEO / 100 * 5)
    assert np.isnan(location_quotient([[0, 0], [1, 2]])[0]).all()


def test_entropy_of_the_econgeo_matrix_and_of_equal_parts() -> None:
    assert entropy(ECONGEO[0]) == 0
    assert entropy([1, 1, 1, 1]) == pytest.approx(2)
    # .15, .05, .7, .1: worked by hand.
    assert entropy(ECONGEO[1]) == pytest.approx(1.319035, abs=1e-6)
    assert np.isnan(entropy([0, 0]))


def test_related_and_unrelated_variety_add_up_to_the_entropy() -> None:
    # Frenken et al. (2007): entropy decomposes; two groups of two equal activities have one bit of each.
    assert related_variety([1, 1, 1, 1], ["a", "a", "b", "b"]) == pytest.approx((1, 1))
    amounts, groups = [5, 0, 3, 2, 9], ["a", "a", "b", "b", "c"]
    assert sum(related_variety(amounts, groups)) == pytest.approx(entropy(amounts))
    assert all(np.isnan(value) for value in related_variety([0], ["a"]))


def test_association_is_one_when_areas_meet_as_independence_lets_expect() -> None:
    # van Eck & Waltman (2009), equation 6: c_ij = s_i s_j / 2m for all pairs gives one.
    assert np.allclose(association_strength(np.ones((4, 4)))[~np.eye(4, dtype=bool)], 4 / 3)
    together = np.array([[0, 6, 2], [6, 0, 2], [2, 2, 0]])
    # s = (8, 8, 4), 2m = 20: 6 · 20 / 64 and 2 · 20 / 32.
    found = association_strength(together)
    assert found[0, 1] == pytest.approx(1.875)
    assert found[0, 2] == pytest.approx(1.25)
    assert np.isnan(association_strength(np.zeros((2, 2)))).all()


# Three regions: the first does everything, the second two, the third only what all do.
NESTED = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]])


def test_diversity_ubiquity_and_reflections_of_a_nested_region() -> None:
    diversity, ubiquity = diversity_and_ubiquity(NESTED)
    assert (diversity.tolist(), ubiquity.tolist()) == ([3, 2, 1], [3, 2, 1])
    # Hidalgo & Hausmann (2009), equations 1 and 2, worked by hand.
    regions, activities = reflections(NESTED, 1)
    assert regions.tolist() == [2, 2.5, 3]
    assert activities.tolist() == [2, 2.5, 3]
    assert np.isnan(reflections(np.array([[1, 0], [0, 0]]), 1)[0][1])


def test_reflections_of_hidalgo_and_hausmann_s_small_network() -> None:
    """The network of four countries and four products of their supplement (2009, figure S4), as the
    documentation of EconGeo's morc has it; the values follow by hand from equations 1 and 2."""
    made = np.array([[1, 1, 1, 1], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]])
    diversity, ubiquity = diversity_and_ubiquity(made)
    assert (diversity.tolist(), ubiquity.tolist()) == ([4, 1, 2, 1], [1, 2, 2, 3])
    countries, products = reflections(made, 1)
    assert countries == pytest.approx([2, 2, 2.5, 3])
    assert products == pytest.approx([4, 2.5, 3, 7 / 3])
    countries, products = reflections(made, 2)
    assert countries == pytest.approx([(4 + 2.5 + 3 + 7 / 3) / 4, 2.5, (3 + 7 / 3) / 2, 7 / 3])
    assert products == pytest.approx([2, 2, 2.25, 2.5])


def test_proximity_is_the_least_conditional_probability() -> None:
    near = proximity(NESTED)
    # Hidalgo et al. (2007): both in 2 regions, the first in 3 of them.
    assert near[0, 1] == pytest.approx(2 / 3)
    assert near[0, 2] == pytest.approx(1 / 3)
    assert near[1, 2] == pytest.approx(1 / 2)
    assert np.isnan(proximity(np.array([[1, 0]]))[0, 1])


def test_density_is_the_share_of_relatedness_that_the_region_has() -> None:
    density = relatedness_density(NESTED, proximity(NESTED))
    assert density[0].tolist() == [1, 1, 1]
    # The third region has only the first activity: (2/3) / (2/3 + 1/2) around the second.
    assert density[2, 1] == pytest.approx((2 / 3) / (2 / 3 + 1 / 2))


def test_a_quotient_stands_above_the_country_only_with_its_whole_interval() -> None:
    def standing(low: float | None, high: float | None) -> str:
        return Quotient(1.0, low, high, 1, 1, 1, 1, 1).standing

    assert standing(1.1, 3) == "above"
    assert standing(0.9, 3) == "not-told-apart"
    assert standing(0.1, 0.9) == "below"
    assert standing(None, None) == "no-data"


def test_areas_that_the_codes_cannot_tell_apart_are_unknown_and_not_zero(
    fixture_build: Build, fixture_workspace: Workspace
) -> None:
    graph, region = fixture_build.graph(), fixture_workspace.region
    found = find_strengths(graph, base=Base(fixture_workspace.base), region=region, draws=200)
    by_area = {strength.area: strength for strength in found.areas}
    assert found.sources == ("h2020",)
    assert not by_area["area/digitalisation"].classifiable
    assert by_area["area/digitalisation"].participations is None
    forest = by_area["area/forest-bioeconomy"].participations
    assert forest is not None
    assert forest.region <= forest.region_total <= forest.country_total
    assert forest.low is not None
    assert forest.high is not None
    assert forest.value is not None
    assert forest.low <= forest.value <= forest.high


def test_the_same_seed_gives_the_same_interval(fixture_build: Build, fixture_workspace: Workspace) -> None:
    graph, base, region = fixture_build.graph(), Base(fixture_workspace.base), fixture_workspace.region
    one, other = (find_strengths(graph, base=base, region=region, draws=100) for _ in range(2))
    assert one.areas == other.areas


def test_without_a_source_of_the_country_nothing_is_compared(
    county_graph: MemoryGraph, base: Base, region: RegionConfig
) -> None:
    found = find_strengths(county_graph, base=base, region=region, draws=50)
    assert found.sources == ()
    assert not any(strength.classifiable for strength in found.areas)
    assert found.options.items == ()
    assert found.area_entropy is None


@pytest.mark.parametrize(
    "more",
    [[], ["--options"], ["-o", "json"], ["--lang", "en", "-o", "csv"], ["--from", "1950", "--to", "1951"]],
)
def test_the_command_answers_in_every_form(
    fixture_build: Build, fixture_workspace: Workspace, more: list[str]
) -> None:
    result = CliRunner().invoke(main, ["network", "strengths", "-C", str(fixture_workspace.root), *more])
    assert result.exit_code == 0, result.output
    assert "NaN" not in result.output
    assert "h2020" in result.output
