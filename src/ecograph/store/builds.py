"""Build directories: made beside, complete or absent, switched by one atomic rename.

Layout under the workspace's state directory::

    builds/<id>/            a published build: store/, build.json and whatever the build adds; never changes
    builds/<id>.<n>/        the same build made again with --force; the pointer says which one is served
    drafts/<id>-<pid>/      a build being made
    current -> builds/<id>  the pointer
    build.lock              held by the one process that may build

A reader holds a shared lock on the directory it reads (`Build.graph`), so that clearing away old builds
spares it.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ecograph.errors import BuildError, StoreError
from ecograph.store.durable import disk_errors, flush, flush_tree
from ecograph.store.graph import PublishedGraph
from ecograph.store.lease import claim, hold

_MANIFEST = "build.json"
_NAME = re.compile(r"^(?P<id>[A-Za-z0-9_]+)(?:\.(?P<generation>\d+))?$")
_DRAFT = re.compile(r"^(?P<id>[A-Za-z0-9_]+)-(?P<pid>\d+)$")


@dataclass(frozen=True, slots=True)
class Build:
    """A published build: its id, its directory, and what build.json says of it."""

    id: str
    path: Path
    manifest: dict[str, Any] = field(compare=False)

    @property
    def store(self) -> Path:
        """The directory of the engine's files."""
        return self.path / "store"

    def graph(self) -> PublishedGraph:
        """Open the store read-only; the build is not cleared away while the graph is in use.

        Raises
        ------
        StoreError: when the store is missing or damaged.
        """
        try:
            lease = hold(self.path)
        except OSError as error:
            raise _damaged(self.path, str(error)) from error
        try:
            graph = PublishedGraph(self.store)
        except BaseException:
            os.close(lease)
            raise
        weakref.finalize(graph, os.close, lease)
        return graph


