"""The W3C SHACL suites: where the screen compiles a shape, its verdict is the expected one."""

from __future__ import annotations

from pathlib import Path

import pytest
from gate_support import ARCHIVE, focus_nodes, nodes, stored, w3c_cases

from ecograph.errors import EcographError
from ecograph.validation.compile import compile_shapes
from ecograph.validation.gate import validate
from ecograph.validation.scope import Classes
from ecograph.validation.screen import screen
from ecograph.validation.shapes import Shapes

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not ARCHIVE.is_file(), reason="the W3C suites do not lie beside the checkout"),
]

AS_RDFLIB_READS = {"core/property/uniqueLang-002"}
"""rdflib reads "1"^^xsd:boolean as true, so that pySHACL, too, applies a sh:uniqueLang that is off."""

REFUSED_BY_PYSHACL = {"sparql/pre-binding/shapesGraph-001"}
"""pySHACL does not know $shapesGraph."""

BY_THE_SCREEN_ALONE = {"sparql/node/prefixes-001"}
"""pySHACL does not follow owl:imports to the prefixes of a query."""


def test_the_verdict_is_the_expected_one_for_each_focus_node(tmp_path: Path) -> None:
    equal, left = 0, []
    for case in w3c_cases(tmp_path):
        graph = stored(case.data)
        compilation = compile_shapes(Shapes(case.shapes), Classes.of(graph))
        if compilation.uncompiled:
            left.append(case.name)
            continue
        assert case.expected is not None, f"{case.name} is to be refused"
        found = nodes(screen(graph, compilation).nodes())
        if case.name not in AS_RDFLIB_READS:
            assert found == case.expected, case.name
            equal += 1
    # all of the core suite is compiled; of the SPARQL suite not what is to be refused and custom components
    assert not [name for name in left if name.startswith("core/")]
    assert equal == 108
    assert len(left) == 12


def test_the_gate_reports_the_expected_focus_nodes(tmp_path: Path) -> None:
    equal = 0
    for case in w3c_cases(tmp_path):
        graph, shapes = stored(case.data), Shapes(case.shapes)
        if case.expected is None or case.name in REFUSED_BY_PYSHACL:
            with pytest.raises(EcographError):
                validate(graph, shapes)
        elif case.name in BY_THE_SCREEN_ALONE:
            report = validate(graph, shapes)
            assert {f"<{result.focus}>" for result in report.results} == case.expected
            assert "the screen alone" in report.uncompiled[0][1]
        elif case.name not in AS_RDFLIB_READS:
            assert focus_nodes(validate(graph, shapes).graph) == case.expected, case.name
            equal += 1
    assert equal == 111
