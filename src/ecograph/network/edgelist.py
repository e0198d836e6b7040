"""Any network from files: a list of ties, and the groups of its nodes."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from ecograph.errors import EcographError, Place

_MISSING = {"", "nan", "na", "null", "none"}


@dataclass(frozen=True)
class EdgeList:
    """A network read from a file: nodes in the order of their first row, adjacency (symmetric unless
    directed).

    Weights of rows that say the same tie again are added; `loops` rows of a node with itself were left out.
    """

    nodes: tuple[str, ...]
    adjacency: csr_array
    directed: bool
    loops: int
    repeated: int

    def with_isolates(self, names: list[str]) -> EdgeList:
        """Return the network with further nodes that have no tie."""
        size = len(self.nodes) + len(names)
        old = self.adjacency.tocoo()
        wider = csr_array((old.data, (old.row, old.col)), shape=(size, size))
        return EdgeList((*self.nodes, *names), wider, self.directed, self.loops, self.repeated)


def read_edges(path: Path, *, directed: bool = False, weighted: bool = False) -> EdgeList:
    """Read a CSV file with the columns source, target and, when `weighted`, weight (a positive number).

    Raises
    ------
    EcographError: when the file is missing, not readable as CSV, has no ties, lacks a column or a value, or
    a weight is not a positive number; it names the file, the row and what to do.
    """
    position: dict[str, int] = {}
    ties: dict[tuple[int, int], float] = {}
    loops = repeated = 0
    wanted = ("source", "target", "weight") if weighted else ("source", "target")
    for number, row in _rows(path, wanted):
        ends = [_name(path, number, column, row[column]) for column in ("source", "target")]
        weight = _weight(path, number, row["weight"]) if weighted else 1.0
        source, target = (position.setdefault(end, len(position)) for end in ends)
        if source == target:
            loops += 1
            continue
        pair = (source, target) if directed or source < target else (target, source)
        repeated += pair in ties
        ties[pair] = ties.get(pair, 0.0) + weight if weighted else 1.0
    if not position:
        raise EcographError(
            "The file has no ties.",
            place=Place(str(path)),
            remedy="Give one tie a row below the header source,target" + (",weight." if weighted else "."),
        )
    return EdgeList(tuple(position), _adjacency(ties, len(position), directed), directed, loops, repeated)


def _adjacency(ties: dict[tuple[int, int], float], size: int, directed: bool) -> csr_array:
    ends = np.array(list(ties), dtype=np.int64).reshape(-1, 2)
    weights = np.array(list(ties.values()), dtype=float)
    matrix = csr_array((weights, (ends[:, 0], ends[:, 1])), shape=(size, size))
    return matrix if directed else csr_array(matrix + matrix.T)


def read_groups(path: Path) -> dict[str, tuple[str, int]]:
    """Read a CSV file with the columns node and group; an empty group is none.

    Returns the group and the row of each node that has one.

    Raises
    ------
    EcographError: when the file is missing, not readable as CSV, lacks a column or a node's name, or says two
    different groups of one node.
    """
    found: dict[str, tuple[str, int]] = {}
    for number, row in _rows(path, ("node", "group")):
        node, group = _name(path, number, "node", row["node"]), row["group"].strip()
        if not group:
            continue
        if found.get(node, (group, number))[0] != group:
            raise EcographError(
                f"{node!r} is in the group {group!r} here and in {found[node][0]!r} in row {found[node][1]}.",
                place=Place(str(path), row=number, column="group"),
                remedy="Give each node one group; the measures here are of a partition.",
            )
        found.setdefault(node, (group, number))
    return found


def _rows(path: Path, wanted: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows as dictionaries of the wanted columns, with their number in the file (header is 1)."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise EcographError(
            "There is no such file.", place=Place(str(path)), remedy="Check its name."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not text in UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise EcographError(
            f"The file cannot be read: {reason}.", place=Place(str(path)), remedy="Save it as CSV in UTF-8."
        ) from error
    lines = text.splitlines()
    if not text.strip():
        raise EcographError(
            "The file is empty.",
            place=Place(str(path)),
            remedy=f"Give it a header with the columns {', '.join(wanted)} and a row for each.",
        )
    delimiter = max(",;\t", key=lines[0].count)
    reader = csv.reader(lines, delimiter=delimiter)
    header = [name.strip().lower() for name in next(reader)]
    missing = [name for name in wanted if name not in header]
    if missing:
        raise EcographError(
            f"The column {missing[0]!r} is missing; the file has: {', '.join(header)}.",
            place=Place(str(path), row=1),
            remedy=f"Name the columns {', '.join(wanted)} in the first row, separated by commas.",
        )
    places = {name: header.index(name) for name in wanted}
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield (
                reader.line_num,
                {name: cells[place] if place < len(cells) else "" for name, place in places.items()},
            )


def _name(path: Path, row: int, column: str, value: str) -> str:
    name = value.strip()
    if not name:
        raise EcographError(
            f"The {column} is empty.",
            place=Place(str(path), row=row, column=column),
            remedy="Fill in the node's name or take the row out.",
        )
    return name


def _weight(path: Path, row: int, value: str) -> float:
    text = value.strip()
    try:
        weight = math.nan if text.lower() in _MISSING else float(text)
    except ValueError:
        weight = math.nan
    if not math.isfinite(weight) or weight <= 0:
        raise EcographError(
            f"The weight {text!r} is not a positive number." if text else "The weight is empty.",
            place=Place(str(path), row=row, column="weight"),
            remedy="Give a number above zero with a decimal point, or leave --weighted out.",
        )
    return weight
