"""Which priority areas a project counts to: the rules of the workspace applied to the sources' codes.

A steward's, source's or collector's assignment goes before rules: where a project has one, what the rules
say of it is kept, without a share, and does not count. Only assignments with a share count.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl

_EXPLICIT_LAST = {"project": pl.String, "area": pl.String, "rule": pl.String, "weight": pl.Float64}


def matcher(scheme: str, value: str) -> Callable[[str], bool]:
    """Return the test of a rule's value against a code or, for scheme ``keyword``, against a text.

    A code matches when equal, or by its beginning where the value ends in ``*``. A keyword matches a whole
    word regardless of case; ``*`` at its end or beginning stands for any ending or beginning of the word.
    """
    if scheme != "keyword":
        if value.endswith("*"):
            prefix = value[:-1]
            return lambda code: code.startswith(prefix)
        return lambda code: code == value
    core = re.escape(value.strip("*")).replace(r"\ ", r"\s+")
    before = r"\w*" if value.startswith("*") else ""
    after = r"\w*" if value.endswith("*") else ""
    pattern = re.compile(rf"(?<!\w){before}{core}{after}(?!\w)", re.IGNORECASE)
    return lambda text: pattern.search(text) is not None


def rule_matches(classifications: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """Return which rule assigns which project to which area.

    Parameters
    ----------
    classifications: columns project, scheme, code.
    rules: columns key, scheme, value, area, weight.

    Returns
    -------
    Columns project, area, rule, weight; sorted, one row a project, area and rule.
    """
    found: list[pl.DataFrame] = []
    for rule in rules.sort("key").iter_rows(named=True):
        test = matcher(rule["scheme"], rule["value"])
        codes = classifications.filter(pl.col("scheme") == rule["scheme"]).select("project", "code")
        distinct = [code for code in codes["code"].unique().to_list() if test(code)]
        hits = codes.filter(pl.col("code").is_in(distinct)).select("project").unique()
        found.append(
            hits.with_columns(
                area=pl.lit(rule["area"]), rule=pl.lit(rule["key"]), weight=pl.lit(float(rule["weight"]))
            )
        )
    if not found:
        return pl.DataFrame(schema=_EXPLICIT_LAST)
    return pl.concat(found).sort("project", "area", "rule")


def assign(classifications: pl.DataFrame, rules: pl.DataFrame, explicitly_assigned: set[str]) -> pl.DataFrame:
    """Return the rules' assignments as rows of the canonical table ``assignments``.

    `explicitly_assigned` are the projects whose areas a steward, source or collector has stated, or has
    stated to lie outside all areas; their rule assignments get no share. Of the others the share of an
    area is its greatest weight over the sum of the areas' greatest weights, and stands at the assignment
    of the rule with that weight, so that the shares of a project sum to 1.
    """
    matches = rule_matches(classifications, rules)
    if matches.is_empty():
        return pl.DataFrame(
            schema={
                "subject": pl.String,
                "area": pl.String,
                "basis": pl.String,
                "rule": pl.String,
                "weight": pl.Float64,
                "share": pl.Float64,
            }
        )
    leading = (
        matches.sort(["project", "area", "weight", "rule"], descending=[False, False, True, False])
        .group_by("project", "area", maintain_order=True)
        .first()
        .with_columns(share=pl.col("weight") / pl.col("weight").sum().over("project"))
        .filter(~pl.col("project").is_in(sorted(explicitly_assigned)) & pl.col("share").is_finite())
        .select("project", "area", "rule", pl.col("share").round(6))
    )
    return (
        matches.join(leading, on=["project", "area", "rule"], how="left")
        .select(
            pl.col("project").alias("subject"),
            "area",
            pl.lit("rule").alias("basis"),
            "rule",
            "weight",
            "share",
        )
        .sort("subject", "area", "rule")
    )
