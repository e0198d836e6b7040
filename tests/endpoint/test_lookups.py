"""What the HTTP process answers by itself: only what is plain and known to be small, and as a worker would."""

from __future__ import annotations

import itertools
import json
import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.store import bounds, explain
from ecograph.store.bounds import FanOut
from ecograph.store.builds import Build
from ecograph.store.graph import Graph, MemoryGraph, NamedNode, Quad
from ecograph.store.lane import Lane
from ecograph.store.lookups import Pattern, Values, recognise
from ecograph.store.protocol import Unpacker
from ecograph.store.worker import Worker
from ecograph.web.endpoint import fanouts
from ecograph.web.endpoint.request import types

BASE = "https://w3id.org/ecograph/"
PROLOGUE = (
    "PREFIX eco: <https://w3id.org/ecograph/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "PREFIX x: <http://example.org/> PREFIX id: <https://w3id.org/ecograph/id/actor/> "
)
LOOKUPS = [
    "SELECT ?t { <http://example.org/a> a ?t }",
    "SELECT * WHERE { <http://example.org/a> ?p ?o . }",
    'select ?l where { x:a skos:prefLabel ?l filter(lang(?l) = "sv") }',
    "SELECT ?p { ?x eco:byActor <http://example.org/a> ; eco:inProject ?p . ?p skos:prefLabel ?l }",
    "SELECT DISTINCT ?l { VALUES ?a { x:a <http://example.org/b> } ?a skos:prefLabel ?l . "
    'FILTER(LANGMATCHES(LANG(?l), "en")) } LIMIT 10',
    "ASK { <http://example.org/a> a eco:Actor } # is it?",
    "SELECT ?x { ?x a eco:Actor } LIMIT 5",
    'SELECT ?x { ?x x:name "Ada"@sv , "Ada" }',
]
OTHERS = [
    "SELECT ?t { <http://example.org/a> a/a ?t }",
    "SELECT ?t { <http://example.org/a> a* ?t }",
    "SELECT ?t { <http://example.org/a> x:p+ ?t }",
    "SELECT ?t { <http://example.org/a> x:p?t }",
    "SELECT ?t { <http://example.org/a> ^x:p ?t }",
    "SELECT ?t { { <http://example.org/a> a ?t } }",
    "SELECT ?t { OPTIONAL { <http://example.org/a> a ?t } }",
    "SELECT ?t { <http://example.org/a> a ?t } ORDER BY ?t",
    "SELECT ?t { <http://example.org/a> a ?t } GROUP BY ?t",
    "SELECT (COUNT(*) AS ?n) { <http://example.org/a> a ?t }",
    "SELECT ?t { <http://example.org/a> a ?t FILTER(?t != x:b) }",
    "SELECT ?t { <http://example.org/a> a ?t FILTER NOT EXISTS { ?t a ?t } }",
    "SELECT ?t FROM <http://example.org/g> { <http://example.org/a> a ?t }",
    "SELECT ?t { GRAPH ?g { <http://example.org/a> a ?t } }",
    "SELECT ?t { SERVICE <http://example.org/a> { ?s a ?t } }",
    "SELECT ?t { SERVICE:a a ?t }",
    "PREFIX service: <http://example.org/> SELECT ?t { service:a a ?t }",
    "PREFIX graph: <http://example.org/> SELECT ?t { graph:a a ?t }",
    "SELECT ?t { [] a ?t }",
    "SELECT ?t { _:b a ?t }",
    "SELECT ?t { ?t a ?t }",
    "SELECT ?t { ( 1 2 ) a ?t }",
    "SELECT ?t { <http://example.org/a> a ?t } SELECT ?t { ?s a ?t }",
    "SELECT ?t { <http://example.org/a> a ?t } VALUES ?t { x:b }",
    "SELECT ?t { BIND(NOW() AS ?t) }",
    "SELECT ?t { <http://example.org/a> x:b.c ?t }",
    "SELECT ?t { x:b.x:c a ?t }",
    "SELECT ?t { <http://example.org/a> a ?t } LIMIT 1.5",
    "SELECT ?t { 'a' a ?t }",
    "SELECT ?t { <a> a ?t }",
    "SELECT ?t { <http://example.org/\\u0061> a ?t }",
    "CONSTRUCT { ?s a ?t } { ?s a ?t }",
    "DESCRIBE <http://example.org/a>",
    "SELECT ?t { " + " . ".join(f"<http://example.org/a> a ?t{n}" for n in range(7)) + " }",
    "SELECT ?t { <http://example.org/a> a ?t } #" + "x" * 4096,
    "{" * 4000,
    "SELECT ?t { <http://example.org/a> a ?t }\0",
]
TOKENS = [
    "SELECT", "ASK", "WHERE", "DISTINCT", "LIMIT", "FILTER", "LANG", "LANGMATCHES", "VALUES", "OPTIONAL", "UNION",
    "MINUS", "GRAPH", "SERVICE", "BIND", "EXISTS", "NOT", "ORDER", "BY", "{", "}", "(", ")", ".", ";", ",", "*", "+",
    "/", "^", "|", "!", "=", "?s", "?p", "?o", "?l", "a", "eco:byActor", "skos:prefLabel", "x:a", "x:name", "10",
    '"sv"', '"Ada"@sv', "<http://example.org/a>", "<http://example.org/p>", "#c\n", "[", "]", "_:b", "'", "\\",
]  # fmt: skip


