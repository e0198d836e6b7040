"""The service itself, as its users start it, on a small build and a free port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from running import SAID, Service
from small_build import publish, workspace


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that all tests share; they leave it as they found it."""
    root = workspace(tmp_path_factory.mktemp("served"))
    publish(root, "a1b2c3d4e5f6")
    running = Service(root, "--max-bytes", "3000000", "--max-query", "300000", "--timeout", "20")
    yield running
    assert running.stop() == 0


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Callable[..., Service]]:
    """A function that starts a service of the test's own; it is ended after the test."""
    started: list[Service] = []

    def start(*options: str) -> Service:
        root = workspace(tmp_path / "own")
        if not started:
            publish(root, "0123456789ab")
        started.append(Service(root, *options))
        return started[-1]

    yield start
    for running in started:
        if running.process.poll() is None:
            running.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many of the W3C's tests passed."""
    if SAID:
        terminalreporter.section("W3C SPARQL 1.1 over HTTP", sep="-")
        for line in SAID:
            terminalreporter.write_line(line)
