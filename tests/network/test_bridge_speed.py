"""The county's answers come fast enough to ask and ask again (processor seconds, on the whole workspace)."""

from __future__ import annotations

import time
from itertools import combinations

import pytest

from ecograph.config import Workspace
from ecograph.insight.groups import groups_of
from ecograph.insight.profile import profile_pairs
from ecograph.insight.whatif import what_if
from ecograph.insight.whatif_change import Change
from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode, read_two_mode
from ecograph.store.builds import Build

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def national(full_build: Build, full_workspace: Workspace) -> TwoMode:
    return read_two_mode(full_build.graph(), base=Base(full_workspace.base), region=full_workspace.region)


def test_all_pairs_of_areas_with_five_hundred_resamples_take_under_ten_seconds(national: TwoMode) -> None:
    county = national.county()
    groups = groups_of(county, "area")
    started = time.process_time()
    answers = profile_pairs(county, groups, list(combinations(groups.names, 2)), draws=500)
    assert time.process_time() - started < 10
    first = answers[0].profiles[0]
    assert (first.label_sv, first.rank) == ("Mittuniversitetet", 1)
    assert first.rank_high is not None and first.rank_high <= 3


def test_a_what_if_takes_under_a_second(national: TwoMode) -> None:
    county = national.county()
    started = time.process_time()
    effect = what_if(county, Change(remove=("actor/se-2021004524",)), national=national)
    assert time.process_time() - started < 1
    assert any(pair.cut_off for pair in effect.pairs)
