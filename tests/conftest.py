"""Workspaces and builds that the tests share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ecograph.build import build
from ecograph.config import Workspace, load_workspace
from ecograph.store.builds import Build

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


class Silent:
    """Progress that nobody watches."""

    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Any]:
        yield lambda steps: None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together what shares a costly build or server; leave out tests on files that are not there."""
    for item in items:
        group = "full" if item.get_closest_marker("full") else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason="the full source files are not beside this checkout")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def silent() -> Silent:
    """Progress that nobody watches, for tests that build."""
    return Silent()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The directory of the full source files."""
    return SHARED / "data"


@pytest.fixture(scope="session")
def fixture_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A copy of the small workspace of tests/fixture."""
    root = tmp_path_factory.mktemp("workspace") / "fixture"
    shutil.copytree(ROOT / "tests" / "fixture", root, ignore=shutil.ignore_patterns(".ecograph"))
    return load_workspace(root)


@pytest.fixture(scope="session")
def fixture_build(fixture_workspace: Workspace) -> Build:
    """The build of the small workspace."""
    return build(fixture_workspace, Silent()).build


@pytest.fixture(scope="session")
def full_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A copy of the whole workspace data/."""
    root = tmp_path_factory.mktemp("workspace") / "data"
    shutil.copytree(ROOT / "data", root, ignore=shutil.ignore_patterns(".ecograph"))
    return load_workspace(root)


@pytest.fixture(scope="session")
def full_build(full_workspace: Workspace) -> Build:
    """The build of the whole workspace, made once a session."""
    return build(full_workspace, Silent()).build
