"""The sections of ecograph.toml that concern the service alone: [catalogue] and [federation]."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from ecograph.errors import ConfigurationError, Place

_REFERENCE = "docs/reference/endpoint.md lists the settings."


@dataclass(frozen=True, slots=True)
class CatalogueConfig:
    """Who publishes the data and under what terms; said in the DCAT catalogue, nothing is invented."""

    publisher: str = ""
    publisher_uri: str = ""
    contact_name: str = ""
    contact_email: str = ""
    licence: str = ""
    """The IRI of the licence of the whole, such as http://creativecommons.org/publicdomain/zero/1.0/."""
    homepage: str = ""


@dataclass(frozen=True, slots=True)
class FederationConfig:
    """Which other servers a visitor's SERVICE may call: addresses of endpoints; none by default."""

    allow: tuple[str, ...] = ()
    allow_private: tuple[str, ...] = ()
    """``host:port`` that may be called although the address is private or loopback."""
    timeout: float = 10.0
    """Seconds that one call may take."""
    max_bytes: int = 16 << 20
    """The largest answer of one call."""


Section = TypeVar("Section", CatalogueConfig, FederationConfig)


def catalogue_config(root: Path) -> CatalogueConfig:
    """Read [catalogue].

    Raises
    ------
    ConfigurationError: for an unknown setting or one of the wrong kind.
    """
    return _section(root, "catalogue", CatalogueConfig)


def federation_config(root: Path) -> FederationConfig:
    """Read [federation].

    Raises
    ------
    ConfigurationError: for an unknown setting, a wrong kind of value, or what is no http(s) address.
    """
    config = _section(root, "federation", FederationConfig)
    for address in config.allow:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.fragment:
            raise _wrong(root, f"federation.allow: {address!r} is no http(s) address of an endpoint")
    for entry in config.allow_private:
        host, _, port = entry.rpartition(":")
        if not host or not port.isdigit():
            raise _wrong(root, f"federation.allow_private: {entry!r} is not host:port")
    return config


def _section(root: Path, name: str, kind: type[Section]) -> Section:
    try:
        content = tomllib.loads((root / "ecograph.toml").read_text(encoding="utf-8")).get(name, {})
    except (OSError, ValueError) as error:
        raise _wrong(root, str(error)) from error
    known = {field.name: field for field in fields(kind)}
    found: dict[str, Any] = {}
    for key, value in content.items():
        if key not in known:
            raise _wrong(root, f"{name}.{key} is no setting")
        default = known[key].default
        if isinstance(default, tuple):
            if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
                raise _wrong(root, f"{name}.{key} must be a list of texts")
            found[key] = tuple(value)
        elif isinstance(default, float) and isinstance(value, int):
            found[key] = float(value)
        elif not isinstance(value, type(default)) or isinstance(value, bool):
            raise _wrong(root, f"{name}.{key} is of the wrong kind")
        else:
            found[key] = value
    return kind(**found)


def _wrong(root: Path, what: str) -> ConfigurationError:
    return ConfigurationError(
        f"The configuration is wrong: {what}.", place=Place(str(root / "ecograph.toml")), remedy=_REFERENCE
    )
