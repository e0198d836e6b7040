"""The statement table: each value with who says it, when, and where; disagreements marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from ecograph.model.namespaces import ECO, PREFIXES, shorten
from ecograph.web.explorer.asking import Shown, ask, site
from ecograph.web.explorer.language import current

_FIRST = (
    "skos:prefLabel", "rdfs:label", "dcterms:title", "skos:altLabel", "eco:acronym", "rdf:type", "eco:status",
    "eco:helix", "eco:stakeholderGroup", "eco:municipality", "eco:organisationNumber", "eco:pic", "eco:ror",
    "eco:lei",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """One value that one named graph states."""

    value: str
    iri: str | None
    language: str
    graph: str
    source: str
    date: str | None
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """Everything stated of one property; `conflict` when it should have one value and has several."""

    iri: str
    label: str
    statements: tuple[Statement, ...]
    conflict: bool

    @property
    def name(self) -> str:
        """The local name of the property."""
        return shorten(self.iri).partition(":")[2]


def statements_of(subject: str) -> tuple[Shown, list[Stated]]:
    """Return what is stated of a thing given by local id or IRI, by property, and the answered question."""
    shown = ask("statements", subject=subject)
    grouped: dict[str, list[tuple[Statement, dict[str, Any]]]] = {}
    value_at = shown.terms.variables.index("value")
    for row, terms in zip(shown.rows, shown.terms.rows, strict=True):
        if row["property"] == f"{ECO}sourceReference":
            continue
        grouped.setdefault(row["property"], []).append((_statement(row, terms[value_at]), row))
    found = [_stated(iri, pairs) for iri, pairs in grouped.items()]
    order = {PREFIXES[c.partition(":")[0]] + c.partition(":")[2]: n for n, c in enumerate(_FIRST)}
    return shown, sorted(found, key=lambda stated: (order.get(stated.iri, 99), stated.label))


def _statement(row: dict[str, Any], term: Any) -> Statement:
    iri = row["value"] if isinstance(row["value"], str) and not hasattr(term, "datatype") else None
    text = row["valueLabel"] or (shorten(iri) if iri else str(row["value"]))
    if isinstance(row["value"], bool):
        text = gettext("yes") if row["value"] else gettext("no")
    return Statement(
        value=text,
        iri=iri,
        language=getattr(term, "language", None) or "",
        graph=row["graph"],
        source=row["sourceTitle"] or _graph_name(row["graph"]),
        date=str(row["issued"]) if row["issued"] else None,
        references=tuple(part for part in (row["reference"] or "").split(" ; ") if part),
    )


def _stated(iri: str, pairs: list[tuple[Statement, dict[str, Any]]]) -> Stated:
    label = next((row["propertyLabel"] for _, row in pairs if row["propertyLabel"]), None) or word_for(iri)
    single = any(row["single"] for _, row in pairs)
    different = {(statement.value, statement.language) for statement, _ in pairs}
    conflict = single and len({value for value, _ in different}) > 1
    return Stated(iri, label, tuple(statement for statement, _ in pairs), conflict)


def word_for(iri: str) -> str:
    """Return the reader's word for a property of another vocabulary that carries no label in the graph."""
    words = {
        "rdf:type": gettext("kind"),
        "rdfs:label": gettext("name in the source"),
        "skos:prefLabel": gettext("label"),
        "skos:altLabel": gettext("other name"),
        "skos:note": gettext("note"),
        "skos:definition": gettext("definition"),
        "skos:inScheme": gettext("part of"),
        "dcterms:title": gettext("title"),
        "foaf:homepage": gettext("website"),
        "schema:foundingDate": gettext("founded"),
        "schema:dissolutionDate": gettext("dissolved"),
        "org:originalOrganization": gettext("from"),
        "org:resultingOrganization": gettext("to"),
    }
    return str(words.get(shorten(iri), shorten(iri)))


def _graph_name(iri: str) -> str:
    return iri.removeprefix(f"{site().base.address}graph/")


def label_of(stated: list[Stated], otherwise: str) -> str:
    """Return the label in the reader's language, else any label, else `otherwise`."""
    for name in ("prefLabel", "title", "label"):
        found = next((item.statements for item in stated if item.name == name), ())
        if found:
            return next((s.value for s in found if s.language == current()), found[0].value)
    return otherwise
