"""Who asks, and by which address: from the connection, or from the headers of a trusted proxy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

from ecograph.errors import ConfigurationError

_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d+)?|\[[0-9A-Fa-f:.]+\](?::\d+)?")
_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+)+")
Networks = tuple[IPv4Network | IPv6Network, ...]


@dataclass(frozen=True, slots=True)
class Visitor:
    """One request's origin: the client's address; scheme, host and path prefix as the client wrote them."""

    client: str
    scheme: str
    host: str
    prefix: str = ""

    @property
    def address(self) -> str:
        """The service's address as this client reaches it, without a slash at the end."""
        return f"{self.scheme}://{self.host}{self.prefix}"


def networks(names: Iterable[str]) -> Networks:
    """Read addresses or networks in CIDR notation.

    Raises
    ------
    ConfigurationError: when one is neither.
    """
    try:
        return tuple(ip_network(name.strip(), strict=False) for name in names if name.strip())
    except ValueError as error:
        raise ConfigurationError(
            f"The setting for trusted proxies is wrong: {error}.",
            remedy="Give addresses or networks, for instance: --trusted-proxy 10.0.0.0/8",
        ) from error


def visitor(scope: Any, trusted: Networks) -> Visitor:
    """Return who sends the request of an RSGI scope.

    ``X-Forwarded-For``, ``-Proto``, ``-Host`` and ``-Prefix`` count only on connections from a trusted proxy;
    what is not a host or a path there, and a Host header that is no host, is not repeated to anybody.
    """
    get = scope.headers.get
    peer = scope.client.rpartition(":")[0].strip("[]")
    scheme, host, prefix, client = scope.scheme, get("host", ""), "", peer
    if trusted and _within(peer, trusted):
        chain = [each.strip() for each in get("x-forwarded-for", "").split(",") if each.strip()]
        strangers = [each for each in chain if not _within(each, trusted)]
        client = strangers[-1] if strangers else peer
        proto = _first(get("x-forwarded-proto", "")).lower()
        scheme = proto if proto in {"http", "https"} else scheme
        host = _first(get("x-forwarded-host", "")) or host
        given = _first(get("x-forwarded-prefix", "")).rstrip("/")
        prefix = given if _PREFIX.fullmatch(given) and ".." not in given else ""
    if not _HOST.fullmatch(host):
        host = scope.server or "localhost"
    return Visitor(client, scheme, host, prefix)


def _first(header: str) -> str:
    return header.split(",", maxsplit=1)[0].strip()


def _within(address: str, trusted: Networks) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in trusted)
