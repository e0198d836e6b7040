"""The W3C's query-evaluation and query-syntax tests, sent through the endpoint over HTTP.

Entailment needs a reasoner at query time and is left out. In the folder `service` one of our services asks
another; calls within calls and calls of a variable are refused on purpose, and so do not pass.
What does not pass stands in the golden file too, with the reason: the engine keeps numbers, dates and truth
values by value, not by spelling, or is wrong; the endpoint adds no failure of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from running import Service, say
from small_build import workspace
from w3c_suite import Case, Suite

GOLDEN = Path(__file__).parents[1] / "golden" / "w3c" / "query.txt"


@pytest.fixture(scope="module")
def outcome(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, bool]]:
    """Which test passes."""
    place = tmp_path_factory.mktemp("w3c-evaluation")
    suite = Suite(shared / "w3c-tests" / "w3c-rdf-tests-sparql.tar.gz", place)
    root = workspace(place / "workspace")
    suite.publish(root, "abcabcabcabc")
    service = Service(root)
    found, evaluation = {}, []
    for case in suite.cases():
        found[case.name] = passes(suite, service, case)
        if case.result is not None:
            evaluation.append(found[case.name])
    say(f"W3C evaluation: {sum(evaluation)}/{len(evaluation)}")
    rest = (sum(found.values()) - sum(evaluation), len(found) - len(evaluation))
    federated = federation(suite, service, root)
    say(f"W3C federated query: {sum(federated.values())}/{len(federated)}")
    found |= federated
    say(f"W3C syntax: {rest[0]}/{rest[1]}")
    yield found
    assert service.stop() == 0


def passes(suite: Suite, service: Service, case: Case) -> bool:
    try:
        return suite.passes(service, case)
    except (ValueError, SyntaxError):  # an answer that is no result document of its type
        return False


def federation(suite: Suite, elsewhere: Service, root: Path) -> dict[str, bool]:
    """Which federated test passes, one service asking another; each server there is a graph of that one."""
    cases = suite.federated()
    places = {
        endpoint: f"{elsewhere.address}/sparql?default-graph-uri={quote(suite.iri(endpoint[1]), safe='')}"
        for case in cases
        for endpoint in case.endpoints
    }
    allow = [*places.values(), "http://invalid.endpoint.org/sparql"]
    with (root / "ecograph.toml").open("a", encoding="utf-8") as file:
        file.write(
            f"[federation]\nallow = {json.dumps(allow)}\nallow_private = ['127.0.0.1:{elsewhere.port}']\n"
        )
    service = Service(root, "--workers", "1")
    found = {case.name: suite.passes(service, case, places) for case in cases}
    assert service.stop() == 0
    return found


@pytest.mark.shared
def test_the_queries_of_the_w3c_are_answered_as_the_golden_file_says(outcome: dict[str, bool]) -> None:
    """Run with ECOGRAPH_GOLDEN=write to write the file anew; then look at the difference."""
    if os.environ.get("ECOGRAPH_GOLDEN") == "write":
        GOLDEN.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{'pass' if good else 'FAIL'} {name}\n" for name, good in sorted(outcome.items())]
        GOLDEN.write_text("".join(lines), encoding="utf-8")
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    expected = {line.split(" ", 1)[1]: line.startswith("pass") for line in lines}
    assert outcome == expected
    assert sum(expected.values()) / len(expected) > 0.93
