"""The one way out for a federated query: a relay that calls the servers on the list and no other address.

``python -m ecograph.store.relay SOCKET_FD TOKEN CONFIGURATION`` answers on a loopback socket that the
supervisor opened. The engine's own client knows neither lists nor limits and follows redirects; so a worker
rewrites ``SERVICE <endpoint>`` to ``SERVICE <http://127.0.0.1:port/token/number>``, and what stands behind
the number is called here: its name is resolved once and the connection made to the address found (no DNS
rebinding), private and loopback addresses are refused unless host and port are allowed by name, redirects are
not followed, time and size are bounded.
"""

from __future__ import annotations

import hmac
import http.client
import json
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import IPv6Address, ip_address
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import urlsplit

from ecograph.store.confine import end_with_parent

Resolve = Callable[[str, int], list[str]]
_CALLS = 8
"""Calls under way at the same time."""
_REQUEST = 1 << 20
_RESULTS = ("application/sparql-results+json", "application/sparql-results+xml", "text/tab-separated-values")


class RelayError(Exception):
    """A call that is refused or failed; the text says why."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Which endpoints may be called and within which limits (seconds, bytes)."""

    allow: tuple[str, ...]
    allow_private: tuple[str, ...] = ()
    timeout: float = 10.0
    max_bytes: int = 16 << 20


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, by the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def public(address: str) -> bool:
    """Say whether an address is one of the public internet; one inside an IPv6 address counts too."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None and not inner.is_global:
            return False
    return found.is_global and not found.is_multicast


def address_of(host: str, port: int, rules: Rules, look_up: Resolve = resolve) -> str:
    """Return the one address to connect to.

    Raises
    ------
    RelayError: when the name is unknown, or leads to a private address that is not allowed by name.
    """
    try:
        addresses = look_up(host, port)
    except OSError as error:
        raise RelayError(f"{host} is not known: {error}") from error
    if not addresses:
        raise RelayError(f"{host} is not known")
    if f"{host}:{port}" not in rules.allow_private and not all(public(each) for each in addresses):
        raise RelayError(f"{host} leads to a private or loopback address")
    return addresses[0]


def fetch(
    endpoint: str, content: bytes, headers: dict[str, str], rules: Rules, look_up: Resolve = resolve
) -> tuple[str, bytes]:
    """Send a query to an endpoint of the list and return the type and the bytes of its answer.

    Raises
    ------
    RelayError: when it is refused, fails, redirects, takes too long, is too large or is no result.
    """
    parts = urlsplit(endpoint)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    deadline = time.monotonic() + rules.timeout
    address = address_of(host, port, rules, look_up)
    connection = http.client.HTTPConnection(host, port, timeout=rules.timeout)
    try:
        plain = socket.create_connection((address, port), timeout=rules.timeout)
        context = ssl.create_default_context() if parts.scheme == "https" else None
        connection.sock = context.wrap_socket(plain, server_hostname=host) if context else plain
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, content, {**headers, "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        if 300 <= answer.status < 400:
            raise RelayError("the endpoint redirects, which is not followed")
        if answer.status != 200:
            raise RelayError(f"the endpoint answered {answer.status}")
        media = answer.getheader("Content-Type", "")
        if media.partition(";")[0].strip().lower() not in _RESULTS:
            raise RelayError(f"the endpoint sent {media or 'no media type'}, which is no query result")
        return media, _read(answer, connection, deadline, rules)
    except (OSError, http.client.HTTPException) as error:
        raise RelayError(f"the call failed: {error or type(error).__name__}") from error
    finally:
        connection.close()


def _read(
    answer: http.client.HTTPResponse, connection: http.client.HTTPConnection, deadline: float, rules: Rules
) -> bytes:
    body = bytearray()
    while piece := answer.read1(1 << 16):
        body += piece
        if len(body) > rules.max_bytes:
            raise RelayError(f"the answer exceeds {rules.max_bytes:,} bytes")
        left = deadline - time.monotonic()
        if left <= 0:
            raise RelayError(f"the answer took longer than {rules.timeout:g} seconds")
        if connection.sock is not None:
            connection.sock.settimeout(left)
    return bytes(body)


class Relay(ThreadingMixIn, HTTPServer):
    """Answers the workers on a socket that is already listening."""

    daemon_threads = True

    def __init__(self, listening: socket.socket, token: str, rules: Rules) -> None:
        super().__init__(listening.getsockname()[:2], _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.token, self.rules = token, rules
        self.slots = threading.BoundedSemaphore(_CALLS)


class _Handler(BaseHTTPRequestHandler):
    server: Relay
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_POST(self) -> None:
        """Call the endpoint behind the number in the path."""
        try:
            media, body = self._relayed()
            status = 200
        except RelayError as error:
            status, media, body = 502, "text/plain; charset=utf-8", str(error).encode()
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _relayed(self) -> tuple[str, bytes]:
        _, token, number = [*self.path.split("/"), "", "", ""][:3]
        if not hmac.compare_digest(token.encode(), self.server.token.encode()):
            raise RelayError("this is no call of ours")
        rules = self.server.rules
        if not number.isdigit() or int(number) >= len(rules.allow):
            raise RelayError("the endpoint is not on the list")
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > _REQUEST:
            raise RelayError("the query is too long")
        content = self.rfile.read(int(length))
        passed = {name: self.headers[name] for name in ("Content-Type", "Accept") if name in self.headers}
        if not self.server.slots.acquire(timeout=rules.timeout):
            raise RelayError("too many calls are under way")
        try:
            return fetch(rules.allow[int(number)], content, passed, rules)
        finally:
            self.server.slots.release()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what visitors ask is not written down."""


def main(arguments: list[str]) -> int:
    """Answer until the parent ends."""
    handle, token, configuration = arguments
    end_with_parent()
    settings = json.loads(configuration)
    rules = Rules(
        tuple(settings["allow"]), tuple(settings["allow_private"]), settings["timeout"], settings["max_bytes"]
    )
    with Relay(socket.socket(fileno=int(handle)), token, rules) as relay:
        relay.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
