"""A query worker: one killable process that parses, plans and runs visitors' queries on a published build.

``python -m ecograph.store.worker SOCKET SPOOL MEMORY STATE`` connects to the web process and answers one
job at a time. It imports only what it needs, so that a replacement is ready in a fraction of a second.
"""

from __future__ import annotations

import io
import os
import re
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from ecograph.store.confine import close_network, end_with_parent, limit_memory
from ecograph.store.lease import hold
from ecograph.store.protocol import messages, pack
from ecograph.store.tokens import Findings, scan

INLINE = 1 << 20
"""Results up to this many bytes go over the socket, larger ones to a spool file."""

_RESULTS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
_ROW_MARKS = {"json": (b'"}},{"', 1), "xml": (b"<result>", 0), "csv": (b"\r\n", -1), "tsv": (b"\n", -1)}
"""What stands once between or in any two rows and never inside a value (in CSV: hardly ever), and what to add
to its count to get the number of rows."""
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class TooLargeError(Exception):
    """The result exceeds the limit of bytes or rows."""


class RefusedError(Exception):
    """The job is answered with an error: a kind that the web process knows, and details."""

    def __init__(self, kind: str, **details: Any) -> None:
        super().__init__(kind)
        self.details = {"error": kind, **details}


class Spool(io.RawIOBase):
    """Collects a result in memory and beyond `INLINE` in a file; refuses more than the limits allow."""

    def __init__(self, path: Path, max_bytes: int, max_rows: int) -> None:
        self.size = 0
        self.path = path
        self.memory = bytearray()
        self.file: io.FileIO | None = None
        self._max_bytes, self._max_rows, self._mark = max_bytes, max_rows, b""
        self._rows, self._tail = 0, b""

    def count(self, mark: bytes, more: int) -> None:
        """Count rows from now on: the occurrences of `mark`, and `more`."""
        self._mark, self._rows = mark, more

    def write(self, data: Any) -> int:
        """Take a piece of the result.

        Raises
        ------
        TooLargeError: when a limit is passed.
        """
        piece = bytes(data)
        self.size += len(piece)
        if self._mark:
            seen = self._tail + piece
            self._rows += seen.count(self._mark)
            self._tail = seen[len(seen) - len(self._mark) + 1 :] if len(self._mark) > 1 else b""
        if self.size > self._max_bytes or self._rows > self._max_rows:
            raise TooLargeError
        if self.file is None and self.size > INLINE:
            self.file = io.FileIO(self.path, "w")
            self.file.write(self.memory)
            self.memory.clear()
        if self.file is None:
            self.memory += piece
        else:
            self.file.write(piece)
        return len(piece)

    def finish(self) -> None:
        """Close the file, if there is one."""
        if self.file is not None:
            self.file.close()

    def discard(self) -> None:
        """Throw away what has been collected."""
        self.finish()
        if self.file is not None:
            self.path.unlink(missing_ok=True)


class Worker:
    """Runs jobs on the builds they name; keeps the two last used open."""

    def __init__(self, spool: Path) -> None:
        self._spool = spool
        self._open: dict[str, tuple[Store, int]] = {}
        self._count = 0
        self.spent = False
        """Whether this process ought to end after its answer."""

    def warm(self, state: Path) -> None:
        """Open the build that is served now, so that the first query need not wait for it."""
        with suppress(OSError, RefusedError):
            self._store(str(state / "builds" / (state / "current").readlink().name))

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
            # A fault of the engine's own (Rust panic) is no Exception in Python; the process is not trusted on.
            if type(panic).__name__ != "PanicException":
                raise
            spool.discard()
            self.spent = True
            return pack({"error": "not-supported"})
        spool.finish()
        header["ms"] = round((time.perf_counter() - started) * 1000, 3)
        header["size"] = spool.size
        if spool.file is not None:
            header["file"] = spool.path.name
        return pack(header, bytes(spool.memory))

    def _run(self, job: dict[str, Any], query: str, spool: Spool) -> dict[str, Any]:
        found = scan(query, job["base"])
        if found.service:
            raise RefusedError("service-refused")
        store = self._store(job["build"])
        asked = job["default"] + job["named"] or found.graphs
        for graph in asked:
            _known(store, graph)
        try:
            answer = store.query(query, base_iri=job["base"], **_dataset(job, found))
            form, wanted = _form(answer, job)
            if form == "select":
                spool.count(*_ROW_MARKS[wanted[1]])
            formats: dict[str, Any] = _GRAPHS if form == "graph" else _RESULTS
            answer.serialize(cast(IO[bytes], spool), format=formats[wanted[1]])
        except SyntaxError as error:
            raise _syntax(error, query, found) from error
        except OSError as error:
            raise RefusedError("engine", detail=str(error)) from error
        except ValueError as error:
            raise RefusedError("malformed", detail=str(error)) from error
        return {"form": form, "type": wanted[0], "volatile": found.volatile}

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


def _known(store: Store, graph: str) -> None:
    try:
        node = NamedNode(graph)
    except ValueError as error:
        raise RefusedError("malformed", detail=f"{graph!r} is not an absolute IRI") from error
    if not store.contains_named_graph(node):
        names = sorted(name.value for name in store.named_graphs() if not isinstance(name, DefaultGraph))
        raise RefusedError("unknown-graph", graph=graph, known=names[:50])


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


def _syntax(error: SyntaxError, query: str, found: Findings) -> RefusedError:
    match = _POSITION.match(str(error))
    if match is None:
        return RefusedError("syntax", line=1, column=1, detail=str(error), prefixes=found.unknown_prefixes)
    line, column = int(match[1]), int(match[2])
    lines = query.split("\n")
    text = lines[line - 1] if line <= len(lines) else ""
    start = max(0, column - 60)
    return RefusedError(
        "syntax",
        line=line,
        column=column,
        detail=_readable(match[3]),
        excerpt=text[start : start + 120].rstrip("\r"),
        caret=column - 1 - start,
        prefixes=found.unknown_prefixes,
    )


def _readable(expected: str) -> str:
    """Shorten the parser's list of expectations: character classes say nothing to a reader."""
    if not expected.startswith("expected one of "):
        return expected
    words = [
        word
        for word in re.split(r",\s+", re.sub(r"\[[^\]]*\](?:\s*\|[^,]*)?", "", expected[16:]))
        if word.strip() and not re.match(r"[|'\\]", word.strip())
    ]
    return "expected one of " + ", ".join(words[:12]) if words else "this is not expected here"


def main(arguments: list[str]) -> int:
    """Serve jobs until the web process closes the connection; return the exit code."""
    address, spool, memory, state = arguments
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
    worker = Worker(Path(spool))
    worker.warm(Path(state))
    confined = close_network()
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
