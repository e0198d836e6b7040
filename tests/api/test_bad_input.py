"""Networks that are hard to say anything of: every question has a stated answer, and no number is NaN."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations

import polars as pl
import pytest

from ecograph.api import Answer
from ecograph.api.bridges import bridges
from ecograph.api.evolution import evolution
from ecograph.api.gaps import gaps
from ecograph.api.introductions import introductions
from ecograph.api.networks import network
from ecograph.api.opened import Opened
from ecograph.api.roles import roles
from ecograph.api.strengths import strengths
from ecograph.api.what_if import what_if
from ecograph.cli.network_output import emit
from ecograph.config import RegionConfig
from ecograph.errors import QueryError
from ecograph.model.iris import Base
from ecograph.store.graph import MemoryGraph

_HEAD = """
@base <https://w3id.org/ecograph/id/> .
@prefix eco: <https://w3id.org/ecograph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix voc: <https://w3id.org/ecograph/vocabulary/> .
<https://w3id.org/ecograph/graph/vocabulary> {
  <https://w3id.org/ecograph/vocabulary/role/partner> eco:collaborating true .
  <https://w3id.org/ecograph/vocabulary/project-status/finished> eco:countsByDefault true .
}
<https://w3id.org/ecograph/graph/source/tables/2024-05-02> {
  <place/SE321> eco:within <place/SE> . <place/2281> eco:within <place/SE321> .
  <place/2284> eco:within <place/SE321> .
"""

ACTORS = "abcdefgh"
AREAS = ("forest", "digital", "energy")

Projects = dict[str, tuple[str, tuple[str, ...]]]
"""Of each project its collaborators, a letter each, and its areas."""

SHAPES: dict[str, Projects] = {
    "nothing at all": {},
    "a single actor": {"p1": ("a", ("forest",))},
    "one project of all actors": {"p1": (ACTORS, ("forest", "digital"))},
    "dust": {f"p{actor}": (actor, (AREAS[place % 2],)) for place, actor in enumerate(ACTORS)},
    "a ring of equal degrees": {
        f"p{place}": (ACTORS[place] + ACTORS[(place + 1) % 8], (AREAS[place % 2],)) for place in range(8)
    },
    "projects without an area": {
        f"p{one}{other}": (one + other, ()) for one, other in combinations("abcd", 2)
    },
}
"""In none of them the area energy has a project."""


def opened(projects: Projects) -> Opened:
    lines = [_HEAD]
    for area in AREAS:
        lines.append(f'<area/{area}> a eco:PriorityArea ; skos:prefLabel "{area}"@sv, "{area}"@en .')
    for place, actor in enumerate(ACTORS):
        helix = ("academia", "industry")[place % 2]
        lines.append(
            f"<actor/{actor}> a eco:Actor ; eco:municipality <place/{(2281, 2284)[place % 2]}> ; "
            f"eco:helix <https://w3id.org/ecograph/vocabulary/helix/{helix}> ; "
            f'skos:prefLabel "{actor}"@sv, "{actor}"@en .'
        )
    for project, (actors, areas) in projects.items():
        lines.append(
            f"<project/{project}> a eco:Project ; eco:startYear 2019 ; "
            "eco:status <https://w3id.org/ecograph/vocabulary/project-status/finished> ."
        )
        lines += [f"<project/{project}> eco:hasArea <area/{area}> ." for area in areas]
        lines += [
            f"<participation/{project}-{actor}> eco:inProject <project/{project}> ; "
            f"eco:byActor <actor/{actor}> ; eco:role <https://w3id.org/ecograph/vocabulary/role/partner> ."
            for actor in actors
        ]
    graph = MemoryGraph()
    graph.load("\n".join([*lines, "}"]).encode(), format="trig")
    region = RegionConfig(
        nuts3="SE321", country="SE", name_sv="Länet", name_en="The county",
        municipalities=("2281", "2284"), strategy_adopted="2020-12",
    )  # fmt: skip
    return Opened(graph, base=Base(), region=region, lang="en")


QUESTIONS: dict[str, Callable[..., Answer]] = {
    "bridges": lambda region, **more: bridges(region, draws=5, **more),
    "bridges between two": lambda region, **more: bridges(
        region, between=("forest", "energy"), draws=5, **more
    ),
    "bridges by helix": lambda region, **more: bridges(region, by="helix", draws=5, **more),
    "gaps": lambda region, **more: gaps(region, period="each", draws=200, **more),
    "gaps by helix": lambda region, **more: gaps(region, by="helix", draws=200, **more),
    "gaps by municipality": lambda region, **more: gaps(region, by="municipality", draws=200, **more),
    "roles": roles,
    "roles in each area": lambda region, **more: roles(region, by="area", per_group=True, **more),
    "roles by density": lambda region, **more: roles(region, null="density", **more),
    "introductions": introductions,
    "introductions between two": lambda region, **more: introductions(
        region, between=("forest", "energy"), **more
    ),
    "years": evolution,
    "pairs": lambda region, **more: evolution(region, show="pairs", **more),
    "periods": lambda region, **more: evolution(region, show="periods", **more),
    "programmes": lambda region, **more: evolution(region, show="programmes", **more),
    "strengths": strengths,
    "strengths options": lambda region, **more: strengths(region, options=True, **more),
    "what if": lambda region, **more: what_if(region, remove=["a"], tested=True, **more),
}


def refuse(name: str) -> float:
    raise AssertionError(f"{name} in an answer")


def check(answer: Answer) -> None:
    """Say something, in words or rows, and no number that is none."""
    text = json.dumps(answer.document(), allow_nan=False)
    json.loads(text, parse_constant=refuse)
    assert answer.message[0] or answer.rows
    assert bool(answer.message[0]) == bool(answer.message[1])
    assert answer.guards()
    frame = answer.frame()
    assert frame.height == len(answer.rows)
    for column in frame.select(pl.selectors.float()).iter_columns():
        assert column.is_nan().sum() == 0
    for output in ("table", "csv"):
        emit(answer, output, explain=True)


@pytest.fixture(scope="module", params=SHAPES)
def shape(request: pytest.FixtureRequest) -> Opened:
    return opened(SHAPES[request.param])


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_a_stated_answer(shape: Opened, question: str) -> None:
    check(QUESTIONS[question](shape))


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_empty_window_has_a_stated_answer(question: str) -> None:
    ring = opened(SHAPES["a ring of equal degrees"])
    check(QUESTIONS[question](ring, window=(1900, 1901)))


@pytest.mark.parametrize("projection", ["actors", "two-mode", "areas", "helices", "municipalities"])
def test_networks_keep_their_vertices_and_have_no_undefined_value(shape: Opened, projection: str) -> None:
    graph = network(shape, projection=projection)  # type: ignore[arg-type]
    values = [value for _, facts in graph.nodes(data=True) for value in facts.values()]
    assert None not in [*values, *graph.graph.values()]
    assert all(weight > 0 for _, _, weight in graph.edges(data="weight", default=1))
    if projection == "areas":
        assert "area/energy" in graph


def test_equal_values_are_said_not_to_be_told_apart() -> None:
    ring = opened(SHAPES["a ring of equal degrees"])
    answer = bridges(ring, by="helix", between=("academia", "industry"), draws=0)
    assert "does not tell them apart" in answer.message[1]
    assert {row["rank"] for row in answer.rows} == {1}


def test_a_window_that_ends_before_it_begins_is_refused(shape: Opened) -> None:
    with pytest.raises(QueryError, match="ends before it begins"):
        shape.county((2020, 2010))
