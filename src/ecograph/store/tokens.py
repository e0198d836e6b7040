"""A linear scan of a query's text for what must be known before it runs: SERVICE, FROM, volatile functions.

It is no parser: the engine's parser decides what a query means. The engine reads without token borders
(``SERVICESILENT<x>`` and ``SERVICE:x`` are service calls to it), so whatever begins with the keyword counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from ecograph.model.namespaces import ECO

_TOKEN = re.compile(
    r"""
    (?P<skip>  [\x20\t\r\n]+ | \#[^\r\n]* )
  | (?P<iri>   <[^<>"{}|^`\x00-\x20]*> )
  | (?P<text>  \"\"\"(?:\\.|(?!\"\"\").)*\"\"\" | '''(?:\\.|(?!''').)*'''
             | "(?:\\.|[^"\\\r\n])*" | '(?:\\.|[^'\\\r\n])*' )
  | (?P<var>   [?$]\w+ | @[A-Za-z]+(?:-[A-Za-z0-9]+)* | _:\w+ )
  | (?P<name>  [^\W\d][\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)* | :(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)* )
  | (?P<word>  [^\W\d]\w* )
  | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_VOLATILE = {"now", "rand", "uuid", "struuid", "bnode"}


@dataclass(frozen=True, slots=True)
class Service:
    """One call of another server: its endpoint and where the endpoint stands in the text."""

    endpoint: str
    start: int
    end: int


@dataclass(slots=True)
class Findings:
    """What stands in a query outside its strings, IRIs and comments."""

    service: bool = False
    """It calls another server (or might, to the engine)."""
    volatile: bool = False
    """Its answer may differ from one run to the next on the same build."""
    graphs: list[str] = field(default_factory=list)
    """IRIs of FROM and FROM NAMED, resolved."""
    unknown_prefixes: list[str] = field(default_factory=list)
    """Prefixes used but not declared, without the colon, in order of appearance."""
    terms: dict[str, int] = field(default_factory=dict)
    """IRIs of the ontology's namespace → where each first stands in the text."""
    services: list[Service] = field(default_factory=list)
    """The calls of other servers whose target is an IRI; fewer than `calls` when one is not."""
    calls: int = 0
    """How often a call of another server seems to begin."""
    nested: bool = False
    """Whether one call seems to stand within another, so that it would be sent to a stranger."""


def scan(query: str, base: str = "") -> Findings:
    """Scan a query in time linear in its length."""
    found = Findings()
    prefixes: dict[str, str] = {}
    previous: list[str] = ["", ""]
    groups = _Groups()
    for match in _TOKEN.finditer(query):
        kind, token = match.lastgroup, match.group()
        if kind == "skip":
            continue
        word = token.lower() if kind == "word" else token
        if kind in {"word", "name"}:
            calls = found.calls
            _look_at_word(token, kind, previous, found)
            if found.calls > calls and groups.called():
                found.nested = True
        elif token in {"{", "}"}:
            groups.brace(token)
        if kind == "iri":
            iri = _resolved(base, _plain(token[1:-1]))
            if previous[-1] == "base":
                base = iri
            elif previous[-2] == "prefix":
                prefixes[previous[-1].rstrip(":")] = iri
            elif _after_from(previous):
                found.graphs.append(iri)
            _note(iri, match, previous, found)
        elif kind == "name" and previous[-1] != "prefix":
            prefix, _, local = token.partition(":")
            if prefix not in prefixes:
                if prefix not in found.unknown_prefixes:
                    found.unknown_prefixes.append(prefix)
                previous = [previous[-1], word]
                continue
            iri = prefixes[prefix] + re.sub(r"\\(.)", r"\1", local.rstrip("."))
            if _after_from(previous):
                found.graphs.append(iri)
            _note(iri, match, previous, found)
        previous = [previous[-1], word]
    return found


class _Groups:
    """Follows the braces, to know what stands within the group of a call."""

    def __init__(self) -> None:
        self._depth, self._awaited = 0, False
        self._calls: list[int] = []

    def called(self) -> bool:
        """A call begins; return whether it does so within another."""
        within, self._awaited = bool(self._calls) or self._awaited, True
        return within

    def brace(self, sign: str) -> None:
        """A group begins or ends."""
        if sign == "{":
            self._depth += 1
            if self._awaited:
                self._calls.append(self._depth)
                self._awaited = False
            return
        if self._calls and self._calls[-1] == self._depth:
            self._calls.pop()
        self._depth -= 1


def _note(iri: str, match: re.Match[str], previous: list[str], found: Findings) -> None:
    """Keep what the IRI at this place is for: a term of the ontology, the target of a call."""
    if iri.startswith(ECO) and len(iri) > len(ECO) and previous[-2] != "prefix":
        found.terms.setdefault(iri, match.start())
    if previous[-1] == "service" or (previous[-1] == "silent" and previous[-2] == "service"):
        token = match.group()
        end = match.end() - (len(token) - len(token.rstrip(".")) if match.lastgroup == "name" else 0)
        found.services.append(Service(iri, match.start(), end))


def _look_at_word(token: str, kind: str, previous: list[str], found: Findings) -> None:
    lowered = token.lower()
    if kind == "word":
        found.volatile = found.volatile or lowered in _VOLATILE
        found.calls += lowered.startswith("service")
    elif previous[-1] != "prefix" and lowered.partition(":")[0] in {"service", "servicesilent"}:
        found.calls += 1
    found.service = found.calls > 0


def _after_from(previous: list[str]) -> bool:
    return previous[-1] == "from" or (previous[-1] == "named" and previous[-2] == "from")


def _resolved(base: str, iri: str) -> str:
    """An absolute IRI as it stands; ``urljoin`` would drop an empty fragment, with which namespaces end."""
    if _ABSOLUTE.match(iri):
        return iri
    return urljoin(base, iri) + ("#" if iri.endswith("#") else "")


def _plain(iri: str) -> str:
    return _ESCAPE.sub(lambda escape: chr(int(escape[1] or escape[2], 16)), iri)
