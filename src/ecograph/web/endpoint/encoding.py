"""Compression of whole responses, in memory or spooled, for clients that take it: zstd (RFC 8878) or gzip.

zstd is Python's own from 3.14 on and its backport before that; where neither is, only gzip is offered.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

from ecograph.web.endpoint.response import Headers, Response

SMALLEST = 1024
"""Bodies below this many bytes are sent as they are."""
_PIECE = 1 << 18
_GZIP_LEVEL = 5
_ZSTD_LEVEL = 3
"""Its window of 2 MiB is within what browsers take (8 MiB)."""
_TAG = re.compile(r'-(?:gzip|zstd)"')
_COMPRESSIBLE = re.compile(r"text/|application/(?:.*(?:json|xml|triples|javascript)|manifest)|image/svg")


def _load() -> Any:
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(name)
        except ImportError:
            continue
    return None


_ZSTD = _load()
CODINGS = ("zstd", "gzip") if _ZSTD else ("gzip",)
"""What can be sent, the better first."""


def choose(header: str) -> str:
    """Return the coding that an Accept-Encoding header likes best (RFC 9110, 12.5.3), or "" for none."""
    asked: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *parameters = [piece.strip() for piece in part.split(";")]
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = float(value)
                except ValueError:
                    quality = 0.0
        asked[name] = quality
    best = max(CODINGS, key=lambda coding: asked.get(coding, asked.get("*", 0.0)))
    return best if asked.get(best, asked.get("*", 0.0)) > 0 else ""


def plain_tags(if_none_match: str) -> str:
    """Return an If-None-Match header with the tags of compressed bodies led back to the plain ones."""
    return _TAG.sub('"', if_none_match)


def compressible(headers: Headers) -> bool:
    """Say whether a body of this type gains by compression and is not compressed yet."""
    given = {name.lower(): value for name, value in headers}
    return "content-encoding" not in given and bool(_COMPRESSIBLE.match(given.get("content-type", "")))


def compressed(response: Response, coding: str) -> Response:
    """Return the response in `coding` and with a tag of its own, or as it is when that is not worth while."""
    if response.file is not None:
        target = response.file.with_name(f"{response.file.name}.{coding}")
        with response.file.open("rb") as source, target.open("wb") as sink:
            for piece in pieces(iter(lambda: source.read(_PIECE), b""), coding):
                sink.write(piece)
        response.file.unlink()
        return replace(
            response, headers=encoded_headers(response.headers, coding, target.stat().st_size), file=target
        )
    if len(response.body) < SMALLEST:
        return response
    body = _whole(response.body, coding)
    return replace(response, headers=encoded_headers(response.headers, coding, len(body)), body=body)


def pieces(content: Iterator[bytes], coding: str) -> Iterator[bytes]:
    """Compress a body that comes in pieces."""
    if coding == "zstd":
        assert _ZSTD is not None
        compressor = _ZSTD.ZstdCompressor(level=_ZSTD_LEVEL)
    else:
        compressor = zlib.compressobj(_GZIP_LEVEL, wbits=31)
    for piece in content:
        if packed := compressor.compress(piece):
            yield packed
    yield compressor.flush()


def encoded_headers(headers: Headers, coding: str, size: int | None) -> Headers:
    """Return the headers of the compressed body: its coding, its own tag, its length where known."""
    changed = []
    for name, value in headers:
        lowered = name.lower()
        if lowered == "etag":
            changed.append((name, f'{value[:-1]}-{coding}"'))
        elif lowered not in {"content-length", "accept-ranges"}:
            changed.append((name, value))
    changed.append(("Content-Encoding", coding))
    if size is not None:
        changed.append(("Content-Length", str(size)))
    return changed


def varied(headers: Headers) -> Headers:
    """Return the headers with Accept-Encoding in Vary."""
    vary = [value for name, value in headers if name.lower() == "vary"]
    if any("accept-encoding" in value.lower() for value in vary):
        return headers
    rest = [(name, value) for name, value in headers if name.lower() != "vary"]
    return [*rest, ("Vary", ", ".join([*vary, "Accept-Encoding"]))]


def _whole(body: bytes, coding: str) -> bytes:
    if coding == "zstd":
        assert _ZSTD is not None
        return bytes(_ZSTD.compress(body, level=_ZSTD_LEVEL))
    return gzip.compress(body, _GZIP_LEVEL, mtime=0)
