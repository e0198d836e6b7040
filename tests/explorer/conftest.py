"""The explorer over the small workspace's build, as a client and in a real browser."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from ecograph.config import Workspace
from ecograph.store.builds import Build
from ecograph.web.app import create_app

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import build_frontend  # noqa: E402


@pytest.fixture(scope="session")
def front_end() -> Path:
    """The built front end with its translations; made when something has changed."""
    build_frontend.build(ROOT)
    return ROOT / "src/ecograph/web/static"


@pytest.fixture(scope="session")
def app(fixture_workspace: Workspace, fixture_build: Build, front_end: Path) -> Flask:
    """The application over the small workspace."""
    return create_app(fixture_workspace.root)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client without memory of earlier tests."""
    return app.test_client()


@pytest.fixture(scope="session")
def graph(app: Flask) -> Any:
    """The graph that the pages show."""
    return app.extensions["ecograph"].graph


def _one(graph: Any, pattern: str) -> str:
    rows = graph.select(f"SELECT ?x WHERE {{ {pattern} }} ORDER BY ?x LIMIT 1").values()
    assert rows, f"the small workspace has nothing like: {pattern}"
    return str(rows[0]["x"]).split("/id/")[-1]


@pytest.fixture(scope="session")
def things(graph: Any) -> dict[str, str]:
    """The local ids of one thing of each kind that has a page of its own."""
    return {
        "actor": _one(
            graph, "?x a eco:Actor ; eco:collaboratesIn ?p . ?o eco:collaboratesIn ?p . FILTER(?o != ?x)"
        ),
        "area": _one(graph, "?x a eco:PriorityArea . ?p eco:hasArea ?x"),
        "project": _one(graph, "?x a eco:Project . ?a eco:collaboratesIn ?x"),
        "place": _one(graph, "?x a eco:Place ; eco:placeLevel voc:place-level\\/municipality"),
    }


@pytest.fixture(scope="session")
def page_types(things: dict[str, str]) -> dict[str, str]:
    """One address of every type of page, without the language."""
    return {
        "start": "",
        "actors": "actors",
        "actors chosen": "actors?helix=academia",
        "actors of the country": "actors?scope=country&sort=name",
        "actor": things["actor"],
        "areas": "areas",
        "area": things["area"],
        "bridges": "bridges",
        "cross-fertilisation": "cross-fertilisation",
        "pair": "cross-fertilisation/digitalisation/forest-bioeconomy",
        "pair with introductions": "cross-fertilisation/autonomous-mobility/advanced-manufacturing",
        "gaps": "gaps",
        "project": things["project"],
        "questions": "questions",
        "question": "questions/actor-list",
        "search": "search",
        "search found": "search?q=a",
        "data": "data",
        "model": "model",
        "sparql": "sparql",
        "about": "about",
        "accessibility": "accessibility",
        "thing": things["place"],
        "concept": "vocabulary/role/coordinator",
        "not found": "no/such/thing",
    }


@pytest.fixture(scope="session")
def server(app: Flask) -> Iterator[str]:
    """The address of the application, served by threads of this process."""
    running = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium: the one on the PATH, else Playwright's own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        running = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()
