"""What comes over the wire for each type of page, in a real browser with nothing kept from before."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

pytestmark = pytest.mark.browser

MOST = 300_000
"""Bytes of a page with all that it loads, compressed where the service compresses."""

HEAVY = {"network", "sparql"}
"""The canvas and the editor bring libraries of their own."""

PACKED = ("text/", "application/json", "application/javascript", "image/svg+xml")


def _weight(response: Any) -> int:
    """Bytes of an answer as the service sends it: the front compresses text, which this server does not."""
    body = response.body()
    kind = response.headers.get("content-type", "")
    return len(gzip.compress(body, 6)) if kind.startswith(PACKED) else len(body)


def test_no_page_weighs_more_than_300_kilobytes(
    browser: Any, server: str, page_types: dict[str, str]
) -> None:
    weights: dict[str, int] = {}
    known: dict[str, int] = {}
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    answers: list[Any] = []

    def note(answer: Any) -> None:
        answers.append(answer)

    page.on("response", note)
    for kind, path in page_types.items():
        if path.partition("?")[0] in HEAVY:
            continue
        answers.clear()
        page.goto(f"{server}/sv/{path}", wait_until="load")
        for answer in answers:
            if answer.url not in known:
                known[answer.url] = _weight(answer)
        weights[kind] = sum(known[answer.url] for answer in answers)
    context.close()
    heaviest = max(weights, key=lambda kind: weights[kind])
    print(f"{len(weights)} page types; the heaviest is {heaviest} with {weights[heaviest]:,} bytes")
    assert {kind: weight for kind, weight in weights.items() if weight >= MOST} == {}


def test_a_script_is_loaded_only_where_it_is_used(browser: Any, server: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.rsplit("/", 1)[-1].partition("?")[0]))
    for path, used in (
        ("areas", set()),
        ("network", {"network.js"}),
        ("sparql", {"sparql.js"}),
        ("file-check", {"file_check.js"}),
    ):
        loaded.clear()
        page.goto(f"{server}/sv/{path}", wait_until="load")
        assert {name for name in loaded if name.endswith(".js")} == {"explorer.js", *used}, path
    context.close()
