"""Which actors belong to which area, helix or municipality: the groups that an actor can bridge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from ecograph.errors import QueryError
from ecograph.model.iris import Base
from ecograph.model.namespaces import VOCABULARY
from ecograph.network.incidence import TwoMode
from ecograph.network.reading import label_of, local_id, read_labels
from ecograph.store.graph import Graph

By = Literal["area", "helix", "municipality"]
KINDS: tuple[By, ...] = get_args(By)

Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Groups:
    """The groups of one kind in a network: `names` (local ids or keys), `members` groups × actors.

    An actor is in every area in which it has a collaborating project, in one helix at most and in the
    municipality of its seat. `flexible`: membership follows from the projects, so that resampling projects
    changes it.
    """

    by: By
    names: tuple[str, ...]
    members: Marks

    def position(self, name: str) -> int:
        """Return the row of a group of the network.

        Raises
        ------
        QueryError: when no such group is in the network; those that are are named.
        """
        if name not in self.names:
            raise QueryError(
                f"There is no {self.by} {name!r} in the network.",
                remedy="Choose one of: " + ", ".join(short(known) for known in self.names) + ".",
            )
        return self.names.index(name)

    def apart(self, first: str, second: str) -> tuple[Marks, Marks]:
        """Return the actors that are only in the first, and those only in the second, of two groups."""
        one, other = self.members[self.position(first)], self.members[self.position(second)]
        return one & ~other, other & ~one


def short(name: str) -> str:
    """Return the last part of a local id, as people type it: ``forest-bioeconomy``, ``2281``."""
    return name.rpartition("/")[2]


def resolve_group(groups: Groups, labels: dict[str, tuple[str, str]], text: str) -> str:
    """Return the name of the group that `text` means: its id or the last part of it, its label, or the
    beginning of one of these if only one begins so.

    Raises
    ------
    QueryError: when it means none or several; the known ones are named.
    """
    wanted = text.strip().casefold()
    known = {
        name: {name.casefold(), short(name).casefold(), *(label.casefold() for label in labels.get(name, ()))}
        for name in groups.names
    }
    exact = [name for name, ways in known.items() if wanted in ways]
    near = exact or [name for name, ways in known.items() if any(way.startswith(wanted) for way in ways)]
    return near[0] if len(near) == 1 else groups.names[groups.position(text)]


def groups_of(network: TwoMode, by: By) -> Groups:
    """Return the groups of a kind; all areas of the graph, also those without an actor, in display order."""
    if by == "area":
        return Groups(by, tuple(network.areas["area"].to_list()), area_members(network))
    values = network.actors[by].to_list()
    names = tuple(sorted({value for value in values if value is not None}))
    marks = np.array([[value == name for value in values] for name in names], dtype=bool)
    return Groups(by, names, marks.reshape(len(names), len(values)))


def area_members(network: TwoMode) -> Marks:
    """Return areas × actors: whether the actor collaborates in a counted project of the area."""
    return members_by_project(network.area_matrix, network.matrix)


def members_by_project(of_projects: csr_array, incidence: csr_array) -> Marks:
    """Return groups × actors from groups × projects and actors × projects."""
    # Whole numbers below 2²⁴ are exact in single precision.
    projects = of_projects.toarray().astype(np.float32)
    return np.asarray(csr_array(incidence, dtype=np.float32) @ projects.T > 0).T


def group_labels(graph: Graph, base: Base, network: TwoMode, groups: Groups) -> dict[str, tuple[str, str]]:
    """Return the Swedish and English labels of groups, by name; never nothing (see `label_of`)."""
    if groups.by == "area":
        rows = network.areas.select("area", "label_sv", "label_en").iter_rows()
        return {area: (swedish, english) for area, swedish, english in rows}
    iris = {group_iri(base, groups.by, name): name for name in groups.names}
    listed = " ".join(f"<{iri}>" for iri in iris)
    found = read_labels(graph, base, f"VALUES ?thing {{ {listed} }}")
    labels = {}
    for iri, name in iris.items():
        known = {name: found.get(local_id(base, iri), {})}
        labels[name] = label_of(known, name, "sv"), label_of(known, name, "en")
    return labels


def group_iri(base: Base, by: By, name: str) -> str:
    """Return the IRI of a group: a helix is a concept of its vocabulary, the others are instances."""
    if by == "helix":
        return f"{VOCABULARY}helix/{name}"
    return name if "://" in name else base.instance(name)
