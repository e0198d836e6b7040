"""The workspace option that every verb has, and the build that is current there."""

from __future__ import annotations

from pathlib import Path

import click

from ecograph.store.current import current_build

__all__ = ["current_build", "workspace_option"]

workspace_option = click.option(
    "-C",
    "--workspace",
    "root",
    type=click.Path(path_type=Path),
    default=".",
    show_default=True,
    help="The workspace: the directory with ecograph.toml.",
)
