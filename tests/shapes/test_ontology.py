"""The ontology and its vocabularies: complete, in two languages, in the words of the glossary, sound."""

from __future__ import annotations

from functools import cache

import pytest
import reasonable
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef

from ecograph.config import resource
from ecograph.model.namespaces import ECO, PREFIXES, VOCABULARY, expand
from ecograph.tables.canonical import TABLES, VOCABULARIES

E = Namespace(ECO)
SH = Namespace(PREFIXES["sh"])
TERM_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)

CLASSES = """
    Actor Company HigherEducationInstitution ResearchInstitute ResearchCentre PublicAuthority Municipality Region
    StateAgency Intermediary Cluster Incubator SciencePark BusinessAssociation CivilSocietyOrganisation Foundation
    School FundingBody Site OrganisationalChange Place Strategy PriorityArea StrategyElement Principle CoordinationGoal
    Challenge CrossCuttingTheme DialogueEvent Project Programme Call Participation Funding Classification AreaRule
    AreaAssignment CrossFertilisation Indicator Observation Target Baseline AnalysisRun Measurement Collaboration
    BrokerageProfile CollaborationGap Introduction SourceCoverage
""".split()
WRITTEN_BY_CODE = """
    participatesIn collaboratesIn hasArea activeIn hasParticipation hasLocation locatedIn method networkWindow parameter
    coverageProjects coverageProjectsWithPartners measuredActor measure value rank betweenArea collaborator sharedProjects
    newmanWeight collaboratesWith crossFertilisationBasis joinsArea jointProjects evidence rowsRead rowsLoaded
    rowsQuarantined partnerCoverage collaborating countsByDefault remedy
    bridgingActors caveat coverageProjectsUndated coverageProjectsWithArea networkActors networkTies normalisedValue ofSource
""".split()
GLOSSARY = {
    E.PriorityArea: ("prioriterat område", "priority area"),
    E.CrossFertilisation: ("korsbefruktning", "cross-fertilisation"),
    E.CollaborationGap: ("samarbetslucka", "collaboration gap"),
    E.Introduction: ("kontaktförslag", "introduction"),
    E.Participation: ("projektdeltagande", "participation"),
    E.Call: ("utlysning", "call"),
    E.helix: ("aktörsgrupp (helix)", "helix"),
    E.stakeholderGroup: ("intressentgrupp", "stakeholder group"),
    E.evidence: ("belägg", "evidence"),
    E.Indicator: ("indikator", "indicator"),
    E.Baseline: ("utgångsvärde", "baseline"),
    E.Target: ("målvärde", "target"),
    URIRef(VOCABULARY + "area-status/strength-area"): ("styrkeområde", "strength area"),
    URIRef(VOCABULARY + "area-status/development-area"): ("utvecklingsområde", "development area"),
    URIRef(VOCABULARY + "cross-fertilisation-basis/declared"): ("uttalad", "declared"),
    URIRef(VOCABULARY + "cross-fertilisation-basis/enacted"): ("genomförd", "enacted"),
    URIRef(VOCABULARY + "cross-fertilisation-basis/potential"): ("möjlig", "potential"),
    URIRef(VOCABULARY + "measure/constraint"): ("bundenhet (Burts constraint)", "constraint (Burt)"),
    URIRef(VOCABULARY + "measure/effective-size"): ("effektiv storlek", "effective size"),
    URIRef(VOCABULARY + "measure/role-coordinator"): ("samordnare", "coordinator"),
    URIRef(VOCABULARY + "measure/role-itinerant"): ("resande mäklare", "itinerant broker"),
    URIRef(VOCABULARY + "measure/role-gatekeeper"): ("grindvakt", "gatekeeper"),
    URIRef(VOCABULARY + "measure/role-representative"): ("företrädare", "representative"),
    URIRef(VOCABULARY + "measure/role-liaison"): ("sambandsperson", "liaison"),
    URIRef(VOCABULARY + "role/beneficiary"): ("stödmottagare", "beneficiary"),
    URIRef(VOCABULARY + "role/partner"): ("projektpart", "project partner"),
    URIRef(VOCABULARY + "money-kind/granted-support"): ("beviljat stöd", "granted support"),
    URIRef(VOCABULARY + "money-kind/co-financing"): ("medfinansiering", "co-financing"),
    URIRef(VOCABULARY + "classification-status/not-assessed"): ("ej bedömd", "not assessed"),
    URIRef(VOCABULARY + "observation-kind/observation"): ("utfall", "observation"),
    URIRef(VOCABULARY + "observation-kind/target"): ("målvärde", "target"),
}


