"""Literals in N-Quads form (RDF 1.1 N-Quads, W3C Recommendation 2014, section 3)."""

from __future__ import annotations

from ecograph.model.namespaces import expand


def quoted(text: str, lang: str = "") -> str:
    """Return the text as an N-Quads literal, with a language tag when one is given."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"@{lang}' if lang else f'"{escaped}"'


def typed(value: object, datatype: str) -> str:
    """Return a literal of a datatype given as prefixed name, such as ``xsd:integer``."""
    return f"{quoted(str(value))}^^<{expand(datatype)}>"
