"""Parameters: what may be chosen, what is refused and how, and that no value can change a query."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.errors import QueryError
from ecograph.model.iris import Base
from ecograph.query.catalogue import Parameter, ParameterKind, Question, read_question
from ecograph.query.parameters import Value, bind, choices, serialise
from ecograph.query.run import run, substitute
from ecograph.store.graph import Literal, MemoryGraph, NamedNode

AREA = Parameter(
    "area", "ref", "area/bioeconomy", "Område", "Area", "https://w3id.org/ecograph/ns#PriorityArea"
)
HELIX = Parameter("helix", "concept", "academia", "Helix", "Helix", "helix")
BASE = Base()


def plain(kind: ParameterKind, default: str) -> Parameter:
    return Parameter("value", kind, default, "Värde", "Value")


@pytest.fixture(scope="module")
def graph() -> MemoryGraph:
    made = MemoryGraph()
    made.update(
        """
        PREFIX id: <https://w3id.org/ecograph/id/>
        INSERT DATA {
          <https://w3id.org/ecograph/id/area/bioeconomy> a eco:PriorityArea ;
            skos:prefLabel "Bioekonomi"@sv , "Bioeconomy"@en .
          <https://w3id.org/ecograph/id/area/digital> a eco:PriorityArea ; skos:prefLabel "Digitalisering"@sv .
          <https://w3id.org/ecograph/id/other/digital> a eco:PriorityArea ; skos:prefLabel "Annan"@sv .
          <https://elsewhere.example/area> a eco:PriorityArea ; skos:prefLabel "Utifrån"@sv .
          <https://w3id.org/ecograph/id/actor/x> a eco:Actor .
          <https://w3id.org/ecograph/id/special> a eco:SpecialArea .
          eco:SpecialArea rdfs:subClassOf eco:PriorityArea .
          <https://w3id.org/ecograph/vocabulary/helix/academia>
            skos:inScheme <https://w3id.org/ecograph/vocabulary/helix> ; skos:prefLabel "akademi"@sv .
        }"""
    )
    return made


def test_choices_are_sorted_by_their_label_in_the_language_asked_for(graph: MemoryGraph) -> None:
    assert choices(AREA, graph, "sv") == [
        ("other/digital", "Annan"),
        ("area/bioeconomy", "Bioekonomi"),
        ("area/digital", "Digitalisering"),
        ("special", "https://w3id.org/ecograph/id/special"),
        ("https://elsewhere.example/area", "Utifrån"),
    ]
    assert ("area/bioeconomy", "Bioeconomy") in choices(AREA, graph, "en")
    assert choices(HELIX, graph, "en") == [("academia", "akademi")]
    assert choices(plain("lang", "sv"), graph, "en") == [("sv", "Swedish"), ("en", "English")]
    assert choices(plain("integer", "1"), graph) == []


@pytest.mark.parametrize(
    "text", ["area/bioeconomy", "bioeconomy", "https://w3id.org/ecograph/id/area/bioeconomy", None, "  "]
)
def test_an_area_may_be_named_by_local_id_by_slug_or_by_address(graph: MemoryGraph, text: str | None) -> None:
    assert bind(AREA, text, graph) == NamedNode("https://w3id.org/ecograph/id/area/bioeconomy")


def test_an_area_under_another_base_is_found(graph: MemoryGraph) -> None:
    assert bind(AREA, "https://elsewhere.example/area", graph) == NamedNode("https://elsewhere.example/area")
    assert bind(AREA, "area", graph, base=Base("https://elsewhere.example/")) == NamedNode(
        "https://elsewhere.example/area"
    )


@pytest.mark.parametrize(
    ("parameter", "text", "message"),
    [
        (AREA, "digital", "could mean any of area/digital, other/digital"),
        (AREA, "forestry", "allowed are area/bioeconomy, area/digital"),
        (AREA, "actor/x", "allowed are"),
        (HELIX, "army", "allowed are academia"),
        (plain("integer", "1"), "1.5", "a whole number is needed"),
        (plain("integer", "1"), "9" * 40, "a whole number is needed"),
        (plain("integer", "1"), "\u0661", "a whole number is needed"),
        (plain("year", "2020"), "20", "a year of four digits is needed"),
        (plain("lang", "sv"), "de", "allowed are sv, en"),
        (plain("text", "a"), "x" * 1001, "at most 1000 characters"),
        (plain("text", "a"), "a\ud800", "characters that are no text"),
    ],
)
def test_a_value_that_does_not_fit_is_told_with_what_is_allowed(
    graph: MemoryGraph, parameter: Parameter, text: str, message: str
) -> None:
    with pytest.raises(QueryError) as caught:
        bind(parameter, text, graph)
    assert message in caught.value.message
    assert parameter.name in caught.value.message
    assert caught.value.remedy


def test_an_optional_parameter_may_be_left_out(graph: MemoryGraph) -> None:
    optional = Parameter("area", "ref", "UNDEF", "Område", "Area", AREA.target)
    assert bind(optional, None, graph) is None
    assert serialise(None) == "UNDEF"
    with pytest.raises(QueryError, match="a value is needed"):
        bind(AREA, "UNDEF", graph)


QUERY = """\
# title_sv: Eko
# title_en: Echo
# description_sv: Ger tillbaka det givna.
# description_en: Gives back what was given.
# caveat_sv: Inget.
# caveat_en: None.
# param: first | kind=text | default=a | label_sv=Ett | label_en=One
# param: second | kind=text | default=b | label_sv=Två | label_en=Two
SELECT ?first ?second WHERE { VALUES ?first { "a" } VALUES ?second { "b" } }
"""


@pytest.fixture(scope="module")
def echo(tmp_path_factory: pytest.TempPathFactory) -> Question:
    path: Path = tmp_path_factory.mktemp("queries") / "echo.rq"
    path.write_text(QUERY, encoding="utf-8")
    return read_question(path)


HOSTILE = st.one_of(
    st.text(),
    st.text(alphabet="\"\\{}<>?\n\r\t '.;#@^u0023"),
    st.sampled_from(
        [
            '" } } ; DROP ALL #',
            '"} VALUES ?second { "x',
            "VALUES ?second { 1 }",
            "\\",
            '\\"',
            "\\u0022 } #",
            "\\U00000022",
            '"""',
            "'''",
            "\n#",
            "\\1 \\g<0>",
            "UNDEF ",
        ]
    ),
)


