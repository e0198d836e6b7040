"""Getting files to disk for good, and saying plainly that the disk is full."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ecograph.errors import BuildError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def flush(path: Path) -> None:
    """Force a file, or the entries of a directory, to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_tree(root: Path) -> None:
    """Force every file, then every directory from the leaves up, to disk."""
    for directory, _, files in os.walk(root, topdown=False):
        for name in files:
            flush(Path(directory) / name)
        flush(Path(directory))


@contextmanager
def disk_errors(state: Path) -> Iterator[None]:
    """Turn a full disk into a message with a remedy; the engine's own errors carry no number."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL or "No space left" in str(error) or "File too large" in str(error):
            raise BuildError(
                f"The disk with {state} is full; the earlier build goes on serving.",
                remedy="Free some space or remove old builds with `ecograph builds prune`, then build again.",
            ) from error
        raise
