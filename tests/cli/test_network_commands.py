"""`ecograph network` as a person types it: every command, format and explanation, and bad input."""

from __future__ import annotations

import csv
import io
import json
import math

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from ecograph.api import Answer, Column
from ecograph.cli import main, network_output
from ecograph.cli.network_output import emit
from ecograph.cli.printed import readable
from ecograph.config import Workspace
from ecograph.store.builds import Build

SHOWS = {
    "bridges": ("--between", "forest-bioeconomy", "digitalisation", "--draws", "20"),
    "gaps": ("--by", "area"),
    "roles": ("--by", "helix"),
    "introductions": (),
    "what-if": ("--remove", "RISE Processum"),
    "evolution": (),
    "strengths": (),
    "structure": (),
    "communities": (),
}


@pytest.fixture(scope="module")
def root(fixture_workspace: Workspace, fixture_build: Build) -> str:
    return str(fixture_workspace.root)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["network", *arguments])


def refuse_nan(name: str) -> float:
    raise AssertionError(f"{name} in an answer")


def answer(root: str, command: str, *arguments: str) -> dict[str, object]:
    result = call(command, "-C", root, *arguments, "-o", "json")
    assert result.exit_code == 0, result.output
    content: dict[str, object] = json.loads(result.stdout, parse_constant=refuse_nan)
    return content


@pytest.mark.parametrize("command", SHOWS)
def test_json_has_question_method_parameters_coverage_results_and_message(root: str, command: str) -> None:
    content = answer(root, command, *SHOWS[command])
    assert {"question", "method", "parameters", "coverage", "results", "message"} <= content.keys()
    assert content["question"] == command
    assert content["method"]
    assert content["coverage"]


@pytest.mark.parametrize("command", SHOWS)
def test_csv_stands_alone_and_the_coverage_is_said_beside_it(root: str, command: str) -> None:
    result = call(command, "-C", root, *SHOWS[command], "-o", "csv")
    assert result.exit_code == 0, result.output
    header, *rows = csv.reader(io.StringIO(result.stdout))
    assert all(len(row) == len(header) for row in rows)
    assert "nan" not in {cell.lower() for row in rows for cell in row}
    assert "Täckningsgrad" in result.stderr


@pytest.mark.parametrize("command", SHOWS)
def test_a_table_carries_the_coverage_and_explain_the_method_in_words(root: str, command: str) -> None:
    plain = call(command, "-C", root, *SHOWS[command], "--lang", "en")
    explained = call(command, "-C", root, *SHOWS[command], "--lang", "en", "--explain")
    assert plain.exit_code == explained.exit_code == 0
    assert "Coverage:" in plain.stdout
    assert "How it is worked out:" in explained.stdout
    assert "How it is worked out:" not in plain.stdout


@pytest.mark.parametrize("command", SHOWS)
def test_an_empty_window_gets_a_stated_answer_and_no_traceback(root: str, command: str) -> None:
    content = answer(root, command, *SHOWS[command], "--from", "1900", "--to", "1901")
    assert content["message"] or content["results"]


def test_the_bridge_between_forest_and_digitalisation_is_ranked_with_its_uncertainty(root: str) -> None:
    content = answer(root, "bridges", *SHOWS["bridges"])
    rows = content["results"]
    assert isinstance(rows, list)
    names = [row["actor"] for row in rows]
    assert "Mittuniversitetet" in names
    ranked = [row for row in rows if row["rank"] is not None]
    assert all(row["rank_low"] <= row["rank_high"] for row in ranked)
    assert content["parameters"]["draws"] in (0, 20)  # type: ignore[index]


def test_all_pairs_of_helices_are_shown_when_none_is_asked_for(root: str) -> None:
    rows = answer(root, "bridges", "--by", "helix", "--draws", "0")["results"]
    assert isinstance(rows, list)
    assert {"first", "second"} <= rows[0].keys()


def test_a_group_and_an_actor_can_be_named_as_people_name_them(root: str) -> None:
    rows = answer(root, "bridges", "--between", "Skoglig bioekonomi", "Digitalisering", "--draws", "0")[
        "results"
    ]
    assert rows == answer(root, "bridges", *SHOWS["bridges"][:3], "--draws", "0")["results"]
    one = answer(root, "bridges", "--actor", "mittuniversitetet", "--draws", "0")["results"]
    assert isinstance(one, list)
    assert {row["actor"] for row in one} <= {"Mittuniversitetet"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("bridges", "--between", "fiske", "digitalisation"), "There is no area 'fiske'"),
        (("bridges", "--between", "digitalisation", "digitalisation"), "two different sides"),
        (("what-if",), "Nothing is supposed"),
        (("what-if", "--remove", "RISE Procesum"), "Did you mean"),
        (("what-if", "--remove-programme", "Horisont 1920"), "No programme is called"),
        (("what-if", "--remove", "RISE Processum", "--area", "digitalisation"), "none is added"),
    ],
)
def test_what_cannot_be_answered_is_said_with_a_remedy(
    root: str, arguments: tuple[str, ...], words: str
) -> None:
    result = call(arguments[0], "-C", root, *arguments[1:])
    assert result.exit_code == 1
    assert words in result.output
    assert "Traceback" not in result.output


