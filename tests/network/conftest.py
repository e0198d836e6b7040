"""The small county of county.trig, read once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ecograph.config import RegionConfig
from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode, read_two_mode
from ecograph.store.graph import MemoryGraph

# A busy machine must not fail a property for being slow.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

COUNTY = Path(__file__).with_name("county.trig")


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


@pytest.fixture(scope="session")
def base() -> Base:
    """The default base."""
    return Base()


@pytest.fixture(scope="session")
def county_graph() -> MemoryGraph:
    """The statements of county.trig."""
    graph = MemoryGraph()
    graph.load(COUNTY, format="trig")
    return graph


@pytest.fixture(scope="session")
def everything(county_graph: MemoryGraph, base: Base, region: RegionConfig) -> TwoMode:
    """The network of all counted projects."""
    return read_two_mode(county_graph, base=base, region=region)


@pytest.fixture(scope="session")
def county(everything: TwoMode) -> TwoMode:
    """The county network."""
    return everything.county()
