"""What a build infers that nobody stated, and what each inferred statement follows from.

A statement that a rule derives is explained by the rule and the statements that its pattern met. One of
the OWL RL closure is explained by a smallest set of statements and axioms from which the engine still
derives it, found by leaving out the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from rdflib import Graph as RdfGraph

from ecograph.errors import QueryError
from ecograph.model.iris import Base
from ecograph.model.namespaces import PREFIXES, expand, shorten
from ecograph.reasoning.axioms import Ontology, names_of
from ecograph.reasoning.closure import run_engine
from ecograph.reasoning.manchester import sentence
from ecograph.reasoning.minimise import nearest_first, smallest
from ecograph.reasoning.rules import RULES, Rule
from ecograph.store.graph import Graph, Literal, NamedNode, Quad, Term

_TYPE = NamedNode(expand("rdf:type"))
_SAMPLE = 3
"""So many statements of one property about a thing stand for all of them when a type is explained."""
_DEPTH = 4
_AT_ONCE = 8
_LANGUAGE = tuple(PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd"))
_CLOSURE = "OWL RL closure"

Triple = tuple[Term, NamedNode, Term]


@dataclass(frozen=True, slots=True)
class Group:
    """Inferred statements of one property, or one class: how many, by what, and a few of them."""

    name: str
    count: int
    origin: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A statement in an explanation, how deep it lies, and why it holds."""

    depth: int
    statement: str
    reason: str


def new_entailments(graph: Graph, base: str, examples: int = 1) -> list[Group]:
    """Return what the build inferred and no source states, by property and, for types, by class.

    Ordered by number, the largest first; then by name.
    """
    inferred = Base(base).graph("inferred")
    counted = graph.select(
        f"SELECT ?p ?c (COUNT(*) AS ?n) (SAMPLE(?s) AS ?one) WHERE {{ GRAPH <{inferred}> {{ ?s ?p ?o }} "
        "BIND(IF(?p = rdf:type, ?o, ?nothing) AS ?c) } GROUP BY ?p ?c"
    )
    groups = []
    for row in counted.values():
        prop, kind = NamedNode(row["p"]), NamedNode(row["c"]) if row["c"] else None
        some = graph.quads(None, prop, kind, NamedNode(inferred))
        shown = tuple(written((q.subject, q.predicate, q.object), base) for q in islice(some, examples))
        rules = [rule.name for rule in RULES if _derives(rule, prop)]
        title = f"{shorten(prop.value)} {shorten(kind.value)}" if kind else shorten(prop.value)
        groups.append(Group(title, row["n"], ", ".join(f"rule {name}" for name in rules) or _CLOSURE, shown))
    return sorted(groups, key=lambda group: (-group.count, group.name))


def read_statement(text: str, base: str) -> Triple:
    """Return the triple that three words name: prefixed names, addresses, local ids, or 'a' for rdf:type.

    Raises
    ------
    QueryError: when it is not three words or a prefix is unknown.
    """
    words = text.split(maxsplit=2)
    if len(words) != 3:
        raise QueryError(
            f"'{text}' is not a statement.",
            remedy="Write three words, such as 'actor/se-2021004524 eco:activeIn area/digitalisation'.",
        )
    return _node(words[0], base), _node(words[1], base), _literal(words[2]) or _node(words[2], base)


def _literal(text: str) -> Literal | None:
    found = re.fullmatch(r'"(.*)"(?:@([A-Za-z-]+)|\^\^(\S+))?', text.strip())
    if found is None:
        return None
    value, language, datatype = found.groups()
    if language:
        return Literal(value, language=language)
    return Literal(value, datatype=_node(datatype, "")) if datatype else Literal(value)


def _node(word: str, base: str) -> NamedNode:
    if word == "a":
        return _TYPE
    if word.startswith("<") or "://" in word:
        return NamedNode(word.strip("<>"))
    prefix, colon, _ = word.partition(":")
    if colon:
        if prefix not in PREFIXES:
            raise QueryError(f"The prefix {prefix}: is unknown.", remedy=f"Use one of {', '.join(PREFIXES)}.")
        return NamedNode(expand(word))
    return NamedNode(Base(base).instance(word))


