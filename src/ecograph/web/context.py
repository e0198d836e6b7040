"""What every request may ask for: the workspace, the build that is served now, its graph, the catalogue."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from flask import current_app

from ecograph.config import Workspace, load_workspace
from ecograph.errors import StoreError
from ecograph.model.iris import Base
from ecograph.query.catalogue import Question, load_catalogue
from ecograph.store.builds import Build, Builds
from ecograph.store.graph import PublishedGraph
from ecograph.store.lane import Lane
from ecograph.web.configured import catalogue_config, federation_config

Value = TypeVar("Value")


class Served:
    """One build as it is served: opened once, with values derived from it kept beside it."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self.name = build.path.name
        """What tells it from a build made again under the same id."""
        self.graph: PublishedGraph = build.graph()
        self.lane: Lane | None = None
        """Answers what is known to be small; none before it is prepared, or where the settings say so."""
        self._memo: dict[Any, Any] = {}
        self._lock = threading.Lock()

    def memo(self, key: Any, make: Callable[[], Value]) -> Value:
        """Return the value kept under `key`, made by `make` the first time; at most 4,096 are kept."""
        if key in self._memo:
            return cast(Value, self._memo[key])
        value = make()
        with self._lock:
            if len(self._memo) >= 4096:
                self._memo.clear()
            self._memo[key] = value
        return value


class Site:
    """The service's view of a workspace. Safe to use from many threads.

    A new build is seen at the next request; requests under way finish on the one that they hold.
    """

    def __init__(self, root: Path) -> None:
        self.workspace: Workspace = load_workspace(root)
        self.base = Base(self.workspace.base)
        self.builds = Builds(self.workspace.state)
        self.catalogue_config = catalogue_config(root)
        self.federation = federation_config(root)
        self._served: tuple[str, Served] | None = None
        self._catalogue: dict[str, Question] | None = None
        self._lock = threading.Lock()

    def served(self) -> Served:
        """Return the build that is served now; hold on to it for the length of one request.

        Raises
        ------
        StoreError: when nothing has been built, or the build is damaged.
        """
        name = self.builds.pointer()
        held = self._served
        if held is not None and held[0] == name:
            return held[1]
        with self._lock:
            held = self._served
            if held is not None and held[0] == name:
                return held[1]
            build = self.builds.current()
            if build is None:
                raise StoreError(
                    "Nothing has been built in this workspace yet.",
                    remedy=f"Run: ecograph build -C {self.workspace.root}",
                )
            served = Served(build)
            self._served = (build.path.name, served)
            return served

    @property
    def federates(self) -> bool:
        """Whether visitors' queries may call other servers."""
        return bool(self.federation.allow)

    @property
    def build(self) -> Build:
        """The build that is served now."""
        return self.served().build

    @property
    def graph(self) -> PublishedGraph:
        """The graph of the build that is served now, for the service's own (trusted) queries."""
        return self.served().graph

    @property
    def catalogue(self) -> dict[str, Question]:
        """The region's questions by slug."""
        if self._catalogue is None:
            self._catalogue = load_catalogue()
        return self._catalogue

    def memo(self, key: Any, make: Callable[[], Value]) -> Value:
        """Return a value derived from the current build, made once a build (see `Served.memo`)."""
        return self.served().memo(key, make)


def site() -> Site:
    """Return the site of the current Flask application."""
    return cast(Site, current_app.extensions["ecograph"])
