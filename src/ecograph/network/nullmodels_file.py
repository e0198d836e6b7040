"""A user's own incidence: read from CSV, tested, and the tests as CSV, so that anyone can check them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ecograph.errors import EcographError, Place, SourceError
from ecograph.network.nullmodels import Null, checked_rows, compare_pairs

COLUMNS = (
    "row_a", "row_b", "observed", "expected", "p_lower", "p_upper", "q_lower", "q_upper", "testable",
)  # fmt: skip


def read_incidence(path: Path) -> tuple[list[str], npt.NDArray[np.int64]]:
    """Read rows × columns: the first column is the row's label, every other cell 0 or 1.

    The first line names the columns. Separator is a comma, or a semicolon when the first line has no comma.

    Raises
    ------
    SourceError: with file, line and column, when the file is missing, is not UTF-8 text, or has a row of
        another length, a cell that is not 0 or 1, or a label twice.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SourceError(
            "There is no such file.", place=Place(str(path)), remedy="Check the name given to --incidence."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            "The file cannot be read as text.", place=Place(str(path)), remedy="Save it as CSV in UTF-8."
        ) from error
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="," if "," in first else ";", strict=False)
    lines = [(reader.line_num, line) for line in reader if any(cell.strip() for cell in line)]
    if not lines or len(lines[0][1]) < 2:
        raise SourceError(
            "The file has no columns to test.", place=Place(str(path)),
            remedy="Give it a heading: a name for the labels, then one column a project.",
        )  # fmt: skip
    heading = lines[0][1]
    labels: list[str] = []
    cells: list[list[int]] = []
    for number, line in lines[1:]:
        if len(line) != len(heading):
            raise SourceError(
                f"The row has {len(line)} cells and the heading {len(heading)}.",
                place=Place(str(path), row=number),
                remedy="Give every row a label and one cell a column.",
            )
        for name, cell in zip(heading[1:], line[1:], strict=True):
            if cell.strip() not in ("0", "1"):
                raise SourceError(
                    f"The cell holds {cell.strip()!r}.", place=Place(str(path), row=number, column=name),
                    remedy="Write 1 when the row takes part in the column, else 0.",
                )  # fmt: skip
        if line[0] in labels:
            raise SourceError(
                f"The label {line[0]!r} stands twice.", place=Place(str(path), row=number),
                remedy="Give every row its own label.",
            )  # fmt: skip
        labels.append(line[0])
        cells.append([int(cell) for cell in line[1:]])
    return labels, np.array(cells, dtype=np.int64).reshape(len(labels), len(heading) - 1)


def incidence_tests(path: Path, *, null: Null, draws: int, seed: int) -> str:
    """Return the tests of all pairs of rows of a file as CSV with the columns `COLUMNS`.

    p_lower = P(X ≤ observed), p_upper = P(X ≥ observed). q is empty where a pair is untestable in the tail;
    testable says so of the lower tail: whether the pair could be a gap at all.

    Raises
    ------
    SourceError: when the file is not an incidence. EcographError: when the null does not serve it.
    """
    labels, matrix = read_incidence(path)
    checked_rows(len(labels), null)
    try:
        tests = compare_pairs(matrix, null=null, draws=draws, seed=seed)
    except EcographError as error:
        error.place = error.place or Place(str(path))
        raise
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for index, (first, second) in enumerate(tests.pairs):
        numbers = (
            tests.expected[index], tests.p_lower[index], tests.p_upper[index], tests.q_lower[index],
            tests.q_upper[index],
        )  # fmt: skip
        testable = "true" if tests.testable_lower[index] else "false"
        writer.writerow(
            [labels[first], labels[second], int(tests.observed[index]), *map(_text, numbers), testable]
        )
    return out.getvalue()


def _text(value: float) -> str:
    return "" if np.isnan(value) else repr(float(f"{value:.12g}"))
