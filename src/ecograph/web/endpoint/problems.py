"""Errors for programs: RFC 9457 problem details, each with what happened and what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response
from werkzeug.exceptions import HTTPException

from ecograph.errors import EcographError
from ecograph.model.namespaces import ECO

TYPES = ECO.removesuffix("ns#") + "problem/"
"""What stands before a problem's kind in its ``type``."""

CORS = (
    ("Access-Control-Allow-Origin", "*"),
    (
        "Access-Control-Expose-Headers",
        "Allow, Content-Length, ETag, Link, Location, Retry-After, Server-Timing, Warning",
    ),
)
"""Open to scripts of every site; never with credentials."""

POLICY = (
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)
"""Headers of every answer that is data: a browser that shows one runs nothing in it."""


class ProblemError(Exception):
    """A request that cannot be answered as asked.

    Parameters
    ----------
    status: the HTTP status.
    kind: the problem's short name, such as ``query-timeout``; part of its type's address.
    detail: what happened and what to do, for a person.
    headers: further response headers.
    more: members added to the problem document, such as ``line`` and ``column``.
    """

    def __init__(
        self, status: int, kind: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail = status, kind, detail
        self.headers = dict(headers or {})
        self.more = more

    def body(self) -> bytes:
        """Return the problem document."""
        content = {
            "type": TYPES + self.kind,
            "title": self.kind.replace("-", " ").capitalize(),
            "status": self.status,
            "detail": self.detail,
            **self.more,
        }
        return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"

    def all_headers(self) -> list[tuple[str, str]]:
        """Return the response headers, CORS included; problems are never stored by caches."""
        return [
            ("Content-Type", "application/problem+json; charset=utf-8"),
            ("Cache-Control", "no-store"),
            *CORS,
            *POLICY,
            *self.headers.items(),
        ]


def flask_response(problem: ProblemError) -> Response:
    """Return the problem as a Flask response."""
    return Response(problem.body(), problem.status, problem.all_headers())


def http(error: HTTPException) -> ProblemError:
    """Return the problem for an error that Flask or Werkzeug raised."""
    headers = {
        name: value
        for name, value in error.get_headers()
        if name.lower() in {"allow", "retry-after", "location"}
    }
    kind = (error.name or "error").lower().replace(" ", "-")
    return ProblemError(error.code or 500, kind, error.description or error.name, headers)


def unavailable(error: EcographError) -> ProblemError:
    """Return the problem for a service that has nothing to serve."""
    detail = f"{error.message} {error.remedy}".strip()
    return ProblemError(503, "unavailable", detail, {"Retry-After": "30"})


def internal() -> ProblemError:
    """Return the problem of a fault of ours; what it was stands in the log only."""
    return ProblemError(500, "internal-error", "Something went wrong here; the fault is noted in the log.")
