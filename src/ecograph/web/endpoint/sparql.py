"""The SPARQL endpoint: from a request over the workers' pool to a whole response, or to a problem."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from difflib import get_close_matches
from typing import Any

from ecograph.model.namespaces import PREFIXES
from ecograph.store.workers import Answer, Pool
from ecograph.web.context import Site
from ecograph.web.endpoint import request as protocol
from ecograph.web.endpoint.cache import ResultCache
from ecograph.web.endpoint.problems import CORS, ProblemError
from ecograph.web.endpoint.response import Response
from ecograph.web.settings import Settings

_SHORTEST = 0.1
"""No limit is shorter (seconds): a worker is dearer to replace than that."""
_CHARSET = {"text/csv", "text/tab-separated-values", "text/turtle", "text/plain", "application/x-turtle"}


def options() -> Response:
    """Return the answer to OPTIONS, a browser's preflight included."""
    return Response(
        204,
        [
            ("Allow", protocol.ALLOW),
            ("Access-Control-Allow-Methods", protocol.ALLOW),
            ("Access-Control-Allow-Headers", "Accept, Content-Type, If-None-Match"),
            ("Access-Control-Max-Age", "86400"),
            ("Accept-Post", "application/x-www-form-urlencoded, application/sparql-query"),
            *CORS,
        ],
    )


async def answer(
    asked: protocol.Request,
    site: Site,
    pool: Pool,
    settings: Settings,
    cache: ResultCache,
    *,
    client: str,
    if_none_match: str = "",
    gone: Callable[[], Awaitable[Any]] | None = None,
) -> Response:
    """Answer one query.

    Raises
    ------
    ProblemError: when there is no whole answer; there are no partial ones.
    StoreError: when nothing has been built.
    """
    assert asked.query is not None
    build = site.served().build
    tags = {
        offer.media: _tag(build.path.name, asked, offer.media)
        for offer in asked.types.values()
        if offer is not None
    }
    known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    for tag in tags.values():
        if tag in known:
            return Response(304, [("ETag", tag), *_caching(), *CORS])
    cache.serve(build.path.name)
    if (kept := cache.find(tags.values())) is not None:
        return kept
    limit = min(max(asked.timeout or settings.timeout, _SHORTEST), settings.timeout)
    job = {
        "build": str(build.path),
        "base": site.base.address,
        "default": asked.default,
        "named": asked.named,
        "types": {form: [o.media, o.format] if o else None for form, o in asked.types.items()},
        "max_bytes": settings.max_bytes,
        "max_rows": settings.max_rows,
    }
    found = await pool.run(job, asked.query.encode("utf-8"), timeout=limit, client=client, gone=gone)
    if found.error:
        raise _problem(found, limit, settings)
    media = found.header["type"]
    shown = f"{media}; charset=utf-8" if media in _CHARSET else media
    headers = [("Content-Type", shown), ("Content-Length", str(found.header["size"])), *CORS]
    if found.header["volatile"]:
        headers += [("Cache-Control", "no-store"), ("Vary", "Accept, Accept-Encoding")]
    else:
        headers += [("ETag", tags[media]), *_caching()]
    headers += [
        ("X-Content-Type-Options", "nosniff"),
        ("Server-Timing", f"query;dur={found.header['ms']}"),
    ]
    response = Response(200, headers, found.body, found.file)
    if not found.header["volatile"]:
        cache.keep(build.path.name, tags[media], response)
    return response


def _caching() -> list[tuple[str, str]]:
    """May be stored, must be asked for anew: a new build may be served at any time."""
    return [("Cache-Control", "public, no-cache"), ("Vary", "Accept, Accept-Encoding")]


def _tag(build: str, asked: protocol.Request, media: str) -> str:
    assert asked.query is not None
    parts = (build, media, asked.query.strip(), *sorted(asked.default), "", *sorted(asked.named))
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def _problem(found: Answer, limit: float, settings: Settings) -> ProblemError:
    """Return the problem for a failure of the worker or the pool."""
    header, kind = found.header, found.header["error"]
    if kind == "syntax":
        return _syntax(header)
    if kind == "not-acceptable":
        return protocol.not_acceptable(header["form"])
    if kind == "unknown-graph":
        near = get_close_matches(header["graph"], header["known"], n=3, cutoff=0.5)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        return ProblemError(
            400,
            "unknown-graph",
            f"There is no graph {header['graph']} here, and none is ever fetched.{hint} "
            "SELECT DISTINCT ?g { GRAPH ?g {} } lists the graphs.",
            graph=header["graph"],
        )
    again = {"Retry-After": "5"}
    table: dict[str, ProblemError] = {
        "service-refused": ProblemError(
            400, "service-refused", "SERVICE is not allowed here: this endpoint calls no other server."
        ),
        "malformed": ProblemError(400, "malformed-request", f"This cannot be asked: {header.get('detail')}."),
        "query-timeout": ProblemError(
            503,
            "query-timeout",
            f"The query was stopped after {limit:g} seconds; this is no empty result. "
            "Put the most selective pattern first or narrow the question.",
            timeout=limit,
        ),
        "result-too-large": ProblemError(
            503,
            "result-too-large",
            f"The result exceeds {settings.max_bytes:,} bytes or {settings.max_rows:,} rows; nothing was "
            "sent. Ask in parts with ORDER BY, LIMIT and OFFSET.",
            max_bytes=settings.max_bytes,
            max_rows=settings.max_rows,
        ),
        "query-too-complex": ProblemError(
            400, "query-too-complex", "The query is nested too deeply to be read. Simplify it."
        ),
        "not-supported": ProblemError(
            400, "not-supported", "The engine cannot evaluate this query; asking again will not help."
        ),
        "out-of-memory": ProblemError(
            503, "out-of-memory", f"The query needs more than {settings.memory:,} bytes of memory."
        ),
        "queue-full": ProblemError(
            429, "queue-full", f"{settings.queue} queries are waiting already. Try again later.", again
        ),
        "waited-too-long": ProblemError(
            503, "waited-too-long", "No query worker became free in time. Try again later.", again
        ),
        "build-missing": ProblemError(
            503, "build-missing", "The data are being exchanged. Try again at once.", {"Retry-After": "1"}
        ),
    }
    return table.get(
        kind, ProblemError(503, kind, "The query could not be finished. Try again later.", again)
    )


def _syntax(header: dict[str, Any]) -> ProblemError:
    excerpt, caret = header.get("excerpt", ""), header.get("caret", 0)
    picture = f"\n{excerpt}\n{' ' * caret}^" if excerpt else ""
    unknown = header.get("prefixes", [])
    hints = [
        f"PREFIX {prefix}: <{PREFIXES[prefix]}>"
        if prefix in PREFIXES
        else f"the prefix {prefix}: is not declared"
        for prefix in unknown
    ]
    advice = f" Declare what is missing: {'; '.join(hints)}." if hints else ""
    return ProblemError(
        400,
        "syntax-error",
        f"Line {header['line']}, column {header['column']}: {header['detail']}.{advice}{picture}",
        line=header["line"],
        column=header["column"],
        **({"undeclared_prefixes": unknown} if unknown else {}),
    )