def explain(graph: Graph, statement: Triple, base: str) -> list[Step]:
    """Return why a statement holds: itself first, then what it follows from, down to what sources state.

    Raises
    ------
    QueryError: when the build does not hold the statement.
    """
    subject, predicate, value = statement
    if not isinstance(subject, NamedNode) or next(graph.quads(subject, predicate, value), None) is None:
        raise QueryError(
            f"The build does not hold: {written(statement, base)}.",
            remedy="Look at what it holds: `ecograph ontology entailments` lists examples.",
        )
    return list(_Explainer(graph, base).steps(statement, 0))


class _Explainer:
    def __init__(self, graph: Graph, base: str) -> None:
        self.graph = graph
        self.base = base
        self.inferred = Base(base).graph("inferred")
        self.ontology = Base(base).graph("ontology")

    def steps(self, statement: Triple, depth: int) -> Iterator[Step]:
        shown = written(statement, self.base)
        if stated := self._stated_in(statement):
            yield Step(depth, shown, f"stated in {stated}")
            return
        rule, premises = self._by_rule(statement)
        if rule:
            yield Step(depth, shown, f"by the rule {rule.name}: {rule.meaning}")
        else:
            axioms, premises = self._by_closure(statement)
            yield Step(depth, shown, "by the OWL RL closure: " + "; ".join(axioms))
        for premise in premises:
            if depth < _DEPTH:
                yield from self.steps(premise, depth + 1)

    def _stated_in(self, statement: Triple) -> str:
        graphs = [q.graph_name for q in self._quads(*statement) if q.graph_name != NamedNode(self.inferred)]
        return min((name.value for name in graphs if isinstance(name, NamedNode)), default="")

    def _quads(self, subject: Term | None, predicate: NamedNode | None, value: Term | None) -> Iterator[Quad]:
        if isinstance(subject, NamedNode) or subject is None:
            yield from self.graph.quads(subject, predicate, value)

    def _by_rule(self, statement: Triple) -> tuple[Rule | None, list[Triple]]:
        """Return the first rule that derives the statement, and the statements that its pattern met."""
        for rule in RULES:
            for conclusion in rule.conclusions:
                if expand(conclusion[1]) != statement[1].value:
                    continue
                bound = {conclusion[0]: statement[0], conclusion[2]: statement[2]}
                values = " ".join(f"VALUES {name} {{ {term} }}" for name, term in bound.items())
                body = rule.sparql.partition("WHERE")[2].strip().removeprefix("{")
                rows = self.graph.select(f"SELECT * WHERE {{ {values} {body} LIMIT 1")
                for row in rows.rows:
                    found = dict(zip((f"?{name}" for name in rows.variables), row, strict=True))
                    return rule, list(self._met(rule, found))
        return None, []

    def _met(self, rule: Rule, found: dict[str, Term | None]) -> Iterator[Triple]:
        for s, p, o in rule.premises:
            subject, value = found.get(s), found.get(o, _term(o))
            predicate = NamedNode(expand("rdf:type" if p == "a" else p.rstrip("*+")))
            if subject is None or value is None or (p.endswith("*") and subject == value):
                continue
            if next(self._quads(subject, predicate, value), None) is not None:
                yield subject, predicate, value

    def _by_closure(self, statement: Triple) -> tuple[list[str], list[Triple]]:
        """Return a smallest set of axioms (as sentences) and statements that entail the statement."""
        ontology = Ontology(self._axiom_graph())
        usable = (triple for triple in self._around(statement) if self._usable(triple, statement))
        around = {_line(triple): triple for triple in sorted(usable, key=_types_first)}
        axioms = {f"axiom {number}": axiom for number, axiom in enumerate(ontology.axioms)}
        lines = {item: [_nt(each) for each in axiom.statements] for item, axiom in axioms.items()}
        lines |= {line: [line] for line in around}
        names = {item: names_of(axiom) for item, axiom in axioms.items()}
        names |= {line: _names(triple) for line, triple in around.items()}
        wanted = tuple(str(node) for node in statement)

        def first(candidates: list[list[str]]) -> int | None:
            for number, items in enumerate(candidates):
                if wanted in run_engine([line for item in items for line in lines[item]]):
                    return number
            return None

        likely = nearest_first([*lines], lambda item: names[item], _names(statement))
        if first([likely]) is None:
            return ["(no shorter explanation than the whole)"], []
        needed = smallest(likely, first, width=_AT_ONCE)
        sentences = [sentence(axioms[item], ontology.graph) for item in needed if item in axioms]
        return sorted(sentences), [around[item] for item in needed if item in around]

    def _axiom_graph(self) -> RdfGraph:
        quads = self.graph.quads(graph=NamedNode(self.ontology))
        text = "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in quads)
        return RdfGraph().parse(data=text, format="nt")

    def _around(self, statement: Triple) -> Iterator[Triple]:
        """Yield the statements that can matter: about the things in it, and of transitive properties."""
        subject, predicate, value = statement
        if predicate == _TYPE:
            yield from self._sampled(subject)
            return
        for pair in ((subject, value), (value, subject)):
            for quad in self._quads(pair[0], None, pair[1]):
                yield quad.subject, quad.predicate, quad.object
        for row in self.graph.select("SELECT ?p { ?p a owl:TransitiveProperty }").values():
            for quad in self.graph.quads(None, NamedNode(row["p"])):
                yield quad.subject, quad.predicate, quad.object

    def _usable(self, triple: Triple, wanted: Triple) -> bool:
        """Whether it may be a premise: stated, or derived by a rule (rules run before the closure)."""
        if triple == wanted:
            return False
        return any(_derives(rule, triple[1]) for rule in RULES) or bool(self._stated_in(triple))

    def _sampled(self, node: Term) -> Iterator[Triple]:
        if not isinstance(node, NamedNode):
            return
        counts: dict[tuple[bool, NamedNode], int] = {}
        for outward, quads in ((True, self.graph.quads(node)), (False, self.graph.quads(None, None, node))):
            for quad in quads:
                key = (outward, quad.predicate)
                counts[key] = counts.get(key, 0) + 1
                if quad.predicate == _TYPE or counts[key] <= _SAMPLE:
                    yield quad.subject, quad.predicate, quad.object


