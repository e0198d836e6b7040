"""Which organisation records are one actor, by identifiers, names and a steward's decisions."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from ecograph.identity.clusters import Clusters
from ecograph.identity.decisions import Decision
from ecograph.identity.names import normalised
from ecograph.model.iris import slug

_MINIMUM_NAME = 5


@dataclass(slots=True)
class ActorIdentity:
    """The result: the local id of every record key, why records were gathered, and pairs to review."""

    ids: dict[str, str]
    reasons: dict[str, list[str]] = field(default_factory=dict)
    """By record key: the reasons why it was gathered with others, in the order of the merges."""
    review: list[tuple[str, str, str]] = field(default_factory=list)
    """Pairs of keys whose names agree but that may not be merged, with the reason why not."""
    replaced: dict[str, str] = field(default_factory=dict)
    """Local id that a record would have by itself → local id of the actor under which it was gathered."""


def organisation_number(orgnr: str | None, vat: str | None) -> str | None:
    """Return the ten digits of an organisation number, given as such or in a Swedish VAT number.

    A Swedish VAT number is SE + organisationsnummer + 01 (Skatteverket).
    """
    if orgnr:
        return orgnr.replace("-", "")
    if vat and vat.startswith("SE") and len(vat) == 14 and vat.endswith("01") and vat[2:12].isdigit():
        return vat[2:12]
    return None


def identify_actors(records: pl.DataFrame, decisions: list[Decision]) -> ActorIdentity:
    """Gather organisation records under actors.

    Parameters
    ----------
    records: one row a record, in order of precedence of their sources, with the columns key, name,
        name_sv, name_en, other_names, country, orgnr, vat, pic, ror, lei, curated (Boolean: the workspace's
        own table, whose other names are trusted).
    decisions: the steward's decisions, which always win.

    Records are joined, in this order: by decision; by equal organisation number, PIC, ROR, LEI or VAT number;
    by equal normalised name in the same country, when one side is curated and the name is unique among
    the curated actors, or when neither side is and the country is stated. Names never join records with
    different organisation numbers, PICs, RORs or LEIs; such pairs go to `review`.
    """
    rows = records.to_dicts()
    identifiers = {row["key"]: _identifiers(row) for row in rows}
    exclusive = {
        key: {name: value for name, value in found.items() if name == "organisation number"}
        for key, found in identifiers.items()
    }
    apart = [(d.key_a, d.key_b) for d in decisions if not d.merge]
    clusters = Clusters((row["key"] for row in rows), apart, exclusive)
    identity = ActorIdentity(ids={})
    for decision in decisions:
        if decision.merge and decision.key_a in clusters and decision.key_b in clusters:
            _join(clusters, identity, decision.key_a, decision.key_b, f"decision: {decision.reason}")
    _join_by_identifier(clusters, identity, identifiers)
    _join_by_name(clusters, identity, rows, identifiers)
    rank = {row["key"]: number for number, row in enumerate(rows)}
    taken: set[str] = set()
    for members in sorted(clusters.members().values(), key=lambda keys: min(rank[key] for key in keys)):
        local = next(name for name in _actor_ids(members, identifiers, rank) if name not in taken)
        taken.add(local)
        identity.ids.update((key, local) for key in members)
    identity.replaced = _replaced(identity.ids, identifiers, rank)
    return identity


def _replaced(
    ids: dict[str, str], identifiers: dict[str, dict[str, str]], rank: dict[str, int]
) -> dict[str, str]:
    """Return the ids that gathered records would have had alone, and which actor each leads to now.

    An id that is an actor's own, or to which records of two actors lay claim, is left out.
    """
    actors = set(ids.values())
    claims: dict[str, set[str]] = defaultdict(set)
    for key, local in ids.items():
        claims[next(_actor_ids([key], identifiers, rank))].add(local)
    return {
        alone: min(holders)
        for alone, holders in sorted(claims.items())
        if alone not in actors and len(holders) == 1
    }


def _identifiers(row: dict[str, str | None]) -> dict[str, str]:
    found = {
        "organisation number": organisation_number(row["orgnr"], row["vat"]),
        "PIC": row["pic"],
        "ROR": row["ror"],
        "LEI": row.get("lei"),
        "VAT number": row["vat"],
    }
    return {name: value for name, value in found.items() if value}


def _join(clusters: Clusters, identity: ActorIdentity, one: str, other: str, reason: str) -> None:
    if clusters.find(one) == clusters.find(other):
        return
    refused = clusters.join(one, other)
    if refused:
        identity.review.append((one, other, f"{reason}; not merged: {refused}"))
        return
    for key in (one, other):
        identity.reasons.setdefault(key, []).append(reason)


def _join_by_identifier(
    clusters: Clusters, identity: ActorIdentity, identifiers: dict[str, dict[str, str]]
) -> None:
    first: dict[tuple[str, str], str] = {}
    for key, found in identifiers.items():
        for name, value in found.items():
            holder = first.setdefault((name, value), key)
            if holder != key:
                _join(clusters, identity, holder, key, f"same {name} {value}")


def _join_by_name(
    clusters: Clusters,
    identity: ActorIdentity,
    rows: list[dict[str, Any]],
    identifiers: dict[str, dict[str, str]],
) -> None:
    curated: dict[str, set[str]] = defaultdict(set)
    others: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        key = str(row["key"])
        names = {normalised(name) for name in _names(row) if name}
        for name in names:
            if len(name) < _MINIMUM_NAME:
                continue
            if row["curated"]:
                curated[name].add(key)
            elif row["country"]:
                others[(name, row["country"])].append(key)
    country = {str(row["key"]): row["country"] for row in rows}
    for (name, place), keys in sorted(others.items()):
        holders = {clusters.find(key) for key in curated.get(name, ())}
        fitting = sorted(key for key in curated.get(name, ()) if country[key] in {None, place})
        if len(holders) == 1 and fitting:
            for key in keys:
                _join_named(clusters, identity, fitting[0], key, name, identifiers)
        elif not holders:
            for key in keys[1:]:
                _join_named(clusters, identity, keys[0], key, name, identifiers)


def _join_named(
    clusters: Clusters,
    identity: ActorIdentity,
    one: str,
    other: str,
    name: str,
    identifiers: dict[str, dict[str, str]],
) -> None:
    if clusters.find(one) == clusters.find(other):
        return
    for kind in ("PIC", "ROR", "LEI", "organisation number"):
        a, b = identifiers[one].get(kind), identifiers[other].get(kind)
        if a and b and a != b:
            identity.review.append((one, other, f"same name “{name}”; not merged: different {kind}"))
            return
    _join(clusters, identity, one, other, f"same name “{name}” in the same country")


def _names(row: dict[str, Any]) -> list[str]:
    """The names that may join records; a source's other names are short forms, which many share."""
    other = (row["other_names"] or []) if row["curated"] else []
    return [name for name in (row["name"], row["name_sv"], row["name_en"], *other) if name]


def _actor_ids(
    members: list[str], identifiers: dict[str, dict[str, str]], rank: dict[str, int]
) -> Iterator[str]:
    """Yield the local ids that fit a cluster, the strongest first; the last is its own beyond doubt."""
    for kind, prefix in (("organisation number", "se-"), ("PIC", "pic-"), ("ROR", "ror-"), ("LEI", "lei-")):
        values = {identifiers[key][kind] for key in members if kind in identifiers[key]}
        for value in sorted(values):
            yield f"actor/{prefix}{value.removeprefix('https://ror.org/').lower()}"
    for key in sorted(members, key=lambda key: (rank[key], key)):
        yield f"actor/{slug(key)}"
    yield f"actor/{slug(members[0])}-{hashlib.sha256(members[0].encode()).hexdigest()[:8]}"
