"""Compression of whole responses for clients that take it."""

from __future__ import annotations

import gzip
from dataclasses import replace

from ecograph.web.endpoint.response import Response

_SMALL = 1024
_SUFFIX = '-gzip"'


def accepts_gzip(header: str) -> bool:
    """Say whether an Accept-Encoding header takes gzip."""
    for part in header.lower().split(","):
        name, _, parameter = part.strip().partition(";")
        if name.strip() in {"gzip", "*"}:
            quality = parameter.replace(" ", "").removeprefix("q=")
            return quality.strip("0.") != "" or not parameter
    return False


def plain_tags(if_none_match: str) -> str:
    """Return an If-None-Match header with the tags of compressed bodies led back to the plain ones."""
    return if_none_match.replace(_SUFFIX, '"')


def compressed(response: Response) -> Response:
    """Return the response in gzip and with a tag of its own, or as it is when that is not worth while."""
    if response.status != 200 or response.file is not None or len(response.body) < _SMALL:
        return response
    body = gzip.compress(response.body, 5, mtime=0)
    headers = []
    for name, value in response.headers:
        if name == "ETag":
            headers.append((name, value[:-1] + _SUFFIX))
        elif name != "Content-Length":
            headers.append((name, value))
    headers += [("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))]
    return replace(response, headers=headers, body=body)
