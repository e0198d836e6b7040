"""Parameters of questions: what may be chosen, and text from an asker turned into a term that fits.

Nothing that an asker writes reaches a query as text: a value is checked against its parameter, made a term,
and serialised by the term itself into the parameter's VALUES block.
"""

from __future__ import annotations

import difflib
import re

from ecograph.errors import QueryError
from ecograph.model.iris import Base
from ecograph.model.namespaces import PREFIXES, VOCABULARY
from ecograph.query.catalogue import UNDEF, Parameter
from ecograph.store.graph import Graph, Literal, NamedNode

Value = NamedNode | Literal | None
"""A bound parameter; None leaves it open (UNDEF)."""

LANGUAGES = {"sv": ("svenska", "Swedish"), "en": ("engelska", "English")}

LONGEST_TEXT = 1000
"""Characters of a text parameter; more is a mistake or an attack."""

_INTEGER = re.compile(r"^[+-]?[0-9]{1,18}$")
_YEAR = re.compile(r"^(19|20|21)[0-9]{2}$")


def choices(
    parameter: Parameter, graph: Graph, lang: str = "sv", *, base: Base | None = None
) -> list[tuple[str, str]]:
    """Return what may be chosen as (value, label), sorted by label; empty for numbers, years and text.

    A value is the local id of an instance under the base (``area/forest-bioeconomy``), the key of a concept
    (``academia``), a language, or a full IRI where neither fits.
    """
    if parameter.kind == "lang":
        return [(code, names[0 if lang == "sv" else 1]) for code, names in LANGUAGES.items()]
    if parameter.kind not in {"ref", "concept"}:
        return []
    labels: dict[str, str] = {}
    for row in graph.select(_members(parameter)).values():
        # The language asked for wins over the other, any label over the bare IRI.
        if row["member"] not in labels or row["language"] == lang:
            labels[row["member"]] = row["label"] or row["member"]
    found = [(_short(parameter, iri, base or Base()), label) for iri, label in labels.items()]
    return sorted(found, key=lambda choice: (choice[1].casefold(), choice[0]))


def bind(parameter: Parameter, text: str | None, graph: Graph, *, base: Base | None = None) -> Value:
    """Return the term that `text` means for `parameter`; the default when it is None or blank.

    Raises
    ------
    QueryError: names the parameter, what was given and what is allowed.
    """
    given = (parameter.default if text is None or not text.strip() else text).strip()
    if given == UNDEF:
        if parameter.optional:
            return None
        raise _refused(parameter, given, "a value is needed")
    if parameter.kind in {"ref", "concept"}:
        return _chosen(parameter, given, graph, base or Base())
    if parameter.kind == "lang":
        if given not in LANGUAGES:
            raise _refused(parameter, given, f"allowed are {', '.join(LANGUAGES)}")
        return Literal(given)
    if parameter.kind == "integer":
        if not _INTEGER.match(given):
            raise _refused(parameter, given, "a whole number is needed, such as 25")
        return Literal(int(given))
    if parameter.kind == "year":
        if not _YEAR.match(given):
            raise _refused(parameter, given, "a year of four digits is needed, such as 2020")
        return Literal(int(given))
    return _text(parameter, given)


def serialise(value: Value) -> str:
    """Return the value as it stands in a VALUES block."""
    return UNDEF if value is None else str(value)


def _text(parameter: Parameter, given: str) -> Literal:
    if len(given) > LONGEST_TEXT:
        raise _refused(parameter, given[:40] + "…", f"at most {LONGEST_TEXT} characters are allowed")
    if any("\ud800" <= character <= "\udfff" or character == "\0" for character in given):
        raise _refused(parameter, ascii(given), "it holds characters that are no text")
    return Literal(given)


def _chosen(parameter: Parameter, given: str, graph: Graph, base: Base) -> NamedNode:
    candidates = [given]
    if parameter.kind == "ref":
        candidates.append(base.instance(given))
    else:
        candidates += [f"{VOCABULARY}{parameter.target}/{given}", f"{VOCABULARY}{given}"]
    for candidate in candidates:
        node = _member(parameter, candidate, graph)
        if node is not None:
            return node
    members = {row["member"] for row in graph.select(_members(parameter)).values()}
    by_slug = [iri for iri in members if iri.rsplit("/", 1)[-1] == given]
    if len(by_slug) == 1:
        return NamedNode(by_slug[0])
    values = sorted(_short(parameter, iri, base) for iri in members)
    if by_slug:
        several = ", ".join(sorted(_short(parameter, iri, base) for iri in by_slug))
        raise _refused(parameter, given, f"it could mean any of {several}")
    raise _refused(parameter, given, _allowed(given, values))


def _member(parameter: Parameter, iri: str, graph: Graph) -> NamedNode | None:
    """The node, when `iri` is one and may be chosen; asked by itself, as a class may have many members."""
    try:
        node = NamedNode(iri)
    except ValueError:
        return None
    if parameter.kind == "ref":
        pattern = f"{node} a ?type . ?type <{PREFIXES['rdfs']}subClassOf>* <{parameter.target}>"
    else:
        pattern = f"{node} skos:inScheme ?scheme . FILTER(?scheme = <{VOCABULARY}{parameter.target}>)"
    return node if graph.select(f"SELECT * WHERE {{ {pattern} }} LIMIT 1").rows else None


def _allowed(given: str, values: list[str], shown: int = 12) -> str:
    if not values:
        return "the graph holds nothing to choose from; build the workspace first"
    if len(values) <= shown:
        return f"allowed are {', '.join(values)}"
    near = difflib.get_close_matches(given, values, n=5, cutoff=0.4) or values[:5]
    return f"{len(values)} values are allowed, among them {', '.join(near)}"


def _refused(parameter: Parameter, given: str, allowed: str) -> QueryError:
    return QueryError(
        f"The parameter {parameter.name} ({parameter.label_en}) cannot be {given!r}: {allowed}.",
        remedy=f"Give another value: --param {parameter.name}=VALUE",
    )


def _members(parameter: Parameter) -> str:
    """The query for what a parameter may be; subclasses count, whether or not they are materialised."""
    if parameter.kind == "ref":
        pattern = f"?type <{PREFIXES['rdfs']}subClassOf>* <{parameter.target}> . ?member a ?type ."
    else:
        pattern = f"?member skos:inScheme <{VOCABULARY}{parameter.target}> ."
    return f"""
        SELECT DISTINCT ?member ?label (LANG(?label) AS ?language) WHERE {{
          {pattern}
          OPTIONAL {{ ?member skos:prefLabel ?label }}
        }}"""


def _short(parameter: Parameter, iri: str, base: Base) -> str:
    if parameter.kind == "concept":
        return iri.removeprefix(f"{VOCABULARY}{parameter.target}/")
    return base.local(iri) or iri
