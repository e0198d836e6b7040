"""The gate: screen the data by compiled SPARQL, then let pySHACL report on what the screen found.

pySHACL is the authority and writes the report; the screen only says where to look, and that everywhere
else all is well. pySHACL gets small graphs: the neighbourhood of some hundred nodes at a time, with the
shapes' targets replaced by exactly these nodes (its own `focus_nodes` argument is never used: it reports
conformance for nested shapes that are violated).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import rdflib

from ecograph.errors import EcographError
from ecograph.store.graph import BlankNode, Graph, MemoryGraph, Term, Triple
from ecograph.tables.batch import Severity
from ecograph.validation.authority import quiet_literals, run_pyshacl
from ecograph.validation.compile import compile_shapes
from ecograph.validation.errors import NotCompiledError
from ecograph.validation.neighbourhood import extract, whole
from ecograph.validation.results import Result, read_results, screen_result
from ecograph.validation.scope import Classes
from ecograph.validation.screen import Progress, Screening, screen
from ecograph.validation.shapes import Shape, Shapes, load_shapes
from ecograph.validation.statistics import Statistics

Job = list[tuple[Shape, set[Term]]]
"""What goes to pySHACL together: shapes, each with its focus nodes."""


@dataclass(slots=True)
class Report:
    """What the gate found.

    `results` holds pySHACL's results; of a constraint that more nodes violate than are reported in
    full, the rest as results of the screen alone (`Result.detailed` is false, their number is `undetailed`).
    """

    results: list[Result] = field(default_factory=list)
    screened: int = 0
    """How many constraints ran as compiled queries."""
    uncompiled: list[tuple[str, str]] = field(default_factory=list)
    """Shapes that went to pySHACL whole, or that it failed at, each with what happened."""
    nodes: int = 0
    """How many nodes the screen found."""
    undetailed: int = 0
    unconfirmed: int = 0
    """Nodes that the screen found and pySHACL, having read them in full, did not."""
    graph: rdflib.Graph = field(default_factory=rdflib.Graph)
    """pySHACL's own reports, merged."""

    @property
    def conforms(self) -> bool:
        """Whether there is no result at all (as SHACL has it: a warning is a result too)."""
        return not self.results

    def of(self, severity: Severity) -> list[Result]:
        """Return the results of one severity."""
        return [result for result in self.results if result.severity == severity]


def validate(
    graph: Graph,
    shapes: Shapes | None = None,
    *,
    context: Graph | None = None,
    batch: Sequence[str] | None = None,
    detail: int = 500,
    chunk: int = 500,
    progress: Progress | None = None,
) -> Report:
    """Validate the nodes of a graph against shapes.

    Parameters
    ----------
    graph: the data, with what it refers to, the subclass statements of the ontology included.
    shapes: ecograph's own where none are given.
    context: what the data refer to, if it stands in another graph (both are copied into one).
    batch: the named graphs whose nodes are validated; None for all.
    detail: how many nodes of each constraint pySHACL reports in full; the rest are reported by the screen.
    chunk: how many nodes go to pySHACL at a time.
    progress: called with stage ("screen", "report"), done, total.
    """
    shapes = shapes or load_shapes()
    if context is not None:
        graph = MemoryGraph([*graph.quads(), *context.quads()])
    classes = Classes.of(graph)
    compilation = compile_shapes(shapes, classes, batch, Statistics(graph))
    screening = screen(graph, compilation, progress)
    report = Report(
        screened=screening.screened,
        uncompiled=[(str(left.root.node), left.reason) for left, _ in screening.whole],
        nodes=len(screening.nodes()),
    )
    full = _in_full(screening, detail)
    with quiet_literals():
        _report_full(graph, shapes, full, screening, report, chunk, progress)
    confirmed = {result.focus for result in report.results}
    read = {text(bad) for found in screening.found for node, bad in found.pairs if node in full}
    report.unconfirmed = len(read - confirmed)
    beyond: set[Term] = set()
    for found in screening.found:
        rest = {bad for node, bad in found.pairs if node not in full}
        beyond |= rest
        name = shapes.name(found.constraint.source.node)
        report.results.extend(screen_result(text(node), found.constraint, name) for node in rest)
    report.undetailed = len(beyond)
    report.results.sort(key=lambda result: (result.focus, result.shape, result.component, result.value or ""))
    return report


def text(term: Term) -> str:
    """Return the IRI or value of a term, or ``_:label`` of a blank node."""
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


def _in_full(screening: Screening, detail: int) -> set[Term]:
    """Return the nodes for a full report: of each constraint the first `detail` in order of their names."""
    full: set[Term] = set()
    for found in screening.found:
        full.update(sorted(found.nodes, key=str)[:detail])
    return full


def _report_full(
    graph: Graph,
    shapes: Shapes,
    nodes: set[Term],
    screening: Screening,
    report: Report,
    chunk: int,
    progress: Progress | None,
) -> None:
    jobs = list(_jobs(shapes, nodes, screening, chunk))
    for number, job in enumerate(jobs, start=1):
        _report_job(graph, shapes, job, screening, report)
        if progress:
            progress("report", number, len(jobs))


def _report_job(graph: Graph, shapes: Shapes, job: Job, screening: Screening, report: Report) -> None:
    try:
        data = extract(graph, shapes, job)
    except NotCompiledError as error:
        report.uncompiled.append((str(job[0][0].node), f"pySHACL read the whole graph: {error}"))
        data = whole(graph)
    try:
        answer = run_pyshacl(data, shapes, job)
    except EcographError as error:
        if len(job) > 1:
            for one in job:
                _report_job(graph, shapes, [one], screening, report)
            return
        # rdflib fails at some values, for instance at SUM over an ill-typed number; the screen's word stands
        shape, nodes = job[0]
        kept = list(_by_screen(shapes, shape, nodes, screening))
        if not kept:
            raise
        report.uncompiled.append(
            (shapes.name(shape.node), f"the screen alone, for {len(nodes)}: {error.message}")
        )
        report.results.extend(kept)
        return
    report.results.extend(read_results(answer, shapes))
    report.graph += answer


def _by_screen(shapes: Shapes, shape: Shape, nodes: set[Term], screening: Screening) -> Iterator[Result]:
    for found in screening.found:
        if found.constraint.root.node == shape.node:
            name = shapes.name(found.constraint.source.node)
            for bad in {bad for node, bad in found.pairs if node in nodes}:
                yield screen_result(text(bad), found.constraint, name)


def _jobs(shapes: Shapes, nodes: set[Term], screening: Screening, chunk: int) -> Iterator[Job]:
    """Yield what goes to pySHACL together: shapes, each with those of the nodes that it found."""
    by_shape = screening.by_shape()
    ordered = sorted(nodes, key=str)
    for start in range(0, len(ordered), chunk):
        some = set(ordered[start : start + chunk])
        wanted = [(shapes.shape(node), found & some) for node, found in by_shape.items()]
        yield [(root, focus) for root, focus in wanted if focus]
    for left, focus in screening.whole:
        for start in range(0, len(focus), chunk):
            yield [(left.root, set(focus[start : start + chunk]))]
