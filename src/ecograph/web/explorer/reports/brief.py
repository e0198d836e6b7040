"""The brief: an area, an actor or a municipality on one printed page."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, abort, request

from ecograph.export.document import Document
from ecograph.web.explorer.asking import site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.reports.brief_actor import actor_brief
from ecograph.web.explorer.reports.brief_area import area_brief
from ecograph.web.explorer.reports.brief_place import place_brief
from ecograph.web.explorer.reports.files import answer
from ecograph.web.explorer.themes import areas

_LONGEST = 400
_KINDS: dict[str, Callable[[str], Document | None]] = {
    "area": area_brief, "actor": actor_brief, "place": place_brief,
}  # fmt: skip


@explorer.get("/<any(sv,en):lang>/brief")
def brief() -> str | Response:
    """The brief about ``about=area/…``, ``actor/…`` or ``place/…``; about the first area without it."""
    about = request.args.get("about", "").strip() or next(
        (site().base.local(iri) or "" for iri in areas()), ""
    )
    made = _KINDS.get(about.partition("/")[0]) if _is_local(about) else None
    document = made(about) if made else None
    if document is None:
        abort(404)
    return answer(document, brief=True)


def _is_local(value: str) -> bool:
    return 0 < len(value) <= _LONGEST and not any(c.isspace() or c in '<>"{}|\\^`' for c in value)
