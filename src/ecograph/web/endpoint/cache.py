"""A bounded memory of results, by entity tag; a new build has new tags, so nothing in it can be stale."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from ecograph.web.endpoint.response import Response


class ResultCache:
    """Keeps the results last used, up to a total size. Used from one thread, the event loop's.

    Parameters
    ----------
    size: bytes of all bodies together.
    largest: the largest body that is kept.
    """

    def __init__(self, size: int = 64 << 20, largest: int = 1 << 20) -> None:
        self._size, self._largest = size, largest
        self._held = 0
        self._results: OrderedDict[str, Response] = OrderedDict()

    def find(self, tags: Iterable[str]) -> Response | None:
        """Return the result kept under one of the tags."""
        for tag in tags:
            if tag in self._results:
                self._results.move_to_end(tag)
                return self._results[tag]
        return None

    def keep(self, tag: str, response: Response) -> None:
        """Keep a result, and let go of those used longest ago when the total is exceeded."""
        if response.file is not None or len(response.body) > self._largest or tag in self._results:
            return
        self._results[tag] = response
        self._held += len(response.body)
        while self._held > self._size:
            _, gone = self._results.popitem(last=False)
            self._held -= len(gone.body)
