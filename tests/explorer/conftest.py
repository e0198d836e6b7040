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


def _looked_at(things: dict[str, str]) -> str:
    actor = things["actor"]
    return f"colour=community&size=constraint&actor={actor}&start={actor}&goal=actor/stora-enso&pick={actor}"


@pytest.fixture(scope="session")
def page_types(things: dict[str, str]) -> dict[str, str]:
    """One address of every type of page, without the language."""
    return {
        "start": "",
        "actors": "actors",
        "actors chosen": "actors?helix=academia",
        "actors of the country": "actors?scope=country&sort=name",
        "actor": things["actor"],
        "projects": "projects",
        "projects chosen": "projects?scope=all&status=finished&status=ongoing&from=2015&sort=name&col=sources",
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
        "question with chart": "questions/money-by-area-and-year",
        "question with matrix": "questions/area-pairs-by-joint-projects",
        "questions filtered": "questions?q=kommun",
        "map": "map",
        "map of ties": "map?figure=ties",
        "map of counties": "map?figure=counties",
        "follow-up": "follow-up",
        "compare": "compare",
        "compare areas": "compare?kind=area&area=area/digitalisation&area=area/forest-bioeconomy",
        "search": "search",
        "search found": "search?q=a",
        "search misspelt": "search?q=mitunivrsitetet",
        "site map": "site-map",
        "data": "data",
        "model": "model",
        "sparql": "sparql",
        "quality": "quality",
        "quality chosen": "quality?severity=violation&page=2",
        "file check": "file-check",
        "changes": "changes",
        "about": "about",
        "accessibility": "accessibility",
        "reports": "reports",
        "brief": "brief",
        "board brief": "reports/board",
        "call brief": "reports/call",
        "good governance": "reports/good-governance",
        "network": "network",
        "network chosen": f"network?{_looked_at(things)}",
        "network of nobody": "network?first=1901&last=1902",
        "what if": "what-if",
        "what if answered": f"what-if?remove={things['actor']}",
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
        running = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--enable-unsafe-swiftshader"]
        )
        yield running
        running.close()
