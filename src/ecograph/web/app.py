"""The web application: pages, linked data, downloads. The SPARQL protocol is in `ecograph.web.front`."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ecograph.errors import EcographError
from ecograph.web import explorer
from ecograph.web.context import Site
from ecograph.web.endpoint import linked, problems
from ecograph.web.endpoint.problems import ProblemError
from ecograph.web.settings import VARIABLE, Settings

_DATA_PATHS = (
    "/id/",
    "/data/",
    "/vocabulary/",
    "/graph/",
    "/sparql",
    "/.well-known/",
    "/api/",
    "/ns/",
    "/dataset",
    "/catalogue",
)
_PAGE_POLICY = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)


class Application(Flask):
    """The Flask application; errors of paths for programs are problem documents, those of pages are pages."""

    def handle_user_exception(self, e: Exception) -> HTTPException | ResponseReturnValue:
        """Answer an error: by a problem document, or as the explorer does."""
        if not for_programs(request.path):
            return super().handle_user_exception(e)
        if isinstance(e, HTTPException):
            if e.code is None or e.code < 400:
                return e
            return problems.flask_response(problems.http(e))
        if isinstance(e, ProblemError):
            return problems.flask_response(e)
        if isinstance(e, EcographError):
            return problems.flask_response(problems.unavailable(e))
        self.logger.exception("A request failed: %s", request.path, exc_info=e)
        return problems.flask_response(problems.internal())


def for_programs(path: str) -> bool:
    """Say whether `path` is data: its errors are problem documents and scripts of any site may read it."""
    return path.startswith(_DATA_PATHS) or path == "/ns"


def create_app(settings: Settings | Path | str | None = None) -> Flask:
    """Return the application for a workspace.

    Parameters
    ----------
    settings: the service's settings, or just the workspace's directory; by default what the supervisor handed
        down, else the directory `data`.

    Raises
    ------
    ConfigurationError: when there is no workspace.
    """
    if settings is None:
        settings = Settings.from_environment() if VARIABLE in os.environ else Settings("data")
    if not isinstance(settings, Settings):
        settings = Settings(str(settings))
    app = Application("ecograph.web")
    app.config["MAX_CONTENT_LENGTH"] = 64 << 20
    app.extensions["ecograph"] = Site(Path(settings.workspace))
    app.extensions["ecograph-settings"] = settings
    app.after_request(_headers)
    app.register_blueprint(linked.blueprint)
    explorer.register(app)
    return app


def _headers(response: Response) -> Response:
    data = for_programs(request.path)
    for name, value in (*problems.CORS, *problems.POLICY) if data else _PAGE_POLICY:
        response.headers.setdefault(name, value)
    return _conditional(response)


def _conditional(response: Response) -> Response:
    """Give a whole answer a strong tag, unless it has one, and answer 304 to whoever holds it already."""
    if request.method not in {"GET", "HEAD"} or response.status_code != 200 or response.is_streamed:
        return response
    if not response.get_etag()[0]:
        response.add_etag()
    response.headers.setdefault("Cache-Control", "public, no-cache")
    response.make_conditional(request)
    return response
