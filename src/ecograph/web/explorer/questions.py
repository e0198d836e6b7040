"""The question library: each question as a form with real choices, its answer, its query, its downloads."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, render_template, request, url_for

from ecograph.errors import QueryError
from ecograph.model.namespaces import ECO
from ecograph.query.catalogue import THEMES, UNDEF, Parameter, Question
from ecograph.query.parameters import choices
from ecograph.web.explorer.asking import (
    THEME,
    Shown,
    ask,
    find,
    graph,
    page_questions,
    region,
    region_name,
    served,
    site,
)
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.charts import charts_of
from ecograph.web.explorer.downloads import download as file_of
from ecograph.web.explorer.links import FORMATS

_ROWS_SHOWN = 500
_CHOICES_SHOWN = 300
_LONGEST_FILTER = 100
_NAMED = {
    f"{ECO}Actor": ("actor", "compare-actors"),
    f"{ECO}Project": ("project", "place-projects"),
}
"""Classes too large for a list: the names of the region's own are suggested, any name is taken."""


@explorer.get("/<any(sv,en):lang>/questions")
def questions() -> str:
    """The list of questions by theme; words in the address leave only the questions that hold them all."""
    words = request.args.get("q", "").strip()[:_LONGEST_FILTER]
    themes = []
    for theme, names in THEMES.items():
        members = [question for question in site().catalogue.values() if question.theme == theme]
        members = [question for question in members if _holds(question, words)]
        if members:
            themes.append((theme, names[0 if g.lang == "sv" else 1], members))
    return render_template(
        "questions.html",
        themes=themes,
        words=words,
        total=sum(len(members) for _, _, members in themes),
        behind=sorted(page_questions().values(), key=lambda question: question.title(g.lang)),
    )


def _holds(question: Question, words: str) -> bool:
    text = f"{question.title(g.lang)} {question.description(g.lang)}".casefold()
    return all(word in text for word in words.casefold().split())


@explorer.get("/<any(sv,en):lang>/questions/<slug>")
def question(slug: str) -> tuple[str, int]:
    """One question with its answer; a value that does not fit is answered 400 with the form."""
    asked = find(slug)
    if asked is None:
        abort(404)
    given = _given(asked)
    shown: Shown | None = None
    wrong = None
    try:
        shown = ask(slug, **given)
    except QueryError as error:
        wrong = error.message
    page = render_template(
        "question.html",
        question=asked,
        shown=shown,
        wrong=wrong,
        fields=[_field(parameter, given) for parameter in asked.parameters if parameter.name != "lang"],
        rows_shown=_ROWS_SHOWN,
        behind=asked.theme == THEME,
        charts=charts_of(asked.drawing, shown) if shown else [],
    )
    return page, 400 if wrong else 200


@explorer.get("/<any(sv,en):lang>/questions/<slug>/download")
def download(slug: str) -> Response:
    """The answer to a question as a file."""
    asked = find(slug)
    fmt = request.args.get("format", "csv")
    if asked is None or fmt not in FORMATS:
        abort(404)
    given = _given(asked)
    try:
        shown = ask(slug, **given)
    except QueryError:
        abort(400)
    return file_of(shown, fmt, url_for("explorer.question", slug=slug, _external=True, **given))


def _given(asked: Question) -> dict[str, str]:
    """Take the question's parameters from the address; the region stands in for a place that is not given."""
    given = {}
    for parameter in asked.parameters:
        value = request.args.get(parameter.name, "").strip()
        if parameter.name != "lang" and value:
            given[parameter.name] = _by_name(parameter, value)
    if asked.theme == THEME and "place" in {p.name for p in asked.parameters}:
        given.setdefault("place", region())
    return given


def _by_name(parameter: Parameter, value: str) -> str:
    """Return the local id of the thing that a name means; a value that is no name stands as it is."""
    kind, _ = _NAMED.get(parameter.target, ("", ""))
    if not kind or value.startswith((f"{kind}/", "http://", "https://")):
        return value
    try:
        found = [site().base.local(row["thing"]) or "" for row in ask("things-by-name", name=value).rows]
    except QueryError:
        return value
    return next((local for local in found if local.startswith(f"{kind}/")), value)


def _field(parameter: Parameter, given: dict[str, str]) -> dict[str, Any]:
    """Return what the form needs: a list of choices in groups, a box with suggested names, or a plain box."""
    value = given.get(parameter.name, "" if parameter.default == UNDEF else parameter.default)
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    names: list[str] = []
    generic = parameter.target.startswith(("http://www.w3.org/2000/", "http://www.w3.org/2002/07/owl"))
    if parameter.target == f"{ECO}Place":
        groups = _places()
    elif parameter.target in _NAMED:
        kind, slug = _NAMED[parameter.target]
        known = {row[kind]: row[f"{kind}Label"] for row in ask(slug, place=region()).rows}
        names = sorted(name for name in known.values() if name)
        value = known.get(site().base.instance(value), value) if value.startswith(f"{kind}/") else value
    elif parameter.kind in {"ref", "concept"} and not generic:
        options = _choices(parameter)
        groups = [("", options)] if options and len(options) <= _CHOICES_SHOWN else []
    return {
        "parameter": parameter,
        "label": parameter.label(g.lang),
        "value": value,
        "groups": groups,
        "names": names,
        "optional": parameter.optional,
        "generic": generic,
    }


def _places() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the places to choose from: the region and what lies in it first, then each level."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in ask("place-choices", place=region()).rows:
        name = region_name() if row["near"] else row["levelLabel"]
        groups.setdefault(name, []).append(
            (site().base.local(row["choice"]) or row["choice"], row["choiceLabel"])
        )
    return list(groups.items())


def _choices(parameter: Parameter) -> list[tuple[str, str]]:
    lang = g.lang
    return served().memo(
        ("explorer.choices", parameter.kind, parameter.target, lang),
        lambda: choices(parameter, graph(), lang, base=site().base),
    )
