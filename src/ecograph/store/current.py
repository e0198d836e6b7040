"""The build of a workspace that is served."""

from __future__ import annotations

from ecograph.config import Workspace
from ecograph.errors import BuildError
from ecograph.store.builds import Build, Builds


def current_build(workspace: Workspace) -> Build:
    """Return the build that is served.

    Raises
    ------
    BuildError: when nothing has been built yet.
    StoreError: when the current build is damaged.
    """
    build = Builds(workspace.state).current()
    if build is None:
        raise BuildError(
            f"The workspace {workspace.root} has no build yet.",
            remedy=f"Make one first: ecograph build -C {workspace.root}",
        )
    return build
