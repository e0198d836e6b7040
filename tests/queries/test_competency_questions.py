"""Competency questions: the ontology holds nothing that no question needs, and no question a term of its own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ecograph.config import resource
from ecograph.model.namespaces import ECO, PREFIXES, VOCABULARY
from ecograph.query.catalogue import Question, load_catalogue, read_question
from ecograph.query.terms import names, ontology_terms, vocabularies
from ecograph.store.graph import MemoryGraph
from ecograph.tables.canonical import VOCABULARIES

CATALOGUE = load_catalogue()
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "competency-questions.md"

HEADER = """\
# title_sv: Vad?
# title_en: What?
# description_sv: Allt.
# description_en: Everything.
# caveat_sv: Inget.
# caveat_en: None.
"""


@cache
def ontology() -> MemoryGraph:
    graph = MemoryGraph()
    for path in sorted(resource("ontology").rglob("*.ttl")):
        graph.load(path, format="ttl")
    return graph


def of_kind(*kinds: str) -> set[str]:
    """The ontology's own terms of the given OWL kinds."""
    values = " ".join(f"owl:{kind}" for kind in kinds)
    rows = ontology().select(f"SELECT DISTINCT ?term WHERE {{ VALUES ?kind {{ {values} }} ?term a ?kind }}")
    return {
        row["term"] for row in rows.values() if isinstance(row["term"], str) and row["term"].startswith(ECO)
    }


def question_of(tmp_path: Path, sparql: str, header: str = HEADER) -> Question:
    path = tmp_path / "areas" / "what.rq"
    path.parent.mkdir()
    path.write_text(header + sparql, encoding="utf-8")
    return read_question(path)


def test_there_are_at_least_forty_questions_and_each_is_a_question_in_both_languages() -> None:
    assert len(CATALOGUE) >= 40
    for question in CATALOGUE.values():
        assert question.title_sv.endswith("?"), question.slug
        assert question.title_en.endswith("?"), question.slug
    for lang in ("sv", "en"):
        titles = [question.title(lang) for question in CATALOGUE.values()]
        assert len(set(titles)) == len(titles), "no question is asked twice"


def test_every_class_and_property_of_the_ontology_is_needed_by_a_question() -> None:
    used = {ECO + term for question in CATALOGUE.values() for term in ontology_terms(question)}
    assert of_kind("Class", "ObjectProperty", "DatatypeProperty") - used == set()


def test_every_vocabulary_is_needed_by_a_question() -> None:
    used = {scheme for question in CATALOGUE.values() for scheme in vocabularies(question)}
    assert used == set(VOCABULARIES)


def test_no_question_names_a_term_or_a_concept_that_the_ontology_lacks() -> None:
    known = of_kind("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
    for row in ontology().select("SELECT ?concept ?scheme WHERE { ?concept skos:inScheme ?scheme }").values():
        known |= {row["concept"], row["scheme"]}
    for question in CATALOGUE.values():
        own = {iri for iri in names(question) if iri.startswith((ECO, VOCABULARY))}
        assert own - known == set(), question.slug


def test_the_page_lists_every_question_in_both_languages_with_its_file_and_terms() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for question in CATALOGUE.values():
        assert question.title_sv in text
        assert question.title_en in text
        assert f"(../../queries/{question.theme}/{question.slug}.rq)" in text
    for term in of_kind("Class", "ObjectProperty", "DatatypeProperty"):
        assert f"| `eco:{term.removeprefix(ECO)}` |" in text


def test_what_stands_in_a_comment_or_in_quotes_is_no_term(tmp_path: Path) -> None:
    question = question_of(
        tmp_path,
        'PREFIX eco: <https://w3id.org/ecograph/ns#>\nSELECT * { ?a eco:helix "eco:role" } # eco:status\n',
    )
    assert ontology_terms(question) == ["helix"]


def test_a_term_counts_however_it_is_written(tmp_path: Path) -> None:
    question = question_of(
        tmp_path,
        "PREFIX e: <https://w3id.org/ecograph/ns#>\n"
        "SELECT * { ?a e:siteIn|(e:hasSite/^e:partOf)* ?b ; a <https://w3id.org/ecograph/ns#Actor> "
        f"FILTER(?a<?b) ?b e:role <{VOCABULARY}role/partner> }}",
    )
    assert ontology_terms(question) == ["Actor", "hasSite", "partOf", "role", "siteIn"]
    assert vocabularies(question) == ["role"]


@pytest.mark.parametrize(
    ("setting", "iri"),
    [("class=eco:Project", PREFIXES["eco"] + "Project"), ("scheme=helix", VOCABULARY + "helix")],
)
def test_what_a_parameter_may_be_is_used_by_the_question(tmp_path: Path, setting: str, iri: str) -> None:
    header = HEADER + f"# param: a | {setting} | default=UNDEF | label_sv=A | label_en=A\n"
    assert iri in names(question_of(tmp_path, "SELECT * { VALUES ?a { UNDEF } }", header))
