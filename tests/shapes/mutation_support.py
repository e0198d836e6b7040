"""For every constraint of the shapes a pair of nodes: one that is valid, and one with that single fault.

Most pairs are made from the constraints themselves; those of whole things (dates in order, one coordinator,
kinds that exclude each other) are written by hand below.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import rdflib
from rdflib import RDF, SH, XSD, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ecograph.model.namespaces import PREFIXES, expand
from ecograph.validation.shapes import Constraint, Shape, Shapes

Triple = tuple[Node, Node, Node]
Key = tuple[str, str]
"""A constraint: the name of the shape that states it and its parameter, such as ``("project-status", "in")``."""

SHAPES = "https://w3id.org/ecograph/shapes#"
HERE = "https://example.org/case/"

PATTERNS: dict[str, tuple[list[str], str]] = {
    r"^\d{6}-?\d{4}$": (["202100-4524", "212000-2445"], "202100-45"),
    r"^\d{9}$": (["999579860", "999579861"], "99957986"),
    r"^https://ror\.org/0[a-z0-9]{8}$": (["https://ror.org/019k1pd13", "https://ror.org/019k1pd14"], "https://ror.org/19k1pd13"),
    r"^Q\d+$": (["Q1", "Q2"], "1"),
    r"^https?://\S+$": (["https://example.org/a", "https://example.org/b"], "ftp://example.org/a"),
    r"^[A-Z]{3}$": (["SEK", "EUR"], "kr"),
    r"^[A-Z]{2}[A-Z0-9]{0,3}$": (["SE", "SE321"], "Se"),
    r"^\d{4}$": (["2281", "2282"], "22810"),
    r"^[A-Z0-9]{18}\d{2}$": (["549300O897ZC5H7CY412", "213800KUD8LAJWSQ9D15"], "2138004JX"),
}  # fmt: skip
"""For each pattern of the shapes values that fit it and one that does not."""

ALWAYS: dict[str, tuple[str, ...]] = {
    "eco:CrossFertilisation": ("eco:modality", "eco:declaredBy"),
    "eco:AreaAssignment": ("eco:byRule",),
    "eco:Place": ("eco:within", "eco:lauCode"),
}
"""Properties that a valid node of the class has beside those with a least number."""


def name(node: Node) -> str:
    """Return the local name of a shape."""
    return str(node).removeprefix(SHAPES)


@dataclass(frozen=True)
class Case:
    """A valid node and its mutant, the constraints that the mutant must violate, and what the pair proves."""

    title: str
    valid: URIRef
    mutant: URIRef
    expected: frozenset[Key]
    proves: frozenset[Key]


@dataclass
class Cases:
    """All pairs, in one graph: each case has nodes of its own."""

    shapes: Shapes
    graph: rdflib.Graph = field(default_factory=rdflib.Graph)
    cases: list[Case] = field(default_factory=list)
    counter: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def fresh(self, kind: str) -> URIRef:
        """Return an IRI of its own."""
        return URIRef(f"{HERE}{next(self.counter)}/{kind}")

    def add(self, triples: Iterable[Triple]) -> None:
        """Add statements to the graph."""
        for triple in triples:
            self.graph.add(triple)


def property_shapes(shapes: Shapes, root: Shape) -> dict[str, list[Shape]]:
    """Return the property shapes of a node shape by the IRI of their path; of alternatives by the first one."""
    found: dict[str, list[Shape]] = {}
    for constraint in root.constraints:
        if constraint.kind == "property":
            shape = shapes.shape(constraint.values[0])
            assert shape.path is not None
            path = shape.path.iri or shape.path.parts[0].iri
            found.setdefault(path, []).append(shape)
    return found


class Values:
    """The values of one property: what its shapes ask for together."""

    def __init__(self, cases: Cases, stated: list[Shape]) -> None:
        self._cases = cases
        self.constraints = [(shape, one) for shape in stated for one in shape.constraints]

    def of(self, kind: str) -> list[Constraint]:
        return [one for _, one in self.constraints if one.kind == kind]

    def least(self) -> int:
        """Return how many values there must be."""
        return max((int(str(one.values[0])) for one in self.of("minCount")), default=0)

    def good(self, number: int) -> Node:
        """Return the valid value of that number (from 0); things referred to are made."""
        if self.of("in"):
            values = self.of("in")[0].values
            return values[number % len(values)]
        if self.of("class"):
            return self.thing(self.of("class")[0].values[0])
        if self.of("or"):
            return self.alternative(self.of("or")[0].values[0], number)
        if self.of("languageIn"):
            language = ("sv", "en", "sv-FI", "en-GB")[number]
            return Literal(f"text {number}", lang=language)
        if self.of("pattern"):
            text = PATTERNS[str(self.of("pattern")[0].values[0])][0][number]
            return URIRef(text) if self._iri() else Literal(text)
        if self.of("nodeKind"):
            return self._cases.fresh("thing") if self._iri() else Literal(f"text {number}")
        return self._typed(self.of("datatype")[0].values[0] if self.of("datatype") else XSD.string, number)

    def _iri(self) -> bool:
        return any(one.values[0] == SH.IRI for one in self.of("nodeKind"))

    def thing(self, class_: Node) -> URIRef:
        node = self._cases.fresh("thing")
        self._cases.graph.add((node, RDF.type, class_))
        return node

    def alternative(self, nested: Node, number: int) -> Node:
        """Return a value that fits one shape of an sh:or: a class or a datatype."""
        (constraint,) = self._cases.shapes.shape(nested).constraints
        if constraint.kind == "class":
            return self.thing(constraint.values[0])
        assert constraint.kind == "datatype"
        return self._typed(constraint.values[0], number)

    def _typed(self, datatype: Node, number: int) -> Literal:
        low = max((Decimal(str(one.values[0])) for one in self.of("minInclusive")), default=Decimal(0))
        texts = {
            XSD.string: f"text {number}",
            XSD.boolean: ("true", "false")[number % 2],
            XSD.integer: str(max(int(low), 2016 if low < 2016 else 0) + number),
            XSD.decimal: str(low + Decimal("0.25") * (number + 1)),
            XSD.date: f"2016-09-0{number + 1}",
            XSD.gYearMonth: f"2016-{number + 10}",
            XSD.gYear: str(2016 + number),
            URIRef(expand("geo:wktLiteral")): f"POINT({number} 62)",
        }
        assert isinstance(datatype, URIRef)
        return Literal(texts[datatype], datatype=datatype, normalize=False)

    def bad(self, constraint: Constraint) -> Node:
        """Return a value that breaks this constraint and no other one of the property."""
        number = constraint.values[0]
        match constraint.kind:
            case "in" | "class":
                return self._cases.fresh("outside")
            case "or":
                first = self.alternative(number, 0)
                return Literal("i höstas") if isinstance(first, Literal) else self._cases.fresh("outside")
            case "languageIn":
                return Literal("texte", lang="fr")
            case "minLength":
                return Literal("", lang="sv") if self.of("languageIn") else Literal("")
            case "pattern":
                text = PATTERNS[str(number)][1]
                return URIRef(text) if self._iri() else Literal(text)
            case "nodeKind":
                return Literal(str(self.good(0))) if number == SH.IRI else self._cases.fresh("thing")
            case "datatype":
                if number == XSD.decimal:
                    return Literal("1", datatype=XSD.integer)
                if number == XSD.integer:
                    return Literal("2016.5", datatype=XSD.decimal)
                return Literal(str(self.good(0)), lang="en")
            case "minInclusive":
                return self._number(Decimal(str(number)) - 1)
            case "maxInclusive":
                return self._number(Decimal(str(number)) + 1)
        raise AssertionError(f"no mutant is known for sh:{constraint.kind}")

    def _number(self, value: Decimal) -> Literal:
        datatype = self.of("datatype")[0].values[0]
        assert isinstance(datatype, URIRef)
        return Literal(str(value), datatype=datatype, normalize=False)

    def broken_by(self, values: list[Node], constraint: Constraint, shape: Shape) -> frozenset[Key]:
        """Return the constraints that the values break: this one, and the same limit set elsewhere as well."""
        broken = {(name(shape.node), constraint.kind)}
        for other, one in self.constraints:
            if one.kind != constraint.kind:
                continue
            limit = one.values[0]
            if one.kind == "minCount" and len(values) < int(str(limit)):
                broken.add((name(other.node), one.kind))
            if one.kind == "maxCount" and len(values) > int(str(limit)):
                broken.add((name(other.node), one.kind))
            if one.kind == "minInclusive" and Decimal(str(values[0])) < Decimal(str(limit)):
                broken.add((name(other.node), one.kind))
            if one.kind == "maxInclusive" and Decimal(str(values[0])) > Decimal(str(limit)):
                broken.add((name(other.node), one.kind))
        return frozenset(broken)


def basis(cases: Cases, root: Shape, node: URIRef, without: Iterable[str] = ()) -> list[Triple]:
    """Return the fewest statements that make a node of the shape's class valid, but for some properties."""
    class_ = root.targets[0].node
    triples: list[Triple] = [(node, RDF.type, class_)]
    always = {expand(one) for key, names in ALWAYS.items() if expand(key) == str(class_) for one in names}
    for path, stated in property_shapes(cases.shapes, root).items():
        values = Values(cases, stated)
        count = max(values.least(), 1 if path in always else 0)
        if path not in without:
            triples += [(node, URIRef(path), values.good(number)) for number in range(count)]
    return triples


