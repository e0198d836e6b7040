"""The question library: each question as a form with real choices, its answer, its query, its downloads."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, render_template, request, url_for

from ecograph.errors import QueryError
from ecograph.query.catalogue import THEMES, UNDEF, Parameter, Question
from ecograph.query.parameters import choices
from ecograph.web.explorer.asking import THEME, Shown, ask, find, graph, page_questions, region, served, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.downloads import download as file_of
from ecograph.web.explorer.links import FORMATS

_ROWS_SHOWN = 500
_CHOICES_SHOWN = 300


@explorer.get("/<any(sv,en):lang>/questions")
def questions() -> str:
    """The list of questions, by theme."""
    themes = []
    for theme, names in THEMES.items():
        members = [question for question in site().catalogue.values() if question.theme == theme]
        if members:
            themes.append((theme, names[0 if g.lang == "sv" else 1], members))
    return render_template(
        "questions.html",
        themes=themes,
        total=sum(len(members) for _, _, members in themes),
        behind=sorted(page_questions().values(), key=lambda question: question.title(g.lang)),
    )


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
            given[parameter.name] = value
    if asked.theme == THEME and "place" in {p.name for p in asked.parameters}:
        given.setdefault("place", region())
    return given


def _field(parameter: Parameter, given: dict[str, str]) -> dict[str, Any]:
    """Return what the form needs: a list of choices when there are few, else a box with suggestions."""
    options: list[tuple[str, str]] = []
    generic = parameter.target.startswith(("http://www.w3.org/2000/", "http://www.w3.org/2002/07/owl"))
    if parameter.kind in {"ref", "concept"} and not generic:
        options = _choices(parameter)
    default = "" if parameter.default == UNDEF else parameter.default
    return {
        "parameter": parameter,
        "label": parameter.label(g.lang),
        "value": given.get(parameter.name, default),
        "options": options if len(options) <= _CHOICES_SHOWN else [],
        "optional": parameter.optional,
        "many": len(options) > _CHOICES_SHOWN,
    }


def _choices(parameter: Parameter) -> list[tuple[str, str]]:
    lang = g.lang
    return served().memo(
        ("explorer.choices", parameter.kind, parameter.target, lang),
        lambda: choices(parameter, graph(), lang, base=site().base),
    )
