"""The HTTP front (RSGI, run by granian): answers SPARQL and health here, all else by the Flask application.

The endpoint is asynchronous, so that a query that takes its time holds no thread, a client that leaves is
noticed, and a light query reaches its worker without detour. Visitors' queries never run in this process.
"""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from ecograph.errors import EcographError
from ecograph.store.workers import Pool
from ecograph.web.app import create_app
from ecograph.web.context import Site
from ecograph.web.endpoint import description, encoding, sparql
from ecograph.web.endpoint import request as protocol
from ecograph.web.endpoint.cache import ResultCache
from ecograph.web.endpoint.problems import ProblemError, internal, unavailable
from ecograph.web.endpoint.response import Response
from ecograph.web.settings import Settings

_JOIN = 1 << 20
"""Responses of the application up to this size are sent in one piece."""
_PIECE = 1 << 18
_LOG = logging.getLogger("ecograph.web")


class Front:
    """The service's one entrance; granian calls it once a process and then once a request."""

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Open the workers' socket and the application."""
        sys.setswitchinterval(0.001)  # the endpoint's thread waits less for busy page threads
        self.settings = Settings.from_environment()
        self.cache = ResultCache()
        self.pool = Pool(self.settings.spool, queue=self.settings.queue)
        self.app = create_app(self.settings)
        self.site: Site = self.app.extensions["ecograph"]
        self.threads = ThreadPoolExecutor(16, thread_name_prefix="page")
        loop.run_until_complete(self.pool.listen(self.settings.socket))
        if self.settings.lifeline >= 0:
            loop.add_reader(self.settings.lifeline, os._exit, 1)

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        """Answer one request; whatever happens, the answer is whole."""
        if scope.path == "/sparql":
            response = await self._guarded(scope, proto)
            if response.status == 200 and encoding.accepts_gzip(scope.headers.get("accept-encoding", "")):
                loop = asyncio.get_running_loop()
                response = await loop.run_in_executor(self.threads, encoding.compressed, response)
            await _send(proto, scope.method, response)
        elif scope.path == "/healthz" and scope.method in {"GET", "HEAD"}:
            await _send(proto, scope.method, self._health())
        else:
            await self._page(scope, proto)

    async def _guarded(self, scope: Any, proto: Any) -> Response:
        try:
            return await self._sparql(scope, proto)
        except ProblemError as problem:
            answer = problem
        except EcographError as error:
            answer = unavailable(error)
        except Exception:
            _LOG.exception("The endpoint failed")
            answer = internal()
        return Response(answer.status, answer.all_headers(), answer.body())

    async def _sparql(self, scope: Any, proto: Any) -> Response:
        method = scope.method
        if method == "OPTIONS":
            return sparql.options()
        if method not in {"GET", "HEAD", "POST"}:
            raise ProblemError(405, "method-not-allowed", f"Use {protocol.ALLOW}.", {"Allow": protocol.ALLOW})
        get = scope.headers.get
        headers = {"accept": get("accept", ""), "content-type": get("content-type", "")}
        body = (
            await _body(proto, get("content-length", ""), self.settings.max_query)
            if method == "POST"
            else b""
        )
        if len(scope.query_string) > 3 * self.settings.max_query:
            raise _too_long(self.settings.max_query)
        asked = protocol.read(method, scope.query_string, headers, body)
        if_none_match = encoding.plain_tags(get("if-none-match", ""))
        if asked.query is None:
            editor = _editor(self.app, self.site, get("accept-language", ""))
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(
                self.threads,
                description.service,
                self.site,
                description.address(scope.scheme, get("host", ""), scope.server),
                headers["accept"],
                if_none_match,
                editor,
            )
        return await sparql.answer(
            asked,
            self.site,
            self.pool,
            self.settings,
            self.cache,
            client=scope.client.rpartition(":")[0],
            if_none_match=if_none_match,
            gone=proto.client_disconnect,
        )

    def _health(self) -> Response:
        state: dict[str, Any] = {"status": "ok", **self.pool.state()}
        try:
            state["build"] = self.site.build.id
        except EcographError as error:
            state |= {"status": "unavailable", "detail": error.message}
        if not state["workers"]:
            state["status"] = "unavailable"
        body = json.dumps(state).encode()
        return Response(
            200 if state["status"] == "ok" else 503,
            [("Content-Type", "application/json"), ("Cache-Control", "no-store")],
            body,
        )

    async def _page(self, scope: Any, proto: Any) -> None:
        """Run the Flask application in a thread and pass its response on."""
        try:
            body = await _body(
                proto, scope.headers.get("content-length", ""), self.app.config["MAX_CONTENT_LENGTH"]
            )
        except ProblemError as problem:
            proto.response_bytes(problem.status, problem.all_headers(), problem.body())
            return
        environ = _environ(scope, body)
        loop = asyncio.get_running_loop()
        status, headers, first, rest = await loop.run_in_executor(self.threads, self._call, environ)
        if rest is None:
            proto.response_bytes(status, headers, first)
            return
        stream = proto.response_stream(status, headers)
        piece: bytes | None = first
        while piece is not None:
            if piece:
                await stream.send_bytes(piece)
            piece = await loop.run_in_executor(self.threads, next, rest, None)

    def _call(
        self, environ: dict[str, Any]
    ) -> tuple[int, list[tuple[str, str]], bytes, Iterator[bytes] | None]:
        """Return status, headers, the body's beginning, and an iterator of the rest when it is long."""
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            started[:] = [int(status[:3]), headers]

        content = self.app.wsgi_app(environ, start_response)
        pieces, size = [], 0
        iterator = iter(content)
        for piece in iterator:
            pieces.append(piece)
            size += len(piece)
            if size > _JOIN:
                return started[0], started[1], b"".join(pieces), _rest(iterator, content)
        if hasattr(content, "close"):
            content.close()
        return started[0], started[1], b"".join(pieces), None


