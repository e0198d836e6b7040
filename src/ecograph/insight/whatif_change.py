"""The change of a network that a what-if supposes, and the changed network."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from ecograph.errors import QueryError
from ecograph.network.incidence import TwoMode

Pair = tuple[str, str]

NEW_PROJECT = "project/what-if"


@dataclass(frozen=True)
class Change:
    """What is supposed: actors and programmes that go away, and collaborations of two actors that come.

    `areas` are the areas that every added collaboration counts to; without one it is a tie and no more.
    """

    remove: tuple[str, ...] = ()
    remove_programmes: tuple[str, ...] = ()
    add: tuple[Pair, ...] = ()
    areas: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is supposed."""
        return not (self.remove or self.remove_programmes or self.add)


def apply(network: TwoMode, change: Change) -> TwoMode:
    """Return the changed network. Actors stay as rows, so that two networks can be compared line by line."""
    programme = pl.col("programme").is_in(list(change.remove_programmes))
    gone = network.projects.filter(programme)["project"].implode()
    kept = ~pl.col("project").is_in(gone)
    parts = network.participations.filter(kept & ~pl.col("actor").is_in(list(change.remove)))
    left = parts["project"].implode()
    projects = network.projects.filter(pl.col("project").is_in(left))
    shares = network.shares.filter(pl.col("project").is_in(left))
    for number, pair in enumerate(change.add, start=1):
        name = f"{NEW_PROJECT}-{number}"
        rows = {"project": [name], "label_sv": [name], "label_en": [name]}
        projects = pl.concat([projects, pl.DataFrame(rows)], how="diagonal")
        parts = pl.concat([parts, pl.DataFrame({"actor": sorted(pair), "project": [name, name]})])
        areas = sorted(set(change.areas))
        new = [(name, area, 1 / len(areas)) for area in areas]
        shares = pl.concat([shares, pl.DataFrame(new, schema=shares.schema, orient="row")])
    return replace(
        network,
        participations=parts.sort("actor", "project"),
        projects=projects.sort("project"),
        shares=shares.sort("project", "area"),
    )


def with_actors(network: TwoMode, change: Change, national: TwoMode | None) -> TwoMode:
    """Return the network with a row for every added actor that `national` knows and the network does not."""
    wanted = {actor for pair in change.add for actor in pair} - set(network.actor_ids)
    if not wanted or national is None:
        return network
    more = national.actors.filter(pl.col("actor").is_in(sorted(wanted)))
    return replace(network, actors=pl.concat([network.actors, more]).sort("actor"))


def check(network: TwoMode, change: Change) -> None:
    """Refuse a change that the network cannot undergo.

    Raises
    ------
    QueryError: when an actor or programme is not in the network, or an actor is to meet itself.
    """
    known = set(network.actor_ids)
    for actor in (*change.remove, *(actor for pair in change.add for actor in pair)):
        if actor not in known:
            raise QueryError(
                f"The actor {actor} has no counted project in the network: it was not found in the sources.",
                remedy="Choose an actor with a counted project, or widen the window of years.",
            )
    for first, second in change.add:
        if first == second:
            raise QueryError("A collaboration needs two different actors.", remedy="Name another actor.")
    programmes = set(network.projects["programme"].drop_nulls().to_list())
    for programme in change.remove_programmes:
        if programme not in programmes:
            raise QueryError(
                f"The programme {programme} funds no counted project of the network.",
                remedy="Those that do: "
                + (", ".join(name.rpartition("/")[2] for name in sorted(programmes)) or "none")
                + ".",
            )
