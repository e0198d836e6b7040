"""What if: an actor or programme goes away, a collaboration comes; and names as people type them."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from ecograph.errors import QueryError
from ecograph.insight.naming import Names, read_names
from ecograph.insight.whatif import Effect, PairEffect, what_if
from ecograph.insight.whatif_change import Change
from ecograph.insight.whatif_gaps import changed_meetings
from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode
from ecograph.store.graph import MemoryGraph

FOREST, DIGITAL, ENERGY = "area/forest", "area/digital", "area/energy"


def pair(effect: Effect, first: str, second: str) -> PairEffect:
    return next(one for one in effect.pairs if set(one.pair) == {first, second})


def test_without_the_bridge_the_areas_reach_each_other_no_more(county: TwoMode) -> None:
    effect = what_if(county, Change(remove=("actor/beta",)))
    between = pair(effect, FOREST, ENERGY)
    assert (between.reached_before, between.reached_after, between.cut_off) == (3, 0, 3)
    assert [(place.actor, place.before, place.after) for place in between.bridges] == [
        ("actor/beta", 1, None),
        ("actor/alfa", 2, None),
    ]


def test_a_project_that_loses_its_last_actor_is_gone_and_named(county: TwoMode) -> None:
    effect = what_if(county, Change(remove=("actor/eta",)))
    assert effect.projects_lost == ("project/p5",)
    assert effect.projects_after == effect.projects_before - 1
    assert effect.ties_after == effect.ties_before


def test_a_project_that_goes_on_without_the_region_is_named(county: TwoMode) -> None:
    effect = what_if(county, Change(remove=("actor/alfa",)))
    assert "project/p2" in effect.projects_without_region
    assert "actor/gamma" in effect.alone


def test_a_programme_takes_its_projects_with_it(county: TwoMode) -> None:
    funded = county.projects.with_columns(
        pl.when(pl.col("project") == "project/p3").then(pl.lit("programme/x")).alias("programme")
    )
    effect = what_if(replace(county, projects=funded), Change(remove_programmes=("programme/x",)))
    between = pair(effect, FOREST, DIGITAL)
    assert (between.joint_before, between.joint_after) == (1, 0)
    assert effect.projects_lost == ("project/p3",)


def test_an_added_collaboration_joins_what_was_apart_and_counts_in_its_areas(county: TwoMode) -> None:
    effect = what_if(county, Change(add=(("actor/eta", "actor/alfa"),), areas=(FOREST, ENERGY)))
    between = pair(effect, FOREST, ENERGY)
    assert (between.joint_before, between.joint_after) == (0, 1)
    assert between.joined == 3
    assert effect.ties_after == effect.ties_before + 1


def test_a_collaboration_with_an_actor_from_elsewhere_in_the_country_can_be_tried(
    county: TwoMode, everything: TwoMode
) -> None:
    assert "actor/iota" not in county.actor_ids
    effect = what_if(county, Change(add=(("actor/iota", "actor/eta"),)), national=everything)
    assert effect.ties_after == effect.ties_before + 1


def test_a_change_that_changes_nothing_between_groups_says_so(county: TwoMode) -> None:
    effect = what_if(county, Change(add=(("actor/alfa", "actor/beta"),)))
    assert effect.message[0].startswith("Inget ändras i de projekt vi känner till")
    assert effect.message[1].startswith("Nothing changes")


def test_helices_can_be_compared_too(county: TwoMode) -> None:
    effect = what_if(county, Change(remove=("actor/alfa",)), by="helix")
    assert {one.pair for one in effect.pairs} >= {("academia", "industry")}


def test_removing_everybody_leaves_an_answer_and_no_nan(county: TwoMode) -> None:
    effect = what_if(county, Change(remove=tuple(county.actor_ids)))
    assert (effect.projects_after, effect.ties_after, effect.parts_after) == (0, 0, 0)
    assert all(one.pairs == one.reached_after == 0 for one in effect.pairs)


def test_an_empty_network_has_a_stated_answer(county: TwoMode) -> None:
    empty = county.with_projects(pl.Series([], dtype=pl.String))
    assert "inget att överbrygga" in what_if(empty, Change(remove=("actor/alfa",))).message[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(remove=("actor/nobody",)), "was not found in the sources"),
        (Change(remove_programmes=("programme/none",)), "funds no counted project"),
        (Change(add=(("actor/alfa", "actor/alfa"),)), "two different actors"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_with_a_remedy(
    county: TwoMode, change: Change, words: str
) -> None:
    with pytest.raises(QueryError, match=words) as caught:
        what_if(county, change)
    assert caught.value.remedy


def test_the_meetings_can_be_tested_before_and_after(county: TwoMode) -> None:
    change = Change(add=(("actor/eta", "actor/alfa"),), areas=(FOREST, ENERGY))
    before, after = changed_meetings(county, change)[FOREST, ENERGY]
    assert before.verdict == after.verdict == "too-little-data"
    assert after.expected > before.expected


# Names


@pytest.fixture(scope="module")
def names(county_graph: MemoryGraph, base: Base) -> Names:
    return read_names(county_graph, base, "actor")


@pytest.mark.parametrize("text", ["Alfa högskola", "alfa HÖGSKOLA", "Alfa College", "alfa", "actor/alfa"])
def test_an_actor_is_found_by_name_in_either_language_or_by_id(names: Names, text: str) -> None:
    assert names.resolve(text) == "actor/alfa"


def made_up(**more: tuple[str, ...]) -> Names:
    labels = {"actor/bron": ("Bron Innovation",), "actor/bro": ("Brobyggarna AB",), **more}
    others: dict[str, tuple[str, ...]] = {"actor/bron": ("Åkroken IT",), "actor/old": ("Gamla Bron",)}
    return Names("actor", labels, others, {"actor/old": ("actor/bron",)})


def test_a_former_name_and_a_name_without_its_legal_form_are_understood() -> None:
    assert made_up().resolve("åkroken it") == "actor/bron"
    assert made_up().resolve("Brobyggarna") == "actor/bro"


def test_an_actor_that_became_another_means_the_one_that_is_in_the_network() -> None:
    assert made_up().resolve("Gamla Bron", within=["actor/bron"]) == "actor/bron"


def test_an_unknown_name_gets_the_nearest_ones() -> None:
    with pytest.raises(QueryError, match="No actor is called 'Bron Inovation'") as caught:
        made_up().resolve("Bron Inovation")
    assert "Bron Innovation (bron)" in caught.value.remedy


def test_a_name_of_two_actors_asks_for_the_id_unless_only_one_is_in_question() -> None:
    twins = made_up(**{"actor/twin": ("Bron Innovation",)})
    with pytest.raises(QueryError, match="is that of 2 actors") as caught:
        twins.resolve("Bron Innovation")
    assert "(bron)" in caught.value.remedy and "(twin)" in caught.value.remedy
    assert twins.resolve("Bron Innovation", within=["actor/twin"]) == "actor/twin"
