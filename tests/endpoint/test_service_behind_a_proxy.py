"""Behind a proxy: whose words count, under which address the service speaks of itself, how often one may ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from running import Service

from ecograph.errors import ConfigurationError
from ecograph.web.rate import RateLimit
from ecograph.web.visitor import networks

FORWARDED = {
    "X-Forwarded-For": "203.0.113.9, 10.0.0.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "data.example.org",
    "X-Forwarded-Prefix": "/eco",
}  # fmt: skip
TURTLE = {"Accept": "text/turtle"}


def test_a_trusted_proxys_address_and_prefix_are_ours(own_service: Callable[..., Service]) -> None:
    service = own_service("--trusted-proxies", "127.0.0.1,10.0.0.0/8")
    seen = service.ask("/id/actor/se-2021004524", headers={**FORWARDED, **TURTLE})
    assert (seen.status, seen.headers["location"]) == (303, "/eco/data/actor/se-2021004524.ttl")
    assert '</eco/data/actor/se-2021004524.rdf>; rel="alternate"' in seen.headers["link"]
    for path in ("/sparql", "/.well-known/void", "/catalogue"):
        body = service.ask(path, headers={**FORWARDED, **TURTLE}).body
        assert b"https://data.example.org/eco/sparql" in body
        assert b"127.0.0.1" not in body
    page = service.ask("/sparql", headers={**FORWARDED, "Accept": "text/html"})
    assert page.status == 200 or page.headers["location"].startswith("/eco/")
    start = service.ask("/", headers={**FORWARDED, "Accept": "text/html"})
    assert start.headers["location"].startswith(("/eco/", "https://data.example.org/eco/"))
    assert b'href="/eco/' in service.ask("/sv/", headers={**FORWARDED, "Accept": "text/html"}).body


def test_a_strangers_forwarded_headers_are_not_believed(service: Service) -> None:
    seen = service.ask("/id/actor/se-2021004524", headers={**FORWARDED, **TURTLE})
    assert seen.headers["location"] == "/data/actor/se-2021004524.ttl"
    assert b"data.example.org" not in service.ask("/sparql", headers={**FORWARDED, **TURTLE}).body


@pytest.mark.parametrize(
    "prefix", ["//evil.example", "/a/../b", "/a b", "https://evil.example", "/<script>", "x"]
)
def test_a_prefix_that_is_no_path_is_not_used(own_service: Callable[..., Service], prefix: str) -> None:
    service = own_service("--trusted-proxies", "127.0.0.1", "--workers", "1")
    seen = service.ask("/id/actor/se-2021004524", headers={"X-Forwarded-Prefix": prefix, **TURTLE})
    assert seen.headers["location"] == "/data/actor/se-2021004524.ttl"


def test_a_proxy_that_is_no_address_is_refused_at_the_start() -> None:
    with pytest.raises(ConfigurationError, match="trusted proxies"):
        networks(["proxy.example.org"])


@pytest.mark.parametrize("shared", [False, True], ids=["in memory", "in a shared file"])
def test_a_client_that_asks_too_often_is_told_when_to_go_on(
    own_service: Callable[..., Service], tmp_path: Path, shared: bool
) -> None:
    store = ["--rate-store", str(tmp_path / "rate.sqlite")] if shared else []
    service = own_service("--rate", "5", "--workers", "1", "--trusted-proxies", "127.0.0.1", *store)
    asked = [
        service.ask("/sparql?query=ASK%7B%7D", headers={"X-Forwarded-For": "198.51.100.1"}) for _ in range(11)
    ]
    refused = [reply for reply in asked if reply.status == 429]
    assert 1 <= len(refused) <= 6, "a new minute may have begun"
    assert refused[-1].kind == "too-many-requests"
    assert 0 < int(refused[-1].headers["retry-after"]) <= 60
    assert service.ask("/sparql?query=ASK%7B%7D", headers={"X-Forwarded-For": "198.51.100.2"}).status == 200
    assert service.ask("/healthz").status == 200


def test_without_the_setting_nobody_is_limited(service: Service) -> None:
    assert {service.ask("/sparql?query=ASK%7B%7D").status for _ in range(100)} == {200}


def test_two_services_with_one_file_count_together_and_windows_pass(tmp_path: Path) -> None:
    now = [1000.0]
    first, second = (RateLimit(3, tmp_path / "rate.sqlite", lambda: now[0]) for _ in range(2))
    assert [first.wait("a"), second.wait("a"), first.wait("a")] == [0, 0, 0]
    assert second.wait("a") == 20
    assert second.wait("b") == 0
    now[0] += 20
    assert first.wait("a") == 0


def test_answers_carry_headers_that_keep_browsers_from_harm(service: Service) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/sparql?query=x", "/catalogue", "/data/actor/se-2021004524", "/nowhere/",
                 "/sv/", "/healthz", "/id/actor/nobody"):  # fmt: skip
        reply = service.ask(path)
        assert reply.headers["x-content-type-options"] == "nosniff", path
        assert "default-src" in reply.headers.get("content-security-policy", ""), path
        assert "access-control-allow-credentials" not in reply.headers
        assert b"Traceback" not in reply.body
