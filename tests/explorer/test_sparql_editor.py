"""The SPARQL editor in a real browser against the real service: a query is typed, suggested, run and shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from ecograph.config import Workspace
from ecograph.store.builds import Build

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "endpoint"))

from running import Service

pytestmark = pytest.mark.browser

FRONTEND = Path(__file__).resolve().parents[2] / "src/ecograph/web/frontend"


@pytest.fixture(scope="module")
def service(fixture_workspace: Workspace, fixture_build: Build, front_end: Path) -> Iterator[Service]:
    running = Service(fixture_workspace.root, "--timeout", "3")
    yield running
    running.stop()


@pytest.fixture
def page(browser: Any, service: Service) -> Iterator[Any]:
    """A page that fails the test when it asks another host or logs an error that is no refused request."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "request",
        lambda request: (
            None if request.url.startswith(("data:", "blob:", service.address)) else wrong.append(request.url)
        ),
    )
    opened.on(
        "console",
        lambda said: (
            wrong.append(said.text) if said.type == "error" and "status of" not in said.text else None
        ),
    )
    yield opened
    context.close()
    assert wrong == []


def _clear(page: Any) -> None:
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")


def test_a_query_is_typed_with_suggestions_run_and_opened_again_by_its_link(
    page: Any, service: Service
) -> None:
    page.goto(f"{service.address}/sv/sparql")
    page.wait_for_selector(".CodeMirror")
    _clear(page)
    page.keyboard.type("SELECT ?project ?year WHERE { ?project a eco:Proj")
    page.locator(".CodeMirror-hint", has_text="eco:Project").first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type(" ; startår")
    page.keyboard.press("Control+Space")
    page.locator(".CodeMirror-hint", has_text="eco:startYear").first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type(" ?year } ORDER BY ?year LIMIT 20")
    page.keyboard.press("Control+Enter")
    page.locator("#shown tbody tr").first.wait_for()
    rows = page.locator("#shown tbody tr").count()
    assert rows > 3
    assert f"{rows} rader på" in page.locator("#said").inner_text()
    text = page.evaluate("document.querySelector('#query').value")
    assert text.startswith("PREFIX eco: <https://w3id.org/ecograph/ns#>\n")
    page.locator("[data-show=chart]").click()
    page.locator("#shown figure.chart svg").wait_for()
    page.locator("#copy").click()
    page.get_by_text("Länken är kopierad.").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto("about:blank")
    page.goto(link)
    page.locator("#shown figure.chart svg").wait_for()
    assert page.evaluate("document.querySelector('#query').value") == text
    # Tab is never kept by the editor.
    page.locator(".CodeMirror").click()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run"


def test_answers_are_shown_as_map_and_network_and_explained(
    page: Any, service: Service, axe_script: str
) -> None:
    page.goto(f"{service.address}/sv/sparql")
    page.locator("#example-filter").fill("kommun")
    assert page.locator(".examples li:visible").count() < page.locator(".examples li").count()
    page.locator("[data-example=municipality-figures]").click()
    page.locator("#shown tbody tr").first.wait_for()
    shapes = """SELECT ?name ?shape ?n { VALUES (?name ?shape ?n) {
      ("A" "POLYGON((17 62, 18 62, 18 63, 17 62))"^^geo:wktLiteral 3)
      ("B" "POINT(17.3 62.4)"^^geo:wktLiteral 7) } }"""
    page.goto(f"{service.address}/sv/sparql?view=map&query={quote(shapes)}")
    page.locator("#shown svg.map path").wait_for()
    page.locator("#shown svg.map circle").wait_for()
    assert page.locator("#shown svg.map text").all_text_contents() == ["A 3", "B 7"]
    construct = "CONSTRUCT { ?a eco:collaboratesWith ?b } WHERE { ?a eco:collaboratesWith ?b } LIMIT 40"
    page.goto(f"{service.address}/en/sparql?view=network&query={quote(construct)}")
    page.locator("#shown svg.ties circle").first.wait_for()
    assert "statements in" in page.locator("#said").inner_text()
    assert page.get_by_role("button", name="Turtle").is_visible()
    page.locator("[data-show=map]").click()
    page.get_by_text("A map needs a column of places").wait_for()
    page.locator("#explain").click()
    page.get_by_text("How the query was understood").wait_for()
    assert "collaboratesWith" in page.locator("#shown pre").inner_text()
    shared = 'SELECT ?x ?n { VALUES (?x ?n) { ("a" 1) ("a" 2) } }'
    page.goto(f"{service.address}/en/sparql?view=chart&query={quote(shared)}")
    page.get_by_text("nothing is added up unasked").wait_for()
    with page.expect_download() as waiting:
        page.goto(
            f"{service.address}/en/sparql?view=table&query={quote('SELECT * { ?s a eco:PriorityArea }')}"
        )
        page.locator("#shown table").wait_for()
        page.get_by_role("button", name="CSV", exact=True).click()
    assert Path(waiting.value.path()).read_text(encoding="utf-8").startswith("s\n")


