"""Gathering of records into clusters under constraints: what must be together, what must stay apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Clusters:
    """A disjoint-set forest (Tarjan 1975) over record keys that refuses forbidden unions.

    `apart` are pairs of keys that a steward has decided are different; `exclusive` gives, for a record,
    identifiers of which one cluster can hold only one value each (such as the organisation number).
    """

    def __init__(
        self,
        keys: Iterable[str],
        apart: Iterable[tuple[str, str]] = (),
        exclusive: dict[str, dict[str, str]] | None = None,
    ) -> None:
        self._parent = {key: key for key in keys}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)
        self._members: dict[str, list[str]] = {key: [key] for key in self._parent}
        self._exclusive = {key: dict((exclusive or {}).get(key, {})) for key in self._parent}

    def __contains__(self, key: str) -> bool:
        return key in self._parent

    def find(self, key: str) -> str:
        """Return the representative of the key's cluster; KeyError for an unknown key."""
        root = key
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[key] != root:
            self._parent[key], key = root, self._parent[key]
        return root

    def forbidden(self, one: str, other: str) -> str | None:
        """Return why two clusters may not be joined, or None when they may."""
        a, b = self.find(one), self.find(other)
        smaller, larger = sorted((self._members[a], self._members[b]), key=len)
        inside = set(larger)
        if any(self._apart[key] & inside for key in smaller if key in self._apart):
            return "a steward's decision keeps them apart"
        for name, value in self._exclusive[a].items():
            if self._exclusive[b].get(name, value) != value:
                return f"they have different values of {name}"
        return None

    def join(self, one: str, other: str) -> str | None:
        """Join two clusters; return None when joined (or joined before), else the reason why not."""
        a, b = self.find(one), self.find(other)
        if a == b:
            return None
        reason = self.forbidden(a, b)
        if reason:
            return reason
        keep, drop = sorted((a, b))
        self._parent[drop] = keep
        self._members[keep] += self._members.pop(drop)
        for name, value in self._exclusive.pop(drop).items():
            self._exclusive[keep].setdefault(name, value)
        return None

    def members(self) -> dict[str, list[str]]:
        """Return the clusters: representative → sorted keys."""
        return {root: sorted(keys) for root, keys in sorted(self._members.items())}
