"""Reports as Word documents: real headings, tables with repeated header rows, language and links set.

Written with python-docx after ECMA-376 (Office Open XML), part 1: §17.4 tables, §17.3.2 runs, §17.16 links.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, BinaryIO

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from ecograph.export.document import (
    Bars,
    Block,
    Cell,
    Column,
    Document,
    Figures,
    Heading,
    Map,
    Paragraph,
    Reference,
    Table,
)

LOCALES = {"sv": "sv-SE", "en": "en-GB"}
"""The language that spelling is checked in, by the language of the report."""

_INK, _SOFT, _LINK = RGBColor(0x10, 0x20, 0x1B), RGBColor(0x46, 0x56, 0x4F), RGBColor(0x0A, 0x5A, 0x8A)
_FONT = "Calibri"
_TEXT_WIDTH = 170.0
"""Millimetres between the margins of A4."""


def write_docx(document: Document, out: BinaryIO) -> None:
    """Write a report as a Word document on A4.

    The document's properties name the site as author, never a person; its date is the data's, so that the
    same report of the same build has the same content.
    """
    word = docx.Document()
    _set_page(word)
    _set_styles(word, LOCALES[document.lang])
    _set_properties(word, document)
    word.add_paragraph(document.kind, style="Subtitle")
    word.add_heading(document.about, level=0)
    answer = word.add_paragraph(style="Intense Quote")
    answer.add_run(document.answer)
    for block in document.blocks:
        _add(word, block, document)
    _add_sources(word, document)
    _add_references(word, document)
    word.save(out)


def _add(word: Any, block: Block, document: Document) -> None:
    if isinstance(block, Heading):
        word.add_heading(block.text, level=block.level - 1)
    elif isinstance(block, Paragraph):
        paragraph = word.add_paragraph(style="Caveat" if block.kind == "caveat" else None)
        paragraph.add_run(block.text)
        if block.reference:
            _mark(paragraph, block.reference)
    elif isinstance(block, Figures):
        _add_figures(word, block, document)
    elif isinstance(block, Table):
        _add_table(word, block, document)
    elif isinstance(block, Bars | Map):
        # A picture would say no more than its caption, which holds every number.
        paragraph = word.add_paragraph(f"{block.title}: {block.caption}")
        _mark(paragraph, block.reference)


def _add_figures(word: Any, block: Figures, document: Document) -> None:
    table = _new_table(word, 3, document.words.figures, document.words.figures)
    table._tbl.tblPr.find(qn("w:tblLook")).set(qn("w:firstRow"), "0")
    for item in block.items:
        cells = table.add_row().cells
        _fill(cells[0], Cell(item.label))
        _fill(cells[1], Cell(item.value, href=item.reference.address), numeric=True, bold=True)
        _fill(cells[2], Cell(item.note))
        _mark(cells[2].paragraphs[0], item.reference)
    _set_widths(table, [30, 24, 46])
    word.add_paragraph(style="After table")


def _add_table(word: Any, block: Table, document: Document) -> None:
    caption = word.add_paragraph(block.title, style="Caption")
    _mark(caption, block.reference)
    table = _new_table(word, len(block.columns), block.title, block.note or block.title)
    for cell, column in zip(table.add_row().cells, block.columns, strict=True):
        _fill(cell, Cell(column.heading), numeric=column.numeric, bold=True)
    _repeat_header(table.rows[0])
    for row in block.rows:
        added = table.add_row()
        _keep_whole(added)
        for cell, content, column in zip(added.cells, row, block.columns, strict=True):
            _fill(cell, content, numeric=column.numeric, bold=bool(content.mark))
    _set_widths(table, _widths(block.columns))
    notes = [block.note] if block.note else []
    if block.left_out:
        notes.append(document.words.more_rows.format(left=block.left_out))
    word.add_paragraph(" ".join(notes), style="Caveat" if notes else "After table")


def _new_table(word: Any, columns: int, title: str, description: str) -> Any:
    """Return an empty table with hairlines and alternative text (w:tblCaption, w:tblDescription)."""
    table = word.add_table(rows=0, cols=columns)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        shown = side in {"top", "bottom", "insideH"}
        line.set(qn("w:val"), "single" if shown else "nil")
        if shown:
            line.set(qn("w:sz"), "4")
            line.set(qn("w:color"), "CBD6CF")
        borders.append(line)
    properties = table._tbl.tblPr
    # The schema fixes the order of these elements: borders, layout, look, and the captions last.
    properties.find(qn("w:tblLayout")).addprevious(borders)
    for name, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        element = OxmlElement(name)
        element.set(qn("w:val"), text[:250])
        properties.append(element)
    return table


def _fill(cell: Any, content: Cell, *, numeric: bool = False, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Cell"
    if numeric:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if content.href.startswith(("http://", "https://")):
        _link(paragraph, content.text, content.href, bold=bold)
    else:
        paragraph.add_run(content.text).bold = bold or None


def _link(paragraph: Any, text: str, address: str, *, bold: bool = False) -> None:
    """Add a hyperlink (§17.16.22): python-docx has no call for it."""
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(text)
    run.bold = bold or None
    run.font.color.rgb = _LINK
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _mark(paragraph: Any, reference: Reference) -> None:
    """Add the number of the question behind what was said, as a link to it."""
    paragraph.add_run(" ")
    _link(paragraph, f"[{reference.number}]", reference.address)


def _repeat_header(row: Any) -> None:
    element = OxmlElement("w:tblHeader")
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _widths(columns: tuple[Column, ...]) -> list[float]:
    """Share the width: the first column most, columns of numbers least."""
    weights = [2.2] + [1.0 if column.numeric else 1.8 for column in columns[1:]]
    return [100 * weight / sum(weights) for weight in weights]


def _set_widths(table: Any, shares: list[float]) -> None:
    widths = [Mm(_TEXT_WIDTH * share / 100) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    # Word goes by the cells, other programs by the columns.
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _add_sources(word: Any, document: Document) -> None:
    word.add_heading(document.words.sources, level=1)
    for source in document.sources:
        detail = ", ".join(part for part in (source.publisher, source.date) if part)
        word.add_paragraph(f"{source.title}: {detail}", style="Caveat")


def _add_references(word: Any, document: Document) -> None:
    word.add_heading(document.words.questions, level=1)
    for reference in document.references:
        paragraph = word.add_paragraph(f"[{reference.number}] {reference.title}: ", style="Caveat")
        _link(paragraph, reference.address, reference.address)
    paragraph = word.add_paragraph(f"{document.words.colophon} ", style="Caveat")
    _link(paragraph, document.address, document.address)


def _set_page(word: Any) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)


def _set_styles(word: Any, locale: str) -> None:
    styles = word.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = _FONT, Pt(10.5), _INK
    normal.paragraph_format.space_after = Pt(6)
    _set_language(styles.element, locale)
    for name, size in (("Title", 22), ("Subtitle", 10.5), ("Heading 1", 14), ("Heading 2", 12)):
        _set_font(styles[name], size, _SOFT if name == "Subtitle" else _INK)
    for name, size in (("Intense Quote", 14), ("Caption", 10)):
        _set_font(styles[name], size, _INK)
        styles[name].font.italic = False
    styles["Intense Quote"].paragraph_format.left_indent = Mm(0)
    styles["Caption"].paragraph_format.keep_with_next = True
    for name, size in (("Caveat", 9), ("Cell", 9), ("After table", 4)):
        style = styles.add_style(name, 1)
        style.base_style = normal
        style.font.size = Pt(size)
        style.paragraph_format.space_after = Pt(0 if name == "Cell" else 6)
    styles["Caveat"].font.color.rgb = _SOFT


def _set_font(style: Any, size: float, colour: RGBColor) -> None:
    """Set a style's font; the theme's own font and colour would otherwise win."""
    style.font.size, style.font.color.rgb = Pt(size), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    style.font.name = _FONT


def _set_language(styles: Any, locale: str) -> None:
    """Set the language of all text (w:lang of the default run properties)."""
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)


def _set_properties(word: Any, document: Document) -> None:
    properties = word.core_properties
    properties.author = properties.last_modified_by = document.words.site
    properties.title = f"{document.kind}: {document.about}"
    properties.subject = document.answer[:250]
    properties.language = LOCALES[document.lang]
    properties.comments = document.address[:250]
    properties.keywords = document.build
    properties.revision = 1
    properties.created = properties.modified = _day(document.date)
    package = word.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # the picture of python-docx's own empty page
            del package.rels[name]


def _day(date: str) -> datetime:
    """Return a date of the data, which may be a year or a month alone, as a moment."""
    parts = [int(part) for part in date.split("-") if part.isdigit()]
    year, month, day = (*parts, 1, 1)[:3] if parts else (2000, 1, 1)
    return datetime(year, month, day, tzinfo=UTC)