@cache
def ontology() -> Graph:
    """The terms and alignments, without the vocabularies."""
    root, graph = resource("ontology"), Graph()
    for path in (root / "ecograph.ttl", root / "alignments.ttl", *sorted(root.glob("modules/*.ttl"))):
        graph.parse(path)
    return graph


@cache
def vocabulary(scheme: str) -> Graph:
    return Graph().parse(resource("ontology") / "vocabulary" / f"{scheme}.ttl")


def own_terms() -> list[URIRef]:
    found = {term for kind in TERM_KINDS for term in ontology().subjects(RDF.type, kind)}
    return sorted(term for term in found if isinstance(term, URIRef) and term.startswith(ECO))


def texts(graph: Graph, subject: URIRef, property_: URIRef) -> dict[str | None, list[str]]:
    result: dict[str | None, list[str]] = {}
    for value in graph.objects(subject, property_):
        assert isinstance(value, Literal)
        result.setdefault(value.language, []).append(str(value))
    return result


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_of_the_model_is_defined(name: str) -> None:
    assert (E[name], RDF.type, OWL.Class) in ontology()


def test_every_property_that_tables_and_code_write_is_defined() -> None:
    written = {c.property for table in TABLES.values() for c in table.columns if c.property}
    written |= {name for table in TABLES.values() for name, _ in table.constants}
    wanted = {URIRef(expand(name)) for name in written} | {E[name] for name in WRITTEN_BY_CODE}
    annotations = {RDFS.label, RDFS.comment}
    defined = {term for kind in TERM_KINDS for term in ontology().subjects(RDF.type, kind)} | annotations
    assert wanted - defined == set()


def test_every_table_writes_a_class_of_the_ontology() -> None:
    assert {URIRef(expand(table.rdf_class)) for table in TABLES.values()} <= set(own_terms())


@pytest.mark.parametrize(
    "property_", [RDFS.label, SKOS.definition, SKOS.example], ids=["label", "definition", "example"]
)
def test_every_term_is_explained_in_swedish_and_english(property_: URIRef) -> None:
    for term in own_terms():
        found = texts(ontology(), term, property_)
        assert {language: len(values) for language, values in found.items()} == {"sv": 1, "en": 1}, term


def test_every_term_says_where_it_is_defined_and_labels_are_distinct_within_a_kind() -> None:
    assert all((term, RDFS.isDefinedBy, None) in ontology() for term in own_terms())
    for language in ("sv", "en"):
        classes = [term for term in own_terms() if (term, RDF.type, OWL.Class) in ontology()]
        labels = [texts(ontology(), term, RDFS.label)[language][0] for term in classes]
        assert len(labels) == len(set(labels))


def test_no_used_ecograph_term_is_undefined() -> None:
    graphs = [ontology(), *(vocabulary(scheme) for scheme in VOCABULARIES)]
    used = {node for graph in graphs for triple in graph for node in triple if isinstance(node, URIRef)}
    assert {node for node in used if node.startswith(ECO) and str(node) != ECO} <= set(own_terms())


@pytest.mark.parametrize("scheme", VOCABULARIES)
def test_every_vocabulary_has_labelled_and_defined_concepts(scheme: str) -> None:
    graph, iri = vocabulary(scheme), URIRef(VOCABULARY + scheme)
    assert (iri, RDF.type, SKOS.ConceptScheme) in graph
    concepts = [c for c in graph.subjects(RDF.type, SKOS.Concept) if isinstance(c, URIRef)]
    assert len(concepts) >= 2
    for concept in (iri, *concepts):
        assert isinstance(concept, URIRef)
        for property_ in (SKOS.prefLabel, SKOS.definition):
            assert {k: len(v) for k, v in texts(graph, concept, property_).items()} == {"sv": 1, "en": 1}, (
                concept
            )
    assert all(
        (concept, SKOS.inScheme, iri) in graph and str(concept).startswith(f"{iri}/") for concept in concepts
    )


