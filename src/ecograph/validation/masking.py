"""Personal identity numbers are masked wherever a finding quotes what it found."""

from __future__ import annotations

import re

_PERSONAL = re.compile(r"(?<!\d)(?:19|20)?\d{2}[01]\d[0-3]\d[-+]?\d{4}(?!\d)")
"""Swedish personal identity numbers: the third digit of the ten is that of a month, 0 or 1."""


def masked(text: str) -> str:
    """Return the text with Swedish personal identity numbers replaced by asterisks.

    An organisationsnummer of a legal person has a third digit of 2 or more and stays.
    """
    return _PERSONAL.sub("******-****", text)
