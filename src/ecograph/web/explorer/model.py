"""The model page: classes and properties of the ontology, from the graph itself."""

from __future__ import annotations

from flask import render_template

from ecograph.model.namespaces import ECO
from ecograph.web.explorer.asking import ask
from ecograph.web.explorer.blueprint import explorer


@explorer.get("/<any(sv,en):lang>/model")
def model() -> str:
    """The reference of the ontology."""
    return render_template(
        "model.html", classes=ask("ontology-classes"), properties=ask("ontology-properties"), eco=ECO
    )
