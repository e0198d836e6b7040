"""The explorer: pages in Swedish and English for people who know the region and not RDF."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

from ecograph.web.explorer import language, presentation
from ecograph.web.explorer.blueprint import LANGUAGES, explorer

_PAGES = (
    "start", "actors", "actor", "areas", "crossings", "bridges", "gaps", "projects", "questions", "search",
    "reading", "model", "resource", "errors", "project_list", "network", "what_if",
    "map", "follow_up", "compare", "changes", "file_check", "quality", "sparql", "reports",
)  # fmt: skip


def register(app: Flask) -> None:
    """Add the explorer's pages, languages, filters and error pages to `app`.

    The app must carry its `Site` as ``app.extensions["ecograph"]``.
    """
    for page in _PAGES:
        import_module(f"ecograph.web.explorer.{page}")
    language.configure(app)
    presentation.configure(app)
    app.register_blueprint(explorer)


def warm(app: Flask) -> None:
    """Ask beforehand what the heaviest pages ask, so that no reader waits for it; failures are left alone.

    Meant for a thread at the start of the service and after a new build.
    """
    client = app.test_client()
    for path in (
        "",
        "actors",
        "bridges",
        "cross-fertilisation",
        "gaps",
        "network",
        "network/data.json",
        "what-if",
        "reports",
        "reports/board",
        "reports/good-governance",
        "follow-up",
        "map",
        "compare",
        "search?q=a",
        "quality",
        "changes",
        "sparql/terms.json",
        "actors?scope=country",
        "actors?scope=abroad",
        "projects",
        "projects?scope=all",
    ):
        for lang in LANGUAGES:
            client.get(f"/{lang}/{path}")
