"""A query worker: one killable process that parses, plans and runs visitors' queries on a published build.

``python -m ecograph.store.worker SOCKET SPOOL MEMORY STATE [RELAY]`` connects to the web process and answers
one job at a time. It imports only what it needs, so that a replacement is ready in a fraction of a second.
With RELAY, ``port/token``, it may call other servers, but only through the relay at that port.
"""

from __future__ import annotations

import codecs
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from ecograph.store.confine import close_network, end_with_parent, limit_memory, only_port
from ecograph.store.lease import hold
from ecograph.store.protocol import messages, pack
from ecograph.store.refusals import RefusedError, ontology_terms, require_graph, syntax, unknown_terms
from ecograph.store.spool import Spool, TooLargeError
from ecograph.store.tokens import Findings, scan

_RESULTS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "excel": QueryResultsFormat.CSV,
}
_GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
_ROW_MARKS = {
    "json": (b'"}},{"', 1),
    "xml": (b"<result>", 0),
    "csv": (b"\r\n", -1),
    "excel": (b"\r\n", -1),
    "tsv": (b"\n", -1),
}
"""What stands once between or in any two rows and never inside a value (in CSV: hardly ever), and what to add
to its count to get the number of rows."""


class Worker:
    """Runs jobs on the builds they name; keeps the two last used open.

    Parameters
    ----------
    spool: the private directory of large results.
    relay: ``port/token`` of the relay to other servers, or nothing.
    """

    def __init__(self, spool: Path, relay: str = "") -> None:
        self._spool, self._relay = spool, relay
        self._open: dict[str, tuple[Store, int]] = {}
        self._terms: dict[str, list[str]] = {}
        self._count = 0
        self.spent = False
        """Whether this process ought to end after its answer."""

    def warm(self, state: Path) -> None:
        """Open the build that is served now, so that the first query need not wait for it."""
        with suppress(OSError, RefusedError):
            path = str(state / "builds" / (state / "current").readlink().name)
            self._terms[path] = ontology_terms(self._store(path))

    def answer(self, job: dict[str, Any], query: str) -> bytes:
        """Run one job and return the frame of its answer; never raises for what is the sender's fault."""
        started = time.perf_counter()
        self._count += 1
        spool = Spool(self._spool / f"{os.getpid()}-{self._count}", job["max_bytes"], job["max_rows"])
        try:
            header = self._run(job, query, spool)
        except RefusedError as refusal:
            spool.discard()
            return pack(refusal.details)
        except TooLargeError:
            spool.discard()
            return pack({"error": "result-too-large"})
        except MemoryError:
            spool.discard()
            return pack({"error": "out-of-memory"})
        except BaseException as panic:
            # A fault of the engine's own (a Rust panic) is no Exception; this process is not trusted on.
            if type(panic).__name__ != "PanicException":
                raise
            spool.discard()
            self.spent = True
            return pack({"error": "not-supported"})
        spool.finish()
        header["ms"] = round((time.perf_counter() - started) * 1000, 3)
        header["size"] = spool.size
        if job.get("explain"):
            self._explain(header, job, query, spool)
        if spool.file is not None:
            header["file"] = spool.path.name
        return pack(header, bytes(spool.memory))

    def _run(self, job: dict[str, Any], query: str, spool: Spool) -> dict[str, Any]:
        began = time.perf_counter()
        found = scan(query, job["base"])
        store = self._store(job["build"])
        unknown = unknown_terms(found, self._known_terms(job["build"]), query) if found.terms else []
        more = {"unknown_terms": unknown} if unknown else {}
        text = self._redirected(query, found, job) if found.service else query
        for graph in job["default"] + job["named"] or found.graphs:
            require_graph(store, graph)
        planned = ran = scanned = time.perf_counter()
        try:
            answer = store.query(text, base_iri=job["base"], **_dataset(job, found))
            planned = time.perf_counter()
            form, wanted = _form(answer, job)
            if form == "select":
                spool.count(*_ROW_MARKS[wanted[1]])
            if wanted[1] == "excel":  # which takes a CSV file for UTF-8 by its byte-order mark only
                spool.write(codecs.BOM_UTF8)
            formats: dict[str, Any] = _GRAPHS if form == "graph" else _RESULTS
            answer.serialize(cast(IO[bytes], spool), format=formats[wanted[1]])
            ran = time.perf_counter()
        except SyntaxError as error:
            refusal = syntax(error if text == query else _original_error(query, job, error), query, found)
            refusal.details |= more
            raise refusal from error
        except OSError as error:
            kind = "service-failed" if found.service else "engine"
            raise RefusedError(kind, detail=_without_relay(str(error))) from error
        except ValueError as error:
            raise RefusedError("malformed", detail=str(error)) from error
        except RuntimeError as error:
            raise RefusedError("not-supported", detail=str(error)) from error
        times = {"scan": scanned - began, "parse and plan": planned - scanned, "run": ran - planned}
        return {
            "form": form,
            "type": wanted[0],
            "volatile": found.volatile or found.service,
            "stages": {stage: round(taken * 1000, 3) for stage, taken in times.items()},
            **({"rows": spool.rows} if form == "select" else {}),
            **more,
        }

    def _explain(self, header: dict[str, Any], job: dict[str, Any], query: str, spool: Spool) -> None:
        """Replace the result by what is known of the query."""
        from ecograph.store.explain import algebra

        spool.discard()
        spool.file = None
        spool.memory.clear()
        header["algebra"] = algebra(query, job["base"])
        header["pid"] = os.getpid()

    def _redirected(self, query: str, found: Findings, job: dict[str, Any]) -> str:
        """Return the query with each SERVICE leading to the relay.

        Raises
        ------
        RefusedError: when calls are off, or one leads elsewhere than the list allows.
        """
        allowed: list[str] = job.get("services", [])
        if not self._relay or not allowed:
            raise RefusedError("service-refused")
        if found.calls != len(found.services) or any(each.endpoint not in allowed for each in found.services):
            raise RefusedError("service-refused", allowed=allowed)
        if found.nested:  # it would be sent away with the relay's secret in it
            raise RefusedError("service-refused", allowed=allowed, nested=True)
        port, token = self._relay.split("/")
        for service in reversed(found.services):
            target = f"<http://127.0.0.1:{port}/{token}/{allowed.index(service.endpoint)}>"
            query = f"{query[: service.start]}{target} {query[service.end :]}"
        return query

    def _known_terms(self, path: str) -> list[str]:
        if path not in self._terms:
            self._terms = {path: ontology_terms(self._store(path))}
        return self._terms[path]

    def _store(self, path: str) -> Store:
        if path not in self._open:
            while len(self._open) > 1:
                _, lease = self._open.pop(next(iter(self._open)))
                os.close(lease)
            try:
                lease = hold(Path(path))
                self._open[path] = Store.read_only(str(Path(path) / "store")), lease
            except OSError as error:
                raise RefusedError("build-missing", detail=str(error)) from error
        return self._open[path][0]