def test_roles_and_statuses_say_whether_they_count() -> None:
    true = Literal(True)
    roles, statuses = vocabulary("role"), vocabulary("project-status")
    not_collaborating = {str(r).rsplit("/", 1)[1] for r in roles.subjects(E.collaborating, Literal(False))}
    counted = {str(s).rsplit("/", 1)[1] for s in statuses.subjects(E.countsByDefault, true)}
    assert not_collaborating == {"funder", "reference"}
    assert len(list(roles.subjects(E.collaborating, true))) == 8
    assert counted == {"granted", "ongoing", "finished"}


def test_the_global_goals_point_to_the_united_nations() -> None:
    matches = {str(o) for o in vocabulary("sdg").objects(None, SKOS.exactMatch)}
    assert matches == {f"{PREFIXES['sdg']}{number}" for number in range(1, 18)}


@pytest.mark.parametrize("term", GLOSSARY, ids=lambda term: str(term).rsplit("/", 1)[-1])
def test_labels_are_the_words_of_the_glossary(term: URIRef) -> None:
    own = term.startswith(ECO)
    graph = ontology() if own else vocabulary(str(term)[len(VOCABULARY) :].split("/")[0])
    found = texts(graph, term, RDFS.label if own else SKOS.prefLabel)
    assert (found["sv"], found["en"]) == ([GLOSSARY[term][0]], [GLOSSARY[term][1]])


def test_outside_terms_of_the_alignments_are_declared() -> None:
    graph = ontology()
    declared = {term for kind in TERM_KINDS for term in graph.subjects(RDF.type, kind)}
    structural = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.onProperty)
    used = {o for p in structural for o in graph.objects(None, p) if isinstance(o, URIRef)}
    builtin = (PREFIXES["xsd"], PREFIXES["rdf"], PREFIXES["owl"])
    assert {term for term in used - declared if not str(term).startswith(builtin)} == set()


def test_a_property_is_of_one_kind_and_no_cardinality_stands_on_a_composed_property() -> None:
    graph = ontology()
    kinds = [set(graph.subjects(RDF.type, kind)) for kind in TERM_KINDS]
    assert not any(kinds[i] & kinds[j] for i in range(4) for j in range(i + 1, 4))
    composed = set(graph.subjects(RDF.type, OWL.TransitiveProperty)) | set(
        graph.subjects(OWL.propertyChainAxiom)
    )
    composed |= {
        upper for p in set(composed) for upper in graph.transitive_objects(p, RDFS.subPropertyOf) if upper
    }
    counting = (OWL.cardinality, OWL.maxCardinality, OWL.minCardinality, OWL.maxQualifiedCardinality)
    counted = {node for p in counting for r in graph.subjects(p) for node in graph.objects(r, OWL.onProperty)}
    for kind in (OWL.FunctionalProperty, OWL.IrreflexiveProperty, OWL.AsymmetricProperty):
        counted |= set(graph.subjects(RDF.type, kind))
    assert composed & counted == set()


