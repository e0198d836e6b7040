"""SERVICE: off unless allowed; to listed servers only, never inward, within limits."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from running import Service, free_port
from small_build import publish, workspace

from ecograph.errors import ConfigurationError
from ecograph.store.relay import RelayError, Rules, fetch, public
from ecograph.web.configured import federation_config

OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
ACTOR = "https://w3id.org/ecograph/id/actor/se-2021004524"
ANSWER = b'{"head":{"vars":["v"]},"results":{"bindings":[{"v":{"type":"literal","value":"there"}}]}}'


class Elsewhere(BaseHTTPRequestHandler):
    """A server somewhere else, good or bad by its path."""

    asked: ClassVar[list[str]] = []
    trap = ""

    def do_POST(self) -> None:
        self.asked.append(self.path)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/slow":
            time.sleep(3)
        if self.path == "/redirect":
            self.send_response(307)
            self.send_header("Location", self.trap)
            self.end_headers()
            return
        body = b" " * 300_000 + ANSWER if self.path == "/large" else ANSWER
        media = "text/html" if self.path == "/page" else "application/sparql-results+json"
        self.send_response(500 if self.path == "/broken" else 200)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def elsewhere() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    Elsewhere.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def federated(root: Path, allow: list[str], private: list[str], more: str = "") -> Iterator[Service]:
    workspace(root)
    publish(root, "fedfedfedfed")
    with (root / "ecograph.toml").open("a", encoding="utf-8") as file:
        file.write(
            f"[federation]\nallow = {json.dumps(allow)}\nallow_private = {json.dumps(private)}\n{more}\n"
        )
    service = Service(root, "--workers", "1")
    try:
        yield service
    finally:
        assert service.stop() == 0


def call(endpoint: str, silent: str = "") -> str:
    return f"SELECT * {{ <{ACTOR}> a ?type . SERVICE {silent}<{endpoint}> {{ ?s ?p ?v }} }}"


@pytest.mark.skipif(OXIGRAPH is None, reason="needs the program oxigraph (pip install oxigraph)")
def test_a_listed_oxigraph_server_is_asked_and_joined_with_our_data(tmp_path: Path) -> None:
    port = free_port()
    assert OXIGRAPH is not None
    server = subprocess.Popen(
        [OXIGRAPH, "serve", "--location", str(tmp_path / "other"), "--bind", f"127.0.0.1:{port}"],
        stderr=subprocess.DEVNULL,
    )
    try:
        update = f"INSERT DATA {{ <{ACTOR}> <http://example.org/employees> 990 }}".encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/update", update, {"Content-Type": "application/sparql-update"}
        )
        for _ in range(100):
            try:
                urllib.request.urlopen(request).close()
                break
            except OSError:
                time.sleep(0.05)
        endpoint = f"http://127.0.0.1:{port}/query"
        with federated(tmp_path / "here", [endpoint], [f"127.0.0.1:{port}"]) as service:
            query = f"""PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
                PREFIX o: <http://127.0.0.1:{port}/>
                SELECT ?label ?number {{ ?actor skos:prefLabel ?label FILTER(LANG(?label) = "en")
                SERVICE o:query {{ ?actor <http://example.org/employees> ?number }} }}"""
            reply = service.query(query)
            rows = json.loads(reply.body)["results"]["bindings"]
            assert [(row["label"]["value"], row["number"]["value"]) for row in rows] == [
                ("Mid Sweden University", "990")
            ]
            assert reply.headers["cache-control"] == "no-store"
            assert b"BasicFederatedQuery" in service.ask("/sparql", headers={"Accept": "text/turtle"}).body
    finally:
        server.terminate()
        server.wait()


def test_what_is_not_listed_is_refused_with_the_list_and_never_called(tmp_path: Path) -> None:
    with elsewhere() as port:
        good, other = f"http://127.0.0.1:{port}/good", f"http://127.0.0.1:{port}/other"
        with federated(tmp_path, [good], [f"127.0.0.1:{port}"]) as service:
            for query in (
                call(other), call(good + "/"), call(other, "SILENT "), f"SELECT * {{ BIND(<{other}> AS ?g) SERVICE ?g {{ ?s ?p ?o }} }}",
                f"SELECT * {{ SERVICE <{good}> {{ ?s ?p ?o }} SERVICE <{other}> {{ ?s ?p ?o }} }}",
                f"SELECT * {{ SERVICESILENT<{other}> {{ ?s ?p ?o }} SERVICE <{good}> {{ ?s ?p ?o }} }}",
                f"PREFIX : <{other}> SELECT * {{ SERVICE: {{ ?s ?p ?o }} }}",
            ):  # fmt: skip
                reply = service.query(query)
                assert (reply.status, reply.kind) == (400, "service-refused"), query
                assert reply.problem["allowed"] == [good]
            assert Elsewhere.asked == []
            assert service.query(call(good)).status == 200
            assert Elsewhere.asked == ["/good"]


def test_a_call_within_a_call_is_refused_and_the_relays_secret_stays_here(tmp_path: Path) -> None:
    with elsewhere() as port:
        good = f"http://127.0.0.1:{port}/good"
        with federated(tmp_path, [good], [f"127.0.0.1:{port}"]) as service:
            inner = f"SERVICE <{good}> {{ ?s ?p ?v }}"
            for query in (
                f"SELECT * {{ SERVICE <{good}> {{ ?s ?p ?o {inner} }} }}",
                f"SELECT * {{ SERVICE <{good}> {{ {{ ?s ?p ?o }} OPTIONAL {{ {inner} }} }} }}",
            ):
                reply = service.query(query)
                assert (reply.status, reply.kind) == (400, "service-refused")
            assert Elsewhere.asked == []
            assert service.query(f"SELECT * {{ {{ {inner} }} UNION {{ {inner} }} {inner} }}").status == 200


def test_private_and_loopback_addresses_are_refused_unless_named_with_their_port(tmp_path: Path) -> None:
    with elsewhere() as port:
        listed = [
            f"http://127.0.0.1:{port}/good",
            f"http://localhost:{port}/good",
            f"http://[::1]:{port}/good",
        ]
        with federated(tmp_path, listed, [f"127.0.0.1:{port + 1}"]) as service:
            for endpoint in listed:
                reply = service.query(call(endpoint))
                assert (reply.status, reply.kind) == (502, "service-failed")
                assert "private or loopback" in reply.problem["detail"]
                assert "127.0.0.1:" not in reply.problem["detail"].replace(str(port), ""), (
                    "the relay's address"
                )
            assert Elsewhere.asked == []


def test_a_redirect_is_not_followed(tmp_path: Path) -> None:
    with elsewhere() as port:
        Elsewhere.trap = f"http://127.0.0.1:{port}/trap"
        endpoint = f"http://127.0.0.1:{port}/redirect"
        with federated(tmp_path, [endpoint], [f"127.0.0.1:{port}"]) as service:
            reply = service.query(call(endpoint))
            assert (reply.status, reply.kind) == (502, "service-failed")
            assert "redirects" in reply.problem["detail"]
            assert Elsewhere.asked == ["/redirect"]


@pytest.mark.parametrize(
    ("path", "why"),
    [("slow", "timed out"), ("large", "exceeds"), ("page", "no query result"), ("broken", "500")],
)
def test_a_call_is_bounded_in_time_and_size_and_its_failure_is_no_empty_result(
    tmp_path: Path, path: str, why: str
) -> None:
    with elsewhere() as port:
        endpoint = f"http://127.0.0.1:{port}/{path}"
        limits = "timeout = 1\nmax_bytes = 100000"
        with federated(tmp_path, [endpoint], [f"127.0.0.1:{port}"], limits) as service:
            began = time.monotonic()
            reply = service.query(call(endpoint))
            assert time.monotonic() - began < 2.5
            assert (reply.status, reply.kind) == (502, "service-failed")
            assert why in reply.problem["detail"]
            assert service.query(call(endpoint, "SILENT ")).status == 200
            assert service.query("ASK {}").status == 200


def test_a_name_is_resolved_once_and_the_address_kept_for_the_call() -> None:
    """A name that leads outside when looked at and inward when called (DNS rebinding) leads nowhere."""
    answers = iter([["192.0.2.1"], ["127.0.0.1"]])
    looked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        looked.append(host)
        return next(answers)

    rules = Rules(("http://rebind.example:9/",), ("rebind.example:9",), timeout=0.3)
    with pytest.raises(RelayError, match="failed"):
        fetch("http://rebind.example:9/", b"", {}, rules, rebinding)
    assert looked == ["rebind.example"]


def test_a_name_with_one_inward_address_among_others_is_refused() -> None:
    rules = Rules(("http://mixed.example/",))
    with pytest.raises(RelayError, match="private"):
        fetch("http://mixed.example/", b"", {}, rules, lambda host, port: ["198.35.26.96", "10.0.0.1"])


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::"],
)  # fmt: skip
def test_an_inward_address_is_known_in_every_spelling(address: str) -> None:
    assert not public(address)
    assert public("193.10.66.1")


def test_a_wrong_setting_of_federation_is_named_with_its_remedy(tmp_path: Path) -> None:
    for wrong in (
        'allow = ["file:///etc/passwd"]',
        'allow_private = ["localhost"]',
        "allowed = []",
        "timeout = 'x'",
    ):
        workspace(tmp_path)
        with (tmp_path / "ecograph.toml").open("a", encoding="utf-8") as file:
            file.write(f"[federation]\n{wrong}\n")
        with pytest.raises(ConfigurationError) as error:
            federation_config(tmp_path)
        assert error.value.remedy


@pytest.mark.skipif(sys.platform != "linux", reason="Landlock is Linux's")
def test_a_federating_worker_could_reach_the_relay_only_even_if_asked(
    own_service: Callable[..., Service],
) -> None:
    service = own_service()
    script = f"""
import urllib.request
from ecograph.store.confine import only_port
if not only_port({service.port} + 1):
    print("unknown to this kernel")
else:
    try:
        urllib.request.urlopen("{service.address}/healthz")
        print("reached")
    except OSError as error:
        print(error)
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "denied" in ended.stdout.lower() or "unknown" in ended.stdout
