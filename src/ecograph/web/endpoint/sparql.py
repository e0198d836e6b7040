"""The SPARQL endpoint: from a request over the workers' pool to a whole response, or to a problem."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from ecograph.store.workers import Pool
from ecograph.web.context import Site
from ecograph.web.endpoint import failures
from ecograph.web.endpoint import request as protocol
from ecograph.web.endpoint.cache import ResultCache
from ecograph.web.endpoint.problems import CORS, POLICY
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
        offer.media: _tag(build.path.name, asked, offer.media, offer.format)
        for offer in asked.types.values()
        if offer is not None
    }
    cache.serve(build.path.name)
    kept = cache.find(tags.values())
    if not asked.explain:
        known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
        for tag in tags.values():
            if tag in known:
                return Response(304, [("ETag", tag), *_caching(), *CORS])
        if kept is not None:
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
        "explain": asked.explain,
        "services": list(site.federation.allow),
    }
    began = time.perf_counter()
    found = await pool.run(job, asked.query.encode("utf-8"), timeout=limit, client=client, gone=gone)
    if found.error:
        raise failures.problem(found, limit, settings)
    if asked.explain:
        waited = (time.perf_counter() - began) * 1000 - found.header["ms"]
        return _explained(found.header, build.id, limit, "hit" if kept is not None else "miss", waited)
    media = found.header["type"]
    shown = f"{media}; charset=utf-8" if media in _CHARSET else media
    headers = [("Content-Type", shown), ("Content-Length", str(found.header["size"])), *CORS]
    if found.header["volatile"]:
        headers += [("Cache-Control", "no-store"), ("Vary", "Accept, Accept-Encoding")]
    else:
        headers += [("ETag", tags[media]), ("Accept-Ranges", "bytes"), *_caching()]
    headers += [*POLICY, ("Server-Timing", f"query;dur={found.header['ms']}")]
    for sentence in failures.warnings(found.header.get("unknown_terms", [])):
        headers.append(("Warning", f'199 - "{sentence.replace(chr(34), chr(39))}"'))
    response = Response(200, headers, found.body, found.file)
    if not found.header["volatile"]:
        cache.keep(build.path.name, tags[media], response)
    return response


def _caching() -> list[tuple[str, str]]:
    """May be stored, must be asked for anew: a new build may be served at any time."""
    return [("Cache-Control", "public, no-cache"), ("Vary", "Accept, Accept-Encoding")]


def _tag(build: str, asked: protocol.Request, media: str, form: str) -> str:
    assert asked.query is not None
    parts = (build, media, form, asked.query.strip(), *sorted(asked.default), "", *sorted(asked.named))
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def _explained(header: dict[str, Any], build: str, limit: float, cache: str, waited: float) -> Response:
    """Return what is known of a query instead of its result."""
    content = {
        "form": header["form"],
        "algebra": header["algebra"],
        "estimate": None,
        "estimate_note": "The engine offers no estimate; the algebra is the one before optimisation.",
        "milliseconds": {**header["stages"], "hand-over and waiting": round(max(waited, 0.0), 3)},
        "rows": header.get("rows"),
        "bytes": header["size"],
        "worker": header["pid"],
        "cache": cache if not header["volatile"] else "never kept: the answer may differ each time",
        "build": build,
        "limit_seconds": limit,
        "warnings": failures.warnings(header.get("unknown_terms", [])),
    }
    body = json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        *CORS,
        *POLICY,
    ]
    return Response(200, headers, body)