@given(first=HOSTILE, second=HOSTILE)
def test_no_text_can_change_a_query(echo: Question, first: str, second: str) -> None:
    try:
        answer = run(echo, MemoryGraph(), {"first": first, "second": second}, base=BASE)
    except QueryError as error:
        assert "characters" in error.message or "a value is needed" in error.message
        return
    # One row with the very texts given: nothing was cut off, added or run.
    assert answer.rows.values() == [{"first": first.strip() or "a", "second": second.strip() or "b"}]


IRI_TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_characters='<>"{}|^`\\', min_codepoint=0x21))


@given(tail=IRI_TEXT)
def test_no_address_can_change_a_query(echo: Question, tail: str) -> None:
    try:
        term = NamedNode(f"https://example.org/{tail}")
    except ValueError:
        return
    bound: dict[str, Value] = {"first": term, "second": Literal("b")}
    rows = MemoryGraph().select(substitute(echo.sparql, bound)).rows
    assert rows == [[term, Literal("b")]]


def test_a_parameter_that_the_question_does_not_have_is_refused(echo: Question) -> None:
    with pytest.raises(QueryError, match="has no parameter 'third'") as caught:
        run(echo, MemoryGraph(), {"third": "x"}, base=BASE)
    assert "first, second" in caught.value.remedy
