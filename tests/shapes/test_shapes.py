"""Each shape lets good data in and names what is wrong in bad data, by pySHACL."""

from __future__ import annotations

import re
from functools import cache

import pyshacl
import pytest
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from ecograph.config import resource
from ecograph.model.namespaces import PREFIXES, sparql_prologue
from ecograph.tables.canonical import TABLES

SH = Namespace(PREFIXES["sh"])
SHAPES = "https://w3id.org/ecograph/shapes#"
REMEDY = URIRef(PREFIXES["eco"] + "remedy")

VALID = """
@prefix eco: <https://w3id.org/ecograph/ns#> . @prefix : <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix schema: <https://schema.org/> .
:se a eco:Place ; skos:prefLabel "Sverige"@sv, "Sweden"@en ; eco:placeLevel <voc:place-level/country> ; eco:nutsCode "SE" .
:m a eco:Place ; skos:prefLabel "Ånge"@sv, "Ånge"@en ; eco:placeLevel <voc:place-level/municipality> ; eco:within :se ;
    eco:lauCode "2260" ; eco:coastal false .
:s a eco:Strategy ; skos:prefLabel "Strategi"@sv, "Strategy"@en ; eco:isSmartSpecialisation true ; eco:forPlace :m ;
    eco:periodStart "2020"^^xsd:gYear ; eco:periodEnd "2030"^^xsd:gYear ; eco:adopted "2020-12"^^xsd:gYearMonth ;
    eco:strategyOwner :a .
:x a eco:PriorityArea ; skos:prefLabel "Ett"@sv, "One"@en ; skos:inScheme :s ; eco:areaStatus <voc:area-status/strength-area> ;
    eco:certainty <voc:certainty/sure> ; eco:colourName "forest" ; eco:displayOrder 1 .
:y a eco:PriorityArea ; skos:prefLabel "Två"@sv, "Two"@en ; skos:inScheme :s ; eco:areaStatus <voc:area-status/not-stated> ;
    eco:certainty <voc:certainty/uncertain> .
:g a eco:StrategyElement, eco:CoordinationGoal ; skos:prefLabel "Mål"@sv, "Goal"@en ; skos:inScheme :s ; eco:concernsArea :x .
:xy a eco:CrossFertilisation ; eco:joinsArea :x, :y ; eco:crossFertilisationBasis <voc:cross-fertilisation-basis/declared> ;
    eco:modality <voc:modality/are-linked> ; eco:declaredBy :s ; skos:prefLabel "Ett och två"@sv, "One and two"@en .
:a a eco:Actor, eco:Municipality ; rdfs:label "Ånge kommun" ; skos:prefLabel "Ånge kommun"@sv, "Ånge"@en ; eco:country :se ;
    eco:municipality :m ; eco:helix <voc:helix/public-sector> ; eco:organisationNumber "202100-4524" ; eco:pic "999579860" ;
    eco:ror <https://ror.org/019k1pd13> ; eco:wikidata "Q1" ; eco:vatNumber "SE202100452401" ;
    foaf:homepage <https://example.org/> ; schema:foundingDate "1971"^^xsd:gYear .
:b a eco:Actor, eco:Company ; rdfs:label "Bolaget"@sv ; skos:prefLabel "Bolaget"@sv, "Bolaget"@en ; eco:siteIn :m ; eco:partOf :a .
:prog a eco:Programme ; skos:prefLabel "Program"@sv, "Programme"@en ; eco:programmeOwner :a ;
    eco:periodStart "2014"^^xsd:gYear ; eco:periodEnd "2020"^^xsd:gYear .
:p a eco:Project ; dcterms:title "Projekt"@sv ; skos:prefLabel "Projekt"@sv, "Projekt"@en ; eco:sourceReference "boken" ;
    eco:status <voc:project-status/finished> ; eco:start "2016-09-01"^^xsd:date ; eco:end "2019"^^xsd:gYear ; eco:startYear 2016 ;
    eco:endYear 2019 ; eco:fundedUnder :prog ; eco:contributesToGoal :g ; eco:takesPlaceIn :m ;
    eco:contributesToSdg <voc:sdg/7> ; eco:classificationStatus <voc:classification-status/classified> .
:part a eco:Participation ; eco:inProject :p ; eco:byActor :a ; eco:role <voc:role/coordinator> ; eco:asSme false .
:f a eco:Funding ; eco:fundsProject :p ; eco:recipient :a ; eco:moneyKind <voc:money-kind/granted-support> ; eco:amount 50.0 ;
    eco:currency "SEK" .
:budget a eco:Funding ; eco:fundsProject :p ; eco:moneyKind <voc:money-kind/total-budget> ; eco:amount 100.0 ; eco:currency "SEK" .
:k a eco:Classification ; eco:classifies :p ; eco:codeScheme "programme-part" ; skos:notation "SC3" .
:r a eco:AreaRule ; skos:prefLabel "Regel"@sv, "Rule"@en ; eco:codeScheme "programme-part" ; skos:notation "SC3" ; eco:toArea :x ;
    eco:weight 1.0 ; eco:isProxy true .
:w a eco:AreaAssignment ; eco:assignmentOf :p ; eco:toArea :x ; eco:basis <voc:assignment-basis/rule> ; eco:byRule :r ;
    eco:weight 1.0 ; eco:share 1.0 .
:d a eco:DialogueEvent ; skos:prefLabel "Remiss"@sv, "Consultation"@en ; eco:start "2020"^^xsd:gYear ;
    eco:dialogueForm <voc:dialogue-form/consultation> ; eco:involved :a ; eco:aboutStrategy :s ; eco:conclusion "Ja"@sv .
:e a eco:OrganisationalChange ; eco:changeKind <voc:change-kind/renaming> ; org:originalOrganization :a .
:i a eco:Indicator ; skos:prefLabel "Tal"@sv, "Figure"@en ; eco:unit "percent" .
:o a eco:Observation ; eco:ofIndicator :i ; eco:forPlace :m ; eco:referenceYear 2021 ; eco:value 12.5 ;
    eco:observationKind <voc:observation-kind/observation> ; eco:sourceReference "SCB" .
""".replace("<voc:", "<https://w3id.org/ecograph/vocabulary/")

