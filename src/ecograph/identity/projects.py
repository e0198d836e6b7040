"""Which project records are one project, and the local id that its strongest number gives it."""

from __future__ import annotations

import polars as pl

from ecograph.identity.clusters import Clusters
from ecograph.model.iris import slug

_STRENGTH = ("cordis:", "cordis-rcn:", "projektbanken:", "kohesio:", "vinnova:", "swecris:")


def identify_projects(records: pl.DataFrame) -> dict[str, str]:
    """Return the local id of every project key.

    Parameters
    ----------
    records: columns key and same_as (list of keys in other sources, which may be absent here).
    """
    keys = records["key"].to_list()
    clusters = Clusters(keys)
    aliases: dict[str, str] = {}
    for row in records.iter_rows(named=True):
        for alias in row["same_as"] or []:
            if alias in clusters:
                clusters.join(row["key"], alias)
            else:
                holder = aliases.setdefault(alias, row["key"])
                clusters.join(holder, row["key"])
    named: dict[str, list[str]] = {}
    for alias, holder in aliases.items():
        named.setdefault(clusters.find(holder), []).append(alias)
    ids: dict[str, str] = {}
    for root, members in clusters.members().items():
        local = _local(members + named.get(root, []))
        ids.update((key, local) for key in members)
    return ids


def _local(keys: list[str]) -> str:
    for prefix in _STRENGTH:
        fitting = sorted(key for key in keys if key.startswith(prefix))
        if fitting:
            return f"project/{slug(fitting[0])}"
    return f"project/{slug(min(keys))}"
