"""The catalogue: each file `queries/<theme>/<slug>.rq` is a question with a header of comment lines.

A header line is ``# key: value``. The keys title, description and caveat stand twice, with ``_sv`` and
``_en``; ``param`` and ``column`` once for each, as a name followed by settings split by ``|``::

    # param: areaA | class=eco:PriorityArea | default=area/x | label_sv=Område A | label_en=Area A
    # column: actor | label_sv=Aktör | label_en=Actor
    # chart: stacked | x=year | y=projects | series=areaLabel | each=kindLabel,currency

``chart`` names how the answer is best drawn and which columns it is drawn from; `each` keeps apart what must
not stand in one chart.

A parameter stands in the query as ``VALUES ?areaA { … }`` with its default, so that the file runs by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from ecograph.config import resource
from ecograph.errors import Place, QueryError
from ecograph.model.namespaces import expand
from ecograph.tables.canonical import VOCABULARIES

ParameterKind = Literal["ref", "concept", "integer", "year", "text", "lang"]

THEMES: dict[str, tuple[str, str]] = {
    "bridges": ("Brobyggare", "Bridges"),
    "gaps": ("Samarbetsluckor", "Collaboration gaps"),
    "introductions": ("Kontaktförslag", "Introductions"),
    "networks": ("Nätverket i stort", "The network as a whole"),
    "areas": ("Områden", "Areas"),
    "money": ("Pengar", "Money"),
    "actors": ("Aktörer", "Actors"),
    "projects": ("Projekt", "Projects"),
    "places": ("Platser", "Places"),
    "strategy": ("Strategi", "Strategy"),
    "time": ("Utveckling över tid", "Change over time"),
    "quality": ("Underlagets kvalitet", "Quality of the data"),
}
"""The directories of `queries/` that hold questions, in the order shown, with their names in sv and en."""

DRAWINGS = ("bar", "stacked", "line", "interval", "heat")
"""The kinds of charts that a question may name."""

UNDEF = "UNDEF"
"""The default of a parameter that may be left out."""

_TEXTS = ("title_sv", "title_en", "description_sv", "description_en", "caveat_sv", "caveat_en")
_SETTINGS = {
    "param": ("class", "scheme", "kind", "default", "label_sv", "label_en"),
    "column": ("label_sv", "label_en"),
    "chart": ("x", "y", "series", "low", "high", "each"),
}
_LINE = re.compile(r"^#\s*(?P<key>[a-z_]+)\s*:\s*(?P<value>.*?)\s*$")
_NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value that the asker may choose.

    `target` is the IRI of the class (``ref``) or the key of the vocabulary (``concept``) whose members may
    be chosen; `default` is text as an asker would give it, ``UNDEF`` when the parameter may be left out.
    """

    name: str
    kind: ParameterKind
    default: str
    label_sv: str
    label_en: str
    target: str = ""

    @property
    def optional(self) -> bool:
        """Whether the question can be asked without a value."""
        return self.default == UNDEF

    def label(self, lang: str) -> str:
        """The label in Swedish (``sv``) or English (anything else)."""
        return self.label_sv if lang == "sv" else self.label_en


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the answer; `name` is the variable without its question mark."""

    name: str
    label_sv: str
    label_en: str

    def label(self, lang: str) -> str:
        """The label in Swedish (``sv``) or English (anything else)."""
        return self.label_sv if lang == "sv" else self.label_en


@dataclass(frozen=True, slots=True)
class Drawing:
    """How an answer is drawn: `kind` is one of `DRAWINGS`, the others are names of columns.

    `low` and `high` bound an interval; `each` names columns whose values get a chart of their own.
    """

    kind: str
    x: str
    y: str
    series: str | None = None
    low: str | None = None
    high: str | None = None
    each: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the catalogue; `sparql` is the query without its header, with the defaults in place."""

    slug: str
    theme: str
    path: Path
    title_sv: str
    title_en: str
    description_sv: str
    description_en: str
    caveat_sv: str
    caveat_en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str
    drawing: Drawing | None = None

    def title(self, lang: str) -> str:
        """The question itself, in Swedish (``sv``) or English (anything else)."""
        return self.title_sv if lang == "sv" else self.title_en

    def description(self, lang: str) -> str:
        """What is counted and how, in Swedish (``sv``) or English (anything else)."""
        return self.description_sv if lang == "sv" else self.description_en

    def caveat(self, lang: str) -> str:
        """How the answer must not be read, in Swedish (``sv``) or English (anything else)."""
        return self.caveat_sv if lang == "sv" else self.caveat_en

    def parameter(self, name: str) -> Parameter:
        """Return the parameter of that name; KeyError when there is none."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        raise KeyError(name)


def load_catalogue(directory: Path | None = None) -> dict[str, Question]:
    """Read every question below `directory` (the package's own catalogue when None), by slug.

    Questions come in the order of `THEMES`, then by slug. Directories that are no theme are left alone.

    Raises
    ------
    QueryError: when a header is wrong (file and line named) or two files have the same slug.
    """
    root = directory or resource("queries")
    catalogue: dict[str, Question] = {}
    for theme in THEMES:
        for path in sorted((root / theme).glob("*.rq")):
            question = read_question(path)
            if question.slug in catalogue:
                raise QueryError(
                    f"The slug {question.slug} is taken by {catalogue[question.slug].path}.",
                    place=Place(str(path)),
                    remedy="Give one of the two files another name.",
                )
            catalogue[question.slug] = question
    return catalogue


def read_question(path: Path) -> Question:
    """Read one query file; its directory's name is the theme and its own the slug.

    Raises
    ------
    QueryError: for an unknown, missing or repeated key, a bad parameter, or a parameter without its VALUES
    block; the message names file and line.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    texts: dict[str, str] = {}
    parameters: list[Parameter] = []
    columns: list[Column] = []
    drawing: Drawing | None = None
    end = 0
    for number, line in enumerate(lines, start=1):
        if not line.startswith("#"):
            break
        end = number
        place = Place(str(path), row=number)
        match = _LINE.match(line)
        if match is None:
            raise _wrong(place, f"the header line {line!r} is not of the form '# key: value'")
        key, value = match["key"], match["value"]
        if key == "param":
            parameters.append(_parameter(value, place))
        elif key == "column":
            name, settings = _entry(key, value, place)
            columns.append(Column(name, settings["label_sv"], settings["label_en"]))
        elif key == "chart":
            if drawing is not None:
                raise _wrong(place, "the header key 'chart' stands twice")
            drawing = _drawing(value, place)
        elif key not in _TEXTS:
            raise _wrong(place, f"the header key {key!r} is unknown")
        elif key in texts:
            raise _wrong(place, f"the header key {key!r} stands twice")
        else:
            texts[key] = value
    missing = [key for key in _TEXTS if not texts.get(key)]
    if missing:
        raise _wrong(Place(str(path), row=1), f"the header lacks {', '.join(missing)}")
    sparql = "\n".join(lines[end:]).strip() + "\n"
    for parameter in parameters:
        if not values_block(parameter.name).search(sparql):
            raise _wrong(Place(str(path)), f"the query has no block VALUES ?{parameter.name} {{ … }}")
    named = {column.name for column in columns}
    for name in _columns_of(drawing):
        if name not in named:
            raise _wrong(Place(str(path)), f"the chart names {name!r}, which is no column")
    return Question(
        slug=path.stem,
        theme=path.parent.name,
        path=path,
        parameters=tuple(parameters),
        columns=tuple(columns),
        sparql=sparql,
        drawing=drawing,
        **texts,
    )


def values_block(name: str) -> re.Pattern[str]:
    """Return the pattern of a parameter's data block in a query file; group 1 is its content."""
    return re.compile(rf"\bVALUES\s+\?{re.escape(name)}\s*\{{([^{{}}]*)\}}")


def _parameter(value: str, place: Place) -> Parameter:
    name, settings = _entry("param", value, place)
    if "class" in settings:
        kind, target = "ref", settings["class"]
        try:
            target = expand(target)
        except KeyError:
            raise _wrong(place, f"the prefix of the class {target!r} is unknown") from None
    elif "scheme" in settings:
        kind, target = "concept", settings["scheme"]
        if target not in VOCABULARIES:
            raise _wrong(place, f"there is no vocabulary {target!r}")
    else:
        kind, target = settings.get("kind", ""), ""
    if kind not in get_args(ParameterKind):
        raise _wrong(place, f"parameter {name!r} needs class=, scheme= or one of the kinds that exist")
    if "default" not in settings:
        raise _wrong(place, f"parameter {name!r} lacks its default; {UNDEF} lets it be left out")
    return Parameter(
        name,
        cast(ParameterKind, kind),
        settings["default"],
        settings["label_sv"],
        settings["label_en"],
        target,
    )


def _drawing(value: str, place: Place) -> Drawing:
    kind, *rest = (part.strip() for part in value.split("|"))
    if kind not in DRAWINGS:
        raise _wrong(place, f"{kind!r} is none of the charts {', '.join(DRAWINGS)}")
    settings = dict(_settings("chart", rest, place))
    needed = {"x", "y"} | ({"low", "high"} if kind == "interval" else set())
    needed |= {"series"} if kind in {"stacked", "heat"} else set()
    if missing := sorted(name for name in needed if not settings.get(name)):
        raise _wrong(place, f"the chart lacks {', '.join(missing)}")
    each = tuple(name.strip() for name in settings.pop("each", "").split(",") if name.strip())
    return Drawing(kind, **settings, each=each)


def _columns_of(drawing: Drawing | None) -> list[str]:
    if drawing is None:
        return []
    named = (drawing.x, drawing.y, drawing.series, drawing.low, drawing.high)
    return [name for name in named if name] + list(drawing.each)


def _entry(key: str, value: str, place: Place) -> tuple[str, dict[str, str]]:
    name, *rest = (part.strip() for part in value.split("|"))
    if not _NAME.match(name):
        raise _wrong(place, f"{name!r} is no name of a variable")
    settings = dict(_settings(key, rest, place))
    for label in ("label_sv", "label_en"):
        if not settings.get(label):
            raise _wrong(place, f"{name!r} lacks its {label}")
    return name, settings


def _settings(key: str, parts: list[str], place: Place) -> Iterator[tuple[str, str]]:
    for part in parts:
        setting, equals, value = part.partition("=")
        if not equals or setting.strip() not in _SETTINGS[key]:
            raise _wrong(place, f"{part!r} is none of the settings {', '.join(_SETTINGS[key])}")
        yield setting.strip(), value.strip()


def _wrong(place: Place, message: str) -> QueryError:
    return QueryError(
        f"In this query, {message}.",
        place=place,
        remedy="docs/reference/queries.md describes the header of a query file.",
    )
