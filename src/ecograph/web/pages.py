"""The Flask application (WSGI) behind the asynchronous front (RSGI): requests in, bodies out."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask

from ecograph.web.endpoint import encoding
from ecograph.web.endpoint.response import Headers
from ecograph.web.visitor import Visitor

_JOIN = 1 << 20
"""Bodies up to this many bytes are sent in one piece."""


@dataclass(frozen=True, slots=True)
class Page:
    """A response of the application: its body, or the body's beginning and an iterator of the rest."""

    status: int
    headers: Headers
    body: bytes
    rest: Iterator[bytes] | None = None


def call(app: Flask, environ: dict[str, Any], coding: str) -> Page:
    """Run the application and return its response, compressed in `coding` when that gains something.

    A HEAD request is run as GET, so that its headers are those of GET; the caller leaves out the body.
    """
    started: list[Any] = []

    def start_response(status: str, headers: Headers, exc_info: Any = None) -> Any:
        started[:] = [int(status[:3]), headers]

    content = app.wsgi_app(environ | {"REQUEST_METHOD": environ["REQUEST_METHOD"].replace("HEAD", "GET")},
                           start_response)  # fmt: skip
    pieces, size = [], 0
    iterator = iter(content)
    for piece in iterator:
        pieces.append(piece)
        size += len(piece)
        if size > _JOIN:
            break
    status, headers = started
    page = Page(status, headers, b"".join(pieces), _rest(iterator, content) if size > _JOIN else None)
    if page.rest is None and hasattr(content, "close"):
        content.close()
    return _compressed(page, coding)


def _compressed(page: Page, coding: str) -> Page:
    if page.status != 200 or not encoding.compressible(page.headers):
        return page
    headers = encoding.varied(page.headers)
    if not coding or (page.rest is None and len(page.body) < 1024):
        return Page(page.status, headers, page.body, page.rest)
    if page.rest is None:
        body = b"".join(encoding.pieces(iter([page.body]), coding))
        return Page(page.status, encoding.encoded_headers(headers, coding, len(body)), body)
    packed = encoding.pieces(_joined(page.body, page.rest), coding)
    return Page(page.status, encoding.encoded_headers(headers, coding, None), b"", packed)


def _joined(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _rest(iterator: Iterator[bytes], content: Any) -> Iterator[bytes]:
    try:
        yield from iterator
    finally:
        if hasattr(content, "close"):
            content.close()


def environ(scope: Any, visitor: Visitor, body: bytes) -> dict[str, Any]:
    """Return the WSGI environment (PEP 3333) of a request."""
    name, _, port = (scope.server or "").rpartition(":")
    found: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": visitor.prefix,
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": name,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": visitor.client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": visitor.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for header, value in scope.headers.items():
        key = header.upper().replace("-", "_")
        if key in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
            found[key] = value
        elif not key.startswith("X_FORWARDED"):
            known = found.get(f"HTTP_{key}")
            found[f"HTTP_{key}"] = value if known is None else f"{known}, {value}"
    found["HTTP_HOST"] = visitor.host
    if "HTTP_IF_NONE_MATCH" in found:
        found["HTTP_IF_NONE_MATCH"] = encoding.plain_tags(found["HTTP_IF_NONE_MATCH"])
    found["CONTENT_LENGTH"] = str(len(body))
    return found
