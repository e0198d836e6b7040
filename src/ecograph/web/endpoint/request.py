"""Reading a request of the SPARQL 1.1 Protocol's query operation."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import parse_qsl

from ecograph.web.endpoint import negotiation
from ecograph.web.endpoint.negotiation import Offer
from ecograph.web.endpoint.problems import ProblemError

ALLOW = "GET, HEAD, POST, OPTIONS"
_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_PROTOCOL = {
    "query",
    "update",
    "default-graph-uri",
    "named-graph-uri",
    "using-graph-uri",
    "using-named-graph-uri",
}
_OFFERS = {"select": negotiation.RESULTS, "ask": negotiation.BOOLEAN, "graph": negotiation.GRAPHS}


@dataclass(frozen=True, slots=True)
class Request:
    """One query and how it is to be answered; `query` is None for a request of the bare endpoint."""

    query: str | None
    default: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    types: dict[str, Offer | None] = field(default_factory=dict)
    """By form of query (select, ask, graph): the type to send, None when none is acceptable."""
    timeout: float | None = None
    explain: bool = False


def read(method: str, query_string: str, headers: dict[str, str], body: bytes) -> Request:
    """Read a request.

    Parameters
    ----------
    method: GET, HEAD or POST.
    query_string: as in the address, still encoded.
    headers: lower-case names: ``content-type``, ``accept``.
    body: the request's content.

    Raises
    ------
    ProblemError: 400, 403, 406 or 415, when the protocol does not allow it.
    """
    pairs = _pairs(query_string)
    queries = [value for key, value in pairs if key == "query"]
    if method == "POST":
        kind, charset = _content_type(headers.get("content-type", ""))
        if kind == _UPDATE:
            raise _update()
        text = _decode(body, charset) if kind in {_FORM, _DIRECT} else ""
        if kind == _FORM:
            pairs = _pairs(text) + [pair for pair in pairs if pair[0] not in _PROTOCOL]
            queries = [value for key, value in pairs if key == "query"]
        elif kind == _DIRECT:
            queries.append(text)
        else:
            raise ProblemError(
                415,
                "unsupported-media-type",
                f"Send a query as {_FORM} or as {_DIRECT}, not as {kind or 'content without a type'}.",
                {"Accept-Post": f"{_FORM}, {_DIRECT}"},
            )
    if any(key == "update" for key, _ in pairs):
        raise _update()
    if len(queries) > 1:
        raise ProblemError(400, "malformed-request", "Send exactly one query; this request has several.")
    if not queries and (method == "POST" or any(key in _PROTOCOL for key, _ in pairs)):
        raise ProblemError(400, "malformed-request", "The parameter 'query' is missing.")
    explain = next((v for k, v in pairs if k == "explain"), "").lower() in {"1", "true", "yes"}
    wanted = types(
        "" if explain else headers.get("accept", ""),
        "" if explain else next((v for k, v in pairs if k == "format"), ""),
    )
    if queries and not any(wanted.values()):
        raise not_acceptable()
    return Request(
        query=queries[0] if queries else None,
        default=[value for key, value in pairs if key == "default-graph-uri"],
        named=[value for key, value in pairs if key == "named-graph-uri"],
        types=wanted,
        timeout=_timeout(next((v for k, v in pairs if k == "timeout"), "")),
        explain=explain,
    )


def not_acceptable(form: str | None = None) -> ProblemError:
    """Return the problem of a request that accepts nothing that can be sent, with what can be."""
    forms = [form] if form else list(_OFFERS)
    can = {each: negotiation.listing(_OFFERS[each]) for each in forms}
    words = "; ".join(f"{each}: {', '.join(media)}" for each, media in can.items())
    return ProblemError(
        406, "not-acceptable", f"This can be sent as {words}.", {"Vary": "Accept"}, available=can
    )


@lru_cache(256)
def types(accept: str, name: str = "") -> dict[str, Offer | None]:
    """Return the type to send for each form of query, by an Accept header or the parameter ``format``.

    Raises
    ------
    ProblemError: 406 when nobody knows the name.
    """
    if not name:
        return {form: negotiation.choose(accept, offers) for form, offers in _OFFERS.items()}
    try:
        return {form: negotiation.by_name(name, offers, form == "graph") for form, offers in _OFFERS.items()}
    except KeyError:
        raise not_acceptable() from None


def _timeout(text: str) -> float | None:
    """Read ``timeout`` in seconds; as an unknown parameter would be, what is no number is ignored."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 < value < float("inf") else None


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except (UnicodeDecodeError, ValueError) as error:
        raise ProblemError(
            400, "malformed-request", f"The parameters are not URL-encoded UTF-8: {error}."
        ) from error


def _content_type(header: str) -> tuple[str, str]:
    kind, *parameters = [part.strip() for part in header.split(";")]
    charset = "utf-8"
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "charset":
            charset = value.strip().strip('"').lower()
    return kind.lower(), charset


def _decode(body: bytes, charset: str) -> str:
    if charset not in {"utf-8", "utf8", "us-ascii", "ascii"}:
        raise ProblemError(415, "unsupported-media-type", f"Send the query in UTF-8, not in {charset}.")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError(400, "malformed-request", f"The query is not UTF-8: {error}.") from error


def _update() -> ProblemError:
    return ProblemError(
        403, "update-refused", "This endpoint answers queries only; its data change by builds."
    )
