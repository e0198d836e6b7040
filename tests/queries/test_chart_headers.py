"""The header line that names a chart: what it may say, and what is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecograph.errors import QueryError
from ecograph.query.catalogue import Drawing, read_question

HEADER = """\
# title_sv: Vad?
# title_en: What?
# description_sv: Allt.
# description_en: Everything.
# caveat_sv: Inget.
# caveat_en: None.
# column: year | label_sv=År | label_en=Year
# column: value | label_sv=Värde | label_en=Value
# column: kind | label_sv=Slag | label_en=Kind
"""


def written(directory: Path, line: str) -> Path:
    path = directory / "areas" / "what.rq"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{HEADER}{line}\nSELECT ?year ?value ?kind WHERE {{ }}\n", encoding="utf-8")
    return path


def test_a_question_names_the_chart_of_its_answer(tmp_path: Path) -> None:
    question = read_question(
        written(tmp_path, "# chart: stacked | x=year | y=value | series=kind | each=kind")
    )
    assert question.drawing == Drawing("stacked", "year", "value", series="kind", each=("kind",))
    assert read_question(written(tmp_path, "")).drawing is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("# chart: pie | x=year | y=value", "'pie' is none of the charts bar, stacked, line, interval, heat"),
        ("# chart: bar | x=year", "the chart lacks y"),
        ("# chart: heat | x=year | y=value", "the chart lacks series"),
        ("# chart: interval | x=year | y=value", "the chart lacks high, low"),
        ("# chart: bar | x=year | y=sum", "the chart names 'sum', which is no column"),
        ("# chart: bar | x=year | y=value | colour=red", "'colour=red' is none of the settings"),
        ("# chart: bar | x=year | y=value\n# chart: bar | x=year | y=value", "'chart' stands twice"),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_refused(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        read_question(written(tmp_path, line))
