"""The W3C's SPARQL test suite as this service meets it: cases, their data in one build, comparison of answers."""

from __future__ import annotations

import csv
import gc
import io
import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from running import Reply, Service

from ecograph.store.builds import Builds
from ecograph.store.graph import DraftGraph

BASE = "http://www.w3.org/2009/sparql/docs/tests/"
"""Where the suite's files are taken to stand; relative names in data, queries and results resolve against it."""
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
ENTRIES = ("sparql10/manifest-evaluation.ttl", "sparql11/manifest-sparql11-query.ttl",
           "sparql11/manifest-sparql11-results.ttl")  # fmt: skip
EVALUATION = {MF.QueryEvaluationTest, MF.CSVResultFormatTest}
SYNTAX = {MF.PositiveSyntaxTest11: True, MF.NegativeSyntaxTest11: False}
FROM = re.compile(r"\bFROM\b", re.IGNORECASE)
FORMATS = {
    ".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES, ".rdf": RdfFormat.RDF_XML, ".n3": RdfFormat.N3,
}  # fmt: skip
ACCEPT = {
    ".srx": "application/sparql-results+xml", ".srj": "application/sparql-results+json", ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One test: its query, the graphs it asks, the file with the answer (or whether the query is valid)."""

    name: str
    query: Path
    data: tuple[Path, ...] = ()
    named: tuple[Path, ...] = ()
    result: Path | None = None
    valid: bool = True
    endpoints: tuple[tuple[str, Path], ...] = ()
    """Servers elsewhere, and the data that each is taken to have."""
    lax: bool = False
    """Whether rows may come fewer times than the answer says, though each at least once (REDUCED)."""


class Suite:
    """The suite, unpacked."""

    def __init__(self, archive: Path, place: Path) -> None:
        with tarfile.open(archive) as content:
            content.extractall(place)
        self.root = place / "sparql"

    def iri(self, path: Path) -> str:
        return BASE + str(path.relative_to(self.root))

    def cases(self) -> Iterator[Case]:
        """The evaluation and syntax tests of SPARQL 1.0 and 1.1 queries, without entailment and federation."""
        seen: set[Path] = set()
        for entry in ENTRIES:
            yield from self._manifest(self.root / entry, seen)

    def _manifest(self, path: Path, seen: set[Path]) -> Iterator[Case]:
        if path in seen or path.parent.name in {"entailment", "service"}:
            return
        seen.add(path)
        graph = Graph().parse(path, format="turtle", publicID=path.as_uri())
        for included in graph.objects(None, MF.include):
            for each in Collection(graph, included):
                yield from self._manifest(self._path(each), seen)
        for required in graph.objects(None, MF.conformanceRequirement):
            for each in Collection(graph, required):
                yield from self._manifest(self._path(each), seen)
        for entries in graph.objects(None, MF.entries):
            for test in Collection(graph, entries):
                kind = graph.value(test, RDF.type)
                name = f"{path.parent.relative_to(self.root)}/{str(test).rpartition('#')[2]}"
                if kind in EVALUATION:
                    yield self._evaluation(graph, test, name)
                elif kind in SYNTAX:
                    query = self._path(graph.value(test, MF.action))
                    yield Case(name, query, valid=SYNTAX[kind])

    def federated(self) -> list[Case]:
        """The tests of basic federated query."""
        path = self.root / "sparql11" / "service" / "manifest.ttl"
        graph = Graph().parse(path, format="turtle", publicID=path.as_uri())
        entries = Collection(graph, next(graph.objects(None, MF.entries)))
        return [
            self._evaluation(graph, test, f"sparql11/service/{str(test).rpartition('#')[2]}")
            for test in entries
        ]

    def _evaluation(self, graph: Graph, test: URIRef, name: str) -> Case:
        action = graph.value(test, MF.action)
        named = []
        for each in graph.objects(action, QT.graphData):
            named.append(self._path(graph.value(each, QT.graph) or each))
        return Case(
            name,
            self._path(graph.value(action, QT.query)),
            tuple(self._path(each) for each in graph.objects(action, QT.data)),
            tuple(named),
            self._path(graph.value(test, MF.result)),
            endpoints=tuple(
                (str(graph.value(each, QT.endpoint)), self._path(graph.value(each, QT.data)))
                for each in graph.objects(action, QT.serviceData)
            ),
            lax=graph.value(test, MF.resultCardinality) == MF.LaxCardinality,
        )

    @staticmethod
    def _path(iri: object) -> Path:
        return Path(str(iri).removeprefix("file://"))

    def publish(self, root: Path, build_id: str) -> None:
        """Publish one build in which each data file of the suite is a named graph, empty ones too."""
        builds = Builds(root / ".ecograph")
        with builds.draft(build_id) as draft:
            graph = DraftGraph(draft / "store")
            graph.update(f"CREATE SILENT GRAPH <{BASE}nothing>")
            for path in sorted(self.root.glob("sparql1[01]/*/*")):
                if path.suffix in FORMATS and not path.name.startswith("manifest"):
                    graph.add(self._quads(path))
                    graph.update(f"CREATE SILENT GRAPH <{self.iri(path)}>")
            graph.finish()
            del graph
            gc.collect()
            builds.publish(draft, {})

    def _quads(self, path: Path) -> list[Quad]:
        name = NamedNode(self.iri(path))
        try:
            form = FORMATS[path.suffix]
            found = list(parse(path=str(path), format=form, base_iri=name.value, rename_blank_nodes=True))
        except SyntaxError:  # a few files are wrong on purpose; no evaluation test asks them
            return []
        return [Quad(each.subject, each.predicate, each.object, name) for each in found]

    def ask(self, service: Service, case: Case, places: dict[tuple[str, Path], str] | None = None) -> Reply:
        """Send the query as the protocol has it, with the test's dataset and, of servers, their real places."""
        text = case.query.read_text(encoding="utf-8")
        for endpoint in case.endpoints:
            text = text.replace(f"<{endpoint[0]}>", f"<{(places or {})[endpoint]}>")
        asked = [("query", f"BASE <{self.iri(case.query)}> {text}" if case.result else text)]
        if case.result and not FROM.search(text):  # the protocol's dataset would override the query's own
            asked += [("default-graph-uri", self.iri(path)) for path in case.data]
            asked += [("named-graph-uri", self.iri(path)) for path in case.named]
            asked += [] if case.data else [("default-graph-uri", f"{BASE}nothing")]
        accept = ACCEPT.get(case.result.suffix if case.result else "", "*/*;q=0.1, text/turtle")
        return service.ask(
            "/sparql", "POST", urlencode(asked),
            {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept},
        )  # fmt: skip

    def passes(self, service: Service, case: Case, places: dict[tuple[str, Path], str] | None = None) -> bool:
        """Say whether the answer is the one expected."""
        reply = self.ask(service, case, places)
        if case.result is None:
            return reply.status == (200 if case.valid else 400)
        if reply.status != 200:
            return False
        media = reply.headers["content-type"].partition(";")[0]
        return self._right(case, media, reply.body)

    def _right(self, case: Case, media: str, body: bytes) -> bool:
        assert case.result is not None
        if case.result.suffix == ".csv":
            return rows_of(body) == rows_of(case.result.read_bytes())
        expected = self._expected(case.result)
        if isinstance(expected, bool) or media not in ACCEPT.values():
            return expected == self._answered(body, media, self.iri(case.query))
        answered = self._answered(body, media, "")
        if case.lax and isinstance(answered, list) and isinstance(expected, list):
            return len(answered) <= len(expected) and same(distinct(answered), distinct(expected))
        return same(answered, expected)

    def passes_in_the_engine(self, case: Case) -> bool:
        """Say whether the engine alone, with the test's data as its whole content, gives the right answer."""
        store = Store()
        for path in case.data:
            for quad in self._quads(path):
                store.add(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
        for path in case.named:
            store.add_graph(NamedNode(self.iri(path)))
            store.extend(self._quads(path))
        text = case.query.read_text(encoding="utf-8")
        try:
            if case.result is None:
                store.query(text)
                return case.valid
            answer = store.query(f"BASE <{self.iri(case.query)}> {text}")
            if isinstance(answer, QueryTriples):
                body, media = answer.serialize(format=RdfFormat.TURTLE), "text/turtle"
            else:
                media = ACCEPT.get(case.result.suffix, "application/sparql-results+json")
                body = answer.serialize(format=QueryResultsFormat.from_media_type(media))
        except (SyntaxError, ValueError, RuntimeError):
            return case.result is None and not case.valid
        return self._right(case, media, body or b"")

    def _answered(self, body: bytes, media: str, base: str) -> object:
        if media in {"application/sparql-results+json", *ACCEPT.values()}:
            return results(body, QueryResultsFormat.from_media_type(media))
        form = RdfFormat.from_media_type(media)
        return canonical(quad for quad in parse(input=body, format=form, base_iri=base))

    def _expected(self, path: Path) -> object:
        if path.suffix in ACCEPT:
            form = QueryResultsFormat.from_media_type(ACCEPT[path.suffix])
            return results(path.read_bytes(), form)
        quads = list(parse(path=str(path), format=FORMATS[path.suffix], base_iri=self.iri(path)))
        described = described_results(quads)
        return canonical(quads) if described is None else described


Table = list[dict[str, object]]


def results(body: bytes, form: QueryResultsFormat | None) -> object:
    """A boolean, or rows of variable → term."""
    assert form is not None
    answer = parse_query_results(input=body, format=form)
    if isinstance(answer, QueryBoolean):
        return bool(answer)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [{name: row[name] for name in names if row[name] is not None} for row in answer]


def described_results(quads: list[Quad]) -> object:
    """The result set that RDF describes in the DAWG's vocabulary, or None when it describes none."""
    by: dict[object, dict[str, list[object]]] = {}
    for quad in quads:
        local = quad.predicate.value.removeprefix(RS)
        by.setdefault(quad.subject, {}).setdefault(local, []).append(quad.object)
    for properties in by.values():
        if "boolean" in properties:
            return properties["boolean"][0] == Literal(True)
    whole = [each for each in by.values() if NamedNode(f"{RS}ResultSet") in each.get(str(RDF.type), [])]
    if not whole:
        return None
    table: Table = []
    for solution in whole[0].get("solution", []):
        bindings = [by[each] for each in by.get(solution, {}).get("binding", [])]
        table.append({each["variable"][0].value: each["value"][0] for each in bindings})  # type: ignore[attr-defined]
    return table


def distinct(table: Table) -> Table:
    """The rows, each once."""
    return list(
        {tuple(sorted((name, str(term)) for name, term in row.items())): row for row in table}.values()
    )


def same(found: object, expected: object) -> bool:
    """Say whether two tables hold the same rows, whatever their blank nodes are called."""
    if isinstance(found, bool) or isinstance(expected, bool):
        return found is expected
    assert isinstance(found, list)
    assert isinstance(expected, list)
    if len(found) != len(expected):
        return False
    return canonical(as_quads(found)) == canonical(as_quads(expected))


def as_quads(table: Table) -> Iterator[Quad]:
    counts = Counter(tuple(sorted((name, str(term)) for name, term in row.items())) for row in table)
    for row in table:
        key = tuple(sorted((name, str(term)) for name, term in row.items()))
        if (times := counts.pop(key, 0)) == 0:
            continue
        node = BlankNode()
        yield Quad(node, NamedNode("row:times"), Literal(times))
        for name, term in row.items():
            yield Quad(node, NamedNode(f"row:{name}"), plain(term))  # type: ignore[arg-type]


def plain(term: object) -> object:
    """A number or truth value in one spelling, as the engine stores it: 2.0 and 2 are one decimal."""
    if isinstance(term, Literal) and term.datatype.value.endswith("#boolean"):
        return Literal({"0": "false", "1": "true"}.get(term.value, term.value), datatype=term.datatype)
    if isinstance(term, Literal) and term.datatype.value.endswith(
        ("#integer", "#decimal", "#double", "#float")
    ):
        with suppress(ValueError):
            return Literal(f"{float(term.value):.12g}", datatype=term.datatype)
    return term


def canonical(quads: Iterator[Quad] | list[Quad]) -> set[str]:
    """The statements with canonical labels of blank nodes (RDFC-1.0)."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def rows_of(content: bytes) -> Counter[tuple[str, ...]]:
    """The rows of a CSV document; the order of columns and the names of blank nodes do not matter."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return Counter(
        tuple(sorted((name, re.sub("^_:.*", "_:", cell)) for name, cell in row.items())) for row in rows
    )
