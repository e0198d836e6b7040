"""Check a file: what a build would make of a workbook or CSV that a visitor sends. Nothing of it is kept.

The file lies in a directory of its own while a process of its own reads it (`ecograph.web.checking`), bounded
in time, memory and number; the directory is removed before the answer leaves.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Response, abort, current_app, g, make_response, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from ecograph.model.iris import slug
from ecograph.tables.canonical import TABLES
from ecograph.tables.template import write_template
from ecograph.web.checking import REPORT, RESULT
from ecograph.web.explorer.asking import site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.upload import LARGEST, RefusedFileError, kind_of, safe_name

_SECONDS = 90
"""How long a check may take; what it may compute is half of that."""
_MEMORY = 2 << 30
_AT_ONCE = 2
"""Checks that run at the same time; one more is asked to come back."""
_SHOWN = 500
_FORM_OVERHEAD = 64 << 10
_REPORTS = {
    "page": ("text/html", ""),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "json": ("application/json", "json"),
    "turtle": ("text/turtle", "ttl"),
    "csv": ("text/csv", "csv"),
}
_STATUS = {
    "no-file": 400, "foreign": 403, "large": 413, "unknown": 422, "unreadable": 422, "busy": 503, "slow": 503,
}  # fmt: skip
_UNSUPPORTED = 415
_running = BoundedSemaphore(_AT_ONCE)


@explorer.get("/<any(sv,en):lang>/file-check")
def file_check() -> str:
    """The page with the form."""
    return _page(None, None)


@explorer.get("/<any(sv,en):lang>/file-check/template.xlsx")
def file_check_template() -> Response:
    """The workbook to fill in, with notes in the reader's language."""
    return _file(_template(g.lang), "xlsx", "ecograph-mall" if g.lang == "sv" else "ecograph-template")


@explorer.post("/<any(sv,en):lang>/file-check")
def file_check_answer() -> Response:
    """Check the file that was sent and answer with the page or the report that the form asks for."""
    result: dict[str, Any] | None = None
    try:
        report, table, name, content = _sent()
        result, made = _checked(report, table, name, content)
        if "wrong" in result:
            raise RefusedFileError(result["wrong"], f"{result['message']} {result['remedy']}".strip())
    except RefusedFileError as refused:
        return _answer(_page(None, refused), _STATUS.get(refused.kind, _UNSUPPORTED))
    if report == "page":
        return _answer(_page({**result, "name": name}, None), 200)
    stem = f"{slug(Path(name).stem)[:60] or 'file'}-{'granskad' if g.lang == 'sv' else 'checked'}"
    return _file(made, report, stem)


def _sent() -> tuple[str, str, str, bytes]:
    """Return report, table, name and content of what was sent.

    Raises
    ------
    RefusedFileError: when another site sent it, it is too large, or no file that can be checked.
    """
    if not _from_here():
        raise RefusedFileError("foreign")
    request.max_content_length = LARGEST + _FORM_OVERHEAD
    try:
        sent = request.files.get("file")
        report, table = request.form.get("report", "page"), request.form.get("table", "")
    except RequestEntityTooLarge:
        raise RefusedFileError("large") from None
    if report not in _REPORTS or (table and table not in TABLES):
        abort(400)
    if sent is None or not sent.filename:
        raise RefusedFileError("no-file")
    content = sent.stream.read(LARGEST + 1)
    sent.close()
    if len(content) > LARGEST:
        raise RefusedFileError("large")
    return report, table, safe_name(sent.filename, kind_of(content)), content


def _from_here() -> bool:
    """Say whether the form was sent from a page of this site, as far as the browser tells."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def _checked(report: str, table: str, name: str, content: bytes) -> tuple[dict[str, Any], bytes]:
    """Run the check in a process of its own and return its result and the report it made.

    Raises
    ------
    RefusedFileError: when too many checks run, or this one takes too much time or memory.
    """
    if not _running.acquire(blocking=False):
        raise RefusedFileError("busy")
    try:
        settings = current_app.extensions["ecograph-settings"]
        with tempfile.TemporaryDirectory(prefix="ecograph-check-", dir=settings.private or None) as directory:
            place = Path(directory)
            (place / name).write_bytes(content)
            order = {
                "file": str(place / name), "workspace": str(site().workspace.root.resolve()),
                "language": g.lang, "table": table, "report": report,
                "memory": _MEMORY, "seconds": max(1, _SECONDS // 2),
            }  # fmt: skip
            (place / "order.json").write_text(json.dumps(order), encoding="utf-8")
            _run(place / "order.json")
            if not (place / RESULT).is_file():
                raise RefusedFileError("slow")
            result = cast(dict[str, Any], json.loads((place / RESULT).read_text(encoding="utf-8")))
            made = (place / REPORT).read_bytes() if (place / REPORT).is_file() else b""
            return result, made
    finally:
        _running.release()


def _run(order: Path) -> None:
    # No setting or secret of ours is any business of a process that reads a stranger's file.
    kept = {"PATH", "PYTHONPATH", "HOME", "LANG", "LC_ALL", "TMPDIR"}
    environment = {name: value for name, value in os.environ.items() if name in kept}
    environment |= {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "TMPDIR": str(order.parent)}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "ecograph.web.checking", str(order)],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise RefusedFileError("slow") from None
    if done.returncode:
        # What stands in the file stays out of the log; the last line names the error.
        kind = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2].partition(":")[0]
        current_app.logger.warning("A file check ended with %s: %s", done.returncode, kind[:120])


def _page(result: dict[str, Any] | None, refused: RefusedFileError | None) -> str:
    return render_template(
        "file_check.html",
        result=result,
        refused=refused,
        shown=_SHOWN,
        largest=LARGEST,
        megabytes=LARGEST >> 20,
        seconds=_SECONDS,
        tables=[(name, t.label_sv if g.lang == "sv" else t.label_en) for name, t in TABLES.items()],
        table=request.form.get("table", "") if request.method == "POST" and result is not None else "",
        action=url_for("explorer.file_check_answer"),
    )


def _answer(content: str, status: int) -> Response:
    response = make_response(content, status)
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = "30"
    return response


def _file(content: bytes, report: str, stem: str) -> Response:
    mimetype, ending = _REPORTS[report]
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{stem}.{ending}"'
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    return response


@lru_cache(maxsize=2)
def _template(lang: str) -> bytes:
    out = io.BytesIO()
    write_template(out, (), "sv" if lang == "sv" else "en")
    return out.getvalue()