class Builds:
    """The builds of one workspace.

    Parameters
    ----------
    state: the workspace's state directory (``Workspace.state``); made when the first draft is.
    """

    def __init__(self, state: Path) -> None:
        self.state = state
        self._builds = state / "builds"
        self._drafts = state / "drafts"
        self._pointer = state / "current"

    def pointer(self) -> str | None:
        """Return the directory name that is served now, or None; cheap enough to ask at every request."""
        try:
            return os.readlink(self._pointer).rpartition("/")[2]  # noqa: PTH115 - asked at every request
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _damaged(self._pointer, str(error)) from error

    def current(self) -> Build | None:
        """Return the build that is served, or None when nothing has been built yet.

        Raises
        ------
        StoreError: when the pointer leads to a build that is gone or damaged.
        """
        name = self.pointer()
        return None if name is None else _read(self._builds / name)

    def all(self) -> list[Build]:
        """Return the builds, one an id, the newest first; damaged directories are left out."""
        chosen: dict[str, Path] = {}
        served = self.pointer()
        for path in self._directories():
            build_id = _id_of(path)
            if build_id not in chosen or path.name == served:
                chosen[build_id] = path
        found = []
        for path in chosen.values():
            with suppress(StoreError):
                found.append(_read(path))
        return sorted(found, key=lambda build: (build.path.stat().st_mtime_ns, build.id), reverse=True)

    def get(self, build_id: str) -> Build | None:
        """Return the build with this id, or None."""
        return next((build for build in self.all() if build.id == build_id), None)

    @contextmanager
    def draft(self, build_id: str) -> Iterator[Path]:
        """Give an empty directory to build in; what is not published when the block ends is removed.

        Left-over drafts of processes that are gone are cleared away first.

        Raises
        ------
        BuildError: when another process builds here, or the disk is full.
        """
        if not _NAME.match(build_id) or "." in build_id:
            raise ValueError(f"not a build id: {build_id!r}")
        with self._lock(), disk_errors(self.state):
            self._clear()
            path = self._drafts / f"{build_id}-{os.getpid()}"
            path.mkdir(parents=True)
            try:
                yield path
            finally:
                shutil.rmtree(path, ignore_errors=True)

    def publish(self, draft: Path, manifest: Mapping[str, Any]) -> Build:
        """Make a draft the current build: write build.json, flush all to disk, rename, switch the pointer.

        The draft's store must be finished and closed. A build with the same id is superseded; whoever has it
        open goes on reading it.

        Raises
        ------
        BuildError: when the disk is full; the earlier build stays current.
        """
        match = _DRAFT.match(draft.name)
        if draft.parent != self._drafts or match is None:
            raise ValueError(f"not a draft of these builds: {draft}")
        build_id = match["id"]
        with disk_errors(self.state):
            content = {**manifest, "id": build_id}
            (draft / _MANIFEST).write_text(
                json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8"
            )
            flush_tree(draft)
            self._builds.mkdir(exist_ok=True)
            target = self._free_name(build_id)
            os.utime(draft)
            draft.rename(target)
            flush(self._builds)
            self._point_to(target.name)
        return Build(build_id, target, content)

    def rollback(self, build_id: str) -> Build:
        """Serve an earlier build again.

        Raises
        ------
        StoreError: when there is no such build.
        """
        build = self.get(build_id)
        if build is None:
            known = ", ".join(each.id for each in self.all()) or "none"
            raise StoreError(
                f"There is no build {build_id}.", remedy=f"Choose one of the builds that are kept: {known}."
            )
        with disk_errors(self.state):
            self._point_to(build.path.name)
        return build

    def prune(self, keep: int) -> list[str]:
        """Remove all but the newest `keep` builds and return the ids removed.

        Never removes the current build or one that a process has open.
        """
        served = self.pointer()
        kept = {build.path.name for build in self.all()[: max(keep, 1)]}
        removed = []
        for path in self._directories():
            if path.name != served and path.name not in kept and _remove_unused(path):
                removed.append(_id_of(path))
        return sorted(set(removed))

    @contextmanager
    def _lock(self) -> Iterator[None]:
        self.state.mkdir(parents=True, exist_ok=True)
        path = self.state / "build.lock"
        with path.open("a+", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                pid = lock.read().strip() or "unknown"
                raise BuildError(
                    f"Another build of this workspace is running (process {pid}).",
                    remedy=f"Wait until it has ended, or stop it: kill {pid}",
                ) from None
            lock.truncate(0)
            with suppress(
                OSError
            ):  # the number is for the message only, and a full disk must not stop us here
                lock.write(f"{os.getpid()}\n")
                lock.flush()
            yield

    def _clear(self) -> None:
        """Remove what dead processes left: drafts, half-made pointers, superseded builds."""
        if self._drafts.is_dir():
            for path in self._drafts.iterdir():
                shutil.rmtree(path, ignore_errors=True)
        for path in self.state.glob("current.*"):
            path.unlink(missing_ok=True)
        served = self.pointer()
        if self._builds.is_dir():
            for path in self._builds.glob("removed-*"):
                shutil.rmtree(path, ignore_errors=True)
        kept = {build.path.name for build in self.all()}
        for path in self._directories():
            if path.name != served and path.name not in kept:
                _remove_unused(path)

    def _directories(self) -> list[Path]:
        """The build directories, the highest generation of an id first."""
        if not self._builds.is_dir():
            return []
        found = [path for path in self._builds.iterdir() if _NAME.match(path.name)]
        return sorted(found, key=lambda path: (_id_of(path), _generation(path)), reverse=True)

    def _free_name(self, build_id: str) -> Path:
        taken = [_generation(path) for path in self._directories() if _id_of(path) == build_id]
        return self._builds / (f"{build_id}.{max(taken) + 1}" if taken else build_id)

    def _point_to(self, name: str) -> None:
        temporary = self.state / f"current.{os.getpid()}"
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(Path("builds") / name)
        temporary.replace(self._pointer)
        flush(self.state)


def _id_of(path: Path) -> str:
    return path.name.partition(".")[0]


def _generation(path: Path) -> int:
    return int(path.name.partition(".")[2] or 0)


def _damaged(path: Path, reason: str) -> StoreError:
    return StoreError(
        f"The build {path.name} cannot be read: {reason}.",
        remedy="Build again with --force, or serve an earlier build with `ecograph builds rollback`.",
    )


def _read(path: Path) -> Build:
    try:
        manifest = json.loads((path / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(path, str(error)) from error
    if not isinstance(manifest, dict):
        raise _damaged(path, f"{_MANIFEST} is not an object")
    return Build(_id_of(path), path, manifest)


def _remove_unused(path: Path) -> bool:
    """Remove a build directory unless a reader holds it; it vanishes from the list in one step."""
    handle = claim(path)
    if handle is None:
        return False
    try:
        doomed = path.with_name(f"removed-{path.name}-{os.getpid()}")
        path.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
