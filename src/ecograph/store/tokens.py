"""A linear scan of a query's text for what must be known before it runs: SERVICE, FROM, volatile functions.

It is no parser: the engine's parser decides what a query means. The engine reads without token borders
(``SERVICESILENT<x>`` and ``SERVICE:x`` are service calls to it), so whatever begins with the keyword counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

_TOKEN = re.compile(
    r"""
    (?P<skip>  [\x20\t\r\n]++ | \#[^\r\n]*+ )
  | (?P<iri>   <[^<>"{}|^`\x00-\x20]*+> )
  | (?P<text>  \"\"\"(?:\\.|(?!\"\"\").)*+\"\"\" | '''(?:\\.|(?!''').)*+'''
             | "(?:\\.|[^"\\\r\n])*+" | '(?:\\.|[^'\\\r\n])*+' )
  | (?P<var>   [?$]\w++ | @[A-Za-z]++(?:-[A-Za-z0-9]++)* | _:\w++ )
  | (?P<name>  [^\W\d][\w.-]*+:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*+ | :(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*+ )
  | (?P<word>  [^\W\d]\w*+ )
  | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_VOLATILE = {"now", "rand", "uuid", "struuid", "bnode"}


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


def scan(query: str, base: str = "") -> Findings:
    """Scan a query in time linear in its length."""
    found = Findings()
    prefixes: dict[str, str] = {}
    previous: list[str] = ["", ""]
    for match in _TOKEN.finditer(query):
        kind, token = match.lastgroup, match.group()
        if kind == "skip":
            continue
        word = token.lower() if kind == "word" else token
        if kind in {"word", "name"}:
            _look_at_word(token, kind, previous, found)
        if kind == "iri":
            iri = urljoin(base, _plain(token[1:-1]))
            if previous[-1] == "base":
                base = iri
            elif previous[-2] == "prefix":
                prefixes[previous[-1].rstrip(":")] = iri
            elif _after_from(previous):
                found.graphs.append(iri)
        elif kind == "name" and previous[-1] != "prefix":
            prefix, _, local = token.partition(":")
            if prefix not in prefixes:
                if prefix not in found.unknown_prefixes:
                    found.unknown_prefixes.append(prefix)
            elif _after_from(previous):
                found.graphs.append(prefixes[prefix] + re.sub(r"\\(.)", r"\1", local.rstrip(".")))
        previous = [previous[-1], word]
    return found


def _look_at_word(token: str, kind: str, previous: list[str], found: Findings) -> None:
    lowered = token.lower()
    if kind == "word":
        found.volatile = found.volatile or lowered in _VOLATILE
        found.service = found.service or lowered.startswith("service")
    elif previous[-1] != "prefix" and lowered.partition(":")[0] in {"service", "servicesilent"}:
        found.service = True


def _after_from(previous: list[str]) -> bool:
    return previous[-1] == "from" or (previous[-1] == "named" and previous[-2] == "from")


def _plain(iri: str) -> str:
    return _ESCAPE.sub(lambda escape: chr(int(escape[1] or escape[2], 16)), iri)
