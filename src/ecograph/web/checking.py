"""The process that checks one file that a visitor sent: bounded in time and memory, without network.

``python -m ecograph.web.checking ORDER`` reads an order (JSON): file, workspace, language, table, report and
the limits. It writes ``result.json`` beside the order and, for a report that is a file, ``report``. Whoever
starts it owns the directory and removes it.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any, cast

from ecograph.check import Checked, check_files
from ecograph.config import load_workspace
from ecograph.errors import EcographError, SourceError
from ecograph.sources.guess import guess
from ecograph.store.confine import close_network, end_with_parent, limit_memory
from ecograph.tables.personal import mask
from ecograph.validation.figures import sentences
from ecograph.validation.findings import counts
from ecograph.validation.quarantine import write_quarantine_csv
from ecograph.validation.report import Language, coverage, in_order, told
from ecograph.validation.report import to_json as json_report
from ecograph.validation.report import to_turtle as turtle_report
from ecograph.validation.workbook import annotate

RESULT, REPORT = "result.json", "report"
_CONFORMS = """@prefix sh: <http://www.w3.org/ns/shacl#> .

[] a sh:ValidationReport ; sh:conforms true .
"""
"""The report when no shape has anything to say of the rows that could be read."""


def main(arguments: list[str]) -> int:
    """Check as the order says; 0 when there is a result, also one that says why the file cannot be read."""
    order_path = Path(arguments[0])
    order: dict[str, Any] = json.loads(order_path.read_text(encoding="utf-8"))
    end_with_parent()
    limit_memory(order["memory"])
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"] + 1))
    close_network()
    result = answer(order, order_path.parent)
    (order_path.parent / RESULT).write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    return 0


def answer(order: dict[str, Any], place: Path) -> dict[str, Any]:
    """Check the file of an order and write the report it asks for into `place`.

    Returns
    -------
    Either ``wrong`` (``unknown``: nothing tells which table the file is; ``unreadable``) with a message and
    a remedy in English, or what the check came to, its findings told in the order's language.
    """
    file, language, table = Path(order["file"]), cast(Language, order["language"]), order["table"] or None
    try:
        if table is None:
            guess(file)
    except SourceError as error:
        return _wrong("unknown", error, place)
    try:
        workspace = load_workspace(Path(order["workspace"]))
        # Every table of the workspace itself stays in the check; a file of the same name only joins it.
        checked = check_files([file], workspace, table=table)
        _report(checked, order["report"], place / REPORT, language)
    except EcographError as error:
        return _wrong("unreadable", error, place)
    return _told(checked, language)


def _wrong(kind: str, error: EcographError, place: Path) -> dict[str, Any]:
    row = error.place.row if error.place else None
    return {
        "wrong": kind,
        "message": error.message.replace(f"{place}/", ""),
        "remedy": error.remedy.replace(f"{place}/", ""),
        "row": row,
    }


def _report(checked: Checked, report: str, target: Path, language: Language) -> None:
    if report == "xlsx":
        said = sentences(checked.rows, checked.figures, language)
        with target.open("wb") as out:
            annotate(checked.files, checked.findings, out, language, said)
    elif report == "json":
        target.write_text(json_report(checked.findings, checked.report, language), encoding="utf-8")
    elif report == "turtle":
        target.write_text(turtle_report(checked.report).strip() or _CONFORMS, encoding="utf-8")
    elif report == "csv":
        write_quarantine_csv(target, in_order(checked.findings))


def _told(checked: Checked, language: Language) -> dict[str, Any]:
    numbers: dict[str, int] = {}
    for number in counts(checked.findings).values():
        for name, count in number.items():
            numbers[name] = numbers.get(name, 0) + count
    return {
        "sentences": sentences(checked.rows, checked.figures, language),
        "coverage": coverage(checked.report, language),
        "counts": numbers,
        "rows": checked.rows,
        "read": checked.figures.get("rows-read", 0),
        "findings": [
            {
                "severity": one.severity,
                "sheet": one.place.sheet or "",
                "row": one.place.row,
                "column": one.place.column or "",
                "message": mask(told(one, language)[0]),
                "remedy": mask(told(one, language)[1]),
            }
            for one in in_order(checked.findings)
        ],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