def generated(cases: Cases, root: Shape) -> None:
    """Add a pair for each constraint of each property shape of a node shape."""
    for path, stated in property_shapes(cases.shapes, root).items():
        for shape in stated:
            for constraint in shape.constraints:
                alternatives = constraint.values if constraint.kind == "or" else (None,)
                for nested in alternatives:
                    _pair(cases, root, path, stated, shape, constraint, nested)


def _pair(
    cases: Cases,
    root: Shape,
    path: str,
    stated: list[Shape],
    shape: Shape,
    constraint: Constraint,
    nested: Node | None,
) -> None:
    values = Values(cases, stated)
    valid, mutant = cases.fresh("valid"), cases.fresh("mutant")
    count = max(values.least(), 1)
    kind = constraint.kind
    good = [
        values.good(number) if nested is None else values.alternative(nested, number)
        for number in range(count)
    ]
    if kind == "maxCount":
        good = [values.good(number) for number in range(int(str(constraint.values[0])))]
        bad = [*good, values.good(len(good))]
    elif kind == "minCount":
        bad = good[: int(str(constraint.values[0])) - 1]
    elif kind == "uniqueLang":
        good = [Literal("text 0", lang="sv"), Literal("text 1", lang="en")]
        bad = [good[0], Literal("text 2", lang="sv")]
    else:
        bad = [values.bad(constraint), *good[1:]]
    for node, chosen in ((valid, good), (mutant, bad)):
        cases.add(basis(cases, root, node, {path}))
        for value in chosen:
            cases.add(_stated(cases, node, path, shape, value))
    key = (name(shape.node), kind)
    proves = {key, (name(root.node), "property", name(shape.node))}  # type: ignore[arg-type]
    if nested is not None:
        proves |= {(name(nested), one.kind) for one in cases.shapes.shape(nested).constraints}
    title = f"{key[0]} {kind}" + (f" {name(nested)}" if nested is not None else "")
    cases.cases.append(
        Case(title, valid, mutant, values.broken_by(bad, constraint, shape), frozenset(proves))  # type: ignore[arg-type]
    )