def test_what_goes_wrong_is_told_honestly(page: Any, service: Service) -> None:
    page.goto(f"{service.address}/sv/sparql?view=table&query={quote('SELECT * { ?s ?p }')}")
    page.get_by_text("Frågan kan inte läsas som SPARQL.").wait_for()
    assert "Line 1, column" in page.locator("#said").inner_text()
    heavy = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    page.goto(f"{service.address}/sv/sparql?view=table&query={quote(heavy)}")
    page.get_by_text("Frågan tog för lång tid och stoppades. Det är inte ett tomt svar").wait_for()
    assert not page.locator("#answer").is_visible()
    page.locator("#run").click()
    page.locator("#stop").click()
    page.get_by_text("Du avbröt frågan.").wait_for()
    nothing = "SELECT * { ?s a eco:NoSuchClass }"
    page.goto(f"{service.address}/sv/sparql?view=table&query={quote(nothing)}")
    page.get_by_text("Svaret är tomt").wait_for()


@pytest.fixture(scope="module")
def axe_script() -> str:
    return (FRONTEND / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_an_answer_or_in_the_checked_file(
    browser: Any, service: Service, axe_script: str, scheme: str, tmp_path: Path
) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(40_000)
    found: list[Any] = []

    def look() -> None:
        page.evaluate(axe_script)
        result = page.evaluate("axe.run(document)")
        found.extend((one["id"], one["nodes"][0]["html"][:160]) for one in result["violations"])

    for view, what in (("table", "#shown table"), ("network", "#shown svg.ties")):
        query = "SELECT ?source ?target { ?source eco:collaboratesWith ?target } LIMIT 20"
        page.goto(f"{service.address}/sv/sparql?view={view}&query={quote(query)}")
        page.locator(what).wait_for()
        look()
    if scheme == "light":
        file = tmp_path / "organisations.csv"
        file.write_text("key,type,name_sv,name_en\nx,Compny,X,X\n", encoding="utf-8")
        page.goto(f"{service.address}/sv/file-check")
        page.set_input_files("#file", str(file))
        page.get_by_role("button", name="Kontrollera filen").click()
        page.get_by_text("1 rad måste rättas").wait_for()
        look()
        # The file chosen stays chosen, so that its reports come at a click.
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Filen med cellerna markerade").click()
        assert waiting.value.suggested_filename == "organisations-granskad.xlsx"
    context.close()
    assert found == []


def test_without_javascript_a_file_is_checked_and_a_query_answered(
    browser: Any, service: Service, tmp_path: Path
) -> None:
    file = tmp_path / "organisations.csv"
    file.write_text("key,type,name_sv,name_en\nx,Company,X,X\n", encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(40_000)
    page.goto(f"{service.address}/sv/file-check")
    page.set_input_files("#file", str(file))
    page.get_by_role("button", name="Kontrollera filen").click()
    page.wait_for_load_state()
    assert "Skulle läsas in: Organisationer 1." in page.content()
    page.goto(f"{service.address}/sv/sparql")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert Path(waiting.value.path()).read_text(encoding="utf-8").startswith("actor,name,projects")
    context.close()
