"""Which reader reads which kind of source."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from ecograph.config import SourceConfig, Workspace
from ecograph.errors import ConfigurationError
from ecograph.sources.reading import Progress
from ecograph.tables.batch import Batch

Reader = Callable[[SourceConfig, Workspace, Progress | None], Batch]

KINDS: dict[str, str] = {
    "tables": "workspace_tables",
    "cordis": "cordis",
    "cordis-network": "cordis_network",
    "cordis-fp7-network": "cordis_fp7",
    "projektbanken": "projektbanken",
    "swecris": "swecris",
}
"""The module of `ecograph.sources` that reads each kind."""


def read(source: SourceConfig, workspace: Workspace, progress: Progress | None = None) -> Batch:
    """Read one source of a workspace into canonical tables.

    Parameters
    ----------
    source: which files, of what kind, with what options.
    workspace: gives the region, its table of localities and the directory that file names are relative to.
    progress: called with the number of rows read since the last call.

    Raises
    ------
    ConfigurationError: for a kind that no reader knows.
    SourceError: when a file is missing or cannot be read as a whole; single odd rows become findings.
    """
    if source.kind not in KINDS:
        raise ConfigurationError(
            f"The source {source.id} is of the unknown kind {source.kind!r}.",
            remedy=f"Known kinds: {', '.join(KINDS)}.",
        )
    reader: Reader = import_module(f"ecograph.sources.{KINDS[source.kind]}").read
    return reader(source, workspace, progress)