def _stated(cases: Cases, node: URIRef, path: str, shape: Shape, value: Node) -> Iterator[Triple]:
    """Yield the statements that make something a value of the shape's path: one, or two of a sequence."""
    assert shape.path is not None
    if shape.path.kind == "sequence":
        between = cases.fresh("between")
        yield (node, URIRef(path), between)
        yield (between, URIRef(shape.path.parts[1].iri), value)
    else:
        yield (node, URIRef(path), value)


def by_hand(cases: Cases, written: Iterable[tuple[str, str, str, str, str]]) -> None:
    """Add the pairs written by hand: shape, nested constraints proved, properties left out, valid, mutant."""
    main = {
        str(root.targets[0].node): root for root in roots(cases.shapes) if property_shapes(cases.shapes, root)
    }
    main |= {
        str(target.node): main[expand("eco:Actor")]
        for root in roots(cases.shapes)
        for target in root.targets
        if str(target.node) not in main
    }
    for shape_name, nested, without, valid_text, mutant_text in written:
        shape = cases.shapes.shape(URIRef(SHAPES + shape_name))
        root = main[str(shape.targets[0].node)]
        (kind,) = {one.kind for one in shape.constraints}
        ends = []
        for text, ending in ((valid_text, "valid"), (mutant_text, "mutant")):
            head, _, rest = text.partition("|")
            node = cases.fresh(ending) if not rest else URIRef(f"{HERE}{next(cases.counter)}/{head}")
            base = f"{HERE}{next(cases.counter)}/"
            cases.add(basis(cases, root, node, {expand(one) for one in without.split()}))
            prologue = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
            body = (rest or text).replace(":this", f"<{node}>")
            body = body.replace("voc/", PREFIXES.get("voc", "https://w3id.org/ecograph/vocabulary/"))
            cases.graph.parse(data=f"{prologue}@prefix : <{base}> .\n{body}", format="turtle")
            ends.append(node)
        key = (shape_name, kind)
        proves = {key} | {tuple(one.split("/")) for one in nested.split()}  # type: ignore[misc]
        cases.cases.append(
            Case(
                f"{shape_name} {kind} {mutant_text[:60]}",
                ends[0],
                ends[1],
                frozenset({key}),
                frozenset(proves),
            )
        )  # type: ignore[arg-type]


def roots(shapes: Shapes) -> list[Shape]:
    """Return the shapes that have targets."""
    return [shapes.shape(node) for node in shapes.target_nodes]


def all_constraints(graph: rdflib.Graph, parameters: Iterable[str]) -> set[Key]:
    """Return every constraint stated in the shapes graph, read from its triples alone."""
    found: set[Key] = set()
    for parameter in parameters:
        for shape, _, value in graph.triples((None, SH[parameter], None)):
            if parameter == "property":
                found.add((name(shape), "property", name(value)))  # type: ignore[arg-type]
            else:
                found.add((name(shape), parameter))
            if parameter in {"or", "and", "xone"}:
                assert list(Collection(graph, value))
    return found