def _dataset(job: dict[str, Any], found: Findings) -> dict[str, Any]:
    """The protocol's dataset overrides FROM; without either the default graph is the union of all."""
    if not job["default"] and not job["named"]:
        return {} if found.graphs else {"use_default_graph_as_union": True}
    return {
        "default_graph": [NamedNode(graph) for graph in job["default"]],
        "named_graphs": [NamedNode(graph) for graph in job["named"]],
    }


def _form(answer: Any, job: dict[str, Any]) -> tuple[str, list[str]]:
    if isinstance(answer, QuerySolutions):
        form = "select"
    elif isinstance(answer, QueryBoolean):
        form = "ask"
    else:
        assert isinstance(answer, QueryTriples)
        form = "graph"
    wanted = job["types"][form]
    if wanted is None:
        raise RefusedError("not-acceptable", form=form)
    return form, wanted


def _original_error(query: str, job: dict[str, Any], error: SyntaxError) -> SyntaxError:
    """The error with the places of the text as it was sent; parsing calls nobody."""
    try:
        Store().query(query, base_iri=job["base"])
    except SyntaxError as original:
        return original
    return error


def _without_relay(message: str) -> str:
    """The reason that the relay gave, without its address."""
    return message.rpartition("payload:\n")[2].strip() or message


def main(arguments: list[str]) -> int:
    """Serve jobs until the web process closes the connection; return the exit code."""
    address, spool, memory, state, *relay = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole group; the supervisor ends us
    end_with_parent()
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    deadline = time.monotonic() + 60
    while True:
        try:
            connection.connect(address)
            break
        except OSError:
            if time.monotonic() > deadline:
                return 1
            time.sleep(0.02)
    worker = Worker(Path(spool), *relay)
    worker.warm(Path(state))
    confined = only_port(int(relay[0].split("/")[0])) if relay else close_network()
    limit_memory(int(memory))
    connection.sendall(pack({"pid": os.getpid(), "confined": confined}))
    try:
        for job, body in messages(connection):
            connection.sendall(worker.answer(job, body.decode("utf-8")))
            if worker.spent:
                return 1
    except (BrokenPipeError, ConnectionResetError):
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