CASES: dict[str, list[tuple[str, str, str | None, str]]] = {
    # file: (subject, property, new value or None, the shape that must find it)
    "place": [
        (":m", "eco:lauCode", '"22600"', "place-lau-code"),
        (":se", "eco:nutsCode", '"Se"', "place-nuts-code"),
        (":m", "eco:within", None, "place-within-something"),
        (":m", "eco:within", ":m", "place-no-circle"),
        (":m", "eco:lauCode", None, "place-coded"),
        (":m", "skos:prefLabel", '"Ånge"@sv', "place-label"),
    ],
    "strategy": [
        (":s", "eco:isSmartSpecialisation", None, "strategy-smart-specialisation"),
        (":s", "eco:periodEnd", '"2019"^^xsd:gYear', "strategy-date-order"),
    ],
    "area": [
        (":x", "eco:certainty", "voc:helix", "area-certainty"),
        (":x", "skos:inScheme", ":a", "area-strategy"),
        (":x", "rename", "<http://example.org/area/other>", "area-not-other"),
    ],
    "strategy-element": [(":g", "eco:concernsArea", ":g", "strategy-element-areas")],
    "cross-fertilisation": [
        (":xy", "eco:joinsArea", ":x", "cross-fertilisation-two-areas"),
        (":xy", "eco:joinsArea", ":x, :y, <http://example.org/z>", "cross-fertilisation-two-areas cross-fertilisation-areas"),
        (":xy", "eco:modality", None, "cross-fertilisation-declared"),
        (":xy", "eco:crossFertilisationBasis", None, "cross-fertilisation-basis"),
    ],
    "actor": [
        (":a", "rdfs:label", None, "actor-name"),
        (":a", "skos:prefLabel", '"A"@sv, "B"@sv', "actor-label"),
        (":a", "skos:prefLabel", '"A"@sv, "B"@en, "C"@de', "actor-label"),
        (":a", "eco:organisationNumber", '"202100-45"', "actor-orgnr"),
        (":a", "eco:organisationNumber", '"202100-4525"', "actor-organisation-number-check-digit"),
        (":a", "eco:organisationNumber", '"640823-3234"', "actor-not-sole-trader"),
        (":a", "eco:vatNumber", '"SE640823323401"', "actor-not-sole-trader"),
        (":a", "eco:organisationNumber", '"202100-4524", "212000-2445"', "actor-orgnr-one"),
        (":a", "eco:pic", '"99957986"', "actor-pic"),
        (":a", "eco:ror", "<https://ror.org/19k1pd13>", "actor-ror"),
        (":a", "foaf:homepage", "<ftp://example.org/>", "actor-website"),
        (":a", "rdf:type", "eco:Actor, eco:Municipality, eco:Company", "company-only"),
        (":a", "rdf:type", "eco:Actor, eco:Municipality, eco:Foundation", "authority-only"),
        (":a", "rdf:type", "eco:Actor, eco:Municipality, eco:Region", "municipality-only"),
        (":a", "eco:partOf", ":a", "actor-not-part-of-itself"),
        (":a", "schema:dissolutionDate", '"1970-01"^^xsd:gYearMonth', "actor-date-order"),
        (":b", "eco:siteIn", ":x", "actor-sites"),
    ],
    "programme": [(":prog", "eco:periodEnd", '"2013-12-31"^^xsd:date', "programme-date-order")],
    "project": [
        (":p", "eco:status", None, "project-status"),
        (":p", "eco:start", '"i höstas"', "project-start"),
        (":p", "eco:end", '"2016-08"^^xsd:gYearMonth', "project-date-order"),
        (":p", "eco:endYear", "2015", "project-year-order"),
        (":p", "eco:startYear", "1950", "project-start-year-plausible"),
        (":p", "eco:startYear", "2016.5", "project-start-year"),
        (":p", "eco:start", '"2010-09-01"^^xsd:date', "project-within-programme-period"),
        (":part2", "add", "a eco:Participation ; eco:inProject :p ; eco:byActor :b ; eco:role <https://w3id.org/ecograph/vocabulary/role/coordinator>", "project-one-coordinator"),
        (":f", "eco:amount", "150.0", "project-support-within-budget"),
        (":w2", "add", "a eco:AreaAssignment ; eco:assignmentOf :p ; eco:share 0.5", "project-shares-add-up"),
        (":p", "dcterms:title", None, "project-titled"),
        (":p", "skos:prefLabel", None, "project-label"),
        (":p", "eco:contributesToSdg", "<https://w3id.org/ecograph/vocabulary/sdg/18>", "project-sdgs"),
    ],
    "participation": [
        (":part", "eco:inProject", None, "participation-project"),
        (":part", "eco:byActor", ":a, :b", "participation-organisation"),
        (":part", "eco:byActor", ":x", "participation-organisation"),
        (":part", "eco:role", '"coordinator"', "participation-role"),
    ],
    "funding": [
        (":f", "eco:amount", '"-1.0"^^xsd:decimal', "funding-amount"),
        (":f", "eco:currency", '"kr"', "funding-currency"),
        (":f", "eco:moneyKind", None, "funding-money-kind"),
        (":f", "eco:fundsProject", None, "funding-project"),
    ],
    "classification": [(":k", "skos:notation", None, "classification-code")],
    "area-rule": [(":r", "eco:weight", "1.5", "area-rule-weight")],
    "area-assignment": [
        (":w", "eco:weight", '"-0.1"^^xsd:decimal', "area-assignment-weight"),
        (":w", "eco:toArea", ":g", "area-assignment-area"),
        (":w", "eco:assignmentOf", ":x", "area-assignment-subject"),
        (":w", "eco:byRule", None, "area-assignment-rule-named"),
    ],
    "dialogue": [
        (":d", "eco:end", '"2019"^^xsd:gYear', "dialogue-date-order"),
        (":d", "eco:involved", None, "dialogue-someone-involved"),
        (":d", "eco:conclusion", '"Oui"@fr', "dialogue-conclusion"),
    ],
    "organisational-change": [(":e", "org:originalOrganization", None, "organisational-change-someone")],
    "indicator": [(":i", "eco:unit", None, "indicator-unit")],
    "observation": [
        (":o", "eco:value", None, "observation-has-value"),
        (":o", "eco:observationKind", "<https://w3id.org/ecograph/vocabulary/observation-kind/target>", "observation-target-owned"),
        (":o", "eco:referenceYear", "2021.5", "observation-year"),
    ],
}  # fmt: skip


