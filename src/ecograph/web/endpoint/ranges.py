"""A part of a result for a client that asks for one (RFC 9110, section 14), as polars reads addresses."""

from __future__ import annotations

import re
from dataclasses import replace

from ecograph.web.endpoint.problems import CORS, POLICY
from ecograph.web.endpoint.response import Response

_ONE = re.compile(r"bytes=(\d*)-(\d*)")


def ranged(response: Response, asked: str, if_range: str) -> Response:
    """Return the part of a whole, tagged result that a Range header names, else the result as it is.

    Several ranges, other units and a tag that has changed give the whole (200), as the RFC allows; what lies
    beyond the end gives 416.
    """
    if response.status != 200 or not response.tag:
        return response
    match = _ONE.fullmatch(asked.replace(" ", ""))
    if match is None or not (match[1] or match[2]) or (if_range and if_range != response.tag):
        return response
    size = response.size
    if match[1]:
        first = int(match[1])
        last = min(int(match[2]), size - 1) if match[2] else size - 1
    else:
        first, last = max(0, size - int(match[2])), size - 1
    if first > last:
        response.discard()
        return Response(416, [("Content-Range", f"bytes */{size}"), ("Content-Length", "0"), *CORS, *POLICY])
    kept = [(name, value) for name, value in response.headers if name.lower() != "content-length"]
    kept += [("Content-Range", f"bytes {first}-{last}/{size}"), ("Content-Length", str(last - first + 1))]
    if response.file is None:
        return replace(response, status=206, headers=kept, body=response.body[first : last + 1])
    return replace(response, status=206, headers=kept, span=(first, last + 1))