INSTANCES = """
    @prefix eco: <https://w3id.org/ecograph/ns#> . @prefix : <http://example.org/> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix voc: <https://w3id.org/ecograph/vocabulary/> .
    :a a eco:Actor, eco:Municipality ; eco:municipality :m ; eco:partOf :b ; eco:pic "999579860" .
    :b a eco:Actor, eco:Company ; eco:siteIn :m . :m a eco:Place ; eco:within :county . :county eco:within :country .
    :p a eco:Project ; eco:start "2016-09"^^xsd:gYearMonth ; eco:end "2019"^^xsd:gYear ; eco:takesPlaceIn :m .
    :part a eco:Participation ; eco:inProject :p ; eco:byActor :a .
    :rule a eco:AreaRule ; eco:toArea :x ; eco:weight 1.0 . :why a eco:AreaAssignment ; eco:assignmentOf :a ; eco:toArea :x .
    :x a eco:PriorityArea . :y a eco:PriorityArea . :d a eco:DialogueEvent ; eco:start "2020"^^xsd:gYear ; eco:concernsArea :x .
    :i a eco:Indicator ; eco:concernsArea :x . :s a eco:Strategy ; eco:forPlace :county .
    :o a eco:Observation ; eco:ofIndicator :i ; eco:forPlace :county ; eco:value 1.5 .
    :o eco:observationKind <https://w3id.org/ecograph/vocabulary/observation-kind/target> .
    :n a eco:Measurement ; eco:measuredActor :a ; eco:value 1.5e0 ; eco:betweenArea :x, :y .
    :f a eco:CrossFertilisation ; eco:joinsArea :x, :y ; eco:evidence :p .
    :t a eco:Collaboration ; eco:collaborator :a, :b ; eco:evidence :p .
"""


@cache
def entailed() -> set[tuple[URIRef, URIRef, URIRef]]:
    """What OWL RL adds to the instances, between named things; reflexive and literal statements left out."""
    stated = Graph().parse(data=INSTANCES, format="turtle")
    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(ontology() + stated)
    named = (
        {t for t in reasoner.reason() if all(isinstance(n, URIRef) for n in t)}
        - set(stated)
        - set(ontology())
    )
    return {t for t in named if str(t[0]).startswith("http://example.org/") and t[0] != t[2]}


def test_reasoning_finds_places_inverses_targets_and_outside_classes() -> None:
    ex = Namespace("http://example.org/")
    wanted = {
        (ex.m, E.within, ex.country),
        (ex.a, E.hasLocation, ex.m),
        (ex.p, E.hasParticipation, ex.part),
        (ex.o, RDF.type, E.Target),
        (ex.a, RDF.type, E.PublicAuthority),
        (ex.a, RDF.type, URIRef(expand("org:Organization"))),
        (ex.part, RDF.type, URIRef(expand("eurio:OrganisationRole"))),
    }
    assert wanted <= entailed()


def test_reasoning_entails_no_wrong_class_and_no_identity() -> None:
    allowed = {"a": {"Actor", "Municipality", "PublicAuthority"}, "b": {"Actor", "Company"}, "o": {"Observation", "Target"},
               "m": {"Place"}, "county": {"Place"}, "country": {"Place"}}  # fmt: skip
    stated = Graph().parse(data=INSTANCES, format="turtle")
    for subject, property_, value in entailed():
        assert property_ != OWL.sameAs
        if property_ == RDF.type and value.startswith(ECO):
            name = str(subject).rsplit("/", 1)[1]
            own = {str(o)[len(ECO) :] for o in stated.objects(subject, RDF.type)}
            assert str(value)[len(ECO) :] in allowed.get(name, own), (subject, value)


def test_every_list_of_values_in_a_shape_is_the_whole_vocabulary() -> None:
    shapes = Graph()
    for path in resource("shapes").glob("*.ttl"):
        shapes.parse(path)
    checked = set()
    for head in shapes.objects(None, SH["in"]):
        assert isinstance(head, BNode)
        values = {str(item) for item in shapes.items(head)}
        scheme = next(iter(values))[len(VOCABULARY) :].split("/")[0]
        assert values == {str(c) for c in vocabulary(scheme).subjects(RDF.type, SKOS.Concept)}
        checked.add(scheme)
    in_tables = {c.target for table in TABLES.values() for c in table.columns if c.kind == "concept"}
    assert checked == in_tables | {"cross-fertilisation-basis"}


def test_the_header_names_every_module_and_its_version() -> None:
    main = URIRef("https://w3id.org/ecograph/ns")
    parts = set(ontology().subjects(RDF.type, OWL.Ontology)) - {main}
    assert set(ontology().objects(main, OWL.imports)) == parts
    assert all((part, OWL.versionIRI, None) in ontology() for part in (main, *parts))
