"""Findings and reports as text for the terminal, JSON, HTML and SHACL Turtle, in Swedish or English."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

from ecograph.tables.batch import Finding, Severity
from ecograph.validation.findings import counts
from ecograph.validation.gate import Report

Language = Literal["sv", "en"]

_WORDS: dict[Language, dict[str, str]] = {
    "sv": {
        "title": "Granskning mot formerna", "none": "Inga avvikelser.", "source": "Källa", "file": "Fil",
        "sheet": "Blad", "row": "Rad", "column": "Kolumn", "severity": "Allvar", "message": "Vad som är fel",
        "remedy": "Åtgärd", "violation": "avvikelse", "warning": "varning", "info": "upplysning",
        "violations": "avvikelser", "warnings": "varningar", "infos": "upplysningar",
        "row_out": "rad till karantän", "rows_out": "rader till karantän", "more": "och {n} till",
        "coverage": "{screened} villkor prövade på alla poster; {nodes} poster lästa av pySHACL.",
        "undetailed": "{n} poster utöver gränsen är bara prövade, inte redovisade i detalj.",
        "whole": "Prövad av pySHACL i sin helhet: {shape} ({reason})",
    },
    "en": {
        "title": "Check against the shapes", "none": "No violations.", "source": "Source", "file": "File",
        "sheet": "Sheet", "row": "Row", "column": "Column", "severity": "Severity",
        "message": "What is wrong", "remedy": "Remedy",
        "violation": "violation", "warning": "warning", "info": "note",
        "violations": "violations", "warnings": "warnings", "infos": "notes",
        "row_out": "row to quarantine", "rows_out": "rows to quarantine", "more": "and {n} more",
        "coverage": "{screened} constraints checked on all records; {nodes} records read by pySHACL.",
        "undetailed": "{n} records beyond the limit are checked only, not reported in detail.",
        "whole": "Checked by pySHACL whole: {shape} ({reason})",
    },
}  # fmt: skip
_ORDER: dict[Severity, int] = {"violation": 0, "warning": 1, "info": 2}
_STYLE: dict[Severity, str] = {"violation": "bold magenta", "warning": "yellow", "info": "dim"}
_MARKS: dict[Severity, str] = {"violation": "▲", "warning": "△", "info": "·"}


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with the worst first, then by source, file, sheet and row."""
    return sorted(findings, key=_rank)


def _rank(one: Finding) -> tuple[int, str, str, str, int, str]:
    place = one.place
    return _ORDER[one.severity], one.source, place.file, place.sheet or "", place.row or 0, one.code


def told(finding: Finding, language: Language) -> tuple[str, str]:
    """Return message and remedy in one language."""
    if language == "sv":
        return finding.message_sv, finding.remedy_sv
    return finding.message_en, finding.remedy_en


def named(finding: Finding) -> str:
    """Return the file of a finding and, where no row is known, the thing: ``h2020, project/smart``."""
    node = finding.record.get("node", "")
    if finding.place.row is not None or not node:
        return finding.place.file
    return f"{finding.place.file}, {node.partition('/id/')[2] or node}"


def severity_word(severity: Severity, language: Language) -> str:
    """Return a severity in words: ``Avvikelse``, ``Warning``."""
    return _WORDS[language][severity].capitalize()


def told_counts(number: Mapping[str, int], language: Language) -> str:
    """Return counts by severity and of rows in quarantine: ``2 violations, 1 row to quarantine``."""
    words = _WORDS[language]
    parts = []
    for kind, one, many in (
        ("violation", "violation", "violations"),
        ("warning", "warning", "warnings"),
        ("info", "info", "infos"),
        ("rows", "row_out", "rows_out"),
    ):
        if number.get(kind):
            parts.append(f"{number[kind]} {words[one if number[kind] == 1 else many]}")
    return ", ".join(parts)


def coverage(report: Report, language: Language) -> list[str]:
    """Return the sentences that say what was checked, and by what."""
    words = _WORDS[language]
    lines = [words["coverage"].format(screened=report.screened, nodes=report.nodes - report.undetailed)]
    if report.undetailed:
        lines.append(words["undetailed"].format(n=report.undetailed))
    lines.extend(words["whole"].format(shape=shape, reason=reason) for shape, reason in report.uncompiled)
    return lines


