"""The W3C's query-evaluation and query-syntax tests, sent through the endpoint over HTTP.

Entailment needs a reasoner at query time and is left out. In the folder `service` one of our services asks
another; calls within calls and calls of a variable are refused on purpose, and so do not pass.
What does not pass stands in the golden file too, and why in `reasons.toml`, from which a page of the docs is
written: where the engine is said to be the reason, the engine alone gives the same answer.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from running import Service, say
from small_build import workspace
from w3c_suite import Case, Suite

GOLDEN = Path(__file__).parents[1] / "golden" / "w3c" / "query.txt"
REASONS = GOLDEN.with_name("reasons.toml")
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "w3c-tests.md"


@pytest.fixture(scope="module")
def suite(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Suite:
    archive = shared / "w3c-tests" / "w3c-rdf-tests-sparql.tar.gz"
    return Suite(archive, tmp_path_factory.mktemp("w3c-evaluation"))


@pytest.fixture(scope="module")
def outcome(suite: Suite) -> Iterator[dict[str, bool]]:
    """Which test passes."""
    root = workspace(suite.root.parent / "workspace")
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


def failing() -> set[str]:
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    return {line.removeprefix("FAIL ") for line in lines if line.startswith("FAIL ")}


def reasons() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(REASONS.read_text(encoding="utf-8"))["reason"]
    return found


def page() -> str:
    """The page of the docs: how many pass in each folder, and why the others do not."""
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    folders: dict[str, list[bool]] = {}
    for line in lines:
        verdict, name = line.split(" ", 1)
        folders.setdefault(name.rpartition("/")[0], []).append(verdict == "pass")
    whose = {"engine": "the engine alone does the same", "service": "refused on purpose"}
    text = [
        "# The W3C's query tests",
        "",
        "Written from `tests/golden/w3c/` by the tests, which run the W3C's evaluation, syntax and federation",
        f"tests through the endpoint over HTTP: {len(lines) - len(failing())} of {len(lines)} pass.",
        "",
        "## Why the others do not",
        "",
        "| Reason | Whose | Tests |",
        "|---|---|---|",
    ]
    for each in reasons():
        names = ", ".join(f"`{name.partition('/')[2]}`" for name in each["tests"])
        text.append(f"| {each['why']} | {whose[each['whose']]} | {names} |")
    text += ["", "## By folder", "", "| Folder | Passed | Of |", "|---|--:|--:|"]
    text += [f"| `{name}` | {sum(passed)} | {len(passed)} |" for name, passed in sorted(folders.items())]
    return "\n".join(text) + "\n"


def test_every_test_that_does_not_pass_has_one_reason_and_the_docs_say_it() -> None:
    """Run with ECOGRAPH_GOLDEN=write to write the page anew."""
    named = [name for each in reasons() for name in each["tests"]]
    assert sorted(named) == sorted(failing())
    if os.environ.get("ECOGRAPH_GOLDEN") == "write":
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.shared
def test_where_the_engine_is_the_reason_the_engine_alone_does_the_same(suite: Suite) -> None:
    engines = {name for each in reasons() if each["whose"] == "engine" for name in each["tests"]}
    cases = {case.name: case for case in suite.cases() if case.name in engines}
    assert set(cases) == engines
    assert [name for name, case in cases.items() if suite.passes_in_the_engine(case)] == []
    assert suite.passes_in_the_engine(next(case for case in suite.cases() if case.name.endswith("/ask-1")))
