"""Every constraint of every shape catches its own mutant and nothing else, by the screen and by pySHACL."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import rdflib
from gate_support import stored
from mutation_support import SHAPES, Case, Cases, Key, all_constraints, by_hand, generated, name, roots
from rdflib import RDF, SH
from rdflib.term import Node

from ecograph.validation.authority import quiet_literals, run_pyshacl
from ecograph.validation.compile import COMPILED, compile_shapes
from ecograph.validation.gate import text
from ecograph.validation.scope import Classes
from ecograph.validation.screen import screen
from ecograph.validation.shapes import CONSTRAINTS, Shape, load_shapes
from ecograph.validation.statistics import Statistics
from ecograph.validation.terms import from_rdflib

MUNICIPALITY = "eco:placeLevel <voc/place-level/municipality> ; "
TARGET = "eco:observationKind <voc/observation-kind/target>"
ENACTED = "eco:crossFertilisationBasis <voc/cross-fertilisation-basis/enacted>"
DECLARED = "eco:crossFertilisationBasis <voc/cross-fertilisation-basis/declared>"
BY_RULE = "eco:basis <voc/assignment-basis/rule>"
STRATEGY = "eco:declaredBy :s . :s a eco:Strategy"
COORDINATED = "a eco:Participation ; eco:inProject :this ; eco:role <voc/role/coordinator> ; eco:byActor"
BUDGET = ':b a eco:Funding ; eco:fundsProject :this ; eco:moneyKind <voc/money-kind/total-budget> ; eco:amount 100.0 ; eco:currency "SEK" .'
SUPPORT = 'a eco:Funding ; eco:fundsProject :this ; eco:moneyKind <voc/money-kind/granted-support> ; eco:currency "SEK" ; eco:recipient :a ; eco:amount'
SHARE = "a eco:AreaAssignment ; eco:assignmentOf :this ; eco:share"
PERIOD = ':g a eco:Programme ; eco:periodStart "2014"^^xsd:gYear ; eco:periodEnd "2020"^^xsd:gYear . :this eco:fundedUnder :g ; eco:start'


def kinds(*classes: str) -> str:
    return ":this a eco:Actor, " + ", ".join(f"eco:{one}" for one in classes) + " ."


def dates(start: str, end: str, of: str) -> tuple[str, str]:
    return (
        f':this {start} "2016-09-01"^^xsd:date ; {end} "2016-09"^^xsd:gYearMonth .',
        f':this {start} "2016-09-01"^^xsd:date ; {end} "{of}"^^xsd:gYearMonth .',
    )


ORDER_OF_KINDS = [
    ("company-only", f"is-authority-or-civil/or {shape}/class", "", kinds("Company"), kinds("Company", other))
    for shape, other in (
        ("is-public-authority", "PublicAuthority"), ("is-municipality", "Municipality"), ("is-region", "Region"),
        ("is-state-agency", "StateAgency"), ("is-civil-society-organisation", "CivilSocietyOrganisation"),
        ("is-foundation", "Foundation"),
    )
] + [
    ("authority-only", f"is-civil/or {shape}/class", "", kinds("PublicAuthority"), kinds("PublicAuthority", other))
    for shape, other in (("is-civil-society-organisation", "CivilSocietyOrganisation"), ("is-foundation", "Foundation"))
] + [
    ("municipality-only", f"is-region-or-agency/or {shape}/class", "", kinds("Municipality"), kinds("Municipality", other))
    for shape, other in (("is-region", "Region"), ("is-state-agency", "StateAgency"))
] + [("region-only", "is-state-agency/class", "", kinds("Region"), kinds("Region", "StateAgency"))]  # fmt: skip

WRITTEN: list[tuple[str, str, str, str, str]] = [
    # shape, nested constraints that the pair proves, properties of the basis left out, valid, mutant
    ("actor-date-order", "", "", *dates("schema:foundingDate", "schema:dissolutionDate", "2016-08")),
    ("actor-not-part-of-itself", "", "", ":this eco:partOf :o . :o a eco:Actor .", ":this a eco:Actor ; eco:partOf :this ."),
    ("actor-not-sole-trader", "", "", ':this eco:organisationNumber "202100-4524" .', ':this eco:organisationNumber "640823-3234" .'),
    ("actor-not-sole-trader", "", "", ':this eco:vatNumber "SE202100452401" .', ':this eco:vatNumber "SE640823323401" .'),
    ("actor-organisation-number-check-digit", "", "", ':this eco:organisationNumber "2021004524" .', ':this eco:organisationNumber "2021004525" .'),
    *ORDER_OF_KINDS,
    ("actor-lei-check-digits", "", "", ':this eco:lei "549300O897ZC5H7CY412" .', ':this eco:lei "549300O897ZC5H7CY413" .'),
    ("area-assignment-rule-named", "not-by-rule/not by-rule/property/by-rule-basis by-rule-basis/hasValue", "eco:basis eco:byRule",
     ":this eco:basis <voc/assignment-basis/source> .", f":this {BY_RULE} ."),
    ("area-assignment-rule-named", "has-rule/property/has-rule-one has-rule-one/minCount", "eco:basis eco:byRule",
     f":this {BY_RULE} ; eco:byRule :r . :r a eco:AreaRule .", f":this {BY_RULE} ."),
    ("area-not-other", "named-other/pattern", "", "motherboard|<> a <x:y> .", "other|<> a <x:y> ."),
    ("area-not-other", "named-other/pattern", "", "ovrigtland|<> a <x:y> .", "ovrigt|<> a <x:y> ."),
    ("cross-fertilisation-declared", "not-declared/not is-declared/property/is-declared-basis is-declared-basis/hasValue",
     "eco:crossFertilisationBasis eco:modality eco:declaredBy", f":this {ENACTED} .", f":this {DECLARED} ."),
    ("cross-fertilisation-declared", "has-modality-and-strategy/property/has-modality has-modality/minCount",
     "eco:crossFertilisationBasis eco:modality eco:declaredBy",
     f":this {DECLARED} ; eco:modality <voc/modality/are-linked> ; {STRATEGY} .", f":this {DECLARED} ; {STRATEGY} ."),
    ("cross-fertilisation-declared", "has-modality-and-strategy/property/has-declaring-strategy has-declaring-strategy/minCount",
     "eco:crossFertilisationBasis eco:modality eco:declaredBy",
     f":this {DECLARED} ; eco:modality <voc/modality/are-linked> ; {STRATEGY} .",
     f":this {DECLARED} ; eco:modality <voc/modality/are-linked> ."),
    ("dialogue-date-order", "", "eco:start", *dates("eco:start", "eco:end", "2016-08")),
    ("observation-target-owned", "not-a-target/not is-target/property/is-target-kind is-target-kind/hasValue",
     "eco:observationKind", ":this eco:observationKind <voc/observation-kind/baseline> .", f":this {TARGET} ."),
    ("observation-target-owned", "has-target-owner/property/has-target-owner-one has-target-owner-one/minCount",
     "eco:observationKind", f":this {TARGET} ; eco:targetOwner :a . :a a eco:Actor .", f":this {TARGET} ."),
    ("place-within-something", "is-country/property/is-country-level is-country-level/hasValue", "eco:placeLevel eco:within eco:lauCode",
     ":this eco:placeLevel <voc/place-level/country> .", f':this {MUNICIPALITY} eco:lauCode "2281" .'),
    ("place-within-something", "lies-within/property/lies-within-one lies-within-one/minCount", "eco:placeLevel eco:within eco:lauCode",
     f':this {MUNICIPALITY} eco:lauCode "2281" ; eco:within :o . :o a eco:Place .', f':this {MUNICIPALITY} eco:lauCode "2281" .'),
    ("place-coded", "is-country/property/is-country-level is-country-level/hasValue", "eco:placeLevel eco:within eco:lauCode",
     ":this eco:placeLevel <voc/place-level/country> .", f":this {MUNICIPALITY} eco:within :o . :o a eco:Place ."),
    ("place-coded", "has-code/property/has-code-one has-code-one/minCount", "eco:placeLevel eco:within eco:lauCode",
     f':this {MUNICIPALITY} eco:nutsCode "SE321" ; eco:within :o . :o a eco:Place .', f":this {MUNICIPALITY} eco:within :o . :o a eco:Place ."),
    ("place-coded", "has-code/property/has-code-one has-code-one/minCount", "eco:placeLevel eco:within eco:lauCode",
     f':this {MUNICIPALITY} eco:lauCode "2281" ; eco:within :o . :o a eco:Place .', f":this {MUNICIPALITY} eco:within :o . :o a eco:Place ."),
    ("place-no-circle", "", "", ":this eco:within :o . :o a eco:Place ; eco:within :p . :p a eco:Place .",
     ":this eco:within :o . :o a eco:Place ; eco:within :p . :p a eco:Place ; eco:within :this ."),
    ("programme-date-order", "", "", *dates("eco:periodStart", "eco:periodEnd", "2016-08")),
    ("project-date-order", "", "", *dates("eco:start", "eco:end", "2016-08")),
    ("project-year-order", "", "", ":this eco:startYear 2016 ; eco:endYear 2016 .", ":this eco:startYear 2016 ; eco:endYear 2015 ."),
    ("project-one-coordinator", "", "", f":p {COORDINATED} :a . :q {COORDINATED} :a .", f":p {COORDINATED} :a . :q {COORDINATED} :b ."),
    ("project-support-within-budget", "", "", f"{BUDGET} :f {SUPPORT} 60.0 . :g {SUPPORT} 41.0 .", f"{BUDGET} :f {SUPPORT} 60.0 . :g {SUPPORT} 42.0 ."),
    ("project-shares-add-up", "", "", f":f {SHARE} 0.5 . :g {SHARE} 0.501 .", f":f {SHARE} 0.5 . :g {SHARE} 0.502 ."),
    ("project-within-programme-period", "", "", f'{PERIOD} "2014-01-01"^^xsd:date .', f'{PERIOD} "2013"^^xsd:gYear .'),
    ("project-within-programme-period", "", "", f'{PERIOD} "2023"^^xsd:gYear .', f'{PERIOD} "2024-01"^^xsd:gYearMonth .'),
    ("strategy-date-order", "", "", *dates("eco:periodStart", "eco:periodEnd", "2016-08")),
]  # fmt: skip


@cache
def made() -> Cases:
    cases = Cases(load_shapes())
    for root in roots(cases.shapes):
        generated(cases, root)
    by_hand(cases, WRITTEN)
    return cases


@cache
def by_screen() -> dict[str, frozenset[Key]]:
    """The constraints that each node violates, as the compiled queries find them."""
    graph = stored(made().graph)
    compilation = compile_shapes(load_shapes(), Classes.of(graph), None, Statistics(graph))
    assert not compilation.uncompiled
    found: dict[str, set[Key]] = {}
    for one in screen(graph, compilation).found:
        for node, _ in one.pairs:
            key = (name(one.constraint.source.node), one.constraint.component)
            found.setdefault(text(node), set()).add(key)
    return {node: frozenset(keys) for node, keys in found.items()}


def is_target(root: Shape, node: Node, graph: rdflib.Graph) -> bool:
    return any(
        (node, RDF.type, target.node) in graph
        if target.kind == "class"
        else (node, target.node, None) in graph
        for target in root.targets
    )


@cache
def by_pyshacl() -> dict[str, frozenset[Key]]:
    """The constraints that each node of a pair violates, as pySHACL reports them on the whole graph."""
    graph, shapes = made().graph, load_shapes()
    nodes = [node for case in made().cases for node in (case.valid, case.mutant)]
    wanted = [
        (root, {from_rdflib(node) for node in nodes if is_target(root, node, graph)})
        for root in roots(shapes)
    ]
    with quiet_literals():
        report = run_pyshacl(graph, shapes, wanted)
    found: dict[str, set[Key]] = {}
    for result in report.objects(None, SH.result):
        component = str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH))
        component = component.removesuffix("ConstraintComponent")
        component = "sparql" if component == "SPARQL" else component[0].lower() + component[1:]
        shape = name(report.value(result, SH.sourceShape) or rdflib.URIRef(""))
        found.setdefault(str(report.value(result, SH.focusNode)), set()).add((shape, component))
    return {node: frozenset(keys) for node, keys in found.items()}


def test_every_constraint_of_every_shape_has_a_mutant() -> None:
    stated = all_constraints(load_shapes().graph, CONSTRAINTS)
    proved = {key for case in made().cases for key in case.proves}
    assert stated - proved == set()
    assert proved - stated == set()


def test_every_compiled_constraint_has_a_mutant() -> None:
    graph = stored(made().graph)
    compilation = compile_shapes(load_shapes(), Classes.of(graph))
    compiled = {(name(one.source.node), one.component) for one in compilation.constraints}
    assert compiled == {key for case in made().cases for key in case.expected}
    assert len(compilation.constraints) > 400


@pytest.mark.parametrize("case", made().cases, ids=lambda case: case.title)
def test_a_mutant_is_caught_by_its_constraint_alone_and_its_valid_twin_by_none(case: Case) -> None:
    nothing: frozenset[Key] = frozenset()
    assert by_screen().get(str(case.valid), nothing) == nothing
    assert by_pyshacl().get(str(case.valid), nothing) == nothing
    assert by_screen().get(str(case.mutant), nothing) == case.expected
    assert by_pyshacl().get(str(case.mutant), nothing) == case.expected


def test_screen_and_pyshacl_agree_on_all_nodes_of_all_cases() -> None:
    nodes = {str(node) for case in made().cases for node in (case.valid, case.mutant)}
    assert {node: keys for node, keys in by_screen().items() if node in nodes} == by_pyshacl()


def test_the_shapes_have_addresses_that_a_report_can_name() -> None:
    assert all(one.startswith(SHAPES) for one in map(str, load_shapes().graph.objects(None, SH.property)))


def test_the_reference_says_which_constructs_are_compiled() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "validation.md").read_text("utf-8")
    listed = page.partition("<!-- compiled -->")[2].partition("<!-- /compiled -->")[0]
    assert set(re.findall(r"`sh:(\w+)`", listed)) == set(COMPILED)
