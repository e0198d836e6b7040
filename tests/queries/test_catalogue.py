"""The catalogue's files: headers, defaults, and the messages for a header that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib.plugins.sparql import prepareQuery

from ecograph.config import resource
from ecograph.errors import QueryError
from ecograph.model.iris import Base
from ecograph.model.namespaces import ECO
from ecograph.query.catalogue import THEMES, Question, load_catalogue, read_question
from ecograph.query.parameters import serialise
from ecograph.query.run import default_block, rebase, run
from ecograph.store.graph import Literal, MemoryGraph

CATALOGUE = load_catalogue()
QUESTIONS = list(CATALOGUE.values())

HEADER = """\
# title_sv: Vad?
# title_en: What?
# description_sv: Allt.
# description_en: Everything.
# caveat_sv: Inget.
# caveat_en: None.
"""


def slug(question: Question) -> str:
    return question.slug


def write(directory: Path, text: str) -> Path:
    path = directory / "areas" / "what.rq"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_catalogue_answers_the_questions_that_a_region_asks() -> None:
    assert len(CATALOGUE) >= 16
    assert {question.theme for question in QUESTIONS} == set(THEMES)
    for wanted in (
        "bridging-actors",
        "money-by-area-and-year",
        "actors-by-helix-and-municipality",
        "area-pairs-by-joint-projects",
        "county-compared-with-sweden",
        "newcomers-by-year",
        "projects-per-goal",
    ):
        assert wanted in CATALOGUE


def test_every_query_file_of_the_themes_is_in_the_catalogue() -> None:
    files = {path for theme in THEMES for path in (resource("queries") / theme).rglob("*.rq")}
    assert files == {question.path for question in QUESTIONS}


@pytest.mark.parametrize("question", QUESTIONS, ids=slug)
def test_every_question_runs_on_an_empty_graph_once_its_choices_exist(question: Question) -> None:
    answer = run(question, with_choices(question), {}, base=Base())
    named = [column.name for column in question.columns]
    assert answer.rows.variables == named, "each column has its label in both languages, in order"


@pytest.mark.parametrize("question", QUESTIONS, ids=slug)
def test_the_file_by_itself_asks_what_the_defaults_ask(question: Question) -> None:
    answer = run(question, with_choices(question), {}, base=Base())
    for name, value in answer.values.items():
        written = default_block(question, name)
        expected = str(value.value) if isinstance(value, Literal) and written.isdigit() else serialise(value)
        assert written == expected


@pytest.mark.parametrize("question", QUESTIONS, ids=slug)
def test_the_file_is_sparql_1_1_to_another_parser(question: Question) -> None:
    prepareQuery(question.path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("question", QUESTIONS, ids=slug)
def test_every_label_in_the_answer_is_in_the_language_asked_for(question: Question) -> None:
    assert any(parameter.kind == "lang" for parameter in question.parameters) or not any(
        column.name.endswith("Label") for column in question.columns
    )


def with_choices(question: Question) -> MemoryGraph:
    """A graph with nothing in it but what the question's defaults name."""
    graph = MemoryGraph()
    for parameter in question.parameters:
        if parameter.kind == "ref" and not parameter.optional:
            iri = Base().instance(parameter.default)
            graph.update(f'INSERT DATA {{ <{iri}> a <{parameter.target}> ; skos:prefLabel "x"@sv }}')
        if parameter.kind == "concept" and not parameter.optional:
            scheme = f"https://w3id.org/ecograph/vocabulary/{parameter.target}"
            graph.update(f"INSERT DATA {{ <{scheme}/{parameter.default}> skos:inScheme <{scheme}> }}")
    return graph


def test_a_workspace_with_another_base_gets_its_own_addresses(tmp_path: Path) -> None:
    question = CATALOGUE["bridging-actors"]
    base = Base("https://data.example.org/")
    text = rebase(question.sparql, base)
    assert "<https://data.example.org/id/area/digitalisation>" in text
    assert "https://w3id.org/ecograph/id/" not in text
    assert ECO in text


@pytest.mark.parametrize(
    ("text", "message", "row"),
    [
        (HEADER + "# colour: red\nSELECT * {}", "'colour' is unknown", 7),
        (HEADER + "# title_sv: Igen\nSELECT * {}", "stands twice", 7),
        ("# title_sv: Vad?\nSELECT * {}", "lacks title_en", 1),
        (HEADER + "# just a remark\nSELECT * {}", "not of the form", 7),
        (HEADER + "# param: a | kind=colour | default=1 | label_sv=A | label_en=A\nSELECT * {}", "needs", 7),
        (HEADER + "# param: a | kind=year | label_sv=A | label_en=A\nSELECT * {}", "lacks its default", 7),
        (HEADER + "# param: a | kind=year | default=1\nSELECT * {}", "lacks its label_sv", 7),
        (HEADER + "# param: a b | kind=year | default=1\nSELECT * {}", "no name of a variable", 7),
        (
            HEADER + "# param: a | scheme=nose | default=1 | label_sv=A | label_en=A\nSELECT * {}",
            "no vocabulary",
            7,
        ),
        (
            HEADER + "# param: a | class=no:X | default=1 | label_sv=A | label_en=A\nSELECT * {}",
            "prefix of the class",
            7,
        ),
        (
            HEADER + "# param: a | kind=year | default=2020 | label_sv=A | label_en=A\nSELECT * {}",
            "no block VALUES ?a",
            None,
        ),
    ],
)
def test_a_wrong_header_is_told_with_file_and_line(
    tmp_path: Path, text: str, message: str, row: int | None
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(QueryError, match="In this query") as caught:
        read_question(path)
    assert message in caught.value.message
    assert caught.value.place is not None
    assert caught.value.place.file == str(path)
    assert caught.value.place.row == row
    assert caught.value.remedy


def test_two_questions_cannot_have_the_same_slug(tmp_path: Path) -> None:
    write(tmp_path, HEADER + "SELECT * {}")
    (tmp_path / "money").mkdir()
    (tmp_path / "money" / "what.rq").write_text(HEADER + "SELECT * {}", encoding="utf-8")
    with pytest.raises(QueryError, match="is taken by"):
        load_catalogue(tmp_path)


def test_a_query_that_is_not_sparql_is_told_with_its_file(tmp_path: Path) -> None:
    question = read_question(write(tmp_path, HEADER + "SELECT WHERE"))
    with pytest.raises(QueryError, match="cannot be run") as caught:
        run(question, MemoryGraph(), {}, base=Base())
    assert str(question.path) in caught.value.remedy
