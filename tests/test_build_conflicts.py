"""What contradicts the ontology is said before it enters."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

from ecograph.build import Progress, build
from ecograph.config import Workspace, load_workspace


def test_a_strategy_element_that_is_no_element_stays_outside(
    fixture_workspace: Workspace, tmp_path: Path, silent: Progress
) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(fixture_workspace.root, root, ignore=shutil.ignore_patterns(".ecograph"))
    path = root / "tables" / "strategy_elements.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    rows.append(rows[0] | {"key": "wrong", "type": "Municipality"})
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    outcome = build(load_workspace(root), silent)
    refused = [f for f in outcome.findings if f.severity == "violation" and f.record.get("key") == "wrong"]
    assert refused
    assert refused[0].place.row == len(rows) + 1
    graph = outcome.build.graph()
    assert not graph.ask("ASK { <https://w3id.org/ecograph/id/element/wrong> ?p ?o }")
