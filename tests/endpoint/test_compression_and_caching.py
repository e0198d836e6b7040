"""Bodies small and large, compressed and not, whole every time; and asked for again."""

from __future__ import annotations

import gzip
import importlib
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from running import Reply, Service
from small_build import publish

from ecograph.web.endpoint import encoding
from ecograph.web.endpoint.cache import DocumentCache, ResultCache
from ecograph.web.endpoint.response import Response

LARGE = "SELECT * { ?a <http://example.org/number> ?b . ?c <http://example.org/number> ?d } LIMIT 20000"
SMALL = "SELECT * { ?a <http://example.org/number> ?b } LIMIT 500"


def unpacked(reply: Reply) -> bytes:
    coding = reply.headers.get("content-encoding", "")
    if coding == "gzip":
        return gzip.decompress(reply.body)
    if coding == "zstd":
        zstd = importlib.import_module("backports.zstd")
        return bytes(zstd.decompress(reply.body))
    return reply.body


@pytest.mark.parametrize("query", [SMALL, LARGE], ids=["in memory", "spooled"])
@pytest.mark.parametrize("coding", encoding.CODINGS)
def test_a_result_is_whole_in_every_coding(service: Service, query: str, coding: str) -> None:
    plain = service.query(query, "text/csv")
    packed = service.query(query, "text/csv", {"Accept-Encoding": coding})
    assert packed.headers["content-encoding"] == coding
    assert unpacked(packed) == plain.body
    assert int(packed.headers["content-length"]) == len(packed.body) < len(plain.body)
    assert packed.headers["etag"] != plain.headers["etag"]
    assert "Accept-Encoding" in packed.headers["vary"]
    again = service.query(
        query, "text/csv", {"Accept-Encoding": coding, "If-None-Match": packed.headers["etag"]}
    )
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("path", ["/sv/", "/sparql", "/catalogue", "/.well-known/void"])
@pytest.mark.parametrize("coding", encoding.CODINGS)
def test_pages_and_data_are_compressed_and_conditional_too(service: Service, path: str, coding: str) -> None:
    plain = service.ask(path)
    packed = service.ask(path, headers={"Accept-Encoding": coding})
    assert (packed.status, packed.headers["content-encoding"]) == (200, coding)
    assert unpacked(packed) == plain.body
    for reply in (plain, packed):
        again = service.ask(path, headers={"If-None-Match": reply.headers["etag"], "Accept-Encoding": coding})
        assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("path", ["/sv/", "/ns", "/catalogue", "/data/actor/se-2021004524", "/healthz"])
def test_head_has_what_get_has_but_the_body(service: Service, path: str) -> None:
    get, head = service.ask(path), service.ask(path, "HEAD")
    assert (head.status, head.body) == (get.status, b"")
    for name in ("content-type", "content-length", "etag", "vary"):
        assert head.headers.get(name) == get.headers.get(name)


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("", ""), ("gzip", "gzip"), ("gzip;q=0", ""), ("br", ""), ("identity", ""), ("gzip, zstd;q=0.5", "gzip"),
        ("*", encoding.CODINGS[0]), ("*;q=0, gzip", "gzip"), ("GZIP ; q=0.3", "gzip"), ("gzip;q=x", ""),
        ("gzip, deflate, br, zstd", encoding.CODINGS[0]),
    ],
)  # fmt: skip
def test_the_coding_is_what_the_client_likes_best(header: str, chosen: str) -> None:
    assert encoding.choose(header) == chosen


def test_kept_results_are_bounded_in_bytes_and_belong_to_one_build() -> None:
    cache = ResultCache(size=50_000, largest=10_000)
    cache.serve("one")
    for number in range(100):
        cache.keep("one", f'"{number}"', Response(200, [], b"x" * 5_000))
    assert cache.held <= 50_000
    assert 0 < len(cache) < 10
    assert cache.find(['"99"']) is not None
    assert cache.find(['"0"']) is None
    cache.keep("one", '"large"', Response(200, [], b"x" * 10_001))
    cache.keep("another", '"late"', Response(200, [], b"x"))
    assert cache.find(['"large"', '"late"']) is None
    cache.serve("two")
    assert (len(cache), cache.held) == (0, 0)


def test_kept_documents_are_bounded_in_bytes_and_nothing_is_not_kept() -> None:
    cache = DocumentCache(size=1000)
    made = []

    def make(size: int) -> bytes:
        made.append(size)
        return b"x" * size

    for key in range(10):
        cache.get(key, lambda: make(300))
    cache.get(9, lambda: make(300))
    assert len(made) == 10
    cache.get(0, lambda: make(300))
    assert len(made) == 11
    assert cache.get("none", lambda: make(0)) == cache.get("none", lambda: make(0)) == b""
    assert len(made) == 13


def test_a_new_build_makes_every_kept_answer_stale(own_service: Callable[..., Service]) -> None:
    service = own_service()
    paths = ["/sparql?query=ASK%20%7B%20%3Chttp%3A%2F%2Fexample.org%2Fnew%3E%20%3Fp%20%3Fo%20%7D",
             "/.well-known/void", "/catalogue"]  # fmt: skip
    before = [service.ask(path) for path in paths]
    publish(service.root, "ba9876543210", "<http://g> { <http://example.org/new> <http://p> 'here' }")
    for path, old in zip(paths, before, strict=True):
        new = service.ask(path, headers={"If-None-Match": old.headers["etag"]})
        assert new.status == 200
        assert new.body != old.body


@pytest.mark.parametrize("query", [SMALL, LARGE], ids=["in memory", "spooled"])
def test_a_part_is_sent_as_a_part_to_whom_asks_for_it_and_never_as_the_whole(
    service: Service, query: str
) -> None:
    whole = service.query(query, "text/csv")
    assert whole.headers["accept-ranges"] == "bytes"
    size = len(whole.body)
    for asked, first, last in (("0-99", 0, 99), ("100-", 100, size - 1), ("-50", size - 50, size - 1)):
        part = service.query(query, "text/csv", {"Range": f"bytes={asked}", "Accept-Encoding": "gzip"})
        assert (part.status, part.body) == (206, whole.body[first : last + 1])
        assert part.headers["content-range"] == f"bytes {first}-{last}/{size}"
        assert int(part.headers["content-length"]) == len(part.body)
    beyond = service.query(query, "text/csv", {"Range": f"bytes={size}-"})
    assert (beyond.status, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    stale = service.query(query, "text/csv", {"Range": "bytes=0-9", "If-Range": '"other"'})
    assert (stale.status, stale.body) == (200, whole.body)
    assert service.query(query, "text/csv", {"Range": "bytes=0-9,20-29"}).body == whole.body
    if query == SMALL:
        head = service.ask(f"/sparql?{urlencode({'query': query})}", "HEAD", headers={"Range": "bytes=0-9"})
        assert (head.status, head.body) == (200, b"")
    tag = whole.headers["etag"]
    assert service.query(query, "text/csv", {"Range": "bytes=0-9", "If-Range": tag}).status == 206
    packed = service.query(query, "text/csv", {"Accept-Encoding": "gzip"})
    assert "accept-ranges" not in packed.headers
    other = {"Range": "bytes=0-9", "If-Range": packed.headers["etag"], "Accept-Encoding": "gzip"}
    assert service.query(query, "text/csv", other).status == 200
    assert service.query(query, "text/csv", {"Range": "bytes=0-9", "If-None-Match": tag}).status == 304
