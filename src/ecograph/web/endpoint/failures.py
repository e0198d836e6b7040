"""The problem documents for queries that came to nothing: what happened, where, and what to do."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from ecograph.model.namespaces import PREFIXES
from ecograph.store.workers import Answer
from ecograph.web.endpoint import request as protocol
from ecograph.web.endpoint.problems import ProblemError
from ecograph.web.settings import Settings


def problem(found: Answer, limit: float, settings: Settings) -> ProblemError:
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
        "service-refused": _service_refused(header.get("allowed", []), header.get("nested", False)),
        "service-failed": ProblemError(
            502,
            "service-failed",
            f"A server that the query calls gave no answer: {header.get('detail')}. Nothing was left out in "
            "silence; SERVICE SILENT would do that.",
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
            400,
            "not-supported",
            f"The engine cannot evaluate this query; asking again will not help. {header.get('detail', '')}",
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


def _service_refused(allowed: list[str], nested: bool) -> ProblemError:
    if nested:
        return ProblemError(400, "service-refused", "A SERVICE within a SERVICE is not allowed here.")
    if not allowed:
        return ProblemError(
            400, "service-refused", "SERVICE is not allowed here: this endpoint calls no other server."
        )
    return ProblemError(
        400,
        "service-refused",
        f"SERVICE may call {' or '.join(f'<{each}>' for each in allowed)} here, written out, and no other.",
        allowed=allowed,
    )


def warnings(unknown: list[dict[str, Any]]) -> list[str]:
    """Return a sentence for each term that the ontology does not have; ASCII, as headers must be."""
    sentences = []
    for each in unknown:
        name = str(each["term"]).encode("ascii", "backslashreplace").decode()
        near = " or ".join(each["suggestions"])
        hint = f"; did you mean {near}?" if near else ""
        sentences.append(f"line {each['line']}, column {each['column']}: the ontology has no {name}{hint}")
    return sentences


def _syntax(header: dict[str, Any]) -> ProblemError:
    excerpt, caret = header.get("excerpt", ""), header.get("caret", 0)
    picture = f"\n{excerpt}\n{' ' * caret}^" if excerpt else ""
    unknown, terms = header.get("prefixes", []), header.get("unknown_terms", [])
    advice = ""
    if unknown:
        advice += f" Declare what is missing: {'; '.join(_prefix_hint(prefix) for prefix in unknown)}."
    for sentence in warnings(terms):
        advice += f" {sentence[0].upper()}{sentence[1:]}."
    return ProblemError(
        400,
        "syntax-error",
        f"Line {header['line']}, column {header['column']}: {header['detail']}.{advice}{picture}",
        line=header["line"],
        column=header["column"],
        **({"excerpt": excerpt, "caret": caret} if excerpt else {}),
        **({"undeclared_prefixes": unknown} if unknown else {}),
        **({"unknown_terms": terms} if terms else {}),
    )


def _prefix_hint(prefix: str) -> str:
    if prefix in PREFIXES:
        return f"PREFIX {prefix}: <{PREFIXES[prefix]}>"
    near = get_close_matches(prefix.lower(), PREFIXES, n=1, cutoff=0.6)
    meant = f"; did you mean {near[0]}: <{PREFIXES[near[0]]}>?" if near else ""
    return f"the prefix {prefix}: is not declared{meant}"
