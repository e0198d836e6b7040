"""Pages for what goes wrong, in the reader's language: not found, bad value, failure, no build."""

from __future__ import annotations

import re
from urllib.parse import unquote

from flask import Response, current_app, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from ecograph.errors import EcographError, QueryError, StoreError
from ecograph.web.explorer.asking import NoBuildError
from ecograph.web.explorer.blueprint import LANGUAGES, explorer, preferred_language, secure
from ecograph.web.explorer.search import address, kinds, nearest

_LONGEST = 80


@explorer.app_errorhandler(404)
@explorer.app_errorhandler(405)
@explorer.errorhandler(400)
def refused(error: HTTPException) -> Response | HTTPException:
    """Answer an address that leads nowhere, or a value that fits nothing; programs get the plain answer."""
    if not _for_reader():
        return error
    return page(error.code or 500)


@explorer.errorhandler(QueryError)
def misfit(error: QueryError) -> Response:
    """Answer a value that does not fit its question: 404 when it stands in the path, else 400."""
    return page(404 if request.view_args else 400)


@explorer.errorhandler(NoBuildError)
def empty(error: NoBuildError) -> Response:
    """Answer while nothing has been built."""
    response = page(503, kind="empty")
    response.headers["Retry-After"] = "60"
    return response


@explorer.errorhandler(EcographError)
@explorer.errorhandler(StoreError)
def unreadable(error: EcographError) -> Response:
    """Answer when the build cannot be opened, or lacks what the page is made of."""
    current_app.logger.error("the build cannot be read: %s", error)
    response = page(503)
    response.headers["Retry-After"] = "60"
    return response


@explorer.errorhandler(InternalServerError)
def failed(error: InternalServerError) -> Response:
    """Answer a failure of ours; the log has the details, the page has none."""
    return page(500)


def page(code: int, kind: str | None = None) -> Response:
    """Render the error page of a status code."""
    if "lang" not in g:
        g.lang = preferred_language()
    suggestions = _suggestions() if code == 404 else ()
    response = make_response(
        render_template("error.html", code=code, kind=kind or str(code), suggestions=suggestions), code
    )
    response.headers["Cache-Control"] = "no-store"
    return secure(response)


def _suggestions() -> tuple[tuple[str, str, str], ...]:
    """Return what the last part of an address may have meant: label, kind and address of each."""
    words = " ".join(re.findall(r"[^\W_]+", unquote(request.path.rstrip("/").rsplit("/", 1)[-1])))[:_LONGEST]
    try:
        names = kinds(one=True)
        return tuple((hit.item.label, names[hit.item.kind], address(hit)) for hit in nearest(words))
    except Exception:  # an error page must come whatever has failed; what failed is logged where it arose
        return ()


def _for_reader() -> bool:
    first = request.path.split("/")[1]
    wants = request.accept_mimetypes
    return first in LANGUAGES or (wants.accept_html and wants.best == "text/html")
