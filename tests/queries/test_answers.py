"""Answers: each question on the small workspace against its golden table, and on the whole one not empty."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from ecograph.cli.query import delimited
from ecograph.config import Workspace
from ecograph.model.iris import Base
from ecograph.query.catalogue import Question, load_catalogue
from ecograph.query.run import run
from ecograph.store.builds import Build
from ecograph.store.graph import PublishedGraph

CATALOGUE = load_catalogue()
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "queries"
UPDATE = os.environ.get("ECOGRAPH_UPDATE_GOLDEN") == "1"

BUDGET = 2.0
"""CPU seconds that a question may take on the whole workspace: twice the target, for slower machines."""


MAY_BE_EMPTY = {"ending-within-a-year"}
"""Questions about the time after the data were gathered: that nothing is known is an answer."""


def slug(question: Question) -> str:
    return question.slug


@pytest.fixture(scope="module")
def small(fixture_build: Build) -> PublishedGraph:
    return fixture_build.graph()


@pytest.fixture(scope="module")
def whole(full_build: Build) -> PublishedGraph:
    return full_build.graph()


@pytest.mark.parametrize("question", CATALOGUE.values(), ids=slug)
def test_every_question_gives_its_golden_answer(
    question: Question, small: PublishedGraph, fixture_workspace: Workspace
) -> None:
    answer = delimited(run(question, small, {}, base=Base(fixture_workspace.base)), "csv")
    golden = GOLDEN / f"{question.slug}.csv"
    if UPDATE:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(answer, encoding="utf-8")
    assert answer == golden.read_text(encoding="utf-8"), (
        "if right: ECOGRAPH_UPDATE_GOLDEN=1 pytest tests/queries"
    )


def test_no_golden_table_is_left_without_its_question() -> None:
    assert {path.stem for path in GOLDEN.glob("*.csv")} == set(CATALOGUE)


@pytest.mark.parametrize("question", CATALOGUE.values(), ids=slug)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_labels_never_double_a_row(
    question: Question, lang: str, small: PublishedGraph, fixture_workspace: Workspace
) -> None:
    rows = run(question, small, {"lang": lang}, base=Base(fixture_workspace.base)).rows.rows
    assert len({tuple(map(str, row)) for row in rows}) == len(rows)


@pytest.mark.full
@pytest.mark.parametrize("question", CATALOGUE.values(), ids=slug)
def test_every_question_has_an_answer_in_the_whole_workspace(
    question: Question, whole: PublishedGraph, full_workspace: Workspace
) -> None:
    started = time.process_time()
    answer = run(question, whole, {}, base=Base(full_workspace.base))
    assert answer.rows.rows or question.slug in MAY_BE_EMPTY
    assert time.process_time() - started < BUDGET


@pytest.mark.full
def test_mittuniversitetet_bridges_forest_bioeconomy_and_digitalisation(
    whole: PublishedGraph, full_workspace: Workspace
) -> None:
    rows = run(CATALOGUE["bridging-actors"], whole, {}, base=Base(full_workspace.base)).rows.values()
    university = next(row for row in rows if row["actorLabel"] == "Mittuniversitetet")
    assert {"Skoglig bioekonomi", "Digitalisering"} <= set(university["areas"].split("; "))
    assert university["inRegion"] is True
