"""The workspace's configuration (ecograph.toml) and the place of the package's own resources."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib import resources as package_resources
from pathlib import Path
from typing import Any

from ecograph.errors import ConfigurationError, Place

_CHECKOUT = Path(__file__).resolve().parents[2]

GEPHI_LITE = "https://lite.gephi.org/"
"""The public Gephi Lite."""


def resource(kind: str) -> Path:
    """Return the directory of `ontology`, `shapes` or `queries`: package data, else the checkout's.

    Raises
    ------
    ConfigurationError: when neither exists, which means a damaged installation.
    """
    packaged = Path(str(package_resources.files("ecograph"))) / "resources" / kind
    for candidate in (packaged, _CHECKOUT / kind):
        if candidate.is_dir():
            return candidate
    raise ConfigurationError(
        f"The installation lacks its {kind} directory.", remedy="Install ecograph again from its wheel."
    )


@dataclass(frozen=True, slots=True)
class SourceConfig:
    """One source of the workspace: which reader reads which path, and who published it."""

    id: str
    kind: str
    path: Path
    batch: str
    publisher: str
    licence: str
    retrieved: str
    title_sv: str
    title_en: str
    url: str = ""
    partners: str = "all"
    """Which partners the source names: ``all``, ``some`` or ``beneficiary`` (one actor a project)."""
    scope: str = "region"
    """What it covers: ``region`` (only what concerns the region) or ``country`` (regions can be compared)."""
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RegionConfig:
    """The region that the workspace is about; codes are NUTS 2021 and national LAU codes."""

    nuts3: str
    country: str
    name_sv: str
    name_en: str
    municipalities: tuple[str, ...]
    strategy_adopted: str
    """The date before which no project can be an effect of the strategy, ISO, as exact as known."""


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """Who runs the pages and how to reach them; the accessibility statement must name both."""

    operator: str = ""
    """The organisation that is responsible for the pages."""
    contact_email: str = ""
    """A function to write to, not a person."""
    contact_phone: str = ""
    contact_page: str = ""
    """The address of a page or form for reports and requests."""
    statement_date: str = ""
    """When the organisation last looked over its accessibility statement, ISO 8601."""

    @property
    def reachable(self) -> bool:
        """Whether a reader can report a shortcoming to the organisation."""
        return bool(self.operator and (self.contact_email or self.contact_phone or self.contact_page))


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace directory with its configuration."""

    root: Path
    region: RegionConfig
    sources: tuple[SourceConfig, ...]
    base: str = "https://w3id.org/ecograph/"
    languages: tuple[str, ...] = ("sv", "en")
    keep_builds: int = 5
    tables: Path = Path("tables")
    gephi_lite: str = GEPHI_LITE
    """The Gephi Lite that the explorer's links open networks in; an own one serves a closed net."""
    site: SiteConfig = SiteConfig()

    @property
    def state(self) -> Path:
        """The directory of builds; all of it can be made again from the workspace."""
        return self.root / ".ecograph"


def load_workspace(root: Path) -> Workspace:
    """Read `root`/ecograph.toml.

    Raises
    ------
    ConfigurationError: when the file is missing, is not TOML, or lacks or misstates a setting.
    """
    path = root / "ecograph.toml"
    if not path.is_file():
        raise ConfigurationError(
            f"There is no workspace in {root}: ecograph.toml is missing.",
            remedy="Name the workspace's directory with -C, for instance: -C data",
        )
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"The configuration is not valid TOML: {error}.",
            place=Place(str(path)),
            remedy="Correct the line named above.",
        ) from error
    try:
        return _workspace(root, content)
    except KeyError as error:
        raise ConfigurationError(
            f"The setting {error.args[0]!r} is missing.",
            place=Place(str(path)),
            remedy="Add it; docs/reference/configuration.md lists every setting.",
        ) from error
    except TypeError as error:
        raise ConfigurationError(
            f"A setting is unknown or of the wrong kind: {error}.",
            place=Place(str(path)),
            remedy="docs/reference/configuration.md lists every setting.",
        ) from error


def _workspace(root: Path, content: dict[str, Any]) -> Workspace:
    region = dict(content["region"])
    region["municipalities"] = tuple(region["municipalities"])
    sources = []
    for entry in content.get("source", []):
        settings = dict(entry)
        settings["path"] = root / settings["path"]
        sources.append(SourceConfig(**settings))
    general = dict(content.get("workspace", {}))
    if not str(general.get("gephi_lite", GEPHI_LITE)).startswith(("https://", "http://")):
        raise TypeError("gephi_lite has to be an address that begins with https:// or http://")
    if "tables" in general:
        general["tables"] = Path(general["tables"])
    if "languages" in general:
        general["languages"] = tuple(general["languages"])
    return Workspace(
        root=root,
        region=RegionConfig(**region),
        sources=tuple(sources),
        site=_site(content.get("site", {})),
        **general,
    )


def _site(content: dict[str, Any]) -> SiteConfig:
    for name, value in content.items():
        if not isinstance(value, str):
            raise TypeError(f"site.{name} has to be text")
    page = str(content.get("contact_page", ""))
    if page and not page.startswith(("https://", "http://")):
        raise TypeError("site.contact_page has to be an address that begins with https:// or http://")
    return SiteConfig(**content)
