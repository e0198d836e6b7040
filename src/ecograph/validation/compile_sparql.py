"""SPARQL constraints (SHACL §5): their SELECT with the candidates in place of the pre-bound ``$this``.

Pre-binding reaches every group of a query; a join from outside reaches none that is evaluated by
itself. So the candidates are put into the outermost group and into every group of a UNION, a
sub-SELECT or a plain pair of braces; the groups of OPTIONAL and EXISTS see the variable as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import rdflib
from rdflib import OWL, RDF, SH

from ecograph.store.graph import MemoryGraph
from ecograph.validation.errors import NotCompiledError
from ecograph.validation.scope import Scope
from ecograph.validation.shapes import Constraint, Shape

_TOKEN = re.compile(
    r"""(?P<text>\"\"\".*?\"\"\"|'''.*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')"""
    r"""|(?P<iri><[^<>"{}|^`\\\s]*>)|(?P<comment>\#[^\n]*)|(?P<variable>[?$]\w+)"""
    r"""|(?P<word>[A-Za-z_][\w:.-]*)|(?P<open>\{)|(?P<close>\})|(?P<space>\s+)|(?P<other>.)""",
    re.DOTALL,
)
_SEEING = {"OPTIONAL", "EXISTS"}


def query_text(graph: rdflib.Graph, node: rdflib.term.Node, path: str | None) -> str:
    """Return the SELECT of a SPARQL constraint with its prefixes, and its ``$PATH`` filled in.

    Raises
    ------
    NotCompiledError: when the constraint has no SELECT or names ``$shapesGraph`` or ``$currentShape``.
    """
    select = graph.value(node, SH.select)
    if select is None:
        raise NotCompiledError("a SPARQL constraint has no sh:select")
    text = str(select)
    if re.search(r"[?$](shapesGraph|currentShape)\b", text):
        raise NotCompiledError("a SPARQL constraint reads the shapes graph")
    if re.search(r"[?$]PATH\b", text):
        if path is None:
            raise NotCompiledError("a node shape's SPARQL constraint uses $PATH")
        text = re.sub(r"[?$]PATH\b", lambda _: path, text)
    prefixes: dict[str, str] = {}
    # pySHACL lets the prefixes of every ontology of the shapes graph hold as well
    holders = [*graph.subjects(RDF.type, OWL.Ontology), *graph.objects(node, SH.prefixes)]
    for holder in holders:
        for ontology in graph.transitive_objects(holder, OWL.imports):
            for item in graph.objects(ontology, SH.declare):
                prefixes[str(graph.value(item, SH.prefix))] = str(graph.value(item, SH.namespace))
    return "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in sorted(prefixes.items())) + text


def _sparql(scope: Scope, shape: Shape, constraint: Constraint) -> str:
    node = constraint.values[0]
    graph = scope.shapes.graph
    deactivated = graph.value(node, SH.deactivated)
    if isinstance(deactivated, rdflib.Literal) and deactivated.value is True:
        return ""
    text = query_text(graph, node, None if shape.path is None else str(shape.path))
    select = _expanded(text)
    heads = re.findall(r"\bSELECT\b([^{]*)", select, re.IGNORECASE)
    if not heads or not all(re.search(r"[?$]this\b", head) for head in heads):
        raise NotCompiledError("a SELECT in a SPARQL constraint does not name $this")
    candidates = f"{{ SELECT DISTINCT {scope.focus} {{ {scope.candidates} }} }} "
    filled = _fill(select, candidates, scope.focus)
    query = f"{scope.candidates} {{ {filled} }}"
    try:
        MemoryGraph().select(f"SELECT DISTINCT {scope.focus} WHERE {{ {query} }}")
    except (SyntaxError, TypeError, RuntimeError) as error:
        raise NotCompiledError(f"a SPARQL constraint cannot be put into the screen ({error})") from error
    return query


def _expanded(text: str) -> str:
    """Return the query with its prefixed names written out, since it becomes a sub-SELECT."""
    prefixes: dict[str, str] = {}
    declaration = re.compile(r"^\s*PREFIX\s+([\w.-]*):\s*<([^>]*)>", re.IGNORECASE)
    while found := declaration.match(text):
        prefixes[found.group(1)] = found.group(2)
        text = text[found.end() :]
    out = []
    for token in re.finditer(
        r"""("{3}.*?"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>"{}|^`\\\s]*>|[?$]\w+)"""
        r"""|(\#[^\n]*)|(?<![\w:])([A-Za-z][\w.-]*)?:([\w](?:[\w.-]*[\w-])?)?|(.)""",
        text,
        re.DOTALL,
    ):
        if token.group(2):
            continue
        if token.group(1) or token.group(5):
            out.append(token.group(0))
            continue
        prefix = token.group(3) or ""
        out.append(f"<{prefixes[prefix]}{token.group(4) or ''}>" if prefix in prefixes else token.group(0))
    return "".join(out).strip()


def _fill(select: str, candidates: str, focus: str) -> str:
    """Put the candidates into each group that is evaluated by itself, and name ``$this`` as the focus."""
    out: list[str] = []
    last = ""
    seen_group = False
    for token in _TOKEN.finditer(select):
        kind = token.lastgroup
        text = token.group(0)
        if kind == "variable" and text[1:] == "this":
            out.append(focus)
        elif kind == "variable":
            out.append(f"?q_{text[1:]}")
        elif kind == "open":
            out.append(text)
            # the braces round a sub-SELECT are followed by its own group, which gets the candidates
            subselect = re.match(r"\s*SELECT\b", select[token.end() :], re.IGNORECASE) is not None
            if not subselect and last not in _SEEING:
                out.append(f" {candidates}")
            seen_group = True
        else:
            out.append(text)
        if kind == "word":
            word = text.upper()
            if word in {"MINUS", "VALUES", "SERVICE", "GRAPH"}:
                raise NotCompiledError(f"a SPARQL constraint uses {word}")
            last = word
        elif kind not in {"space", "comment"}:
            last = text
    if not seen_group:
        raise NotCompiledError("a SPARQL constraint has no WHERE")
    return "".join(out)


FAMILY: Mapping[str, Callable[[Scope, Shape, Constraint], str]] = {"sparql": _sparql}
"""The compiler of this module by constraint parameter; it returns "" where nothing can be in violation."""
