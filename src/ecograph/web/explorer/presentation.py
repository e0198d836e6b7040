"""What templates see: filters for numbers and links, the site's name, assets, and the build's date."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, g, request, url_for
from markupsafe import Markup

from ecograph.model.namespaces import shorten
from ecograph.store.graph import Literal, NamedNode, Term
from ecograph.web.explorer import asking, charts, language, links, navigation
from ecograph.web.explorer.blueprint import LANGUAGES

_STATIC = Path(__file__).resolve().parents[1] / "static"
_SHORT_NAME = 90


def configure(app: Flask) -> None:
    """Register filters and globals of the templates."""
    filters = {
        "number": language.number,
        "money": language.money,
        "joined": language.joined,
        "in_words": language.in_words,
        "page": links.page_of,
        "short": shorten,
        "anchor": links.anchor,
    }
    functions = {
        "asset": asset,
        "has_page": navigation.has_page,
        "chart_of": charts.chart_of,
        "percent": language.percent,
        "places": language.places,
        "question_of": links.question_of,
        "editor_of": links.editor_of,
        "with_query": links.with_query,
        "rdf_of": links.rdf_of,
        "register_of": links.register_of,
        "permalink": links.permalink,
        "cell": cell,
        "shown_columns": shown_columns,
        "is_number": is_number,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals.update(functions)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    if "lang" not in g:
        return {}
    other = next(lang for lang in LANGUAGES if lang != g.lang)
    return {
        "lang": g.lang,
        "other_lang": other,
        "other_url": links.other_language(other),
        "region_name": asking.region_name(),
        "region_id": asking.region(),
        "adopted": asking.site().workspace.region.strategy_adopted,
        "current_page": (request.endpoint or "").removeprefix("explorer."),
        "menu": navigation.menu(),
        "served": _served(),
    }


def _served() -> dict[str, Any] | None:
    try:
        build = asking.build()
    except Exception:  # an error page must come whatever has failed; its cause is logged where it arose
        return None
    dates = [source.retrieved for source in asking.site().workspace.sources if source.retrieved]
    return {"id": build.id, "data_date": max(dates) if dates else None}


@lru_cache(maxsize=1)
def _manifest(modified: float) -> dict[str, str]:
    content: dict[str, str] = json.loads((_STATIC / "manifest.json").read_text(encoding="utf-8"))
    return content


def asset(name: str) -> str:
    """Return the address of a built file, with its content hash so that browsers may keep it."""
    path = _STATIC / "manifest.json"
    version = _manifest(path.stat().st_mtime).get(name) if path.is_file() else None
    return url_for("static", filename=name, v=version)


def shown_columns(shown: asking.Shown) -> list[str]:
    """Return the variables that people are shown: no IRI whose label stands beside it."""
    names = shown.terms.variables
    return [
        name
        for name in names
        if f"{name}Label" not in names and not (name.endswith("s") and f"{name[:-1]}Labels" in names)
    ]


def cell(row: dict[str, Any], name: str) -> Markup | str:
    """Return the content of a table's cell: a label linked to its thing, a number, or text."""
    value = row.get(name)
    if value is None:
        return Markup('<span class="quiet">–</span>')
    if isinstance(value, bool):
        return {"sv": ("nej", "ja"), "en": ("no", "yes")}[language.current()][int(value)]
    if isinstance(value, str):
        target = row.get(name.removesuffix("Label")) if name.endswith("Label") else None
        if isinstance(target, str) and target.startswith("http"):
            return Markup('<a href="{}">{}</a>').format(links.page_of(target), value)
        parts = value.split(" ")
        if all(part.startswith(("http://", "https://")) for part in parts):
            each = [Markup('<a href="{}">{}</a>').format(links.page_of(p), brief(p)) for p in parts]
            return Markup(", ").join(each)
        return value
    return plain(name, value)


def brief(iri: str) -> str:
    """Return what a reader sees of an IRI without a label: the local id of a thing, or a prefixed name."""
    return asking.site().base.local(iri) or shorten(iri)


def plain(name: str, value: Any) -> str:
    """Return a number as text; a year is never split by a space."""
    if name.lower().endswith("year") or name == "rank":
        return str(value)
    return language.number(value)


def is_number(value: object) -> bool:
    """Return whether a cell's value is a number, to be set flush right."""
    if isinstance(value, bool):
        return False
    return isinstance(value, int | float | Decimal)


def term_text(term: Term | None) -> str:
    """Return a term as text for a reader: the literal's text or the prefixed name."""
    if isinstance(term, NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, Literal) else str(term)
