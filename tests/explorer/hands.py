"""Two ways to use a page: by mouse, and by keyboard alone. Both are real input to a real browser."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

TRANSLATIONS = Path(__file__).resolve().parents[2] / "src/ecograph/web/translations"

MOST_TABS = 160
"""So many stops may stand between the reader and what is sought, on the longest page of a journey."""


WHERE = """e => document.activeElement === e ? 'there' :
    document.activeElement.className === 'skip' && document.querySelector('main').contains(e) ? 'skip' : ''"""


class Hand(Protocol):
    """What a reader can do with a page; `what` is a locator of Playwright."""

    def follow(self, what: Any) -> None:
        """Follow a link, press a button, open a list."""

    def write(self, what: Any, text: str) -> None:
        """Write into a field instead of what stands there."""

    def choose(self, what: Any, label: str) -> None:
        """Choose an option of a drop-down list."""


class Mouse:
    """Everything by clicking; only text is typed."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def follow(self, what: Any) -> None:
        """Click it."""
        what.click()

    def write(self, what: Any, text: str) -> None:
        """Click into the field and type."""
        what.click(click_count=3)
        self.page.keyboard.type(text)

    def choose(self, what: Any, label: str) -> None:
        """Choose it in the list that opens."""
        what.select_option(label=label)


class Keyboard:
    """Everything by Tab, Enter and letters; the skip link is used as a reader would."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def follow(self, what: Any) -> None:
        """Reach it and press Enter."""
        self._reach(what)
        self.page.keyboard.press("Enter")

    def write(self, what: Any, text: str) -> None:
        """Reach the field, mark what stands there, and type."""
        self._reach(what)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose(self, what: Any, label: str) -> None:
        """Reach the list and type the option's name, as one does without opening it."""
        self._reach(what)
        self.page.keyboard.type(label)
        assert what.evaluate("list => list.selectedOptions[0].label.trim()") == label

    def _reach(self, what: Any) -> None:
        what.wait_for()
        element = what.element_handle()
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            where = element.evaluate(WHERE)
            if where == "there":
                return
            if where == "skip":
                self.page.keyboard.press("Enter")
        raise AssertionError(f"{MOST_TABS} stops by Tab do not reach {what}")


HANDS: dict[str, Callable[[Any], Hand]] = {"mouse": Mouse, "keyboard": Keyboard}


def words(lang: str) -> Callable[[str], str]:
    """Return what the explorer says in a language for a text of its source language, English."""
    return gettext.translation("messages", TRANSLATIONS, languages=[lang], fallback=lang == "en").gettext
