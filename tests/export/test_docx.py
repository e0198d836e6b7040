"""A report as a Word document: what a reader, a screen reader and an archive need of it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from ecograph.export.document import (
    Bars,
    Cell,
    Column,
    Document,
    Figure,
    Figures,
    Heading,
    Paragraph,
    Reference,
    Source,
    Table,
    Words,
)
from ecograph.export.docx import write_docx

QUESTION = Reference(1, "Områdespar", "https://example.org/sv/questions/area-pairs")
WORDS = Words(
    "Nyckeltal", "Källor", "Frågor", "Fråga", "Ytterligare {left} rader.", "Uppgifter per 2024-05.", "ecograph Xlän"
)  # fmt: skip
TABLE = Table(
    "Paren",
    (Column("Par"), Column("Projekt", numeric=True), Column("Utslag")),
    (
        (Cell("A – b", "A – b", "https://example.org/pair"), Cell("1\u202f234", 1234), Cell("▼ färre", mark="less")),
        (Cell("A – <c> & d"), Cell("–"), Cell("som väntat")),
    ),
    QUESTION,
    "Två grunder.",
    total=5,
)  # fmt: skip


def _report(lang: str = "sv", date: str = "2024-05") -> Document:
    blocks = (
        Figures((Figure("Projekt", "31", "11 utan årtal", QUESTION),)),
        Heading("Paren av områden", "pairs"),
        Paragraph("Ett stycke.", reference=QUESTION),
        TABLE,
        Bars("Efter startår", "2015: 1; 2021: 3", ((2015, 1), (2021, 3)), "2020-12", QUESTION),
        Paragraph("Läs så här.", "caveat"),
    )
    sources = (Source("Källa ett", "Utgivare", "2021-10"),)
    return Document(
        lang, "Nämndbrief", "Strategin", "Fyra par möts.", blocks, (QUESTION,), sources,
        "https://example.org/sv/reports/board", "0123456789ab", date, WORDS,
    )  # fmt: skip


def _written(report: Document) -> io.BytesIO:
    out = io.BytesIO()
    write_docx(report, out)
    out.seek(0)
    return out


@pytest.fixture(scope="module")
def word() -> Any:
    """The report opened again."""
    return docx.Document(_written(_report()))


def test_headings_are_real_and_follow_each_other(word: Any) -> None:
    headings = [
        (p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith(("Heading", "Title"))
    ]
    assert headings[0] == ("Title", "Strategin")
    assert ("Heading 1", "Paren av områden") in headings
    assert [text for _, text in headings[-2:]] == ["Källor", "Frågor"]


def test_a_table_repeats_its_header_and_has_an_alternative_text(word: Any) -> None:
    table = word.tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["Par", "Projekt", "Utslag"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:cantSplit")) is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Paren"
    assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")) == "Två grunder."
    assert table.cell(2, 0).text == "A – <c> & d"


def test_the_elements_of_a_table_stand_in_the_order_of_the_schema(word: Any) -> None:
    order = (
        "tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription",
    )  # fmt: skip
    for table in word.tables:
        names = [element.tag.rpartition("}")[2] for element in table._tbl.tblPr]
        assert names == sorted(names, key=order.index)


def test_the_rows_that_are_not_shown_are_told(word: Any) -> None:
    assert any("Ytterligare 3 rader." in paragraph.text for paragraph in word.paragraphs)


def test_every_figure_and_table_leads_to_its_question(word: Any) -> None:
    links = [
        hyperlink.address
        for paragraph in [*word.paragraphs, *(p for t in word.tables for c in t._cells for p in c.paragraphs)]
        for hyperlink in paragraph.hyperlinks
    ]
    assert links.count(QUESTION.address) >= 5
    assert "https://example.org/pair" in links
    assert "https://example.org/sv/reports/board" in links


@pytest.mark.parametrize(("lang", "locale"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_the_language_is_set_for_spelling_and_speech(lang: str, locale: str) -> None:
    written = _written(_report(lang))
    with zipfile.ZipFile(written) as archive:
        styles = archive.read("word/styles.xml").decode("utf-8")
    assert set(re.findall(r'<w:lang [^>]*w:val="([^"]+)"', styles)) == {locale}
    assert docx.Document(written).core_properties.language == locale


def test_the_properties_name_the_site_and_no_person(word: Any) -> None:
    properties = word.core_properties
    assert properties.author == properties.last_modified_by == "ecograph Xlän"
    assert properties.title == "Nämndbrief: Strategin"
    assert properties.keywords == "0123456789ab"
    assert not [rel for rel in word.part.package.rels.values() if rel.reltype.endswith("/thumbnail")]
    assert properties.created.date().isoformat() == "2024-05-01"


@pytest.mark.parametrize(
    ("date", "day"), [("2024-05-17", "2024-05-17"), ("2024", "2024-01-01"), ("", "2000-01-01")]
)
def test_a_date_of_the_data_may_be_a_year_alone(date: str, day: str) -> None:
    assert docx.Document(_written(_report(date=date))).core_properties.created.date().isoformat() == day


def test_the_paper_is_a4(word: Any) -> None:
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_a_picture_is_told_in_words(word: Any) -> None:
    assert any("2015: 1; 2021: 3" in paragraph.text for paragraph in word.paragraphs)
