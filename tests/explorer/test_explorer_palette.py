"""The palette keeps the contrast that WCAG 2.2 asks for, in every scheme that a reader's device may choose."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[2] / "src/ecograph/web/frontend/src/styles"
SCHEMES = ("light", "dark", "light, more contrast", "dark, more contrast", "print")
BACKGROUNDS = ("--paper", "--surface", "--open-land", "--water-tint", "--forest-1")
TEXT = ("--ink", "--ink-soft", "--water", "--spruce", "--course")
MARKS = ("--control", "--focus", "--contour", "--spruce", "--course")


def _blocks() -> dict[str, dict[str, str]]:
    """Return the tokens that each media query of the style sheet sets; '' is the one without a query."""
    text = re.sub(r"/\*.*?\*/", "", (STYLES / "tokens.css").read_text(encoding="utf-8"), flags=re.S)
    found = {}
    for query, body in re.findall(r"(?:@media ([^{]*)\{\s*)?:root\s*\{([^}]*)\}", text):
        found[query.strip()] = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", body))
    return found


def _palette(scheme: str) -> dict[str, str]:
    blocks = _blocks()
    palette = dict(blocks[""])
    if "dark" in scheme:
        palette |= blocks["(prefers-color-scheme: dark)"]
    if "contrast" in scheme:
        palette |= blocks["(prefers-contrast: more)"]
    if "dark" in scheme and "contrast" in scheme:
        palette |= blocks["(prefers-contrast: more) and (prefers-color-scheme: dark)"]
    return palette | (blocks["print"] if scheme == "print" else {})


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour in sRGB, by the definition of WCAG 2.2."""
    digits = colour.strip().removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read_on_every_ground(scheme: str) -> None:
    palette = _palette(scheme)
    low = [
        (ink, ground, round(contrast(palette[ink], palette[ground]), 2))
        for ink in TEXT
        for ground in BACKGROUNDS
        if contrast(palette[ink], palette[ground]) < 4.5
    ]
    assert low == []
    assert contrast(palette["--paper"], palette["--spruce"]) >= 4.5, "the words on a button"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_controls_and_marks_stand_out_from_the_page(scheme: str) -> None:
    palette = _palette(scheme)
    marks = [*MARKS, *(name for name in palette if name.startswith("--area-"))]
    assert len(marks) >= len(MARKS) + 8
    low = [(m, round(contrast(palette[m], palette["--paper"]), 2)) for m in marks]
    assert [pair for pair in low if pair[1] < 3] == []


@pytest.mark.parametrize("scheme", ["light, more contrast", "dark, more contrast"])
def test_more_contrast_is_more_contrast(scheme: str) -> None:
    palette, usual = _palette(scheme), _palette(scheme.split(",", maxsplit=1)[0])
    for ink in ("--ink", "--ink-soft", "--water", "--line"):
        more, less = (contrast(p[ink], p["--paper"]) for p in (palette, usual))
        assert more > less, ink
    assert contrast(palette["--ink-soft"], palette["--paper"]) >= 7


def test_no_style_moves_where_the_reader_wants_no_motion() -> None:
    rules = (STYLES / "page.css").read_text(encoding="utf-8")
    still = re.search(r"@media \(prefers-reduced-motion: reduce\) \{(.*?)\}\s*\}", rules, re.S)
    assert still is not None
    assert "animation: none !important" in still[1]
    assert "transition: none !important" in still[1]


def test_colours_come_from_the_palette_alone() -> None:
    """A colour written elsewhere would escape the tests of contrast and the dark scheme."""
    loose = []
    for path in [*STYLES.glob("*.css"), *(STYLES.parent / "pages").glob("*.css")]:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        # A printed sheet is black on white in every scheme.
        if path.name not in {"tokens.css", "print.css", "report.css"}:
            loose += [(path.name, found) for found in re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)", text)]
    assert loose == []
