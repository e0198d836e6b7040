"""How the small county changed: known by hand from county.trig, and asked for in the terminal."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import polars as pl
from click.testing import CliRunner

from ecograph.cli import main
from ecograph.config import RegionConfig, Workspace
from ecograph.insight.evolution import periods, programmes, trace
from ecograph.insight.groups import groups_of
from ecograph.insight.roles import find_facets, find_roles
from ecograph.network.incidence import Selection, TwoMode, read_two_mode
from ecograph.network.projection import Consortia, money_weights
from ecograph.store.builds import Build


def test_who_came_and_went_is_known_year_by_year(county: TwoMode) -> None:
    years = {row["year"]: row for row in trace(county).years.iter_rows(named=True)}
    assert sorted(years) == list(range(2016, 2023))
    assert (years[2016]["actors"], years[2016]["actors_new"], years[2016]["ties"]) == (2, 2, 1)
    assert years[2016]["actor_persistence"] is None
    # p7 brings zeta, who goes with it; p2 brings gamma and goes on.
    assert years[2018]["actors_new"] == 1
    assert years[2019]["actors_gone"] == 1
    assert years[2019]["actor_persistence"] == 2 / 3
    assert years[2020]["ties_new"] == 1
    assert years[2020]["tie_persistence"] == 1
    assert years[2021]["ties_gone"] == 1
    assert years[2022]["actors_new"] == 1


def test_undated_projects_stand_outside_the_years_and_are_counted(county: TwoMode) -> None:
    traced = trace(county, first=2018, last=2019)
    assert traced.undated == 1
    assert traced.years["year"].to_list() == [2018, 2019]
    assert traced.years["actors_new"].to_list() == [1, 0]


def test_a_network_without_dates_has_no_years_and_no_traceback(county: TwoMode) -> None:
    undated = county.with_projects(county.projects.filter(pl.col("start_year").is_null())["project"])
    traced = trace(undated)
    assert traced.years.is_empty()
    assert (traced.first, traced.last, traced.undated) == (None, None, 1)
    nothing = county.with_projects(pl.Series([], dtype=pl.String))
    assert trace(nothing).years.is_empty()
    assert programmes(nothing).is_empty()


def test_before_and_after_the_strategy_are_apart(county: TwoMode, region: RegionConfig) -> None:
    whole = periods(county, region).filter(pl.col("area_a").is_null())
    assert dict(whole.select("period", "projects").iter_rows()) == {"before": 4, "after": 1, "undated": 1}
    earlier = periods(county, replace(region, strategy_adopted="2018-01")).filter(pl.col("area_a").is_null())
    assert dict(earlier.select("period", "projects").iter_rows()) == {"before": 2, "after": 3, "undated": 1}
    met = periods(county, region).filter(pl.col("joint_projects") > 0)
    assert met.select("period", "area_a", "area_b").rows() == [("undated", "area/forest", "area/digital")]


def test_what_hangs_on_a_programme_is_what_nothing_else_makes(county: TwoMode) -> None:
    named = replace(
        county,
        projects=county.projects.with_columns(
            programme=pl.col("project").replace_strict(
                {"project/p1": "programme/one", "project/p3": "programme/two", "project/p7": "programme/one"},
                default=None,
            )
        ),
    )
    found = {row["programme"]: row for row in programmes(named).iter_rows(named=True)}
    one, two = found["programme/one"], found["programme/two"]
    # alfa and beta share p8 too; zeta is only in p7.
    assert (one["projects"], one["ties"], one["ties_lost"], one["actors_lost"]) == (2, 2, 1, 1)
    assert (two["ties_lost"], two["actors_lost"], two["pairs_lost"]) == (3, 2, ["area/forest–area/digital"])
    assert two["ties_lost_share"] == 3 / 6


def test_a_network_is_narrowed_by_area_programme_and_place(
    county_graph: object, base: object, region: RegionConfig
) -> None:
    def projects(**chosen: frozenset[str]) -> list[str]:
        found = read_two_mode(county_graph, base=base, region=region, selection=Selection(**chosen))  # type: ignore[arg-type]
        return found.project_ids

    assert projects(areas=frozenset({"area/energy"})) == ["project/p5", "project/p7"]
    assert projects(places=frozenset({"place/DE"})) == ["project/p3"]
    assert "project/p5" in projects(places=frozenset({"place/2284"}))
    assert projects(programmes=frozenset({"programme/none"})) == []


def test_money_is_shared_where_both_amounts_are_known(county: TwoMode) -> None:
    amounts = pl.DataFrame(
        [
            ("actor/alfa", "project/p3", 60.0), ("actor/delta", "project/p3", 40.0),
            ("actor/alfa", "project/p1", 10.0), ("actor/beta", "project/p1", 0.0),
        ],
        schema=["actor", "project", "euro"], orient="row",
    )  # fmt: skip
    weights = money_weights(county, amounts).toarray()
    alfa, beta, delta, epsilon = (
        county.position[f"actor/{name}"] for name in ("alfa", "beta", "delta", "epsilon")
    )
    assert weights[alfa, delta] == weights[delta, alfa] == (60 + 40) / 2
    assert weights[alfa, beta] == 10
    # epsilon's amount is not known, so that its ties have no known money.
    assert weights[alfa, epsilon] == 0
    assert money_weights(county, amounts, Consortia(2))[alfa, delta] == 0


def test_roles_of_the_county_are_ranked_by_paths_between_groups(county: TwoMode) -> None:
    found = find_roles(county, groups_of(county, "helix"))
    first = found.rows.row(0, named=True)
    assert (first["rank"], first["actor"], first["groups"]) == (1, "actor/alfa", ["academia"])
    assert (
        first["between"]
        == first["gatekeeper"] + first["representative"] + first["liaison"] + first["itinerant"]
    )
    assert "actor/delta" not in found.rows["actor"].to_list()
    facets = find_facets(county, groups_of(county, "area"))
    assert set(facets["group"].unique()) <= {"area/forest", "area/digital", "area/energy"}
    nothing = county.with_projects(pl.Series([], dtype=pl.String))
    assert find_roles(nothing, groups_of(nothing, "helix")).message[1].startswith("No actor")


def run(workspace: Workspace, *words: str) -> str:
    result = CliRunner().invoke(main, ["network", *words, "-C", str(workspace.root)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_terminal_shows_the_years_with_their_coverage(
    fixture_build: Build, fixture_workspace: Workspace
) -> None:
    table = run(fixture_workspace, "evolution")
    assert "Täckningsgrad" in table
    assert "odaterade" in table
    for show in ("years", "pairs", "periods", "programmes"):
        content = json.loads(run(fixture_workspace, "evolution", "--show", show, "-o", "json"))
        assert {"question", "method", "parameters", "coverage", "results", "message"} <= set(content)
        assert content["parameters"]["show"] == show


def test_the_terminal_shows_roles_by_every_kind_of_group(
    fixture_build: Build, fixture_workspace: Workspace
) -> None:
    for by in ("area", "helix", "municipality"):
        text = run(fixture_workspace, "roles", "--by", by, "-o", "csv", "--lang", "en")
        assert all(None not in row.values() for row in csv.DictReader(io.StringIO(text)))
        assert text.startswith("rank,actor_id,actor")
        assert "nan" not in text.lower().replace("finan", "")
    empty = json.loads(run(fixture_workspace, "roles", "--from", "1900", "--to", "1901", "-o", "json"))
    assert empty["results"] == []
    assert empty["message"]
