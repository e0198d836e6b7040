"""Queries that harm: their senders are told so, nobody else notices."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from running import Service

LIGHT = "SELECT ?o { <https://w3id.org/ecograph/id/actor/se-2021004524> ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_a_timeout_is_503_and_not_an_empty_result(service: Service) -> None:
    began = time.monotonic()
    reply = service.query(RUNAWAY, timeout="1")
    assert (reply.status, reply.kind) == (503, "query-timeout")
    assert time.monotonic() - began < 1.2 * 1 + 0.3
    service.wait_for(lambda state: state["idle"] == state["workers"] == 4, 2)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 5_000,
        "SELECT * { FILTER" + "(" * 20_000,
        "SELECT * {" + "{?s ?p ?o} UNION " * 3_000,
    ],
)
def test_a_query_that_brings_its_worker_down_gets_an_error_and_the_worker_is_replaced(
    service: Service, query: str
) -> None:
    reply = service.query(query, timeout="2") if len(query) < 30_000 else service.ask(
        "/sparql", "POST", query, {"Content-Type": "application/sparql-query"}, timeout=30
    )  # fmt: skip
    assert reply.status in {400, 503}
    assert reply.problem["detail"]
    assert service.query(LIGHT).status == 200
    service.wait_for(lambda state: state["workers"] == state["idle"] == 4)


def test_a_query_that_is_dear_to_plan_is_cut_like_any_other(service: Service) -> None:
    patterns = " . ".join(f"?a{n} ?b{n} ?a{n + 1}" for n in range(300))
    assert service.query(f"SELECT * {{ {patterns} }} LIMIT 1", timeout="1").status in {200, 503}
    assert service.query(LIGHT).status == 200


def test_others_do_not_notice_a_runaway_query(service: Service) -> None:
    runaways = [
        threading.Thread(target=service.query, args=(RUNAWAY,), kwargs={"timeout": "2"}) for _ in range(2)
    ]
    for each in runaways:
        each.start()
    times = []
    while any(each.is_alive() for each in runaways):
        began = time.monotonic()
        assert service.query(LIGHT).status == 200
        times.append(time.monotonic() - began)
        time.sleep(0.02)
    assert sorted(times)[len(times) // 2] < 0.1


def test_a_result_beyond_the_limit_is_an_error_and_never_a_part(service: Service) -> None:
    large = "SELECT * { ?a <http://example.org/number> ?b . ?c <http://example.org/number> ?d } LIMIT 20000"
    whole = service.query(large, "text/csv")
    assert whole.status == 200
    assert len(whole.body) == int(whole.headers["content-length"]) > 1 << 20
    assert whole.body.count(b"\r\n") == 20_001
    reply = service.query(large.replace("20000", "200000"), "text/csv")
    assert (reply.status, reply.kind) == (503, "result-too-large")


def test_the_limit_of_rows_counts_every_format(own_service: Callable[..., Service]) -> None:
    service = own_service("--max-rows", "100", "--workers", "2")
    rows = "SELECT ?a { ?a <http://example.org/number> ?b } LIMIT "
    for accept in (
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ):
        assert service.query(rows + "100", accept).status == 200
        assert service.query(rows + "101", accept).kind == "result-too-large"


def test_a_query_that_needs_too_much_memory_ends_its_worker_only(own_service: Callable[..., Service]) -> None:
    service = own_service("--memory", str(150 << 20), "--workers", "2")
    reply = service.query("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c ?e ?b LIMIT 1")
    assert (reply.status, reply.kind) == (503, "out-of-memory")
    assert service.query(LIGHT).status == 200


def test_service_never_fetches(service: Service) -> None:
    with socket.socket() as trap:
        trap.bind(("127.0.0.1", 0))
        trap.listen()
        trap.settimeout(0.3)
        target = f"http://127.0.0.1:{trap.getsockname()[1]}/"
        for query in (
            f"SELECT * {{ SERVICE <{target}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT <{target}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICESILENT<{target}>{{ ?s ?p ?o }} }}",
            f"PREFIX : <{target}> SELECT * {{ SERVICE:x {{ ?s ?p ?o }} }}",
            f"SELECT * {{ BIND(<{target}> AS ?g) service ?g {{ ?s ?p ?o }} }}",
        ):
            assert service.query(query).kind == "service-refused"
        assert service.query(f"SELECT * FROM <{target}> {{ ?s ?p ?o }}").kind == "unknown-graph"
        assert service.query(f"LOAD <{target}>").status == 400
        with pytest.raises(TimeoutError):
            trap.accept()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is Linux's")
def test_a_worker_could_not_reach_a_server_even_if_asked(service: Service) -> None:
    script = f"""
from pyoxigraph import Store
from ecograph.store.confine import close_network
assert close_network()
try:
    list(Store().query("SELECT * {{ SERVICE <{service.address}/sparql> {{ ?s ?p ?o }} }}"))
except OSError as error:
    print(error)
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "denied" in ended.stdout.lower()


def test_many_runaway_queries_leave_the_service_as_it_was(service: Service) -> None:
    before = service.descendants()
    replies = [service.query(f"{RUNAWAY} # {number}", timeout="0.2") for number in range(12)]
    assert {reply.kind for reply in replies} == {"query-timeout"}
    service.wait_for(lambda state: state["workers"] == state["idle"] == 4)
    after = service.descendants()
    assert len(after) == len(before)
    assert len(after & before) >= 2, "the HTTP processes are the same"


def test_the_word_service_in_text_and_names_is_no_call(service: Service) -> None:
    query = (
        "PREFIX s: <http://example.org/> # SERVICE <http://example.org/>\n"
        "SELECT * { ?service s:SERVICE 'SERVICE <http://example.org/>' , \"service\" , '''\nSERVICE'' ''' }"
    )
    assert service.query(query).status == 200


def test_a_client_that_leaves_frees_its_worker(service: Service) -> None:
    with socket.create_connection(("127.0.0.1", service.port)) as client:
        path = f"/sparql?{urlencode({'query': RUNAWAY, 'timeout': '20'})}"
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        service.wait_for(lambda state: state["idle"] == 3)
    service.wait_for(lambda state: state["idle"] == state["workers"] == 4, 3)


def test_too_many_waiting_queries_are_429_with_retry_after(own_service: Callable[..., Service]) -> None:
    service = own_service("--workers", "1", "--queue", "1", "--timeout", "2")
    replies = []
    threads = [
        threading.Thread(target=lambda: replies.append(service.query(RUNAWAY, timeout="1"))) for _ in range(4)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(reply.status for reply in replies) == [429, 429, 503, 503]
    refused = next(reply for reply in replies if reply.status == 429)
    assert int(refused.headers["retry-after"]) > 0
    assert service.query(LIGHT).status == 200
