"""Starting, switching to a new build, and ending."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from running import Reply, Service, alive, free_port
from small_build import publish, workspace

from ecograph.store.builds import Builds

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
NEW = "<https://w3id.org/ecograph/graph/new> { <http://example.org/new> <http://example.org/is> 'here' }"
Start = Callable[..., Service]


def in_background(call: Callable[[], Reply]) -> tuple[threading.Thread, list[Reply]]:
    replies: list[Reply] = []
    thread = threading.Thread(target=lambda: replies.append(call()))
    thread.start()
    return thread, replies


def test_sigterm_ends_the_service_within_five_seconds_with_a_query_running(own_service: Start) -> None:
    service = own_service()
    thread, replies = in_background(lambda: service.query(RUNAWAY))
    service.wait_for(lambda state: state["idle"] == 3)
    tree = service.descendants()
    assert len(tree) >= 6
    began = time.monotonic()
    assert service.stop() == 0
    assert time.monotonic() - began < 5
    thread.join(5)
    assert not replies or replies[0].status == 503
    assert not [pid for pid in tree if alive(pid)]


def test_ctrl_c_ends_the_service_quietly(own_service: Start) -> None:
    service = own_service()
    service.process.send_signal(signal.SIGINT)
    assert service.process.wait(5) == 0
    assert service.process.stdout is not None
    assert "Traceback" not in service.process.stdout.read()


def test_nothing_is_left_when_the_supervisor_is_killed(own_service: Start) -> None:
    service = own_service()
    tree = service.descendants()
    service.process.kill()
    service.process.wait(5)
    deadline = time.monotonic() + 5
    while [pid for pid in tree if alive(pid)] and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in tree if alive(pid)]
    left = list(Path(tempfile.gettempdir()).glob(f"ecograph-serve-{service.process.pid}-*"))
    own_service()
    assert not [path for path in left if path.exists()], "the next service clears up"


def test_the_service_says_so_when_its_http_process_dies(own_service: Start) -> None:
    service = own_service()
    for pid in service.descendants():
        if "granian" in Path(f"/proc/{pid}/cmdline").read_text():
            os.kill(pid, signal.SIGKILL)
    assert service.process.wait(5) == 1
    assert service.process.stdout is not None
    assert "ended unexpectedly" in service.process.stdout.read()


def test_a_new_build_is_served_at_once_and_running_queries_finish_on_the_old(own_service: Start) -> None:
    service = own_service()
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
    here = "ASK { <http://example.org/new> ?p ?o }"
    before = json.loads(service.query(slow).body)
    tag = service.query(here).headers["etag"]
    assert json.loads(service.query(here).body)["boolean"] is False
    thread, replies = in_background(lambda: service.query(slow))
    publish(service.root, "ba9876543210", NEW)
    reply = service.query(here, headers={"If-None-Match": tag})
    assert (reply.status, json.loads(reply.body)["boolean"]) == (200, True)
    assert service.health()["build"] == "ba9876543210"
    thread.join()
    assert json.loads(replies[0].body) == before
    Builds(service.root / ".ecograph").rollback("0123456789ab")
    assert json.loads(service.query(here).body)["boolean"] is False


def test_a_build_made_again_under_its_id_is_served_too(own_service: Start) -> None:
    service = own_service()
    publish(service.root, "0123456789ab", NEW)
    assert json.loads(service.query("ASK { <http://example.org/new> ?p ?o }").body)["boolean"] is True


def test_a_taken_port_is_named_with_its_remedy(service: Service) -> None:
    second = serve(service.root, service.port)
    assert second.returncode == 1
    assert f"Port {service.port}" in second.stderr
    assert "--port" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_workspace_without_a_build_is_named_with_its_remedy(tmp_path: Path) -> None:
    reply = serve(workspace(tmp_path), free_port())
    assert reply.returncode == 1
    assert f"ecograph build -C {tmp_path}" in reply.stderr


def test_the_command_serves_until_it_is_told_to_stop(service: Service) -> None:
    port = free_port()
    command = [sys.executable, "-m", "ecograph", "serve", "-C", str(service.root), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert f"http://127.0.0.1:{port}/" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    assert process.wait(5) == 0


def serve(root: Path, port: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ecograph.web", "-C", str(root), "--port", str(port)]
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
