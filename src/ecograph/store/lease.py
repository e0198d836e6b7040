"""Leases on build directories: who reads one holds a shared lock, who removes one needs it for itself.

The kernel gives a lease back when its holder dies, so nothing is left over after a kill.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


def hold(path: Path) -> int:
    """Return a descriptor that keeps `path` from being cleared away until it is closed.

    Raises
    ------
    OSError: when the directory is gone.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
    except BaseException:
        os.close(handle)
        raise
    return handle


def claim(path: Path) -> int | None:
    """Return a descriptor on `path` that nobody else holds, or None when it is in use or gone."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle
