"""Ecograph: the knowledge graph of a region's innovation ecosystem.

``ecograph.open(path)`` opens a workspace's build (see `ecograph.api`); it is imported when it is first used,
so that ``import ecograph`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ecograph.api import Answer, Ecograph, open

__all__ = ["Answer", "Ecograph", "__version__", "open"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import what analysts use from `ecograph.api` on first use."""
    if name in ("Answer", "Ecograph", "open"):
        from ecograph import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