@cache
def shapes(file: str) -> Graph:
    return Graph().parse(resource("shapes") / "base.ttl").parse(resource("shapes") / f"{file}.ttl")


@cache
def all_shapes() -> Graph:
    graph = Graph()
    for path in sorted(resource("shapes").glob("*.ttl")):
        graph.parse(path)
    return graph


def found(data: Graph, shapes_graph: Graph) -> dict[str, list[Node]]:
    """The shapes that report something, each with its messages."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes_graph, advanced=False, allow_warnings=True)
    assert isinstance(report, Graph)
    result = {}
    for node in report.subjects(RDF.type, SH.ValidationResult):
        name = str(report.value(node, SH.sourceShape)).removeprefix(SHAPES)
        result[name] = list(report.objects(node, SH.resultMessage))
    return result


def mutant(subject: str, property_: str, value: str | None) -> Graph:
    """The valid graph with one property's values replaced; or a thing added or renamed."""
    head = re.sub(
        "@prefix ([a-z]*:) (<[^>]*>) \\.", r"PREFIX \1 \2", "".join(re.findall("@prefix [^>]*> \\.", VALID))
    )
    prologue = sparql_prologue() + head
    graph = Graph().parse(data=VALID, format="turtle")
    if property_ == "rename":
        graph.update(
            f"{prologue} DELETE {{ {subject} ?p ?o }} INSERT {{ {value} ?p ?o }} WHERE {{ {subject} ?p ?o }}"
        )
    elif property_ == "add":
        graph.update(f"{prologue} INSERT DATA {{ {subject} {value} }}")
    else:
        graph.update(f"{prologue} DELETE WHERE {{ {subject} {property_} ?o }}")
        if value:
            graph.update(f"{prologue} INSERT DATA {{ {subject} {property_} {value} }}")
    return graph


