"""A build that is killed, or whose disk is full, leaves the earlier build served."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ecograph.config import Workspace, load_workspace
from ecograph.store.builds import Build, Builds

COMMAND = [sys.executable, "-m", "ecograph", "build", "--force", "-q", "-C"]


@pytest.fixture
def served(fixture_workspace: Workspace, fixture_build: Build, tmp_path: Path) -> Workspace:
    """A workspace of its own with a build that is served."""
    root = tmp_path / "workspace"
    shutil.copytree(fixture_workspace.root, root, symlinks=True)
    return load_workspace(root)


def participations(workspace: Workspace) -> int:
    build = Builds(workspace.state).current()
    assert build is not None
    (row,) = build.graph().select("SELECT (COUNT(*) AS ?n) { ?p a eco:Participation }").values()
    return int(row["n"])


@pytest.mark.parametrize("seconds", [0.8, 2.5])
def test_kill_9_during_a_build_leaves_the_earlier_build_served(served: Workspace, seconds: float) -> None:
    before = participations(served)
    process = subprocess.Popen(
        [*COMMAND, str(served.root)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    assert participations(served) == before
    again = subprocess.run([*COMMAND, str(served.root)], capture_output=True, text=True, timeout=120)
    assert again.returncode == 0, again.stderr
    assert participations(served) == before
    assert list((served.state / "drafts").iterdir()) == []


def test_a_full_disk_is_said_plainly_and_the_earlier_build_goes_on(served: Workspace) -> None:
    before = participations(served)

    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    failed = subprocess.run(
        [*COMMAND, str(served.root)], capture_output=True, text=True, timeout=120, preexec_fn=small_files
    )
    assert failed.returncode == 1
    assert "disk" in failed.stderr
    assert "Remedy" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert participations(served) == before
