"""The audit of dependencies: what it says of answers, and of silence."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).resolve().parents[1] / "tools"


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    sys.path.insert(0, str(TOOLS))
    try:
        spec = importlib.util.spec_from_file_location("audit", TOOLS / "audit.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(TOOLS))


class Said:
    """Stands for a command that says this."""

    def __init__(self, out: str, err: str = "", code: int = 0) -> None:
        self.result = subprocess.CompletedProcess([], code, out, err)

    def __call__(self, command: Sequence[str], directory: Path) -> subprocess.CompletedProcess[str]:
        assert (
            directory / ("package-lock.json" if "audit" in command[1:2] else "requirements.lock")
        ).is_file()
        return self.result


def test_a_known_weakness_is_named_with_the_version_that_mends_it(audit: ModuleType) -> None:
    weak = {"id": "ABC-1", "fix_versions": ["2.0"]}
    answer = {"dependencies": [{"name": "flask", "version": "1.0", "vulns": [weak]},
                               {"name": "click", "version": "8.0", "vulns": []}]}  # fmt: skip
    found = audit.python_weaknesses(Said(json.dumps(answer), code=1))
    assert found == ["flask 1.0: ABC-1, mended in 2.0"]
    answer = {"vulnerabilities": {"d3-color": {"range": "<3.1.0", "severity": "high", "fixAvailable": True}}}
    found = audit.npm_weaknesses(["npm"], Said(json.dumps(answer), code=1))
    assert found == ["d3-color <3.1.0: high, a mended version exists"]


def test_silence_is_never_taken_for_safety(audit: ModuleType) -> None:
    skipped = {"dependencies": [{"name": "flask", "skip_reason": "not found"}]}
    for out, err in (("", "ERROR: connection refused"), ("{", ""), ("{}", ""), (json.dumps(skipped), "")):
        with pytest.raises(audit.ServiceSilentError):
            audit.python_weaknesses(Said(out, err, 1))
    npm = Said(
        "{}", "npm error audit endpoint returned an error\nnpm error A complete log of this run is in x", 1
    )
    with pytest.raises(audit.ServiceSilentError, match="endpoint returned an error"):
        audit.npm_weaknesses(["npm"], npm)


def test_a_silent_service_and_a_weakness_have_exit_codes_of_their_own(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def silent(*_: object) -> list[str]:
        raise audit.ServiceSilentError("no route")

    monkeypatch.setattr(audit, "python_weaknesses", lambda: [])
    monkeypatch.setattr(audit, "npm_weaknesses", lambda npm: [])
    assert audit.main() == 0
    monkeypatch.setattr(audit, "python_weaknesses", silent)
    assert audit.main() == 3
    assert "the advisory service could not be reached (no route)" in capsys.readouterr().err
    monkeypatch.setattr(audit, "npm_weaknesses", lambda npm: ["d3-color: high"])
    assert audit.main() == 1