def test_good_data_passes_every_shape_without_a_word() -> None:
    assert found(Graph().parse(data=VALID, format="turtle"), all_shapes()) == {}


@pytest.mark.parametrize(
    ("file", "case"),
    [(file, case) for file, cases in CASES.items() for case in cases],
    ids=[f"{file}-{case[1]}-{case[3]}" for file, cases in CASES.items() for case in cases],
)
def test_bad_data_is_found_by_the_shape_made_for_it(
    file: str, case: tuple[str, str, str | None, str]
) -> None:
    subject, property_, value, expected = case
    results = found(mutant(subject, property_, value), shapes(file))
    assert set(results) == set(expected.split())
    for name, messages in results.items():
        # pySHACL drops the languages of a SPARQL constraint's messages, so the words are compared
        assert set(map(str, messages)) == set(
            map(str, shapes(file).objects(URIRef(SHAPES + name), SH.message))
        )


def test_a_sole_traders_number_is_never_repeated() -> None:
    data = mutant(":a", "eco:organisationNumber", '"640823-3234"')
    _, report, text = pyshacl.validate(data, shacl_graph=shapes("actor"))
    assert isinstance(report, Graph)
    results = list(report.subjects(SH.sourceShape, URIRef(SHAPES + "actor-not-sole-trader")))
    assert len(results) == 1
    assert not any("640823" in str(value) for value in report.objects(results[0]))
    assert "640823" not in text


def test_each_class_that_data_enters_has_a_file_with_good_and_bad_cases() -> None:
    files = {path.stem for path in resource("shapes").glob("*.ttl")} - {"base"}
    assert files == set(CASES)
    targets = {str(t) for t in all_shapes().objects(None, SH.targetClass)}
    assert {PREFIXES["eco"] + table.rdf_class.removeprefix("eco:") for table in TABLES.values()} <= targets


def test_the_shapes_are_shacl() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=all_shapes(), meta_shacl=True)
    assert conforms, text


def test_property_shapes_have_addresses_and_targets_tell_the_remedy_in_both_languages() -> None:
    graph = all_shapes()
    reported = set(graph.objects(None, SH.property)) & set(graph.subjects(SH.name)) | set(
        graph.subjects(SH.sparql)
    )
    reported |= {s for s in graph.subjects(SH.targetClass) if (s, SH.message, None) in graph}
    assert not [s for s in graph.subjects(SH.path) if isinstance(s, BNode)]
    for shape in reported:
        for property_ in (SH.message, REMEDY):
            languages = [v.language for v in graph.objects(shape, property_) if isinstance(v, Literal)]
            assert sorted(map(str, languages)) == ["en", "sv"], (shape, property_)
        assert (shape, SH.severity, None) in graph, shape


@pytest.mark.parametrize("value", ['"mycket"', ":p", '"1e"^^xsd:decimal'])
def test_amounts_that_are_no_numbers_do_not_stop_the_check_of_sums(value: str) -> None:
    data = mutant(":f", "eco:amount", value)
    assert "project-support-within-budget" not in found(data, shapes("project"))
    assert "funding-amount" in found(data, shapes("funding"))
