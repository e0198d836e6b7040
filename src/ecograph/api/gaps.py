"""Which groups meet less, or more, often than chance can explain."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

from ecograph.api.answer import Answer, Column
from ecograph.api.opened import Opened
from ecograph.api.opened import Window as Years
from ecograph.insight.gaps import GapTest, find_gaps
from ecograph.insight.gaps_matrix import Window
from ecograph.insight.gaps_text import BASES, CAVEATS, VERDICTS, WINDOW_NAMES, answer, method
from ecograph.insight.groups import By
from ecograph.insight.messages import NOUNS
from ecograph.network.nullmodels import DRAWS, SEED

_COLUMNS = (
    Column("window", "Tid", "Period"),
    Column("id_a", "Id A", "Id A", on_screen=False),
    Column("id_b", "Id B", "Id B", on_screen=False),
    Column("a", "Par", "Pair", beside="b", joined="{} – {}"),
    Column("b", "B", "B", on_screen=False),
    Column("projects_a", "Projekt", "Projects", beside="projects_b", joined="{}, {}"),
    Column("projects_b", "Projekt B", "Projects B", on_screen=False),
    Column("observed", "Möts (väntat)", "Meet (expected)", beside="expected"),
    Column("expected", "Väntat", "Expected", on_screen=False),
    Column("spread", "Standardavvikelse", "Standard deviation", on_screen=False),
    Column("p_lower", "p färre (q)", "p fewer (q)", beside="q_lower"),
    Column("q_lower", "q färre", "q fewer", on_screen=False),
    Column("p_upper", "p fler (q)", "p more (q)", beside="q_upper"),
    Column("q_upper", "q fler", "q more", on_screen=False),
    Column("least_lower", "Minsta möjliga p", "Smallest possible p", on_screen=False),
    Column("testable", "Kan bedömas", "Testable", on_screen=False),
    Column("testable_upper", "Kan bedömas för fler", "Testable for more", on_screen=False),
    Column("verdict", "Bedömning (nyckel)", "Verdict (key)", on_screen=False),
    Column("says", "Bedömning", "Verdict"),
    Column("against", "Håller inte vid", "Does not hold under", on_screen=False),
)

_AREA_COLUMNS = (
    Column("basis", "Grund (nyckel)", "Basis (key)", on_screen=False),
    Column("stands", "Korsbefruktning", "Cross-fertilisation"),
    Column("relatedness", "Släktskap i landet", "Relatedness in the country", on_screen=False),
    Column("relatedness_low", "Släktskap, lägst", "Relatedness, low", on_screen=False),
    Column("relatedness_high", "Släktskap, högst", "Relatedness, high", on_screen=False),
)


def gaps(
    opened: Opened,
    *,
    by: By = "area",
    period: Window | Literal["each"] = "all",
    draws: int = DRAWS,
    seed: int = SEED,
    window: Years | None = None,
) -> Answer:
    """Answer which areas, helices or municipalities meet less or more often than chance (see `insight.gaps`).

    period: projects begun ``before`` or ``after`` the strategy was adopted, the ``undated`` ones, ``all``, or
    ``each`` of these apart. draws, seed: of the fixed margins. Cost: about a second for a county.
    """
    network = opened.national(window)
    found = find_gaps(
        opened.graph, base=opened.base, region=opened.region, by=by, national=network, draws=draws, seed=seed
    )
    tests = found.tests if period == "each" else found.of(period)
    (_, plural_sv), (_, plural_en) = NOUNS[by]
    return Answer(
        question="gaps",
        title=(
            f"Samarbetsluckor mellan {plural_sv}: möts de färre gånger än slumpen kan förklara?",
            f"Collaboration gaps between {plural_en}: do they meet less often than chance explains?",
        ),
        method=method(found),
        columns=_COLUMNS + (_AREA_COLUMNS if by == "area" else ()),
        rows=[_row(test, opened.side) for test in tests],
        parameters=opened.parameters(window,
            by=by, window=period, **found.parameters,
            windows=[dataclasses.asdict(summary) for summary in found.windows],
            separation=[dataclasses.asdict(item) for item in found.separation],
            within=[dataclasses.asdict(item) for item in found.within],
            shared_actors=[dataclasses.asdict(item) for item in found.shared],
        ),
        coverage=found.coverage,
        message=answer(found),
        caveats=CAVEATS,
        lang=opened.lang,
        headings=("window",),
        found=found,
    )  # fmt: skip


def _row(test: GapTest, side: int) -> dict[str, Any]:
    return {
        **{name: getattr(test, name) for name in (
            "projects_a", "projects_b", "observed", "expected", "spread", "p_lower", "q_lower", "p_upper",
            "q_upper", "least_lower", "testable", "testable_upper", "verdict", "against", "basis",
            "relatedness", "relatedness_low", "relatedness_high",
        )},
        "window": WINDOW_NAMES[test.window][side],
        "id_a": test.a,
        "id_b": test.b,
        "a": test.label_a[side],
        "b": test.label_b[side],
        "says": VERDICTS[test.verdict][side],
        "stands": BASES[test.basis][side] if test.basis else None,
    }  # fmt: skip
