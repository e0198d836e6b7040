"""CSVW metadata (W3C Metadata Vocabulary for Tabular Data, 2015) of the canonical tables."""

from __future__ import annotations

from typing import Any

from ecograph.model.iris import Base
from ecograph.model.namespaces import VOCABULARY, expand
from ecograph.tables.canonical import TABLES
from ecograph.tables.schema import Column, Table

_DATATYPES: dict[str, Any] = {
    "text": "string",
    "code": "string",
    "integer": "integer",
    "decimal": "decimal",
    "boolean": "boolean",
    "iri": "anyURI",
    "wkt": "string",
}


def metadata(base: Base, tables: dict[str, Table] = TABLES) -> dict[str, Any]:
    """Return the table group description of all canonical tables, ready for JSON.

    Each column has its titles in Swedish and English, its datatype, and the property and value address
    that the mapping gives it, so that a CSVW processor makes the same statements of cells with keys that
    are local ids.
    """
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "tables": [_table(table, base) for table in tables.values()],
    }


def _table(table: Table, base: Base) -> dict[str, Any]:
    keyed = "key" in table.names
    schema: dict[str, Any] = {"columns": [_column(column, base) for column in table.columns]}
    if keyed:
        schema["primaryKey"] = "key"
        schema["aboutUrl"] = f"{base.instance(table.path)}/{{key}}"
    foreign = [_foreign_key(column) for column in table.columns if _is_single_reference(column)]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "url": f"{table.name}.csv",
        "dc:title": {"sv": table.label_sv, "en": table.label_en},
        "dc:description": {"sv": table.note_sv, "en": table.note_en},
        "tableSchema": schema,
    }


def _is_single_reference(column: Column) -> bool:
    return column.kind == "ref" and not column.many and column.target in TABLES


def _foreign_key(column: Column) -> dict[str, Any]:
    return {
        "columnReference": column.name,
        "reference": {"resource": f"{column.target}.csv", "columnReference": "key"},
    }


def _column(column: Column, base: Base) -> dict[str, Any]:
    description: dict[str, Any] = {
        "name": column.name,
        "titles": {"sv": column.label_sv, "en": column.label_en},
        "datatype": _datatype(column),
    }
    if column.note_sv or column.note_en:
        description["dc:description"] = {"sv": column.note_sv, "en": column.note_en}
    if column.required:
        description["required"] = True
    if column.many:
        description["separator"] = ";"
    if column.lang:
        description["lang"] = column.lang
    if column.property:
        description["propertyUrl"] = expand(column.property)
    elif column.kind == "term":
        description["propertyUrl"] = expand("rdf:type")
    else:
        description["suppressOutput"] = True
    if column.kind == "concept":
        description["valueUrl"] = f"{VOCABULARY}{column.target}/{{{column.name}}}"
    elif column.kind == "term":
        description["valueUrl"] = expand("eco:") + f"{{{column.name}}}"
    elif column.kind == "ref" and column.target in TABLES:
        description["valueUrl"] = f"{base.instance(TABLES[column.target].path)}/{{{column.name}}}"
    return description


def _datatype(column: Column) -> Any:
    base_type = _DATATYPES.get(column.kind, "string")
    limits: dict[str, Any] = {}
    if column.pattern:
        limits["format"] = column.pattern.removeprefix("^").removesuffix("$")
    if column.minimum is not None:
        limits["minimum"] = column.minimum
    return {"base": base_type, **limits} if limits else base_type
