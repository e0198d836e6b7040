"""Text damaged on its way: UTF-8 once read in another encoding, mended only where that is certain."""

from __future__ import annotations

import polars as pl

_TIMES = 3


def mend_text(text: str, encoding: str) -> str:
    """Return the text that was UTF-8 before it was read as `encoding`, or `text` where it was not.

    The text is taken back to bytes and read as UTF-8, again when it was damaged twice; it is changed only
    when both succeed, which for text that was never damaged happens with ASCII alone.
    """
    for _ in range(_TIMES):
        try:
            mended = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            break
        if mended == text:
            break
        text = mended
    return text


def mend(column: pl.Series, encoding: str) -> pl.Series:
    """Return a column of text with each damaged value mended (see `mend_text`)."""
    odd = column.filter(column.str.contains(r"[^\x00-\x7f]")).unique()
    mended = {text: mend_text(text, encoding) for text in odd}
    return column.replace(mended) if mended else column
