"""Designed states: a build with next to nothing in it, one without networks, and pages beyond the last."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from ecograph.build import build
from ecograph.config import load_workspace
from ecograph.web.app import create_app
from ecograph.web.explorer import listing, search
from ecograph.web.explorer.blueprint import LANGUAGES

FIXTURE = Path(__file__).resolve().parents[1] / "fixture"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, silent: Any, front_end: Path) -> FlaskClient:
    """The pages over a build with places and two actors: no project, no area, no network."""
    root = tmp_path_factory.mktemp("bare")
    settings = (FIXTURE / "ecograph.toml").read_text(encoding="utf-8").split("[[source]]")
    (root / "ecograph.toml").write_text("[[source]]".join(settings[:2]), encoding="utf-8")
    (root / "tables").mkdir()
    for name in ("localities.csv", "exchange-rates.csv", "tables/places.csv"):
        shutil.copy(FIXTURE / name, root / name)
    rows = (FIXTURE / "tables/organisations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (root / "tables/organisations.csv").write_text("".join(rows[:3]), encoding="utf-8")
    build(load_workspace(root), silent)
    return create_app(root).test_client()


def test_every_page_answers_over_a_build_with_next_to_nothing(bare: FlaskClient) -> None:
    listed = re.findall(r'href="/sv/([^"#?]*)"', bare.get("/sv/site-map").text)
    actor = re.search(r'href="/sv/(actor/[^"]*)"', bare.get("/sv/actors").text)
    assert actor is not None
    more = [actor[1], "projects?scope=all", "actors?scope=abroad", "search?q=a", "place/2281"]
    for number, path in enumerate(sorted({*listed, *more})):
        answer = bare.get(f"/{LANGUAGES[number % 2]}/{path}")
        assert answer.status_code == 200, path
        assert "Traceback" not in answer.text


def test_without_projects_the_pages_say_so_and_claim_nothing(bare: FlaskClient) -> None:
    assert "Det finns inga projekt med aktörer i Västernorrland i data ännu" in bare.get("/sv/").text
    assert "Inget projekt passar de här valen" in bare.get("/sv/projects").text
    actors = bare.get("/sv/actors").text
    assert "ej funnen i källorna" in actors
    actor = re.search(r'href="/sv/(actor/[^"]*)"', actors)
    assert actor is not None
    page = bare.get(f"/sv/{actor[1]}").text
    assert "ej funnen i källornas projekt" in page
    assert 'id="bridges"' not in page
    assert 'id="introductions"' not in page


@pytest.mark.parametrize("path", ["actors", "projects?scope=all", "search?q=a&kind=Place"])
def test_a_page_beyond_the_last_is_the_last(
    client: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (listing, search):
        monkeypatch.setattr(module, "PAGE_SIZE", 5)
    last = client.get(f"/sv/{path}{'&' if '?' in path else '?'}page=9999")
    assert last.status_code == 200
    found = re.search(r"Sida (\d+) av (\d+)", last.text)
    assert found is not None
    assert found[1] == found[2]


def test_the_statement_names_who_is_responsible_or_says_that_nobody_is_named(
    client: FlaskClient, tmp_path: Path
) -> None:
    assert "har ännu inte angett vem som ansvarar" in client.get("/sv/accessibility").text
    settings = (FIXTURE / "ecograph.toml").read_text(encoding="utf-8")
    named = '[site]\noperator = "Region Exempel"\ncontact_email = "webb@example.org"\n\n[region]'
    (tmp_path / "ecograph.toml").write_text(settings.replace("[region]", named, 1), encoding="utf-8")
    page = create_app(tmp_path).test_client().get("/sv/accessibility").text
    assert "Region Exempel står bakom webbplatsen" in page
    assert "mailto:webb@example.org" in page
    assert "har ännu inte angett" not in page
    assert "2018:1937" in page
    assert "digg.se/tdosanmalan" in page


def test_a_shared_link_has_a_card(client: FlaskClient) -> None:
    page = client.get("/sv/areas").text
    image = re.search(r'property="og:image" content="http://localhost([^"]*)"', page)
    assert image is not None
    card = client.get(image[1])
    assert card.mimetype == "image/png"
    assert card.data[16:24] == (1200).to_bytes(4) + (630).to_bytes(4), "the size that the tags state"
    assert 'property="og:title" content="Prioriterade områden"' in page


def test_every_page_of_the_menu_is_on_the_site_map_and_in_the_footer(client: FlaskClient) -> None:
    for lang in LANGUAGES:
        page = client.get(f"/{lang}/site-map").text
        menu = set(re.findall(rf'href="(/{lang}/[^"]*)"', page.split("<main")[0].split('class="row"')[1]))
        assert len(menu) >= 14
        for part in (page.split("<main")[1].split("</main>")[0], page.split("<footer")[1]):
            assert menu - {f"/{lang}/search"} <= set(re.findall(rf'href="(/{lang}/[^"]*)"', part)) | {
                f"/{'en' if lang == 'sv' else 'sv'}/site-map"
            }
        for address in menu:
            assert client.get(address).status_code == 200


HOSTILE = (
    "page=9999", "page=-1&page=x", "a=area/none&b=area/none", "a=&b=&q=&area=&actor=&kind=&scope=&figure=",
    "remove=actor/none&add=x&add=y&programme=none&by=none", "from=99999999999&to=x&first=-9&last=abc&since=2026-13-45",
    "sort=none&col=none&size=none&colour=none&reach=none&least=-5&severity=none&format=none", "lang=xx&language=xx",
    "about=actor/none&start=actor/none&goal=none&pick=none", "q=" + "a" * 5000,
    "q=%27%22%3E%3Cscript%3Ealert(1)%3C/script%3E&area=%7D%20DROP&actor=%3E%20.%20%7D&a=%00&b=%FF", "helix=" + "%C3%A5" * 900,
)  # fmt: skip


def test_no_page_type_fails_on_missing_unknown_or_hostile_parameters(
    client: FlaskClient, page_types: dict[str, str]
) -> None:
    pages = sorted({path.partition("?")[0] for path in page_types.values()})
    for number, path in enumerate(pages):
        lang = LANGUAGES[number % 2]
        for query in HOSTILE:
            answer = client.get(f"/{lang}/{path}?{query}")
            about = (path, query[:60], answer.status_code)
            assert answer.status_code in {200, 400, 404, 414}, about
            assert f'<html lang="{lang}">' in answer.text, about
            assert answer.text.count("<h1") == 1, about
            assert "Traceback" not in answer.text, about
            assert "<script>alert" not in answer.text, about


def test_an_unknown_language_is_a_designed_page_and_an_unknown_thing_is_not_found(
    client: FlaskClient,
) -> None:
    for path in ("/xx/", "/xx/actors", "/sv/actor/none", "/en/project/none", "/sv/questions/none", "/en/area/none",
                 "/sv/cross-fertilisation/none/digitalisation", "/sv/vocabulary/none/none", "/sv/" + "a" * 3000,
                 "/sv/brief?about=actor/none", "/sv/introduction/none"):  # fmt: skip
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code in {404, 414}, path
        assert f'<html lang="{"en" if path.startswith("/en/") else "sv"}">' in answer.text, path
        assert "<h1" in answer.text, path
