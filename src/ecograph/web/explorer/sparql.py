"""The SPARQL page: a plain form that the script turns into an editor, and what the editor suggests and shows.

A query stands in the address as ``query`` (text), as ``z`` (the text packed by raw DEFLATE, RFC 1951, in
base64url, RFC 4648) or as ``question`` (a question of the catalogue with its values).
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from typing import Any

from flask import Response, g, jsonify, render_template, request

from ecograph.errors import QueryError
from ecograph.model.namespaces import ECO, PREFIXES, shorten
from ecograph.query.catalogue import THEMES, Question
from ecograph.query.parameters import bind
from ecograph.query.run import rebase, substitute
from ecograph.web.explorer.asking import ask, find, graph, page_questions, served, site
from ecograph.web.explorer.blueprint import explorer

_LONGEST_QUERY = 20_000
_EXAMPLE = """SELECT ?actor ?name (COUNT(DISTINCT ?project) AS ?projects) WHERE {
  ?actor eco:collaboratesIn ?project ; skos:prefLabel ?name .
  FILTER(LANG(?name) = "sv")
}
GROUP BY ?actor ?name
ORDER BY DESC(?projects)
LIMIT 20
"""
_VIEWS = ("table", "chart", "map", "network")
_NO_NAME = re.compile(r"""<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*""")
"""Where no prefixed name can stand: IRIs, texts, comments."""
_DECLARED = re.compile(r"(?i)\bPREFIX\s+([A-Za-z][\w.-]*)?:")
_USED = re.compile(r"(?<![\w?$:\\-])([A-Za-z][\w-]*):")
_EXTERNAL = (
    "rdf:type", "rdfs:label", "rdfs:subClassOf", "skos:prefLabel", "skos:altLabel", "skos:definition",
    "skos:inScheme", "skos:notation", "dcterms:title", "dcterms:publisher", "dcterms:issued", "foaf:homepage",
    "geo:hasGeometry", "geo:asWKT", "prov:wasGeneratedBy", "owl:sameAs",
)  # fmt: skip
"""Properties of other vocabularies that the data use."""


@explorer.get("/<any(sv,en):lang>/sparql")
def sparql() -> tuple[str, int]:
    """The page with the query of the address, else an example."""
    asked = find(request.args.get("question", ""))
    query, status = _packed() or request.args.get("query", "")[:_LONGEST_QUERY], 200
    if asked is not None:
        known = {parameter.name for parameter in asked.parameters}
        given = {name: value for name, value in request.args.items() if name in known and name != "lang"}
        try:
            query = declared(ask(asked.slug, **given).sparql) if given else text_of(asked)
        except QueryError:
            query, status = asked.sparql, 400
    view = request.args.get("view", "")
    page = render_template(
        "sparql.html",
        query=query or declared(_EXAMPLE.replace('"sv"', f'"{g.lang}"')),
        given=bool(query),
        asked=asked,
        view=view if view in _VIEWS else "table",
        themes=_themes(),
        behind=sorted(page_questions().values(), key=lambda question: question.title(g.lang)),
        base=site().base.address,
    )
    return page, status


@explorer.get("/<any(sv,en):lang>/sparql/terms.json")
def sparql_terms() -> Response:
    """What the editor suggests: prefixes, and the terms of ontology and vocabularies with both labels."""
    return jsonify(served().memo("explorer.sparql.terms", _terms))


@explorer.get("/<any(sv,en):lang>/sparql/examples.json")
def sparql_examples() -> Response:
    """The texts of the questions, by slug, with their defaults and the reader's language."""
    questions = [*site().catalogue.values(), *page_questions().values()]
    made = served().memo(
        ("explorer.sparql.examples", g.lang), lambda: {one.slug: text_of(one) for one in questions}
    )
    return jsonify(made)


@explorer.get("/<any(sv,en):lang>/sparql/places.json")
def sparql_places() -> Response:
    """The places with a geometry, for the map of an answer: IRI, label, WKT."""
    rows = ask("drawable-places").rows
    return jsonify([{"iri": r["place"], "label": r["placeLabel"], "wkt": r["wkt"]} for r in rows])


def text_of(question: Question) -> str:
    """Return a question's query with its defaults, the reader's language and the workspace's own base."""
    base = site().base
    bound = {p.name: bind(p, g.lang, graph(), base=base) for p in question.parameters if p.name == "lang"}
    return declared(substitute(rebase(question.sparql, base), bound).strip() + "\n")


def declared(text: str) -> str:
    """Return a query with PREFIX lines for the customary prefixes that it uses and does not declare.

    The endpoint knows no prefix by itself, as the standard has it, so that a query works elsewhere too.
    """
    bare = _NO_NAME.sub(" ", text)
    known = set(_DECLARED.findall(bare))
    used = sorted({prefix for prefix in _USED.findall(bare) if prefix in PREFIXES and prefix not in known})
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used) + text


def _themes() -> list[tuple[str, str, list[Question]]]:
    found = []
    for theme, names in THEMES.items():
        members = [question for question in site().catalogue.values() if question.theme == theme]
        if members:
            found.append((theme, names[0 if g.lang == "sv" else 1], members))
    return found


def _packed() -> str:
    """Return the query that ``z`` holds; nothing where it is damaged or too long."""
    text = request.args.get("z", "")
    if not text or len(text) > _LONGEST_QUERY:
        return ""
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        unpacked = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, _LONGEST_QUERY)
        return unpacked.decode("utf-8")
    except (ValueError, zlib.error, binascii.Error):
        return ""


def _terms() -> dict[str, Any]:
    terms = [
        {"iri": row["term"], "name": _name(row["term"]), "kind": _kind(row), "sv": row["sv"], "en": row["en"]}
        for row in ask("editor-terms").rows
    ]
    terms += [
        {"iri": PREFIXES[name.partition(":")[0]] + name.partition(":")[2], "name": name, "kind": "property",
         "sv": "", "en": ""}
        for name in _EXTERNAL
    ]  # fmt: skip
    return {"prefixes": PREFIXES, "terms": terms}


def _name(iri: str) -> str:
    """Return how a query writes an IRI: as a prefixed name where SPARQL's grammar allows it, else in full."""
    short = shorten(iri)
    local = short.partition(":")[2]
    # A slash in a local name is written with a backslash (SPARQL 1.1, 19.8, PN_LOCAL_ESC).
    return short.replace("/", "\\/") if short != iri and "%" not in local else f"<{iri}>"


def _kind(row: dict[str, Any]) -> str:
    if not row["term"].startswith(ECO):
        return "concept" if row["kind"].endswith("Concept") else "thing"
    return (
        "property"
        if row["kind"].endswith("Property")
        else "class"
        if row["kind"].endswith("Class")
        else "thing"
    )
