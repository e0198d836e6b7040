"""Organisation names made comparable: folded, without legal form."""

from __future__ import annotations

import re

from ecograph.model.iris import slug

_LEGAL_FORMS = frozenset(
    "ab aktiebolag aktiebolaget publ hb kb ekonomisk forening ek for ideell stiftelse stiftelsen "
    "oy oyj as asa a s aps gmbh mbh ag kg se sa sas sarl srl spa p bv nv ltd limited plc llc inc co "
    "sl slu zrt kft sp z o doo d oo".split()
)
_SPACED = re.compile(r"-+")


def normalised(name: str) -> str:
    """Return a name without case, diacritics, punctuation and legal form, words split by one space.

    A name of nothing but legal forms keeps them, so that it never becomes empty unless it has no letter.
    """
    words = _SPACED.sub(" ", slug(name)).split()
    kept = [word for word in words if word not in _LEGAL_FORMS]
    return " ".join(kept or words)
