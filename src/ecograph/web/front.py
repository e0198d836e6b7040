"""The HTTP front (RSGI, run by granian): answers SPARQL and health here, all else by the Flask application.

The endpoint is asynchronous, so that a query that takes its time holds no thread, a client that leaves is
noticed, and a light query reaches its worker without detour. Visitors' queries never run in this process.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from ecograph.errors import EcographError
from ecograph.store.workers import Pool
from ecograph.web import pages, warming
from ecograph.web.app import create_app
from ecograph.web.context import Served, Site
from ecograph.web.endpoint import encoding, fanouts, service, sparql
from ecograph.web.endpoint import request as protocol
from ecograph.web.endpoint.cache import ResultCache
from ecograph.web.endpoint.problems import POLICY, ProblemError, internal, unavailable
from ecograph.web.endpoint.ranges import ranged
from ecograph.web.endpoint.response import Headers, Response
from ecograph.web.rate import RateLimit
from ecograph.web.settings import Settings
from ecograph.web.tally import Tally
from ecograph.web.visitor import Visitor, networks, visitor

_PIECE = 1 << 20
_REQUESTS, _LONGEST = 4096, 8192
"""So many requests of at most so many characters are known by their kept answers."""
_Key = tuple[str, str, str] | tuple[()]
_LOG = logging.getLogger("ecograph.web")
_UNLIMITED = ("/static/", "/healthz")


class Front:
    """The service's one entrance; granian calls it once a process and then once a request."""

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Open the workers' socket and the application."""
        gc.freeze()  # what is loaded now stays; collecting rarely leaves more time for requests
        gc.set_threshold(50_000, 50, 100)
        sys.setswitchinterval(0.0001)  # the endpoint's thread waits less for busy page threads
        self.settings = settings = Settings.from_environment()
        self.tally = Tally(Path(settings.private), settings.processes)
        self.cache = ResultCache(settings.cache)
        queue = max(1, settings.queue // settings.processes)
        self.pool = Pool(settings.spool, queue=queue, changed=self.tally.tell)
        self.same: dict[_Key, str] = {}
        self.app = create_app(self.settings)
        self.site: Site = self.app.extensions["ecograph"]
        self.threads = ThreadPoolExecutor(16, thread_name_prefix="page")
        self.trusted = networks(self.settings.trusted_proxies.split(","))
        self.rate = RateLimit(settings.rate, settings.counted)
        self.learning: asyncio.Task[None] | None = None
        loop.run_until_complete(self.pool.listen(settings.socket(self.tally.slot)))
        self.federated = Pool(settings.spool, queue=queue) if self.site.federates else None
        if self.federated:
            loop.run_until_complete(self.federated.listen(settings.socket(self.tally.slot, federated=True)))
        warming.start(self.app, settings)
        if self.settings.lifeline >= 0:
            loop.add_reader(self.settings.lifeline, os._exit, 1)

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        """Answer one request; whatever happens, the answer is whole."""
        path = scope.path
        if path == "/sparql" and (ready := self._at_once(scope)) is not None:
            proto.response_bytes(ready.status, ready.headers, ready.body)
            return
        who = visitor(scope, self.trusted)
        if self.settings.rate and not path.startswith(_UNLIMITED) and (wait := self.rate.wait(who.client)):
            problem = _too_many(self.settings.rate, wait)
            await _send(proto, scope.method, Response(429, problem.all_headers(), problem.body()))
        elif path == "/sparql":
            response = await self._guarded(scope, proto, who)
            response = await self._encoded(response, scope)
            self._remember(scope, response)
            await _send(proto, scope.method, response)
        elif path == "/healthz" and scope.method in {"GET", "HEAD"}:
            await _send(proto, scope.method, self._health())
        else:
            await self._page(scope, proto, who)

    def _at_once(self, scope: Any) -> Response | None:
        """Answer a plain GET request that has been answered before or that is a lookup; else return None.

        This is the way of most requests, so nothing is read twice and nothing waits.
        """
        if scope.method != "GET" or self.settings.rate:
            return None
        try:
            served = self.site.served()
        except EcographError:  # told by whoever reads the request
            return None
        self.cache.serve(served.name)
        asked, headers = scope.query_string, scope.headers
        key = _key(asked, headers)
        if not key or "range" in headers:
            return None
        _, accept, coding = key
        kept = self.cache.find((self.same[key],)) if key in self.same else None
        if kept is None and served.lane and asked.startswith("query=") and "&" not in asked:
            kept = sparql.lookup(asked[6:], accept, served, self.cache, self.settings)
            if kept is not None and coding and len(kept.body) >= encoding.SMALLEST:
                return None  # which packs it, and finds it kept
            if kept is not None and kept.tag in self.cache:
                self._note(key, kept.tag)
        if kept is not None and "if-none-match" in headers:
            return sparql.unchanged(kept, encoding.plain_tags(headers.get("if-none-match", "")))
        return kept

    def _remember(self, scope: Any, response: Response) -> None:
        """Note which kept answer belongs to this request; the answers themselves are bounded elsewhere."""
        if scope.method == "GET" and response.status == 200 and "range" not in scope.headers:
            self._note(_key(scope.query_string, scope.headers), response.tag)

    def _note(self, key: _Key, tag: str) -> None:
        if key and tag:
            if len(self.same) >= _REQUESTS:
                self.same.clear()
            self.same[key] = tag

    async def _guarded(self, scope: Any, proto: Any, who: Visitor) -> Response:
        try:
            return await self._sparql(scope, proto, who)
        except ProblemError as problem:
            answer = problem
        except EcographError as error:
            answer = unavailable(error)
        except Exception:
            _LOG.exception("The endpoint failed")
            answer = internal()
        return Response(answer.status, answer.all_headers(), answer.body())

    async def _sparql(self, scope: Any, proto: Any, who: Visitor) -> Response:
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
            return await asyncio.get_running_loop().run_in_executor(
                self.threads,
                service.answer,
                self.site,
                who.address,
                headers["accept"],
                if_none_match,
                f"{who.prefix}{editor}" if editor else "",
            )
        # Only where the word stands; whether it is a call, and to whom, the worker finds out.
        calls = self.federated if self.federated and "service" in asked.query.lower() else None
        served = self.site.served()
        if served.lane and served.lane.wanted and self.learning is None:
            self.learning = asyncio.get_running_loop().create_task(self._learn(served))
        return await sparql.answer(
            asked,
            self.site,
            served,
            calls or self.pool,
            self.settings,
            self.cache,
            client=who.client,
            if_none_match=if_none_match,
            gone=proto.client_disconnect,
        )

    async def _learn(self, served: Served) -> None:
        """Have a worker count what the lane does not know yet."""
        try:
            assert served.lane is not None
            await fanouts.learn(served.lane, served.build.path, self.pool, self.settings)
        finally:
            self.learning = None

    async def _encoded(self, response: Response, scope: Any) -> Response:
        """Compress a result for a client that takes it; the compressed form is kept as the plain one is."""
        get = scope.headers.get
        if scope.method == "GET":  # the only method for which ranges are defined
            response = ranged(response, get("range", ""), get("if-range", ""))
        coding = encoding.choose(get("accept-encoding", ""))
        if not coding or response.status != 200 or not encoding.compressible(response.headers):
            return response
        if scope.method == "HEAD" and response.file is not None:  # its length is not worth the work
            response.discard()
            return Response(200, encoding.encoded_headers(response.headers, coding, None))
        tag = f'{response.tag[:-1]}-{coding}"' if response.tag else ""
        if tag and (kept := self.cache.find([tag])) is not None:
            return kept
        build = self.cache.build
        packed = await asyncio.get_running_loop().run_in_executor(
            self.threads, encoding.compressed, response, coding
        )
        if packed is not response:
            self.cache.keep(build, tag, packed)
        return packed

    def _health(self) -> Response:
        state: dict[str, Any] = {"status": "ok", "processes": self.settings.processes, **self.tally.total()}
        if self.federated:
            state["federated"] = self.federated.state()
        try:
            state["build"] = self.site.build.id
        except EcographError as error:
            state |= {"status": "unavailable", "detail": error.message}
        if not state["workers"] or not self.tally.complete:
            state["status"] = "unavailable"
        body = json.dumps(state).encode()
        return Response(
            200 if state["status"] == "ok" else 503,
            [("Content-Type", "application/json"), ("Cache-Control", "no-store"), *POLICY],
            body,
        )

    async def _page(self, scope: Any, proto: Any, who: Visitor) -> None:
        """Run the Flask application in a thread and pass its response on."""
        try:
            body = await _body(
                proto, scope.headers.get("content-length", ""), self.app.config["MAX_CONTENT_LENGTH"]
            )
        except ProblemError as problem:
            proto.response_bytes(problem.status, problem.all_headers(), problem.body())
            return
        coding = encoding.choose(scope.headers.get("accept-encoding", ""))
        loop = asyncio.get_running_loop()
        page = await loop.run_in_executor(
            self.threads, pages.call, self.app, pages.environ(scope, who, body), coding
        )
        if scope.method == "HEAD" or page.rest is None:
            proto.response_bytes(page.status, page.headers, b"" if scope.method == "HEAD" else page.body)
            if page.rest is not None:
                page.rest.close()  # type: ignore[attr-defined]
            return
        stream = proto.response_stream(page.status, page.headers)
        piece: bytes | None = page.body
        while piece is not None:
            if piece:
                await stream.send_bytes(piece)
            piece = await loop.run_in_executor(self.threads, next, page.rest, None)


def _key(asked: str, headers: Any) -> _Key:
    """What the answer to a GET request depends on besides the build; nothing for a request that is long."""
    accept, coding = headers.get("accept", ""), headers.get("accept-encoding", "")
    return (asked, accept, coding) if len(asked) + len(accept) + len(coding) < _LONGEST else ()


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


def _too_many(limit: int, wait: int) -> ProblemError:
    return ProblemError(
        429,
        "too-many-requests",
        f"More than {limit} requests came from your address within a minute. Go on in {wait} seconds.",
        {"Retry-After": str(wait)},
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
        if method == "HEAD":
            proto.response_bytes(response.status, _measured(response.headers, response.body), b"")
        else:
            proto.response_bytes(response.status, response.headers, response.body)
        return
    with response.file.open("rb") as file:
        response.file.unlink()
        if method == "HEAD":
            proto.response_bytes(response.status, response.headers, b"")
            return
        stream = proto.response_stream(response.status, response.headers)
        first, end = response.span or (0, os.fstat(file.fileno()).st_size)
        file.seek(first)
        while piece := file.read(min(_PIECE, end - file.tell())):
            await stream.send_bytes(piece)


def _measured(headers: Headers, body: bytes) -> Headers:
    """Return the headers with the body's length, which the server adds by itself only to a body it sends."""
    known = any(name.lower() == "content-length" for name, _ in headers)
    return headers if known or not body else [*headers, ("Content-Length", str(len(body)))]


application = Front()
