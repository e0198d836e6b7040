"""Data quality: what is known from where, what was kept out and why, what disagrees, what waits."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Response, g, render_template, request

from ecograph.errors import EcographError
from ecograph.identity.decisions import COLUMNS, read_decisions
from ecograph.tables.personal import mask
from ecograph.web.explorer.asking import Shown, ask, build, served, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.themes import coverage
from ecograph.web.explorer.unqueried import PAGE_ROWS, as_file, listing, page_number

_CONFLICTS_SHOWN = 20
_RULES_SHOWN = 100
SEVERITIES = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the build's quarantine.csv: what was found, where, how heavy, and how to mend it."""

    source: str
    place: str
    row: str
    column: str
    severity: str
    code: str
    message_sv: str
    message_en: str
    remedy_sv: str
    remedy_en: str

    def message(self, lang: str) -> str:
        """What is wrong, in Swedish (``sv``) or English."""
        return self.message_sv if lang == "sv" else self.message_en

    def remedy(self, lang: str) -> str:
        """How to mend it, in Swedish (``sv``) or English."""
        return self.remedy_sv if lang == "sv" else self.remedy_en


def findings(path: Path) -> list[Found]:
    """Read a build's quarantine.csv, the worst first; personal numbers are masked once more."""
    found = [] if not path.is_file() else list(_read(path))
    return sorted(found, key=lambda one: SEVERITIES.index(one.severity))


def _read(path: Path) -> Iterator[Found]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            masked = {name: mask(value or "") for name, value in row.items()}
            if masked["severity"] not in SEVERITIES:
                continue
            place = masked["file"] + (f" [{masked['sheet']}]" if masked["sheet"] else "")
            kept = ("source", "row", "column", "severity", "code", "message_sv", "message_en")
            remedies = {name: masked[name] for name in ("remedy_sv", "remedy_en")}
            yield Found(place=place, **{name: masked[name] for name in kept}, **remedies)


@explorer.get("/<any(sv,en):lang>/quality")
def quality() -> str:
    """The page of data quality."""
    every = _findings()
    chosen = _chosen(every)
    number, pages = page_number(len(chosen))
    sources = ask("coverage-by-source")
    return render_template(
        "quality.html",
        coverage=coverage(),
        sources=sources,
        rules=_rules(every),
        every=every,
        counts=Counter(one.severity for one in every),
        rows=chosen[(number - 1) * PAGE_ROWS : number * PAGE_ROWS],
        matches=len(chosen),
        page=number,
        pages=pages,
        choices=_choices(every),
        given={name: request.args.get(name, "") for name in ("source", "severity", "code")},
        titles=titles(),
        review=_review(),
        decisions=_decisions(),
        columns=COLUMNS,
        conflicts=ask("conflicting-statements"),
        conflicts_shown=_CONFLICTS_SHOWN,
        outcomes=ask("classification-statuses"),
        placed=ask("actors-placed-in-a-municipality"),
        unplaced=ask("actors-unplaced"),
        lacking=ask("projects-lacking"),
        incomplete=ask("projects-incomplete"),
    )


@explorer.get("/<any(sv,en):lang>/quality/quarantine")
def quarantine_download() -> Response:
    """The findings of the build as a file, filtered as the page is."""
    return as_file(_quarantine_table(_chosen(_findings())))


@explorer.get("/<any(sv,en):lang>/quality/review")
def review_download() -> Response:
    """The pairs of records that a steward ought to look at, as a file in the form of a decisions list."""
    return as_file(
        listing(
            "identity-review",
            ("Identitet: par att bedöma", "Identity: pairs to judge"),
            (
                "Fyll i decision (merge eller apart), reason, decided_by och date, och lägg raderna i "
                "identity/decisions.csv.",
                "Fill in decision (merge or apart), reason, decided_by and date, and add the rows to "
                "identity/decisions.csv.",
            ),
            {name: (name, name) for name in (*COLUMNS, "found")},
            [{**row, "found": row["reason"], "reason": ""} for row in _review()],
        )
    )


def titles() -> dict[str, str]:
    """Return the titles of the workspace's sources by id, in the reader's language."""
    return {s.id: s.title_sv if g.lang == "sv" else s.title_en for s in site().workspace.sources}


def _findings() -> list[Found]:
    path = build().path / "quarantine.csv"
    return served().memo("explorer.findings", lambda: findings(path))


def _chosen(every: list[Found]) -> list[Found]:
    wanted = {name: request.args.get(name, "") for name in ("source", "severity", "code")}
    return [
        one
        for one in every
        if all(not value or getattr(one, name) == value for name, value in wanted.items())
    ]


def _choices(every: list[Found]) -> dict[str, list[str]]:
    return {
        "source": sorted({one.source for one in every}),
        "severity": [name for name in SEVERITIES if any(one.severity == name for one in every)],
        "code": sorted({one.code for one in every}),
    }


def _rules(every: list[Found]) -> list[dict[str, Any]]:
    """Count the findings by source and rule, the worst and then the most frequent first."""
    counts = Counter(
        (one.severity, one.source, one.code, one.message(g.lang), one.remedy(g.lang)) for one in every
    )
    ordered = sorted(counts.items(), key=lambda pair: (SEVERITIES.index(pair[0][0]), -pair[1], pair[0]))
    names = ("severity", "source", "code", "message", "remedy")
    return [{**dict(zip(names, key, strict=True)), "count": n} for key, n in ordered[:_RULES_SHOWN]]


def _review() -> list[dict[str, str]]:
    path = build().path / "identity-review.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [{name: mask(row.get(name) or "") for name in ("key_a", "key_b", "reason")}
                for row in csv.DictReader(stream)]  # fmt: skip


def _decisions() -> list[dict[str, Any]]:
    """Return the steward's decisions; none while the list cannot be read, which the build says."""
    try:
        made = read_decisions(site().workspace.root / "identity" / "decisions.csv")
    except (EcographError, OSError):
        return []
    return [
        {
            "key_a": mask(one.key_a), "key_b": mask(one.key_b), "merge": one.merge,
            "reason": mask(one.reason), "decided_by": one.decided_by, "date": one.date,
        }
        for one in made
    ]  # fmt: skip


def _quarantine_table(chosen: list[Found]) -> Shown:
    return listing(
        "quarantine",
        ("Karantän och anmärkningar", "Quarantine and remarks"),
        (
            "Vad dataversionen höll ute eller fann märkligt, med åtgärd. Personnummer är maskade.",
            "What the build kept out or found odd, with the remedy. Personal numbers are masked.",
        ),
        {
            "source": ("Källa", "Source"), "place": ("Fil", "File"), "row": ("Rad", "Row"),
            "column": ("Kolumn", "Column"), "severity": ("Allvar", "Severity"), "code": ("Regel", "Rule"),
            "message_sv": ("Vad som är fel", "What is wrong (sv)"),
            "message_en": ("Vad som är fel (en)", "What is wrong"),
            "remedy_sv": ("Åtgärd", "Remedy (sv)"), "remedy_en": ("Åtgärd (en)", "Remedy"),
        },
        ({name: getattr(one, name) for name in Found.__slots__} for one in chosen),
    )  # fmt: skip
