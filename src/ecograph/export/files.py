"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ecograph.errors import EcographError


@contextmanager
def replaced(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write that takes the place of `path` only when the block ends well.

    Raises
    ------
    EcographError: when the directory is missing or cannot be written, or the disk is full.
    """
    if path.is_dir():
        raise EcographError(f"{path} is a directory.", remedy="Name a file in it with -o.")
    if not path.parent.is_dir():
        raise EcographError(
            f"There is no directory {path.parent}.", remedy="Make it first, or name another place with -o."
        )
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            yield file  # type: ignore[misc]
            file.flush()
            os.fsync(file.fileno())
        # A temporary file is private to its owner; the result gets the rights of any new file.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except OSError as error:
        raise EcographError(
            f"{path} cannot be written: {error.strerror or error}.",
            remedy="Free some space or name another place with -o.",
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
