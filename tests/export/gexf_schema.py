"""What the published GEXF 1.3 schema asks of a file, as a table of our own, and a checker of it.

From the RELAX NG schemas of gexf.net, version 1.3 (gexf, data, dynamics, viz) and the GEXF 1.3 primer: which
elements stand where and how often, which attributes they have, of which XML Schema datatype. Beyond the
schema, what the primer says in words: an attvalue is for a declared attribute and of its type, ids are
unique, edges end in nodes, counts are right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lxml import etree

G, V = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"

Reads = Callable[[str], Any]


def one_of(*values: str) -> Reads:
    return values.index


def decimal(low: float = -math.inf, high: float = math.inf) -> Reads:
    def read(text: str) -> float:
        value = float(text)
        # Python reads more than XML Schema's doubles allow.
        if text.strip().lower() in {"nan", "inf", "-inf", "infinity"} or not low <= value <= high:
            raise ValueError(text)
        return value

    return read


def whole(low: int | None = None, high: int | None = None) -> Reads:
    def read(text: str) -> int:
        value = int(text)
        if "_" in text or (low is not None and value < low) or (high is not None and value > high):
            raise ValueError(text)
        return value

    return read


def time(text: str) -> date:
    if len(text) != len("2020-12-31"):
        raise ValueError(text)
    return date.fromisoformat(text)


EDGE_TYPE = one_of("directed", "undirected", "mutual")
MODE = one_of("static", "dynamic", "slice")
TYPES: dict[str, Reads] = {
    "string": str,
    "anyURI": str,
    "integer": whole(-(2**31), 2**31 - 1),
    "long": whole(-(2**63), 2**63 - 1),
    "double": decimal(),
    "float": decimal(),
    "boolean": one_of("true", "false"),
}
TIMES = {"start": time, "end": time, "timestamp": time}
CHANNEL = whole(0, 255)


@dataclass(frozen=True)
class Rule:
    """An element: attributes that it must and may have, children with how often they may stand, in order."""

    must: Mapping[str, Reads] = field(default_factory=dict)
    may: Mapping[str, Reads] = field(default_factory=dict)
    children: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    ordered: bool = False
    text: bool = False


ANY = (0, math.inf)
MAYBE = (0, 1)

RULES: dict[str, Rule] = {
    f"{G}gexf": Rule(
        {"version": one_of("1.3")}, {"variant": str}, {f"{G}meta": MAYBE, f"{G}graph": (1, 1)}, ordered=True
    ),
    f"{G}meta": Rule(
        may={"lastmodifieddate": time},
        children={f"{G}creator": MAYBE, f"{G}keywords": MAYBE, f"{G}description": MAYBE},
    ),
    f"{G}creator": Rule(text=True),
    f"{G}keywords": Rule(text=True),
    f"{G}description": Rule(text=True),
    f"{G}graph": Rule(
        may={
            "defaultedgetype": EDGE_TYPE, "idtype": one_of("integer", "string"), "mode": MODE,
            "timeformat": one_of("integer", "double", "date", "dateTime"),
            "timerepresentation": one_of("interval", "timestamp"), "timezone": str, **TIMES,
        },
        children={f"{G}attributes": ANY, f"{G}nodes": (1, 1), f"{G}edges": (1, 1)},
        ordered=True,
    ),
    f"{G}attributes": Rule({"class": one_of("node", "edge")}, {"mode": MODE}, {f"{G}attribute": ANY}),
    f"{G}attribute": Rule(
        {"id": str, "title": str, "type": one_of(*TYPES)}, children={f"{G}default": MAYBE, f"{G}options": MAYBE}
    ),
    f"{G}nodes": Rule(may={"count": whole(0)}, children={f"{G}node": ANY}),
    f"{G}edges": Rule(may={"count": whole(0)}, children={f"{G}edge": ANY}),
    f"{G}node": Rule(
        {"id": str},
        {"label": str, "pid": str, **TIMES},
        {
            f"{G}attvalues": MAYBE, f"{G}spells": MAYBE, f"{V}color": MAYBE, f"{V}position": MAYBE,
            f"{V}size": MAYBE, f"{V}shape": MAYBE,
        },
    ),
    f"{G}edge": Rule(
        {"source": str, "target": str},
        {"id": str, "type": EDGE_TYPE, "label": str, "weight": decimal(), "kind": str, **TIMES},
        {
            f"{G}attvalues": MAYBE, f"{G}spells": MAYBE, f"{V}color": MAYBE, f"{V}thickness": MAYBE,
            f"{V}shape": MAYBE,
        },
    ),
    f"{G}attvalues": Rule(children={f"{G}attvalue": ANY}),
    f"{G}attvalue": Rule({"for": str, "value": str}, TIMES),
    f"{G}spells": Rule(children={f"{G}spell": (1, math.inf)}),
    f"{G}spell": Rule(may=TIMES),
    f"{V}color": Rule({"r": CHANNEL, "g": CHANNEL, "b": CHANNEL}, {"a": decimal(0, 1)}),
    f"{V}position": Rule({"x": decimal(), "y": decimal()}, {"z": decimal()}),
    f"{V}size": Rule({"value": decimal(0)}),
    f"{V}thickness": Rule({"value": decimal(0)}),
}  # fmt: skip


def faults(content: bytes) -> list[str]:
    """Return what a GEXF file has against the schema and the primer; nothing when it is valid."""
    root = etree.fromstring(content)
    found = [] if root.tag == f"{G}gexf" else [f"the root is {root.tag}"]
    for element in root.iter():
        found += _element(element)
    return found or _across(root)


def _element(element: Any) -> list[str]:
    rule = RULES.get(element.tag)
    if rule is None:
        return [f"no element {element.tag} is known"]
    found = [f"{element.tag} lacks {name}" for name in rule.must if name not in element.attrib]
    for name, text in element.attrib.items():
        reads = {**rule.must, **rule.may}.get(name)
        if reads is None:
            found.append(f"{element.tag} has no attribute {name}")
        elif not _readable(reads, text):
            found.append(f"{element.tag} {name}={text!r}")
    order = [child.tag for child in element]
    for tag in set(order) | set(rule.children):
        least, most = rule.children.get(tag, (0, 0))
        if not least <= order.count(tag) <= most:
            found.append(f"{element.tag} has {order.count(tag)} times {tag}")
    places = list(rule.children)
    if rule.ordered and [places.index(tag) for tag in order] != sorted(places.index(tag) for tag in order):
        found.append(f"{element.tag} has its children in another order")
    if not rule.text and (element.text or "").strip():
        found.append(f"{element.tag} has text")
    return found


def _readable(reads: Reads, text: str) -> bool:
    try:
        reads(text)
    except ValueError:
        return False
    return True


def _across(root: Any) -> list[str]:
    graph = root.find(f"{G}graph")
    nodes, edges = graph.find(f"{G}nodes"), graph.find(f"{G}edges")
    ids = [node.get("id") for node in nodes]
    found = [f"two nodes {name}" for name in {name for name in ids if ids.count(name) > 1}]
    edge_ids = [edge.get("id") for edge in edges if edge.get("id") is not None]
    found += [] if len(set(edge_ids)) == len(edge_ids) else ["two edges of one id"]
    known = set(ids)
    for edge in edges:
        if not {edge.get("source"), edge.get("target")} <= known:
            found.append(f"edge {edge.get('id')} ends nowhere")
    for part in (nodes, edges):
        if part.get("count") is not None and int(part.get("count")) != len(part):
            found.append(f"{part.tag} counts {part.get('count')}")
    for kind, part in (("node", nodes), ("edge", edges)):
        declared = {
            attribute.get("id"): TYPES[attribute.get("type")]
            for group in graph.findall(f"{G}attributes")
            if group.get("class") == kind
            for attribute in group
        }
        for value in part.iter(f"{G}attvalue"):
            reads = declared.get(value.get("for"))
            if reads is None or not _readable(reads, value.get("value")):
                found.append(f"{kind} value {value.get('for')}={value.get('value')!r}")
    if graph.get("mode", "static") == "static" and next(graph.iter(f"{G}spell"), None) is not None:
        found.append("a static graph has spells")
    return found
