"""The page of one project: status, who takes part in which role, money by kind, areas and why."""

from __future__ import annotations

from flask import abort, render_template

from ecograph.web.explorer.areas import OURS
from ecograph.web.explorer.asking import ask, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.charts import first_year_after
from ecograph.web.explorer.statements import statements_of
from ecograph.web.explorer.themes import areas


@explorer.get("/<any(sv,en):lang>/project/<path:key>")
def project(key: str) -> str:
    """The page of a project."""
    local = f"project/{key}"
    profile = ask("project-profile", project=local)
    if not profile.rows:
        abort(404)
    statements, stated = statements_of(local)
    partners = ask("project-partners", project=local)
    collaborating = {row["actor"] for row in partners.rows if row["collaborating"]}
    row = profile.first
    return render_template(
        "project.html",
        iri=site().base.instance(local),
        profile=profile,
        row=row,
        after=None
        if row["startYear"] is None
        else row["startYear"] >= first_year_after(site().workspace.region.strategy_adopted),
        facts={item.name: item for item in stated},
        stated=stated,
        statements=statements,
        conflicts=[item for item in stated if item.conflict],
        partners=partners,
        collaborating=len(collaborating),
        blind=sorted(
            {r["sourceTitle"] or r["source"] for r in partners.rows if r["coverage"] == "beneficiary"}
        ),
        areas=ask("project-areas", project=local),
        index=areas(),
        money=ask("project-money", project=local),
        ours=OURS,
    )
