"""How rules count projects to areas."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.tables.classify import assign, matcher

RULES = pl.DataFrame(
    {
        "key": ["sc3", "scb-205", "skog", "it"],
        "scheme": ["programme-part", "scb", "keyword", "keyword"],
        "value": ["SC3", "205*", "skog*", "it"],
        "area": ["energy", "forest", "forest", "digital"],
        "weight": [1.0, 1.0, 0.5, 1.0],
    }
)


def classified(*rows: tuple[str, str, str]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=["project", "scheme", "code"], orient="row")


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("skog*", "Framtidens skogsbruk", True),
        ("skog*", "Ekoskogen", False),
        ("*skog*", "Ekoskogen", True),
        ("it", "Digital IT i vården", True),
        ("it", "Kapital", False),
        ("förnybar energi", "FÖRNYBAR  ENERGI nu", True),
    ],
)
def test_a_keyword_matches_words_and_not_parts_of_them(value: str, text: str, expected: bool) -> None:
    assert matcher("keyword", value)(text) is expected


def test_a_code_prefix_matches_all_codes_below_it() -> None:
    assert matcher("scb", "205*")("20503")
    assert not matcher("scb", "205")("20503")


def test_each_assignment_says_which_rule_made_it() -> None:
    made = assign(classified(("p", "programme-part", "SC3")), RULES, set())
    assert made.select("subject", "area", "rule", "basis", "share").rows() == [
        ("p", "energy", "sc3", "rule", 1.0)
    ]


def test_a_stewards_word_goes_before_the_rules() -> None:
    made = assign(classified(("p", "programme-part", "SC3")), RULES, {"p"})
    assert made["share"].to_list() == [None]


def test_two_rules_for_one_area_count_it_once() -> None:
    made = assign(classified(("p", "scb", "20503"), ("p", "keyword", "skogen och IT")), RULES, set())
    shares = made.drop_nulls("share")
    assert sorted(shares["area"]) == ["digital", "forest"]
    assert shares["share"].sum() == pytest.approx(1)


@given(
    st.lists(
        st.tuples(st.sampled_from("pqr"), st.just("keyword"), st.sampled_from(["skog", "it", "skog it", ""]))
    )
)
def test_the_shares_of_a_project_sum_to_one(rows: list[tuple[str, str, str]]) -> None:
    if not rows:
        return
    made = assign(classified(*rows), RULES, set())
    for total in made.drop_nulls("share").group_by("subject").agg(pl.col("share").sum())["share"]:
        assert total == pytest.approx(1)
