"""Which records become one actor."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from ecograph.identity.actors import ActorIdentity, identify_actors, organisation_number
from ecograph.identity.decisions import Decision
from ecograph.identity.names import normalised

SCHEMA: dict[str, Any] = {
    **dict.fromkeys(
        ("key", "name", "name_sv", "name_en", "country", "orgnr", "vat", "pic", "ror", "lei"), pl.String
    ),
    "other_names": pl.List(pl.String),
    "curated": pl.Boolean,
}


def records(*rows: dict[str, Any]) -> pl.DataFrame:
    empty = dict.fromkeys(SCHEMA) | {"curated": False}
    return pl.DataFrame([empty | row for row in rows], schema=SCHEMA)


def identify(*rows: dict[str, Any], decisions: tuple[Decision, ...] = ()) -> ActorIdentity:
    return identify_actors(records(*rows), list(decisions))


def decision(a: str, b: str, merge: bool) -> Decision:
    return Decision(a, b, merge, "read in the register", "steward", "2026-11-24")


def test_a_swedish_vat_number_holds_the_organisation_number() -> None:
    assert organisation_number(None, "SE202100306201") == "2021003062"
    assert organisation_number("202100-4524", None) == "2021004524"
    assert organisation_number(None, "NL811383696B01") is None


def test_an_equal_lei_joins_records_and_names_an_actor_without_stronger_identifiers() -> None:
    lei = "549300W9JLPW15XIFM52"
    found = identify({"key": "a", "name": "Alfa", "lei": lei}, {"key": "b", "name": "Beta", "lei": lei})
    assert set(found.ids.values()) == {"actor/lei-549300w9jlpw15xifm52"}
    assert found.reasons["b"] == [f"same LEI {lei}"]


def test_the_organisation_number_joins_a_curated_record_with_a_cordis_record() -> None:
    found = identify(
        {"key": "mittuniversitetet", "name_sv": "Mittuniversitetet", "orgnr": "202100-4524", "curated": True},
        {
            "key": "cordis:999579860",
            "name": "MID SWEDEN UNIVERSITY",
            "vat": "SE202100452401",
            "pic": "999579860",
        },
    )
    assert set(found.ids.values()) == {"actor/se-2021004524"}
    assert "organisation number" in found.reasons["cordis:999579860"][0]


def test_the_id_that_a_gathered_record_would_have_alone_leads_to_its_actor() -> None:
    found = identify(
        {"key": "mittuniversitetet", "orgnr": "202100-4524", "pic": "999579860", "curated": True},
        {"key": "cordis:999579860", "name": "MID SWEDEN UNIVERSITY", "pic": "999579860"},
        {"key": "swecris:miun", "name": "Mid Sweden University", "pic": "999579860"},
        {"key": "alone", "name": "Another", "pic": "111111111"},
    )
    assert found.replaced == {"actor/pic-999579860": "actor/se-2021004524"}


def test_an_id_that_is_an_actors_own_is_never_said_to_be_replaced() -> None:
    found = identify(
        {"key": "a", "name": "Alfa", "orgnr": "202100-4524", "pic": "1"},
        {"key": "b", "name": "Beta", "pic": "1"},
        {"key": "c", "name": "Gamma", "pic": "1", "orgnr": "202100-3062"},
    )
    assert not set(found.replaced) & set(found.ids.values())
    split = identify({"key": "x", "name": "Alfa"}, decisions=(decision("x", "y", merge=False),))
    assert split.replaced == {}


def test_a_former_name_of_a_curated_actor_joins_a_swedish_record() -> None:
    found = identify(
        {"key": "rise-processum", "name_sv": "RISE Processum", "other_names": ["SP Processum AB"], "country": "SE", "curated": True},
        {"key": "projektbanken:sp-processum-ab", "name": "Sp Processum AB", "country": "SE"},
        {"key": "cordis:1", "name": "SP PROCESSUM", "country": "FI"},
    )  # fmt: skip
    assert found.ids["projektbanken:sp-processum-ab"] == found.ids["rise-processum"]
    assert found.ids["cordis:1"] != found.ids["rise-processum"]


def test_equal_names_with_different_pics_go_to_review_and_stay_apart() -> None:
    found = identify(
        {"key": "cordis:1", "name": "ENERGY CENTRE", "country": "DE", "pic": "1"},
        {"key": "cordis:2", "name": "Energy Centre", "country": "DE", "pic": "2"},
    )
    assert found.ids["cordis:1"] != found.ids["cordis:2"]
    assert found.review[0][:2] == ("cordis:1", "cordis:2")


def test_a_steward_who_keeps_records_apart_wins_over_an_equal_identifier() -> None:
    rows = ({"key": "a", "name": "Alfa", "pic": "9"}, {"key": "b", "name": "Beta", "pic": "9"})
    assert identify(*rows).ids["a"] == identify(*rows).ids["b"]
    kept = identify(*rows, decisions=(decision("a", "b", merge=False),))
    assert kept.ids["a"] != kept.ids["b"]
    assert len(kept.review) == 1
    assert "steward" in kept.review[0][2]


def test_a_steward_who_merges_wins_over_different_names() -> None:
    rows = (
        {"key": "region", "name": "Region Västernorrland", "curated": True},
        {"key": "projektbanken:vasternorrlands-lans-landsting", "name": "Västernorrlands Läns Landsting"},
    )
    merged = identify(*rows, decisions=(decision("region", str(rows[1]["key"]), merge=True),))
    assert len(set(merged.ids.values())) == 1


def test_two_organisation_numbers_are_never_one_actor() -> None:
    found = identify(
        {"key": "a", "name": "Holding", "orgnr": "556464-6874", "pic": "7"},
        {"key": "b", "name": "Holding", "orgnr": "556709-1896", "pic": "7"},
    )
    assert found.ids["a"] != found.ids["b"]
    assert found.review


def test_legal_forms_case_and_diacritics_do_not_tell_names_apart() -> None:
    assert normalised("Härnösand Energi & Miljö AB") == normalised("HARNOSAND ENERGI MILJO AKTIEBOLAG")
    assert normalised("AB") == "ab"


@given(st.permutations(range(4)))
def test_the_order_of_records_of_one_source_does_not_change_the_clusters(order: list[int]) -> None:
    rows = [
        {"key": "a", "name": "Alfa", "pic": "1", "country": "SE"},
        {"key": "b", "name": "Beta", "pic": "1", "ror": "r", "country": "SE"},
        {"key": "c", "name": "Gamma", "ror": "r", "country": "SE"},
        {"key": "d", "name": "Delta Works", "country": "SE"},
    ]
    found = identify(*[rows[position] for position in order]).ids
    assert found["a"] == found["b"] == found["c"] == "actor/pic-1"
    assert found["d"] == "actor/d"
