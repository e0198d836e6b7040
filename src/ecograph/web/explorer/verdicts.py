"""What the tests against chance say: verdicts counted, so that pages claim no more than is established."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ecograph.model.namespaces import VOCABULARY

_SCHEME = f"{VOCABULARY}gap-verdict/"
FEWER = f"{_SCHEME}fewer"
MORE = f"{_SCHEME}more"
TOO_LITTLE = f"{_SCHEME}too-little-data"
DEPENDS = f"{_SCHEME}depends-on-classification"


@dataclass(frozen=True, slots=True)
class Tally:
    """Pairs by verdict; `gaps` are those established, `unclear` those for which there is too little data."""

    pairs: int
    gaps: int
    more: int
    unclear: int
    depends: int


def tally(rows: Iterable[Mapping[str, Any]]) -> Tally:
    """Count the rows of tested pairs by their verdict; a row without one has not been tested."""
    counts = Counter(row["verdict"] for row in rows if row["verdict"])
    return Tally(counts.total(), counts[FEWER], counts[MORE], counts[TOO_LITTLE], counts[DEPENDS])
