"""The SPARQL endpoint: from a request over the workers' pool to a whole response, or to a problem."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote_plus

from ecograph.store.bounds import MOST
from ecograph.store.lookups import LONGEST
from ecograph.store.workers import Pool
from ecograph.web.context import Served, Site
from ecograph.web.endpoint import encoding, failures
from ecograph.web.endpoint import request as protocol
from ecograph.web.endpoint.cache import ResultCache
from ecograph.web.endpoint.problems import CORS, POLICY, ProblemError
from ecograph.web.endpoint.response import Headers, Response
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
    served: Served,
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
    build = served.build
    cache.serve(served.name)
    tags = _tags(served.name, asked)
    kept = cache.find(tags.values())
    small = served.lane if settings.max_rows >= MOST and not (asked.default or asked.named) else None
    if not asked.explain:
        if if_none_match:
            known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
            for tag in tags.values():
                if tag in known:
                    return Response(304, [("ETag", tag), *_CACHING, *CORS])
        if kept is not None:
            return kept
        if small and (at_once := _small(asked, served, cache, settings)) is not None:
            return at_once
    limit = min(max(asked.timeout or settings.timeout, _SHORTEST), settings.timeout)
    job = {
        "build": str(build.path),
        "base": site.base.address,
        "default": asked.default,
        "named": asked.named,
        "types": {form: [o.media, o.format] if o else None for form, o in asked.types.items()},
        "max_bytes": settings.max_bytes,
        "max_rows": settings.max_rows,
        "explain": asked.explain,
        "services": list(site.federation.allow),
    }
    began = time.perf_counter()
    found = await pool.run(job, asked.query.encode("utf-8"), timeout=limit, client=client, gone=gone)
    if found.error:
        raise failures.problem(found, limit, settings)
    header = found.header
    if asked.explain:
        waited = (time.perf_counter() - began) * 1000 - header["ms"]
        told = _explained(header, build.id, limit, "hit" if kept is not None else "miss", waited)
        told["answered_by"] = "HTTP process" if small and small.bounded(asked.query) else "worker"
        return _document(told)
    media = header["type"]
    headers = _headers(media, header["size"], header["ms"], "" if header["volatile"] else tags[media])
    for sentence in failures.warnings(header.get("unknown_terms", [])):
        headers.append(("Warning", f'199 - "{sentence.replace(chr(34), chr(39))}"'))
    response = Response(200, headers, found.body, found.file)
    if not header["volatile"]:
        cache.keep(served.name, tags[media], response)
    return response


def lookup(
    encoded: str, accept: str, served: Served, cache: ResultCache, settings: Settings
) -> Response | None:
    """Answer a query, still URL-encoded, when it is a lookup that is known to be small; else return None."""
    if len(encoded) > 3 * LONGEST:
        return None
    try:
        asked = protocol.Request(_decoded(encoded), types=protocol.types(accept))
    except (UnicodeDecodeError, ProblemError):  # told by whoever reads the request
        return None
    return _small(asked, served, cache, settings)


_ESCAPES = {f"{code:02{case}}": chr(code) for code in range(128) for case in "xX"}


def _decoded(encoded: str) -> str:
    """Decode a value of the query string; what is all ASCII in a third of the usual time.

    Raises
    ------
    UnicodeDecodeError: when it is not UTF-8.
    """
    first, *pieces = encoded.replace("+", " ").split("%")
    try:
        return first + "".join([_ESCAPES[piece[:2]] + piece[2:] for piece in pieces])
    except KeyError:
        return unquote_plus(encoded, errors="strict")


def _small(
    asked: protocol.Request, served: Served, cache: ResultCache, settings: Settings
) -> Response | None:
    assert asked.query is not None
    if served.lane is None or settings.max_rows < MOST:
        return None
    began = time.perf_counter()
    found = served.lane.answer(asked.query, asked.types)
    if found is None or len(found[1]) > settings.max_bytes:
        return None
    offer, body = found
    build = served.name
    tag = f'"{_name(build, asked)}-{offer.code}"'
    taken = round((time.perf_counter() - began) * 1000, 3)
    response = Response(200, _headers(offer.media, len(body), taken, tag), body)
    if cache.seen(tag):
        cache.keep(build, tag, response)
    return response


def unchanged(response: Response, if_none_match: str) -> Response:
    """Return 304 when the client holds the response already, else the response."""
    tag = encoding.plain_tags(response.tag)
    known = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    return Response(304, [("ETag", tag), *_CACHING, *CORS]) if tag in known else response


_CACHING = (("Cache-Control", "public, no-cache"), ("Vary", "Accept, Accept-Encoding"))
"""May be stored, must be asked for anew: a new build may be served at any time."""
_TAGGED = (("Accept-Ranges", "bytes"), *_CACHING, *CORS, *POLICY)
_VOLATILE = (("Cache-Control", "no-store"), ("Vary", "Accept, Accept-Encoding"), *CORS, *POLICY)


def _headers(media: str, size: int, milliseconds: float, tag: str) -> Headers:
    """Return the headers of a result; without a tag it may not be kept."""
    return [
        *((("ETag", tag), *_TAGGED) if tag else _VOLATILE),
        ("Content-Type", f"{media}; charset=utf-8" if media in _CHARSET else media),
        ("Content-Length", str(size)),
        ("Server-Timing", f"query;dur={milliseconds}"),
    ]


def _tags(build: str, asked: protocol.Request) -> dict[str, str]:
    """Return the tag of the result in each media type that it may have."""
    name = _name(build, asked)
    offers = [offer for offer in asked.types.values() if offer is not None]
    return {offer.media: f'"{name}-{offer.code}"' for offer in offers}


def _name(build: str, asked: protocol.Request) -> str:
    """Return what the result's tags have in common."""
    assert asked.query is not None
    parts = (build, asked.query.strip(), *sorted(asked.default), "", *sorted(asked.named))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _explained(header: dict[str, Any], build: str, limit: float, cache: str, waited: float) -> dict[str, Any]:
    """Return what is known of a query instead of its result."""
    return {
        "form": header["form"],
        "algebra": header["algebra"],
        "estimate": None,
        "estimate_note": "The engine offers no estimate; the algebra is the one before optimisation.",
        "milliseconds": {**header["stages"], "hand-over and waiting": round(max(waited, 0.0), 3)},
        "rows": header.get("rows"),
        "bytes": header["size"],
        "worker": header["pid"],
        "http_process": os.getpid(),
        "cache": cache if not header["volatile"] else "never kept: the answer may differ each time",
        "build": build,
        "limit_seconds": limit,
        "warnings": failures.warnings(header.get("unknown_terms", [])),
    }


def _document(content: dict[str, Any]) -> Response:
    body = json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        *CORS,
        *POLICY,
    ]
    return Response(200, headers, body)