def _names(triple: Triple) -> set[str]:
    nodes = (node.value for node in triple if isinstance(node, NamedNode))
    return {name for name in nodes if not name.startswith(_LANGUAGE)}


def _types_first(triple: Triple) -> tuple[bool, str]:
    return triple[1] != _TYPE, _line(triple)


def _derives(rule: Rule, prop: NamedNode) -> bool:
    return any(expand(p) == prop.value for _, p, _ in rule.conclusions)


def _term(word: str) -> Term | None:
    if word in {"true", "false"}:
        return Literal(word, datatype=NamedNode(expand("xsd:boolean")))
    return None if word.startswith("?") else NamedNode(expand(word))


def _line(triple: Triple) -> str:
    return " ".join(str(node) for node in triple) + " ."


def _nt(statement: tuple[object, object, object]) -> str:
    return " ".join(node.n3() for node in statement) + " ."  # type: ignore[attr-defined]


def written(triple: Triple, base: str) -> str:
    """Return a statement for a reader: local ids, prefixed names, literals as they are."""
    return " ".join(_short(node, base) for node in triple)


def _short(node: Term, base: str) -> str:
    if not isinstance(node, NamedNode):
        return str(node)
    local = Base(base).local(node.value)
    if local is not None:
        return local
    short = shorten(node.value)
    return short if short != node.value else f"<{node.value}>"
