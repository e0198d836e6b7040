"""Recognising a lookup: a query so plain that its cost can be bounded before it runs.

A lookup is SELECT or ASK over one flat group of a few triple patterns that hang together, with constant
predicates, at most a filter on a label's language and a VALUES block of a few constants. The recogniser is a
tokeniser and a grammar of its own, linear in the length of the text and without recursion; whatever it does
not understand to the last character is no lookup. It is stricter than SPARQL wherever the engine's parser,
which knows no token borders, might read something else: names and keywords end in white space or a sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

LONGEST = 4096
"""Characters of the longest text that is looked at."""
_PATTERNS = 6
_CONSTANTS = 20
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TOKEN = re.compile(
    r"""
    (?P<skip>   [\x20\t\r\n]++ | \#[^\r\n]*+ )
  | (?P<iri>    <https?://[^<>"{}|^`\\\x00-\x20]++> (?=[\s{};,.)\#]) )
  | (?P<var>    \?[A-Za-z_][A-Za-z0-9_]*+ (?=[\s{};,.)=\#]|\Z) )
  | (?P<text>   "[^"\\\r\n]*+" (?:@[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,3}+)? (?=[\s};,.)\#]) )
  | (?P<number> [0-9]{1,6}+ (?=[\s\#]|\Z) )
  | (?P<name>   [a-z][a-z0-9_]{0,30}+ : (?:[A-Za-z0-9_][A-Za-z0-9_-]*+)? (?=[\s};,]|\.(?:\s|\}|\Z)) )
  | (?P<word>   [A-Za-z]++ (?=[\s{(*\#]) )
  | (?P<sign>   [{}.;,()=*] )
    """,
    re.VERBOSE,
)
_KEYWORDS = (
    "ask", "base", "bind", "construct", "describe", "distinct", "exists", "filter", "from", "graph", "group",
    "having", "limit", "minus", "named", "not", "offset", "optional", "order", "prefix", "reduced", "select",
    "service", "union", "values", "where",
)  # fmt: skip
"""No prefix of a lookup begins with one of these, lest the engine read the keyword."""


@dataclass(frozen=True, slots=True)
class Node:
    """A variable (`value` begins with ``?``), an IRI (bare), or a literal (`value` begins with ``"``)."""

    value: str
    start: int = -1
    """Where a full IRI stands in the text; -1 for whatever else."""

    @property
    def variable(self) -> bool:
        """Whether this is a variable."""
        return self.value[0] == "?"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One triple pattern."""

    subject: Node
    predicate: Node
    object: Node

    def variables(self) -> set[str]:
        """Return the names of its variables."""
        return {node.value for node in (self.subject, self.predicate, self.object) if node.variable}


@dataclass(frozen=True, slots=True)
class Values:
    """One VALUES block: a variable and its constants."""

    variable: str
    nodes: tuple[Node, ...]

    def variables(self) -> set[str]:
        """Return the name of its variable."""
        return {self.variable}


@dataclass(slots=True)
class Lookup:
    """What a query asks for, when it is a lookup."""

    form: str = ""
    """``select`` or ``ask``."""
    parts: list[Pattern | Values] = field(default_factory=list)
    """Patterns and at most one VALUES block, as they follow one another in the text."""
    limit: int | None = None
    distinct: bool = False
    filters: int = 0

    def patterns(self) -> list[Pattern]:
        """Return the triple patterns."""
        return [part for part in self.parts if isinstance(part, Pattern)]

    def predicates(self) -> list[str]:
        """Return the predicates that are constants."""
        return [part.predicate.value for part in self.patterns() if not part.predicate.variable]

    def things(self) -> Iterator[Node]:
        """Yield the constants that are no predicates."""
        for part in self.parts:
            nodes = part.nodes if isinstance(part, Values) else (part.subject, part.object)
            yield from (node for node in nodes if not node.variable)

    def with_constants(self, values: dict[int, str]) -> Lookup:
        """Return the same lookup with other IRIs at these places of the text."""

        def changed(node: Node) -> Node:
            return Node(values[node.start], node.start) if node.start in values else node

        parts: list[Pattern | Values] = [
            Values(part.variable, tuple(changed(node) for node in part.nodes))
            if isinstance(part, Values)
            else Pattern(changed(part.subject), part.predicate, changed(part.object))
            for part in self.parts
        ]
        return replace(self, parts=parts)

    def constants(self) -> Iterator[Node]:
        """Yield the constants of the group, those of predicates too."""
        for part in self.parts:
            nodes = part.nodes if isinstance(part, Values) else (part.subject, part.predicate, part.object)
            yield from (node for node in nodes if not node.variable)


class _NoLookupError(Exception):
    """The text is something else, perhaps a query for a worker."""


def recognise(text: str) -> Lookup | None:
    """Return what the query looks up, or None when it is no lookup; takes time linear in the text."""
    if len(text) > LONGEST or "service" in text.lower():
        return None
    try:
        return _Reader(text).query()
    except _NoLookupError:
        return None


class _Reader:
    """Reads the tokens of one text from left to right, one ahead."""

    def __init__(self, text: str) -> None:
        self._tokens = self._split(text)
        self._prefixes: dict[str, str] = {}
        self._found = Lookup()
        self.kind, self.token, self.start = "", "", 0
        self._step()

    def _split(self, text: str) -> Iterator[tuple[str, str, int]]:
        position = 0
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise _NoLookupError
            if match.lastgroup != "skip":
                yield str(match.lastgroup), match.group(), position
            position = match.end()

    def _step(self) -> str:
        before = self.token
        self.kind, self.token, self.start = next(self._tokens, ("end", "", -1))
        return before

    def _word(self, *words: str) -> bool:
        if self.kind == "word" and self.token.lower() in words:
            self._step()
            return True
        return False

    def _sign(self, sign: str) -> bool:
        if self.kind == "sign" and self.token == sign:
            self._step()
            return True
        return False

    def _need(self, right: object) -> None:
        if not right:
            raise _NoLookupError

    def query(self) -> Lookup:
        """Read the whole text."""
        while self._word("prefix"):
            self._need(self.kind == "name" and self.token.endswith(":"))
            prefix = self._step()[:-1]
            self._need(not prefix.startswith(_KEYWORDS) and self.kind == "iri")
            self._prefixes[prefix] = self._step()[1:-1]
        found = self._found
        if self._word("select"):
            found.form = "select"
            found.distinct = self._word("distinct")
            if not self._sign("*"):
                self._need(self.kind == "var")
                while self.kind == "var":
                    self._step()
        else:
            self._need(self._word("ask"))
            found.form = "ask"
        self._word("where")
        self._need(self._sign("{"))
        while not self._sign("}"):
            self._item()
        if found.form == "select" and self._word("limit"):
            self._need(self.kind == "number")
            found.limit = int(self._step())
        self._need(self.kind == "end" and 1 <= len(found.patterns()) <= _PATTERNS)
        return found

    def _item(self) -> None:
        if self._word("filter"):
            self._language_filter()
        elif self._word("values"):
            self._values()
        else:
            self._triples()
            self._need(self._sign(".") or self.token in {"}", "FILTER", "filter", "Filter"})
            return
        self._sign(".")

    def _language_filter(self) -> None:
        """Read ``(LANG(?x) = "sv")`` or ``(LANGMATCHES(LANG(?x), "sv"))``."""
        self._need(self._sign("("))
        matches = self._word("langmatches")
        self._need(not matches or self._sign("("))
        self._need(self._word("lang") and self._sign("(") and self.kind == "var")
        self._step()
        self._need(self._sign(")") and self._sign("," if matches else "=") and self.kind == "text")
        self._step()
        self._need(self._sign(")") and (not matches or self._sign(")")))
        self._found.filters += 1
        self._need(self._found.filters <= _PATTERNS)

    def _values(self) -> None:
        """Read ``?x { <a> <b> }``."""
        self._need(self.kind == "var")
        variable, nodes = self._step(), []
        self._need(self._sign("{"))
        while not self._sign("}"):
            nodes.append(self._node())
            self._need(not nodes[-1].variable and len(nodes) <= _CONSTANTS)
        self._need(nodes and not any(isinstance(part, Values) for part in self._found.parts))
        self._found.parts.append(Values(variable, tuple(nodes)))

    def _triples(self) -> None:
        subject = self._node()
        self._need(subject.value[0] != '"')
        while True:
            predicate = Node(_RDF_TYPE) if self._word("a") else self._node()
            self._need(predicate.value[0] != '"')
            while True:
                pattern = Pattern(subject, predicate, self._node())
                names = [node.value for node in (subject, predicate, pattern.object) if node.variable]
                self._need(len(set(names)) == len(names))
                self._found.parts.append(pattern)
                self._need(len(self._found.parts) <= _PATTERNS + 1)
                if not self._sign(","):
                    break
            if not self._sign(";"):
                return
            self._need(self.kind != "sign")

    def _node(self) -> Node:
        kind, start, token = self.kind, self.start, self._step()
        if kind in {"var", "text"}:
            return Node(token)
        if kind == "iri":
            return Node(token[1:-1], start)
        self._need(kind == "name")
        prefix, _, local = token.partition(":")
        self._need(prefix in self._prefixes)
        return Node(self._prefixes[prefix] + local)
