"""Having a worker count how far predicates fan out, so that small queries are known to be small."""

from __future__ import annotations

import json
from pathlib import Path

from ecograph.store.bounds import UNBOUNDED, FanOut
from ecograph.store.lane import Lane
from ecograph.store.workers import Pool
from ecograph.web.settings import Settings

QUERY = """SELECT (MAX(?number) AS ?most) WHERE {{
  {{ SELECT (COUNT(*) AS ?number) WHERE {{ GRAPH ?g {{ ?subject <{predicate}> ?object }} }} GROUP BY ?{by} }}
}}"""
_NOBODY = "the service itself"


async def learn(lane: Lane, build: Path, pool: Pool, settings: Settings) -> None:
    """Count what the lane wants to know, one predicate after the other; what fails stays for the workers."""
    for predicate in list(lane.wanted):
        numbers = [await _most(lane, predicate, by, build, pool, settings) for by in ("subject", "object")]
        lane.learn(predicate, FanOut(numbers[0], numbers[1]))


async def _most(lane: Lane, predicate: str, by: str, build: Path, pool: Pool, settings: Settings) -> int:
    """Return the most statements of a predicate that share a subject or an object; `UNBOUNDED` on failure."""
    job = {
        "build": str(build),
        "base": lane.base,
        "default": [],
        "named": [],
        "types": {"select": ["application/sparql-results+json", "json"], "ask": None, "graph": None},
        "max_bytes": settings.max_bytes,
        "max_rows": settings.max_rows,
    }
    query = QUERY.format(predicate=predicate, by=by).encode()
    found = await pool.run(job, query, timeout=settings.timeout, client=_NOBODY)
    if found.error:
        return UNBOUNDED
    rows = json.loads(found.body)["results"]["bindings"]
    return int(rows[0]["most"]["value"]) if rows and "most" in rows[0] else 0
