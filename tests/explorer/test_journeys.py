"""What people come for, from the start page to the answer in their hands: by mouse and by keyboard alone,
in Swedish and English, and what is mere reading also without JavaScript."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx
import openpyxl
import pypdf
import pytest
from hands import HANDS, Hand, words

pytestmark = pytest.mark.browser

BAD = Path(__file__).resolve().parents[1] / "fixture/incoming/bad-workbook.xlsx"
NAMES = {
    "sv": {"wood": "Skoglig bioekonomi", "digital": "Digitalisering", "uni": "Mittuniversitetet"},
    "en": {"wood": "Forest-based bioeconomy", "digital": "Digitalisation", "uni": "Mid Sweden University"},
}


@dataclass(frozen=True)
class Journey:
    """A reader on the way: the browser's page, the hand, the language, and its words."""

    page: Any
    hand: Hand
    lang: str
    server: str
    say: Callable[[str], str]
    colleague: Callable[[str], Any]

    def sentence(self) -> str:
        """The large sentence of the page."""
        return str(self.page.locator("h1").inner_text())

    def menu(self, group: str, entry: str) -> None:
        """Open a list of the main menu and follow one of its links."""
        row = self.page.locator("nav.row")
        self.hand.follow(row.locator("summary", has_text=re.compile(f"^{self.say(group)}$")))
        self.hand.follow(row.get_by_role("link", name=self.say(entry), exact=True))
        self.page.wait_for_load_state()

    def link(self, name: str, within: str = "main") -> Any:
        """The first link of the page with a name of the source language."""
        return self.page.locator(within).get_by_role("link", name=self.say(name), exact=True).first

    def button(self, name: str) -> Any:
        """The first button of the page with a name of the source language."""
        return self.page.locator("main").get_by_role("button", name=self.say(name), exact=True).first

    def take(self, what: Any) -> bytes:
        """Follow a link to a file and return what comes down."""
        with self.page.expect_download() as coming:
            self.hand.follow(what)
        return Path(coming.value.path()).read_bytes()


