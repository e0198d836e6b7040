"""Several HTTP processes on one port: whichever answers, the promises are the same."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import Reply, Service, alive
from small_build import publish, workspace

LIGHT = "SELECT ?t { <https://w3id.org/ecograph/id/actor/se-2021004524> a ?t }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
NEW = "<https://w3id.org/ecograph/graph/new> { <http://example.org/new> <http://example.org/is> 'here' }"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    root = workspace(tmp_path_factory.mktemp("two"))
    publish(root, "0123456789ab")
    running = Service(root, "--processes", "2", "--workers", "3")
    yield running
    tree = running.descendants()
    threads = [threading.Thread(target=running.query, args=(f"{RUNAWAY} # {n}",)) for n in range(4)]
    for each in threads:
        each.start()
    # The system may give all four to one process, where three run and one waits.
    running.wait_for(lambda state: state["workers"] - state["idle"] + state["waiting"] >= 4)
    began = time.monotonic()
    assert running.stop() == 0
    assert time.monotonic() - began < 5
    for each in threads:
        each.join(5)
    assert not [pid for pid in tree if alive(pid)]


def processes_of(service: Service, number: int = 40) -> set[int]:
    """The HTTP processes that answer, by a new connection each time."""
    return {json.loads(service.query(LIGHT, explain="1").body)["http_process"] for _ in range(number)}


def test_each_process_answers_and_health_counts_them_together(two: Service) -> None:
    assert len(processes_of(two)) == 2
    state = two.wait_for(lambda state: state["idle"] == state["workers"])
    assert (state["processes"], state["workers"], state["waiting"]) == (2, 6, 0)


def test_small_queries_are_answered_in_the_process_and_large_ones_by_a_worker(two: Service) -> None:
    deadline = time.monotonic() + 10
    said: dict[int, str] = {}
    while set(said.values()) != {"HTTP process"} or len(said) < 2:
        assert time.monotonic() < deadline, said
        told = json.loads(two.query(LIGHT, explain="1").body)
        said[told["http_process"]] = told["answered_by"]
        two.query(f"{LIGHT} # {time.monotonic_ns()}")
    assert json.loads(two.query("SELECT * { ?s ?p ?o } LIMIT 3", explain="1").body)["answered_by"] == "worker"


def test_the_same_answer_comes_from_either_with_the_same_tag(two: Service) -> None:
    for query in (LIGHT, "SELECT * { ?s <http://example.org/number> ?o } ORDER BY ?s LIMIT 3"):
        replies = [two.query(query, "text/csv") for _ in range(20)]
        assert len({(reply.body, reply.headers["etag"]) for reply in replies}) == 1
        tag = replies[0].headers["etag"]
        assert {two.query(query, "text/csv", {"If-None-Match": tag}).status for _ in range(20)} == {304}


def test_a_runaway_query_in_one_process_does_not_disturb_either(two: Service) -> None:
    replies: list[Reply] = []
    runaways = [
        threading.Thread(target=lambda n=n: replies.append(two.query(f"{RUNAWAY} # {n}", timeout="1.5")))
        for n in range(2)
    ]
    for each in runaways:
        each.start()
    while any(each.is_alive() for each in runaways):
        assert two.query(f"{LIGHT} # {time.monotonic_ns()}").status == 200
        assert two.query(f"SELECT * {{ ?s ?p ?o }} LIMIT 2 # {time.monotonic_ns()}").status == 200
    assert {reply.kind for reply in replies} == {"query-timeout"}
    two.wait_for(lambda state: state["idle"] == state["workers"] == 6)


def test_a_killed_worker_is_replaced_in_its_own_process(two: Service) -> None:
    workers = [
        pid
        for pid in two.descendants()
        if b"ecograph.store.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    assert len(workers) == 6
    for pid in workers:
        os.kill(pid, 9)
    two.wait_for(lambda state: state["idle"] == state["workers"] == 6, 10)
    assert len(processes_of(two, 20)) == 2


def test_a_new_build_is_served_by_every_process_at_once(two: Service) -> None:
    here = "ASK { <http://example.org/new> <http://example.org/is> ?o }"
    assert {two.query(here).body for _ in range(12)} == {two.query(here).body}
    publish(two.root, "ba9876543210", NEW)
    assert {json.loads(two.query(here).body)["boolean"] for _ in range(20)} == {True}


def test_the_rate_limit_counts_over_all_processes(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    publish(root, "0123456789ab")
    service = Service(root, "--processes", "2", "--workers", "1", "--rate", "12")
    try:
        while time.time() % 60 > 55:  # not across two minutes
            time.sleep(0.2)
        statuses = [service.query(f"{LIGHT} # {n}").status for n in range(20)]
        assert statuses == [200] * 12 + [429] * 8
    finally:
        service.stop()
