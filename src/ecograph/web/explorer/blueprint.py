"""The blueprint of the explorer, its languages in the address, and the headers of its answers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

LANGUAGES = ("sv", "en")
"""The languages of the explorer; the first is the default."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)

explorer = Blueprint("explorer", __name__)


@explorer.url_value_preprocessor
def _take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.lang = (values or {}).pop("lang", None) or preferred_language()


@explorer.url_defaults
def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    values.setdefault("lang", g.get("lang", LANGUAGES[0]))


@explorer.after_request
def _secure(response: Response) -> Response:
    return secure(response)


def secure(response: Response) -> Response:
    """Set the headers that keep a page from running or fetching anything of another host."""
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", g.get("lang", LANGUAGES[0]))
    return response


def preferred_language() -> str:
    """Return the language of the address, else of the reader's browser, else Swedish."""
    first = request.path.split("/")[1]
    if first in LANGUAGES:
        return first
    for wanted in request.accept_languages.values():
        if wanted.split("-")[0].lower() in LANGUAGES:
            return wanted.split("-")[0].lower()
    return LANGUAGES[0]


@explorer.get("/")
def root() -> AnyResponse:
    """Lead to the start page in the reader's language."""
    response = redirect(url_for("explorer.start", lang=preferred_language()))
    response.vary.add("Accept-Language")
    return response
