"""Localities as sources write them, and the municipalities that they lie in."""

from __future__ import annotations

import pytest

from ecograph.tables.places import Localities, localities, municipalities

TABLE = Localities(
    [
        ("Örnsköldsvik", "2284"),
        ("Ånge", "2260"),
        ("Härnösand", "2280"),
        ("Berg", "1"),
        ("Berg", "2"),
        ("Växjö", "0780"),
    ]
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Örnsköldsvik", "2284"),
        ("ORNSKOLDSVIK", "2284"),
        ("OERNSKOELDSVIK", "2284"),
        ("VAEXJO", "0780"),
        ("SE-891 33 ÖRNSKÖLDSVIK", "2284"),
        ("Ånge", "2260"),
        ("ANGE", "2260"),
        ("AANGE", "2260"),
        ("Domsjö, Örnsköldsvik", "2284"),
        ("härnösand", "2280"),
    ],
)
def test_a_locality_is_found_however_it_is_spelled(written, code):
    assert TABLE.code(written) == code


@pytest.mark.parametrize(
    "written", ["VANGE", "Vånge", "BORLANGE", "ANGELHOLM", "Angered", "Östra Ånge by", "", "Berg"]
)
def test_a_part_of_a_word_or_an_ambiguous_name_is_no_place(written):
    assert TABLE.code(written) is None


def test_the_workspace_knows_its_municipalities(workspace):
    assert municipalities(workspace)["2281"] == "Sundsvall"
    assert len(municipalities(workspace)) == 290
    assert localities(workspace).code("Mellansel") == "2284"
