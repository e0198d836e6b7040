"""Builds are complete or absent: kill -9, a full disk, two at once, readers while builds come and go."""

from __future__ import annotations

import gc
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ecograph.errors import BuildError, StoreError
from ecograph.store.builds import Build, Builds
from ecograph.store.graph import DraftGraph, Literal, NamedNode, Quad

ONE, TWO, THREE = "111111111111", "222222222222", "333333333333"


def make(builds: Builds, build_id: str, statements: int) -> Build:
    with builds.draft(build_id) as draft:
        graph = DraftGraph(draft / "store")
        subject, graph_name = NamedNode("http://example.org/s"), NamedNode("http://example.org/g")
        graph.add(
            Quad(subject, NamedNode("http://example.org/p"), Literal(n), graph_name)
            for n in range(statements)
        )
        graph.finish()
        del graph
        gc.collect()
        return builds.publish(draft, {"statements": statements})


BUILD_FOR_EVER = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_builds_atomic import Builds, make
builds, n = Builds(Path({state!r})), 0
while True:
    n += 1
    make(builds, f"{{n % 7:012x}}", 100 + n)
    print(n, flush=True)
"""


def test_a_build_is_listed_with_its_manifest_and_served(tmp_path: Path) -> None:
    builds = Builds(tmp_path / "state")
    assert builds.current() is None
    assert builds.all() == []
    made = make(builds, ONE, 10)
    assert builds.current() == made
    assert made.path == tmp_path / "state" / "builds" / ONE
    assert made.manifest == {"id": ONE, "statements": 10}
    assert len(made.graph()) == 10


@pytest.mark.parametrize("seed", range(4))
def test_kill_9_at_any_moment_leaves_the_last_build_serving(tmp_path: Path, seed: int) -> None:
    state = tmp_path / "state"
    make(Builds(state), "fffffffffff0", 1)
    script = BUILD_FOR_EVER.format(tests=str(Path(__file__).parent), state=str(state))
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(random.Random(seed).uniform(0, 0.2))
    child.kill()
    child.wait()
    builds = Builds(state)
    current = builds.current()
    assert current is not None
    assert len(current.graph()) == current.manifest["statements"]
    for build in builds.all():
        assert len(build.graph()) == build.manifest["statements"]
    make(builds, THREE, 5)
    assert list((state / "drafts").iterdir()) == []
    assert not list(state.glob("current.*"))


def test_a_full_disk_leaves_the_last_build_serving(tmp_path: Path) -> None:
    state = tmp_path / "state"
    make(Builds(state), ONE, 10)
    script = f"""
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_builds_atomic import BuildError, Builds, make
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    make(Builds(Path({str(state)!r})), "{TWO}", 100_000)
except BuildError as error:
    print(error)
    sys.exit(3)
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.returncode == 3, ended.stderr
    assert "full" in ended.stdout
    assert "Remedy" in ended.stdout
    builds = Builds(state)
    current = builds.current()
    assert current is not None
    assert (current.id, len(current.graph())) == (ONE, 10)
    assert list((state / "drafts").iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0 or sys.platform != "linux", reason="mounting a small disk needs root")
def test_a_really_full_disk_leaves_the_last_build_serving(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "none", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("this system lets nobody mount")
    try:
        builds = Builds(disk / "state")
        make(builds, ONE, 10)
        with pytest.raises(BuildError, match="full"):
            make(builds, TWO, 400_000)
        gc.collect()
        current = builds.current()
        assert current is not None
        assert (current.id, len(current.graph())) == (ONE, 10)
        del current
        gc.collect()
        assert make(builds, THREE, 20).id == THREE
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_failed_build_leaves_nothing_behind(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    with pytest.raises(RuntimeError), builds.draft(ONE) as draft:
        (draft / "half").write_text("x")
        raise RuntimeError
    assert builds.current() is None
    assert list((tmp_path / "drafts").iterdir()) == []


def test_a_second_build_at_the_same_time_is_refused_with_the_number_of_the_first(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    script = f"""
import time
from pathlib import Path
from ecograph.store.builds import Builds
with Builds(Path({str(tmp_path)!r})).draft("{ONE}"):
    print("building", flush=True)
    time.sleep(60)
"""
    other = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    other.stdout.readline()
    with pytest.raises(BuildError, match=str(other.pid)), builds.draft(TWO):
        pass
    other.send_signal(signal.SIGKILL)
    other.wait()
    assert make(builds, TWO, 3).id == TWO


def test_a_build_made_again_supersedes_the_old_and_its_readers_go_on(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    old = make(builds, ONE, 10).graph()
    make(builds, ONE, 20)
    current = builds.current()
    assert current is not None
    assert (current.id, len(current.graph())) == (ONE, 20)
    assert [build.id for build in builds.all()] == [ONE]
    make(builds, TWO, 5)
    assert builds.prune(2) == []
    assert len(list(old.quads())) == 10
    assert (builds.rollback(ONE).id, len(builds.rollback(ONE).graph())) == (ONE, 20)


def test_superseded_builds_that_nobody_reads_are_cleared_away(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    for statements in (1, 2, 3):
        make(builds, ONE, statements)
    make(builds, TWO, 4)
    assert sorted(path.name for path in (tmp_path / "builds").iterdir()) == [f"{ONE}.2", TWO]


def test_prune_keeps_the_newest_and_never_removes_the_current(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    for build_id in (ONE, TWO, THREE):
        make(builds, build_id, 1)
    builds.rollback(ONE)
    assert builds.prune(1) == [TWO]
    assert [build.id for build in builds.all()] == [THREE, ONE]


def test_rolling_back_to_an_unknown_build_names_those_that_are_kept(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    make(builds, ONE, 1)
    with pytest.raises(StoreError, match=f"(?s){TWO}.*{ONE}"):
        builds.rollback(TWO)


def test_a_damaged_build_is_named_with_its_remedy(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    made = make(builds, ONE, 1)
    (made.path / "build.json").unlink()
    with pytest.raises(StoreError, match="Remedy"):
        builds.current()
