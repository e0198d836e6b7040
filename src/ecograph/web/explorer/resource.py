"""The page of any other thing: its labels, what is stated of it and by whom, and what refers to it."""

from __future__ import annotations

from flask import abort, render_template

from ecograph.model.namespaces import VOCABULARY
from ecograph.web.explorer.asking import ask, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.statements import label_of, statements_of, word_for

_LONGEST = 400


@explorer.get("/<any(sv,en):lang>/vocabulary/<path:key>")
def vocabulary(key: str) -> str:
    """The page of a concept or a vocabulary."""
    return _page(f"{VOCABULARY}{key}", f"{VOCABULARY}{key}", key)


@explorer.get("/<any(sv,en):lang>/<path:local>")
def resource(local: str) -> str:
    """The page of a thing of ours; every other address under the language is not found."""
    return _page(local, site().base.instance(local), local)


def _page(subject: str, iri: str, key: str) -> str:
    if len(key) > _LONGEST or any(character.isspace() or character in '<>"{}|\\^`' for character in key):
        abort(404)
    shown, stated = statements_of(subject)
    if not stated:
        abort(404)
    return render_template(
        "resource.html",
        iri=iri,
        label=label_of(stated, key),
        facts={item.name: item for item in stated},
        statements=shown,
        stated=stated,
        word_for=word_for,
        municipality=key if key.removeprefix("place/") in site().workspace.region.municipalities else None,
        references=ask("references-to", subject=subject),
    )