def _journey(browser: Any, server: str, way: str) -> Iterator[Journey]:
    hand, lang, *plain = way.split()
    contexts = []

    def opened(**settings: Any) -> Any:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}, **settings))
        return contexts[-1].new_page()

    def colleague(address: str) -> Any:
        page = opened()
        page.goto(address)
        return page

    page = opened(java_script_enabled=not plain, permissions=["clipboard-read", "clipboard-write"])
    page.set_default_timeout(15_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{server}/{lang}/")
    yield Journey(page, HANDS[hand](page), lang, server, words(lang), colleague)
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture(params=["mouse sv", "keyboard en"])
def journey(request: pytest.FixtureRequest, browser: Any, server: str) -> Iterator[Journey]:
    """A journey with a script, by mouse in Swedish and by keyboard in English."""
    yield from _journey(browser, server, request.param)


@pytest.fixture(params=["mouse en", "keyboard sv", "mouse sv plain"])
def reading(request: pytest.FixtureRequest, browser: Any, server: str) -> Iterator[Journey]:
    """A journey of reading, the other way round, and once more without JavaScript."""
    yield from _journey(browser, server, request.param)


def test_find_who_bridges_two_areas_and_send_the_link_to_a_colleague(reading: Journey) -> None:
    j, names = reading, NAMES[reading.lang]
    j.menu("Actors and projects", "Bridging actors")
    j.hand.choose(j.page.locator("#pair-a"), names["digital"])
    j.hand.choose(j.page.locator("#pair-b"), names["wood"])
    j.hand.follow(j.button("Show"))
    j.page.wait_for_url("**/bridges?a=area*&b=area*")
    answer = j.sentence()
    assert names["uni"] in answer
    assert names["wood"].lower() in answer
    first = j.page.locator("tbody tr").first.locator("th").inner_text()
    assert names["uni"] in first
    theirs = j.colleague(j.page.url)
    assert theirs.locator("h1").inner_text() == answer
    assert theirs.locator("tbody tr").first.locator("th").inner_text() == first


def test_find_the_biggest_gap_or_too_little_data_and_whom_to_introduce(reading: Journey) -> None:
    j = reading
    j.menu("Areas", "Collaboration gaps")
    assert j.say("For %(unclear)s of %(all)s pairs there is too little data to say.") % {
        "unclear": 10, "all": 10} in j.sentence()  # fmt: skip
    pair = j.page.get_by_role("row").filter(has_text=j.say("Who could meet"))
    pair = pair.filter(has_text={"sv": "Avancerad tillverkning", "en": "Advanced manufacturing"}[j.lang])
    wanted = pair.filter(has_text={"sv": "autonom mobilitet", "en": "autonomous mobility"}[j.lang])
    j.hand.follow(wanted.get_by_role("link", name=re.compile(j.say("Who could meet"))))
    j.page.wait_for_url("**#introductions")
    assert "?" not in j.sentence()
    suggested = j.page.locator("#introductions")
    assert j.say("Suggestions to try in dialogue, no recommendation of support.") in suggested.inner_text()
    j.hand.follow(suggested.locator("tbody a").first)
    j.page.wait_for_url("**/introduction/**")
    assert "–" in j.sentence()


def test_check_my_spreadsheet_and_take_back_what_to_mend(journey: Journey) -> None:
    j = journey
    j.menu("Data", "Check a file")
    with j.page.expect_file_chooser() as asked:
        j.hand.follow(j.page.locator("#file"))
    asked.value.set_files(BAD)
    j.hand.follow(j.button("Check the file"))
    table = j.page.get_by_role(
        "table", name=j.say("The worst first, then by sheet and row; row 1 is the heading")
    )
    table.wait_for(timeout=60_000)
    first = table.locator("tbody tr").first.locator("td").all_inner_texts()
    assert first[0] == j.say("must be mended")
    assert int(first[2]) > 1
    assert len(first[5]) > 10, "a remedy is a sentence"
    assert re.search(r"\d", j.sentence())
    book = openpyxl.load_workbook(io.BytesIO(j.take(j.button("The file with the cells marked (Excel)"))))
    remarks = [
        cell.comment.text for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment
    ]
    assert any(first[5] in remark for remark in remarks)


def test_download_a_table_for_excel_and_open_it(reading: Journey) -> None:
    j = reading
    j.menu("Actors and projects", "Bridging actors")
    table = j.page.locator("main table").first
    text = j.take(j.link("CSV for Excel"))
    assert text.startswith(b"\xef\xbb\xbf"), "Excel tells UTF-8 by the mark"
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";"))
    seen = table.locator("tbody tr").first.locator("th").inner_text()
    assert any(value and value in seen for value in rows[1])
    decimal = re.compile(r"-?\d+,\d+")
    assert any(decimal.fullmatch(value) for row in rows for value in row)
    book = openpyxl.load_workbook(io.BytesIO(j.take(j.link("Excel"))))
    cells = list(book.worksheets[0].iter_rows(values_only=True))
    assert list(cells[0]) == rows[0]
    assert len(cells) == len(rows)
    assert any(isinstance(cell, float) for row in cells for cell in row), "a number is a number"


def test_see_where_the_money_went_and_open_the_figure_down_to_its_source(reading: Journey) -> None:
    j = reading
    j.menu("Areas", "Priority areas")
    j.hand.follow(j.page.locator("main table a", has_text=NAMES[j.lang]["wood"]).first)
    j.page.wait_for_url("**/area/forest-bioeconomy")
    money = j.page.locator(".figures a[href*='area-money']").first
    assert re.search(r"\d", money.inner_text())
    j.hand.follow(money)
    j.page.wait_for_url("**/questions/area-money?**")
    query = j.page.locator(".tools summary", has_text=j.say("Show SPARQL")).first
    j.hand.follow(query)
    assert "SELECT" in j.page.locator(".tools pre").first.inner_text()
    j.page.goto(f"{j.server}/{j.lang}/area/forest-bioeconomy")
    j.hand.follow(j.page.locator("main a[href*='/project/']").first)
    j.page.wait_for_url("**/project/**")
    source = j.page.locator(
        "#statements tbody td a[href*='/graph/'], #statements tbody td a[href*='#source-']"
    )
    j.hand.follow(source.first)
    j.page.wait_for_load_state()
    assert re.search("CORDIS|Tillväxtverket|ecograph|Swecris|Kohesio", j.page.locator("main").inner_text())


def test_find_an_actor_by_a_misspelt_or_former_name_and_read_who_says_so(reading: Journey) -> None:
    j, uni = reading, NAMES[reading.lang]["uni"]
    for name in ("mitunivrsitetet", "Mitthögskolan"):
        j.page.goto(f"{j.server}/{j.lang}/")
        j.hand.write(j.page.locator("main input[name=q]"), name)
        j.page.keyboard.press("Enter")
        j.page.wait_for_url("**/search?q=*")
        assert j.page.locator("main").get_by_role("link", name=uni, exact=True).count() == 1
    j.hand.follow(j.page.locator("main").get_by_role("link", name=uni, exact=True))
    j.page.wait_for_url("**/actor/**")
    j.hand.follow(j.link("Who says so"))
    said = j.page.locator("#statements")
    if said.locator("details.long").count():
        j.hand.follow(said.locator("details.long > summary"))
    row = said.get_by_role("row").filter(has_text="Mitthögskolan").first
    assert row.locator("td a[href*='source']").first.get_attribute("href")
    assert re.search(r"\d{4}", row.inner_text()), "the source has a date"


