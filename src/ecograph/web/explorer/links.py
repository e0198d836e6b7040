"""Addresses: of the page about a thing, of the question behind a figure, of registers outside."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import g, request, url_for

from ecograph.model.iris import slug
from ecograph.model.namespaces import ECO, VOCABULARY
from ecograph.web.explorer.asking import Shown, site

FORMATS = ("csv", "csv-excel", "xlsx", "json")
"""The formats of every table's download."""


def page_of(iri: str) -> str:
    """Return the explorer's page about a thing; an IRI that is not ours leads to itself."""
    base = site().base
    local = base.local(iri)
    if local is not None:
        return url_for("explorer.resource", local=local)
    if iri.startswith(VOCABULARY):
        return url_for("explorer.vocabulary", key=iri.removeprefix(VOCABULARY))
    if iri.startswith(ECO):
        return url_for("explorer.model", _anchor=iri.removeprefix(ECO))
    graph = f"{base.address}graph/"
    if iri.startswith(graph):
        return url_for("explorer.data", _anchor=anchor(iri))
    return iri if iri.startswith(("http://", "https://")) else "#"


def anchor(iri: str) -> str:
    """Return the fragment under which the data page describes a named graph."""
    return slug(iri.removeprefix(f"{site().base.address}graph/"))


def question_of(shown: Shown, fmt: str | None = None) -> str:
    """Return the permalink of a question as asked, or of its download in a format."""
    values: dict[str, Any] = {name: value for name, value in shown.values.items() if name != "lang"}
    if fmt is not None:
        return url_for("explorer.download", slug=shown.question.slug, format=fmt, **values)
    return url_for("explorer.question", slug=shown.question.slug, **values)


def editor_of(shown: Shown) -> str:
    """Return the address of the SPARQL page with the query of an answered question filled in."""
    values: dict[str, Any] = {name: value for name, value in shown.values.items() if name != "lang"}
    return url_for("explorer.sparql", question=shown.question.slug, **values)


def with_query(**changes: Any) -> str:
    """Return this page's address with parameters changed; None or '' takes one away, the page starts anew."""
    arguments: dict[str, Any] = {**_given(), **changes}
    if "page" not in changes:
        arguments.pop("page", None)
    kept = {name: value for name, value in arguments.items() if value not in (None, "")}
    return url_for(request.endpoint or "explorer.start", **(request.view_args or {}), **kept)


def other_language(lang: str) -> str:
    """Return the address of this very page in another language."""
    if request.endpoint is None or not request.endpoint.startswith("explorer.") or request.routing_exception:
        return url_for("explorer.start", lang=lang)
    endpoint = "explorer.start" if request.endpoint == "explorer.root" else request.endpoint
    view_arguments = {name: value for name, value in (request.view_args or {}).items() if name != "lang"}
    return url_for(endpoint, **{**_given(), **view_arguments, "lang": lang})


def _given() -> dict[str, Any]:
    """Return the parameters of this page's address, without those that `url_for` or the path takes."""
    given = request.args.to_dict(flat=False)
    taken = {"endpoint", "lang", *(request.view_args or {})}
    return {
        name: values if len(values) > 1 else values[0]
        for name, values in given.items()
        if name not in taken and not name.startswith("_")
    }


def register_of(name: str, value: str) -> str | None:
    """Return the public page about an identifier, by its property's local name; None when it has none."""
    if name == "wikidata":
        return f"https://www.wikidata.org/wiki/{quote(value)}"
    if name in {"ror", "homepage"} and value.startswith(("https://", "http://")):
        return value
    return None


def rdf_of(iri: str) -> str:
    """Return the address under which the RDF of a thing of ours is served."""
    local = site().base.local(iri)
    return f"/data/{quote(local, safe='/-._~')}.ttl" if local is not None else iri


def permalink() -> str:
    """Return this page's full address."""
    return request.url


def reader() -> str:
    """Return the reader's language."""
    return str(g.lang)
