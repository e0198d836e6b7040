"""The id of a build: the hash of everything that decides what it holds."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from ecograph import __version__
from ecograph.config import Workspace, resource

_CODE = ("*.py", "*.ttl", "*.rq")
_IGNORED_SUFFIXES = {".md"}


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def input_files(workspace: Workspace) -> list[Path]:
    """Return the files that a build of the workspace reads, sorted: its own and those of its sources.

    Documents (.md) and hidden files and directories do not count.
    """
    found = set(_files(workspace.root))
    for source in workspace.sources:
        if source.path.is_dir():
            found.update(_files(source.path))
        elif source.path.is_file():
            found.add(source.path)
    return sorted(found)


def build_id(workspace: Workspace) -> str:
    """Return the first 12 hexadecimal digits of the hash of inputs, configuration and code."""
    total = hashlib.sha256(f"{__version__} {code_digest()}".encode())
    for path in input_files(workspace):
        name = path.relative_to(workspace.root) if path.is_relative_to(workspace.root) else path.name
        total.update(f"{file_digest(path)}  {name}\n".encode())
    return total.hexdigest()[:12]


@lru_cache(maxsize=1)
def code_digest() -> str:
    """Return the SHA-256 of the package's own code, ontology, shapes and queries."""
    package = Path(__file__).resolve().parents[1]
    total = hashlib.sha256()
    for root in (package, resource("ontology"), resource("shapes"), resource("queries")):
        for path in sorted(path for pattern in _CODE for path in root.rglob(pattern)):
            total.update(f"{file_digest(path)}  {path.relative_to(root)}\n".encode())
    return total.hexdigest()


def _files(root: Path) -> list[Path]:
    return [
        path
        for path in root.rglob("*")
        if path.is_file()
        and path.suffix not in _IGNORED_SUFFIXES
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
    ]