class Counted:
    """A lane on a graph whose fan-outs are counted as the service counts them, and a worker's answer to compare."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.lane = graph, Lane(graph, BASE)

    def answer(self, query: str, accept: str = "text/csv") -> bytes | None:
        found = self.lane.answer(query, types(accept))
        while self.lane.wanted:
            for name in list(self.lane.wanted):
                most = [self._most(name, by) for by in ("subject", "object")]
                self.lane.learn(name, FanOut(*most))
            found = self.lane.answer(query, types(accept))
        return found[1] if found else None

    def _most(self, name: str, by: str) -> int:
        value = self.graph.select(fanouts.QUERY.format(predicate=name, by=by)).values()[0]["most"]
        return int(value or 0)


@pytest.fixture(scope="module")
def counted(fixture_build: Build) -> Counted:
    return Counted(fixture_build.graph())


@pytest.fixture(scope="module")
def things(fixture_build: Build) -> list[str]:
    rows = fixture_build.graph().select(
        "SELECT DISTINCT ?s { { ?x eco:byActor ?s } UNION { ?x eco:inProject ?s } } ORDER BY ?s LIMIT 40"
    )
    return [str(row["s"]) for row in rows.values()]


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Worker:
    return Worker(tmp_path_factory.mktemp("spool"))


def by_worker(worker: Worker, build: Build, query: str, accept: str) -> bytes | None:
    offers = types(accept)
    job = {
        "build": str(build.path), "base": BASE, "default": [], "named": [], "max_bytes": 1 << 24, "max_rows": 10**6,
        "types": {form: [offer.media, offer.format] if offer else None for form, offer in offers.items()},
    }  # fmt: skip
    ((header, body),) = Unpacker().feed(worker.answer(job, query))
    assert "file" not in header
    return None if "error" in header else body


@pytest.mark.parametrize("query", LOOKUPS)
def test_a_plain_query_is_a_lookup(query: str) -> None:
    assert recognise(PROLOGUE + query) is not None


@pytest.mark.parametrize("query", OTHERS)
def test_whatever_else_is_left_to_a_worker(query: str) -> None:
    assert recognise(PROLOGUE + query) is None


def test_reading_takes_time_in_proportion_to_the_length() -> None:
    for soup in (
        "{ " * 2000,
        "?s " * 1300,
        '"' * 4000,
        "<http://example.org/" * 200,
        "a:" * 2000,
        "#" * 4000,
    ):
        began = time.thread_time()
        assert recognise("SELECT * { " + soup) is None
        assert time.thread_time() - began < 0.05


PLAIN = 'SELECT ?l { VALUES ?s { x:a <http://example.org/b> } ?s skos:prefLabel ?l ; a eco:Actor . FILTER(LANG(?l) = "sv") } LIMIT 5'
PIECES = re.findall(r'<[^>]*>|"[^"]*"|[?\w:]+|\S', PLAIN)


@settings(max_examples=400, deadline=None)
@given(
    edits=st.lists(
        st.tuples(st.integers(0, len(PIECES)), st.integers(0, 3), st.sampled_from(TOKENS)), max_size=5
    ),
    glue=st.sampled_from([" ", " ", ""]),
)
def test_a_soup_of_tokens_is_refused_or_harmless(edits: list[tuple[int, int, str]], glue: str) -> None:
    """Pieces of a lookup are taken out and others put in; what is still taken for one must be one to the engine."""
    pieces = list(PIECES)
    for place, out, token in edits:
        pieces[place : place + out] = [token]
    text = PROLOGUE + glue.join(pieces)
    lookup = recognise(text)
    if lookup is None:
        return
    assert 1 <= len(lookup.patterns()) <= 6
    assert sum(isinstance(part, Values) for part in lookup.parts) <= 1
    assert len(text) <= 4096
    algebra = json.dumps(explain.algebra(text, BASE))
    assert set(re.findall(r'"operator": "(\w+)"', algebra)) <= HARMLESS, algebra
    assert algebra.count('"BGP"') <= 2
    began = time.thread_time()
    MemoryGraph().ask(text) if lookup.form == "ask" else MemoryGraph().select(text)
    assert time.thread_time() - began < 0.05


HARMLESS = {
    "SelectQuery", "AskQuery", "Project", "Distinct", "Slice", "Filter", "Join", "BGP", "ToMultiSet", "values",
    "RelationalExpression", "Builtin_LANG", "Builtin_LANGMATCHES",
}  # fmt: skip
"""All that the algebra of a lookup may hold."""

nodes = st.sampled_from(["?s", "?o", "?l", "?m", "THING", "THING", "eco:Actor"])
names = st.sampled_from(
    ["a", "skos:prefLabel", "eco:byActor", "eco:inProject", "eco:role", "?p", "eco:hasArea"]
)


@settings(max_examples=150, deadline=None)
@given(
    patterns=st.lists(st.tuples(nodes, names, nodes), min_size=1, max_size=4),
    distinct=st.booleans(),
    filtered=st.booleans(),
    limit=st.sampled_from(["", " LIMIT 3"]),
    values=st.booleans(),
    accept=st.sampled_from(["text/csv", "application/sparql-results+json", "text/tab-separated-values",
                            "application/sparql-results+xml"]),
    seed=st.integers(0, 1 << 20),
)  # fmt: skip
def test_the_answer_is_the_bytes_that_a_worker_gives(
    counted: Counted, worker: Worker, fixture_build: Build, things: list[str], patterns: list[tuple[str, str, str]],
    distinct: bool, filtered: bool, limit: str, values: bool, accept: str, seed: int,
) -> None:  # fmt: skip
    chance = random.Random(seed)
    some = [f"<{chance.choice(things)}>" for _ in range(8)]
    text = " . ".join(" ".join(pattern) for pattern in patterns)
    while "THING" in text:
        text = text.replace("THING", chance.choice(some), 1)
    text = f"VALUES ?s {{ {some[0]} {some[1]} }} {text}" if values else text
    text += ' FILTER(LANG(?l) = "sv")' if filtered else ""
    query = f"{PROLOGUE}SELECT {'DISTINCT ' if distinct else ''}* {{ {text} }}{limit} # {seed}"
    began = time.thread_time()
    body = counted.answer(query, accept)
    if body is not None:
        assert time.thread_time() - began < 0.25
        assert body == by_worker(worker, fixture_build, query, accept)


def test_common_lookups_are_answered_and_their_constants_may_change(
    counted: Counted, worker: Worker, fixture_build: Build, things: list[str]
) -> None:
    for template in (
        "SELECT ?t {{ <{0}> a ?t }} # {1}",
        "SELECT ?p ?o {{ <{0}> ?p ?o }}",
        'SELECT ?l {{ <{0}> skos:prefLabel ?l FILTER(LANG(?l) = "sv") }} # {1}',
        "SELECT ?p ?l {{ ?x eco:byActor <{0}> ; eco:inProject ?p . ?p skos:prefLabel ?l }}",
        "ASK {{ <{0}> a eco:Actor }}",
    ):
        for number, thing in enumerate(things[:12]):
            query = PROLOGUE + template.format(thing, number)
            body = counted.answer(query, "application/sparql-results+json")
            assert body is not None
            assert body == by_worker(worker, fixture_build, query, "application/sparql-results+json")


def test_a_constant_of_another_kind_is_not_taken_for_the_same(counted: Counted, things: list[str]) -> None:
    assert counted.answer(f"SELECT ?t {{ <{things[0]}> a ?t }}") is not None
    for other in ("<relative>", '"text"', "<urn:x>"):
        assert counted.answer(f"SELECT ?t {{ {other} a ?t }}") is None
    assert counted.answer("SELECT ?t { <https://w3id.org/ecograph/ns#Nothing> a ?t }") is None


def test_a_misspelt_term_goes_to_a_worker_that_warns(counted: Counted) -> None:
    assert counted.answer(PROLOGUE + "ASK { <http://example.org/a> a eco:Akctor }") is None
    assert counted.answer(PROLOGUE + "ASK { <http://example.org/a> eco:byAktor ?x }") is None


@pytest.fixture(scope="module")
def wide() -> Counted:
    """Chains, stars and hubs of 90,000 statements, in which a wrong order of joins would be felt."""

    def statements() -> Iterator[Quad]:
        names = [NamedNode(f"http://example.org/{n}") for n in range(30_000)]
        p, q, r = (NamedNode(f"http://example.org/{name}") for name in "pqr")
        for n, name in enumerate(names):
            yield Quad(name, p, names[(n * 7 + 1) % len(names)], names[n % 3])
            yield Quad(name, q, names[n // 10], names[0])
            yield Quad(name, r, names[n % 5], names[1])

    return Counted(MemoryGraph(statements()))


def shapes() -> Iterator[str]:
    places = ["?a", "?b", "?c", "<http://example.org/7>", "<http://example.org/1234>"]
    patterns = [f"{s} x:{p} {o}" for s, p, o in itertools.product(places, "pqr", places) if s != o]
    yield from patterns
    chance = random.Random(7)
    for size, number in ((2, 500), (3, 500), (4, 300), (6, 100)):
        for _ in range(number):
            yield " . ".join(chance.choice(patterns) for _ in range(size))


def least_time(work: Callable[[], object], enough: float) -> float:
    """Return the least processor time of up to five runs; a collection of garbage is no part of the work."""
    least = float("inf")
    for _ in range(5):
        began = time.thread_time()
        work()
        least = min(least, time.thread_time() - began)
        if least < enough:
            break
    return least


def test_whatever_is_taken_for_small_is_small_in_any_shape(wide: Counted) -> None:
    """A plan with a scan in it would take as long as one scan; a product of two, for ever."""
    began = time.thread_time()
    wide.graph.select("SELECT (COUNT(*) AS ?n) { ?a <http://example.org/p> ?b }")
    scan = time.thread_time() - began
    answered, slowest = 0, 0.0
    for shape in shapes():
        query = f"{PROLOGUE}SELECT * {{ {shape} }}"
        body = wide.answer(query)  # counts what is not known yet
        if body is not None:
            answered += 1
            slowest = max(slowest, least_time(lambda query=query: wide.answer(query), scan))
            assert body.count(b"\r\n") <= bounds.MOST + 1
    assert answered > 300
    assert slowest < scan


def test_an_unanchored_or_unconnected_query_is_never_small(wide: Counted) -> None:
    for group in (
        "?a x:p ?b",
        "?a x:p ?b . ?b x:q ?c",
        "?a ?p ?b",
        "<http://example.org/7> x:p ?a . <http://example.org/8> x:p ?b",
        "?a x:r <http://example.org/1>",
        "?a x:q <http://example.org/1> . ?b x:q ?a . ?c x:q ?b . ?d x:q ?c",
    ):
        assert wide.answer(f"{PROLOGUE}SELECT * {{ {group} }}") is None
    assert wide.answer(f"{PROLOGUE}SELECT * {{ ?a x:r <http://example.org/1> }} LIMIT 5") is not None


def test_patterns_keep_their_places() -> None:
    lookup = recognise(PROLOGUE + 'SELECT * { x:a x:p ?o ; x:q "t"@sv , ?l }')
    assert lookup is not None
    assert [(p.subject.value, p.predicate.value[-1], p.object.value) for p in lookup.parts if isinstance(p, Pattern)] == [
        ("http://example.org/a", "p", "?o"),
        ("http://example.org/a", "q", '"t"@sv'),
        ("http://example.org/a", "q", "?l"),
    ]  # fmt: skip


def test_a_small_answer_beyond_the_limit_of_rows_is_a_workers_matter(tmp_path: Path) -> None:
    graph = MemoryGraph(
        Quad(NamedNode("http://example.org/a"), NamedNode("http://example.org/p"), NamedNode(f"http://example.org/{n}"),
             NamedNode("http://example.org/g"))
        for n in range(bounds.MOST + 5)
    )  # fmt: skip
    assert Counted(graph).answer("SELECT * { <http://example.org/a> <http://example.org/p> ?o }") is None
    assert (
        Counted(graph).answer("ASK { <http://example.org/a> <http://example.org/p> <http://example.org/3> }")
        is None
    )
    assert Counted(graph).answer(
        "ASK { <http://example.org/a> <http://example.org/p> <http://example.org/3> }",
        "application/sparql-results+json",
    )