def _rest(iterator: Iterator[bytes], content: Any) -> Iterator[bytes]:
    try:
        yield from iterator
    finally:
        if hasattr(content, "close"):
            content.close()


def _editor(app: Flask, site: Site, accept_language: str) -> str:
    """Return the path of the explorer's SPARQL editor, or nothing when it has none."""
    languages = site.workspace.languages
    wanted = parse_accept_header(accept_language, LanguageAccept).best_match(languages)
    has_one = any(rule.rule.endswith(">/sparql") for rule in app.url_map.iter_rules())
    return f"/{wanted or languages[0]}/sparql" if has_one else ""


def _too_long(limit: int) -> ProblemError:
    return ProblemError(
        413, "content-too-large", f"The request's content exceeds {limit:,} bytes.", max_bytes=limit
    )


async def _body(proto: Any, length: str, limit: int) -> bytes:
    """Read the request's content, but never more than `limit` bytes of it."""
    if length.isdigit() and int(length) > limit:
        raise _too_long(limit)
    pieces, size = [], 0
    async for piece in proto:
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise _too_long(limit)
    return b"".join(pieces)


async def _send(proto: Any, method: str, response: Response) -> None:
    if response.file is None:
        proto.response_bytes(response.status, response.headers, b"" if method == "HEAD" else response.body)
        return
    with response.file.open("rb") as file:
        response.file.unlink()
        if method == "HEAD":
            proto.response_bytes(response.status, response.headers, b"")
            return
        stream = proto.response_stream(response.status, response.headers)
        while piece := file.read(_PIECE):
            await stream.send_bytes(piece)


def _environ(scope: Any, body: bytes) -> dict[str, Any]:
    """Return the WSGI environment (PEP 3333) of a request."""
    host, _, port = (scope.server or "").rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        key = name.upper().replace("-", "_")
        if key in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
            environ[key] = value
        else:
            environ[f"HTTP_{key}"] = (
                f"{environ[f'HTTP_{key}']}, {value}" if f"HTTP_{key}" in environ else value
            )
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ


application = Front()