def print_findings(
    findings: Sequence[Finding],
    console: Console,
    language: Language = "sv",
    report: Report | None = None,
    limit: int = 50,
) -> None:
    """Print findings as a table, worst first, at most `limit` of them and how many more there are."""
    words = _WORDS[language]
    if not findings:
        console.print(words["none"])
    else:
        table = Table(title=words["title"], title_justify="left", show_lines=False)
        for name in ("severity", "file", "row", "column", "message", "remedy"):
            table.add_column(words[name], justify="right" if name == "row" else "left", overflow="fold")
        for one in in_order(findings)[:limit]:
            place = one.place
            message, remedy = told(one, language)
            file = f"{place.file} [{place.sheet}]" if place.sheet else named(one)
            mark = f"{_MARKS[one.severity]} {words[one.severity]}"
            cells = (
                mark,
                file,
                "" if place.row is None else str(place.row),
                place.column or "",
                message,
                remedy,
            )
            table.add_row(*(_plain(cell) for cell in cells), style=_STYLE[one.severity])
        for source, number in counts(findings).items():
            console.print(f"{_plain(source)}: {told_counts(number, language)}")
        console.print(table)
        if len(findings) > limit:
            console.print(words["more"].format(n=len(findings) - limit))
    for line in coverage(report, language) if report is not None else ():
        console.print(_plain(line))


def _plain(text: str) -> str:
    """Return the text with the square brackets of rich's markup made harmless."""
    return text.replace("[", r"\[")


def to_json(
    findings: Sequence[Finding], report: Report | None = None, language: Language | None = None
) -> str:
    """Return findings as JSON: what was checked, counts by source, and one object a finding.

    Texts stand in both languages; where a language is given, in it once more as ``message`` and ``remedy``.
    """
    content: dict[str, Any] = {"counts": counts(findings)}
    if report is not None:
        content["checked"] = {
            "constraints": report.screened,
            "nodes_found": report.nodes,
            "nodes_not_detailed": report.undetailed,
            "whole_shapes": [{"shape": shape, "reason": reason} for shape, reason in report.uncompiled],
        }
    content["findings"] = [
        {
            "source": one.source,
            "file": one.place.file,
            "sheet": one.place.sheet,
            "row": one.place.row,
            "column": one.place.column,
            "severity": one.severity,
            "code": one.code,
            "message_sv": one.message_sv,
            "message_en": one.message_en,
            "remedy_sv": one.remedy_sv,
            "remedy_en": one.remedy_en,
            **(dict(zip(("message", "remedy"), told(one, language), strict=True)) if language else {}),
            "record": one.record,
        }
        for one in in_order(findings)
    ]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def to_html(
    findings: Sequence[Finding],
    language: Language = "sv",
    report: Report | None = None,
    sentences: Sequence[str] = (),
) -> str:
    """Return findings as a page by itself: sentences, counts by source, then one table, worst first."""
    words = _WORDS[language]
    lines = [f"<p>{escape(sentence)}</p>" for sentence in sentences]
    lines += [f"<p>{escape(line)}</p>" for line in (coverage(report, language) if report is not None else ())]
    for source, number in counts(findings).items():
        lines.append(f"<p><strong>{escape(source)}</strong>: {told_counts(number, language)}</p>")
    if findings:
        names = ("severity", "source", "file", "sheet", "row", "column", "message", "remedy")
        head = "".join(f'<th scope="col">{words[name]}</th>' for name in names)
        rows = "\n".join(_html_row(one, language) for one in in_order(findings))
        lines.append(f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>")
    else:
        lines.append(f"<p>{words['none']}</p>")
    return _PAGE.format(language=language, title=words["title"], body="\n".join(lines))


def _html_row(one: Finding, language: Language) -> str:
    place = one.place
    message, remedy = told(one, language)
    cells = (one.source, named(one), place.sheet or "", place.row or "", place.column or "", message, remedy)
    mark = f"{_MARKS[one.severity]} {_WORDS[language][one.severity]}"
    columns = "".join(f"<td>{escape(str(cell))}</td>" for cell in cells)
    return f'<tr class="{one.severity}"><td>{mark}</td>{columns}</tr>'


_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 "Source Sans 3", system-ui, sans-serif; margin: 2rem auto;
  max-width: 80rem; padding: 0 1rem }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border-bottom: 1px solid #bbb; padding: .35rem .6rem; text-align: left; vertical-align: top }}
tr.violation td:first-child {{ color: #8a1c7c; font-weight: 600 }}
</style></head>
<body><h1>{title}</h1>
{body}
</body></html>
"""


def to_turtle(report: Report) -> str:
    """Return pySHACL's validation reports, merged into one graph, as Turtle."""
    return report.graph.serialize(format="turtle")
