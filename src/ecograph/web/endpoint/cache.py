"""Memories of answers, bounded in bytes: results of queries by entity tag, documents by name."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable

from ecograph.web.endpoint.response import Response

_SEEN = 4096
_OVERHEAD = 2048
"""Bytes that an entry takes besides its body: headers, tag, objects (measured: about 1.6 KiB)."""


class ResultCache:
    """Keeps the results last used, up to a total size. Used from one thread, the event loop's.

    Parameters
    ----------
    size: bytes of all entries together.
    largest: the largest body that is kept.
    """

    def __init__(self, size: int = 64 << 20, largest: int = 1 << 20) -> None:
        self._size, self._largest = size, largest
        self._build = ""
        self._held = 0
        self._results: OrderedDict[str, Response] = OrderedDict()
        self._seen: set[str] = set()

    @property
    def build(self) -> str:
        """The build whose results are kept."""
        return self._build

    def __len__(self) -> int:
        return len(self._results)

    @property
    def held(self) -> int:
        """Bytes held now."""
        return self._held

    def serve(self, build: str) -> None:
        """Name the build that is served; the results of another are let go."""
        if build != self._build:
            self._build, self._held = build, 0
            self._results.clear()

    def __contains__(self, tag: str) -> bool:
        return tag in self._results

    def seen(self, tag: str) -> bool:
        """Say whether a result with this tag was made not long ago, and remember it.

        What is quickly made is worth keeping from its second time on only.
        """
        if tag in self._seen:
            return True
        if len(self._seen) >= _SEEN:
            self._seen.clear()
        self._seen.add(tag)
        return False

    def find(self, tags: Iterable[str]) -> Response | None:
        """Return the result kept under one of the tags."""
        for tag in tags:
            if tag in self._results:
                self._results.move_to_end(tag)
                return self._results[tag]
        return None

    def keep(self, build: str, tag: str, response: Response) -> None:
        """Keep a result of the build, and let go of those used longest ago when the total is exceeded."""
        whole = response.file is None and len(response.body) <= self._largest
        if not whole or not tag or tag in self._results or build != self._build:
            return
        self._results[tag] = response
        self._held += len(response.body) + _OVERHEAD
        while self._held > self._size:
            _, gone = self._results.popitem(last=False)
            self._held -= len(gone.body) + _OVERHEAD


class DocumentCache:
    """Keeps serialised documents last used, up to a total size in bytes. Safe to use from many threads."""

    def __init__(self, size: int = 32 << 20) -> None:
        self._size, self._held = size, 0
        self._documents: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return the document kept under `key`, made by `make` when it is not; an empty one is not kept."""
        with self._lock:
            if key in self._documents:
                self._documents.move_to_end(key)
                return self._documents[key]
        content = make()
        if content:
            with self._lock:
                self._held += len(content) - len(self._documents.pop(key, b""))
                self._documents[key] = content
                while self._held > self._size:
                    _, gone = self._documents.popitem(last=False)
                    self._held -= len(gone)
        return content