def test_see_what_happens_if_an_actor_leaves_and_share_it(journey: Journey) -> None:
    j, uni = journey, NAMES[journey.lang]["uni"]
    j.menu("Network", "What if")
    j.hand.write(j.page.locator("#remove"), uni)
    j.hand.follow(j.button("See what happens"))
    j.page.wait_for_url("**/what-if?**remove=**")
    answer = j.sentence()
    assert uni in answer
    known = {"sv": "i de projekt vi känner till", "en": "in the projects we know of"}[j.lang]
    assert known in answer
    assert j.colleague(j.page.url).locator("h1").inner_text() == answer


def test_print_a_brief_for_a_meeting(journey: Journey) -> None:
    j, uni = journey, NAMES[journey.lang]["uni"]
    j.hand.write(j.page.locator("main input[name=q]"), uni)
    j.page.keyboard.press("Enter")
    j.page.wait_for_url("**/search?q=*")
    j.hand.follow(j.page.locator("main").get_by_role("link", name=uni, exact=True).first)
    j.page.wait_for_url("**/actor/**")
    j.hand.follow(j.link("Printable brief"))
    j.page.wait_for_url("**/brief?about=**")
    j.page.evaluate("window.print = () => { window.printed = true }")
    j.hand.follow(j.button("Print or save as PDF"))
    assert j.page.evaluate("window.printed")
    paper = pypdf.PdfReader(io.BytesIO(j.page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) == 1
    assert [round(float(side)) for side in paper.pages[0].mediabox[2:]] == [595, 842]
    assert uni.replace(" ", "") in re.sub(r"\s", "", paper.pages[0].extract_text())


def test_write_a_call_brief_and_take_it_as_a_word_file(reading: Journey) -> None:
    j, names = reading, NAMES[reading.lang]
    j.menu("Reports", "Briefs and reports")
    j.hand.choose(j.page.locator("#call-a"), names["digital"])
    j.hand.choose(j.page.locator("#call-b"), names["wood"])
    j.hand.follow(j.button("Make the call brief"))
    j.page.wait_for_url("**/reports/call?**")
    answer = j.sentence()
    assert names["digital"] in answer
    file = zipfile.ZipFile(io.BytesIO(j.take(j.page.get_by_role("link", name="Word (DOCX)"))))
    text = re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode())
    assert answer in text


def test_take_the_network_to_another_program(journey: Journey) -> None:
    j = journey
    j.menu("Network", "The network")
    graph = networkx.read_gexf(io.BytesIO(j.take(j.link("GEXF"))))
    stated = int(re.findall(r"\d+", j.sentence())[0])
    assert len(max(networkx.connected_components(graph), key=len)) == stated
    assert NAMES[j.lang]["uni"] in {about["label"] for _, about in graph.nodes(data=True)}


def test_put_two_actors_side_by_side(journey: Journey) -> None:
    j, uni = journey, NAMES[journey.lang]["uni"]
    j.menu("Follow-up", "Compare")
    j.hand.choose(j.page.locator("#slot-1"), uni)
    j.hand.choose(
        j.page.locator("#slot-2"), {"sv": "Sundsvalls kommun", "en": "Sundsvall Municipality"}[j.lang]
    )
    j.hand.follow(j.button("Compare"))
    j.page.wait_for_url("**/compare?**actor=**")
    assert uni in j.sentence()
    headings = j.page.locator("#side-by-side thead th").all_inner_texts()
    assert uni in headings
    assert "Sundsvall" in " ".join(headings)


def test_follow_up_says_whose_target_it_is(journey: Journey) -> None:
    j = journey
    j.menu("Follow-up", "Indicators and money")
    assert j.say("The strategy has no measurable target in the material.") in j.sentence()
    table = j.page.get_by_role(
        "table", name=j.say("Targets set by others; each holds for the place that it names")
    )
    assert table.get_by_role("columnheader", name=j.say("Whose target")).is_visible()
    assert {"sv": "Sveriges regering", "en": "Government of Sweden"}[j.lang] in table.inner_text()
    j.hand.follow(table.locator("tbody a").first)
    j.page.wait_for_url("**/indicator/**")