def test_a_window_that_ends_before_it_begins_is_refused(root: str) -> None:
    result = call("bridges", "-C", root, "--from", "2020", "--to", "2010")
    assert result.exit_code == 2
    assert "ends before it begins" in result.output


def test_what_if_tells_of_the_whole_network_and_of_each_pair(root: str) -> None:
    content = answer(root, "what-if", "--add", "RISE Processum", "Mittuniversitetet", "--area", "digital")
    assert "Projekt:" in str(content["message"])
    rows = content["results"]
    assert isinstance(rows, list)
    assert len(rows) == 10
    assert content["parameters"]["areas"] == ["area/digitalisation"]  # type: ignore[index]


def test_what_if_tests_the_meetings_when_asked(root: str) -> None:
    rows = answer(root, "what-if", "--remove", "RISE Processum", "--test")["results"]
    assert isinstance(rows, list)
    assert {"expected_before", "verdict_after"} <= rows[0].keys()
    assert all(row["verdict_before"] for row in rows)


def test_the_group_lists_its_commands_and_each_has_help() -> None:
    listed = call("--help").output
    for command in (*SHOWS, "measure"):
        assert command in listed
        assert call(command, "--help").exit_code == 0


# Printing


def printed(output: str, capsys: pytest.CaptureFixture[str], lang: str = "sv") -> tuple[str, str]:
    emit(
        Answer(
            question="x", title=("Titel", "Title"), method=("Metod.", "Method."),
            columns=(Column("a", "Värde", "Value"), Column("b", "Lista", "List"),
                     Column("c", "Dold", "Hidden", False)),
            rows=[{"a": 1234.5, "b": ["x", "y"], "c": True}, {"a": math.nan, "b": [], "c": None}],
            message=("Besked.", "Message."), caveats=[("Förbehåll.", "Caveat.")], lang=lang,
        ),
        output,
    )  # fmt: skip
    out = capsys.readouterr()
    return out.out, out.err


def test_an_undefined_number_is_empty_in_csv_and_null_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    out, err = printed("csv", capsys)
    assert out == "a,b,c\n1234.5,x; y,true\n,,\n"
    assert err == "Besked.\nFörbehåll.\n"
    out, err = printed("json", capsys, "en")
    content = json.loads(out, parse_constant=refuse_nan)
    assert content["results"][1] == {"a": None, "b": [], "c": None}
    assert (content["message"], content["coverage"]) == ("Message.", None)
    assert err == "Caveat.\n"


def test_a_table_reads_in_swedish_and_hides_what_is_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    out, err = printed("table", capsys)
    assert "1\u2009234" in out.replace("1\u2009235", "1\u2009234")
    assert "Dold" not in out
    assert "Besked." in out and "Förbehåll." in out
    assert err == ""


def test_numbers_are_written_as_people_read_them() -> None:
    assert readable(0.25, "sv") == "0,25"
    assert readable(0.25, "en") == "0.25"
    assert readable(True, "sv") == "ja"
    assert readable(None, "sv") == readable(math.inf, "sv") == ""


WIDE = Answer(
    question="x", title=("Titel", "Title"), method=("Metod.", "Method."),
    columns=(
        Column("pair", "Mellan", "Between"), Column("rank", "Plats", "Rank"), Column("actor", "Aktör", "Actor"),
        Column("share", "Andel", "Share", share=True),
        Column("before", "Par som nås", "Pairs reached", beside="after", joined="{} → {}"),
        Column("after", "efter", "after", on_screen=False), Column("never", "Aldrig", "Never"),
    ),
    rows=[
        {"pair": "Skog – Energi", "rank": 1, "actor": "Västernorrlands läns landsting", "share": 0.125,
         "before": 12000, "after": 900, "never": None},
        {"pair": "Skog – Digitalisering", "rank": 1, "actor": "Mittuniversitetet", "share": 1.0,
         "before": 3, "after": 3, "never": None},
    ],
    headings=("pair",),
)  # fmt: skip


def test_a_table_comes_in_parts_and_leaves_out_what_is_empty(capsys: pytest.CaptureFixture[str]) -> None:
    emit(WIDE, "table")
    lines = capsys.readouterr().out.splitlines()
    assert "Skog – Energi" in lines
    assert "Skog – Digitalisering" in lines
    first = next(line for line in lines if "landsting" in line)
    assert first.split() == [
        "1",
        *"Västernorrlands läns landsting".split(),
        "12",
        "%",
        "12",
        "000",
        "→",
        "900",
    ]
    assert not [line for line in lines if "Aldrig" in line or "efter" in line]
    emit(WIDE, "csv")
    assert capsys.readouterr().out.splitlines()[0] == "pair,rank,actor,share,before,after,never"


def test_where_a_table_has_no_room_names_are_whole_all_the_same(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_output, "console", lambda: Console(width=40, highlight=False))
    emit(WIDE, "table")
    out = capsys.readouterr().out
    assert "Västernorrlands läns landsting\n" in out
    assert "Par som nås" in out.replace("\n    ", " ")
    assert "…" not in out
    assert max(map(len, out.splitlines())) <= 40
