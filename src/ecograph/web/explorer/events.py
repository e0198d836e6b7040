"""Foundings, mergers, renamings and the like of an organisation, each as a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from ecograph.web.explorer.language import joined
from ecograph.web.explorer.links import page_of


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to an organisation: the address of its statement, its date, and the sentence."""

    iri: str
    date: str | None
    sentence: Markup


def events(rows: Iterable[Mapping[str, Any]], actor: str) -> list[Event]:
    """Return the events of an actor, from the rows of one row for each pair of organisations."""
    gathered: dict[str, dict[str, Any]] = {}
    for row in rows:
        known = gathered.setdefault(row["event"], {"row": row, "from": {}, "to": {}})
        for side in ("from", "to"):
            if row[side]:
                known[side][row[side]] = row[f"{side}Label"] or row[side]
    return [
        Event(iri, known["row"]["date"], _sentence(known["row"], known["from"], known["to"], actor))
        for iri, known in gathered.items()
    ]


def _sentence(row: Mapping[str, Any], before: dict[str, str], after: dict[str, str], actor: str) -> Markup:
    key = str(row["kind"]).rsplit("/", 1)[-1]
    others_before, others_after = _names(before, actor), _names(after, actor)
    text = _text(key, actor in before, actor in after, bool(others_before), bool(others_after))
    if text is None:
        return Markup("{}").format(row["kindLabel"] or key)
    # The text is our own; the names within are escaped.
    return Markup(text) % {"before": others_before, "after": others_after}  # noqa: S704


def _text(key: str, was: bool, became: bool, others_before: bool, others_after: bool) -> str | None:
    """Return the sentence for a kind of event, as seen from an actor that stands before or after it."""
    sentences: dict[tuple[str, str], str] = {
        ("dissolution", "alone"): _("was dissolved"),
        ("dissolution", "before"): _("was dissolved"),
        ("dissolution", "after"): _("was dissolved"),
        ("founding", "alone"): _("was founded"),
        ("founding", "before"): _("was founded out of %(before)s"),
        ("renaming", "alone"): _("changed its name; the former name is among the other names"),
        ("renaming", "before"): _("was called %(before)s before"),
        ("renaming", "after"): _("took the name %(after)s"),
        ("merger", "alone"): _("was formed by a merger"),
        ("merger", "before"): _("merged with %(before)s") if was else _("was formed of %(before)s"),
        ("merger", "after"): _("became part of %(after)s"),
        ("merger", "both"): _("became part of %(after)s, together with %(before)s"),
        ("succession", "before"): _("took over tasks from %(before)s"),
        ("succession", "after"): _("handed tasks over to %(after)s"),
        # The tables put the buyer before and the bought after; a purchase may be of a part.
        ("acquisition", "alone"): _("got a new owner"),
        ("acquisition", "before"): _("was bought, whole or in part, by %(before)s"),
        ("acquisition", "after"): _("bought %(after)s, whole or in part"),
    }
    # What an actor became says more than what others became beside it.
    if others_after and not became:
        side = "both" if others_before and (key, "both") in sentences else "after"
    else:
        side = "before" if others_before else "alone"
    return sentences.get((key, side))


def _names(organisations: dict[str, str], actor: str) -> Markup:
    others = sorted((name, iri) for iri, name in organisations.items() if iri != actor)
    named = joined(Markup('<a href="{}">{}</a>').format(page_of(iri), name) for name, iri in others)
    return Markup(named)  # noqa: S704
