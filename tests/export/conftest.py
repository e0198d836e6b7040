"""The small county of the network tests, ready to export."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ecograph.config import RegionConfig
from ecograph.store.graph import MemoryGraph

# A busy machine must not fail a property for being slow.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

COUNTY = Path(__file__).parents[1] / "network" / "county.trig"


@pytest.fixture(scope="session")
def county_graph() -> MemoryGraph:
    """The statements of county.trig."""
    graph = MemoryGraph()
    graph.load(COUNTY, format="trig")
    return graph


@pytest.fixture(scope="session")
def region() -> RegionConfig:
    """The region of the county's two municipalities."""
    return RegionConfig(
        nuts3="SE321",
        country="SE",
        name_sv="Västernorrland",
        name_en="Västernorrland",
        municipalities=("2281", "2284"),
        strategy_adopted="2020-12",
    )
