"""The object that analysts work with: one build of one workspace."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from ecograph.api.answer import Answer
from ecograph.api.opened import Opened, Window
from ecograph.config import Workspace, load_workspace
from ecograph.errors import QueryError
from ecograph.model.iris import Base
from ecograph.store.builds import Build, Builds
from ecograph.store.current import current_build

if TYPE_CHECKING:
    import networkx as nx

    from ecograph.api.evolution import Show
    from ecograph.api.networks import Projection
    from ecograph.insight.gaps_matrix import Window as Period
    from ecograph.insight.groups import By
    from ecograph.network.rolenulls import Null

_SELECT = re.compile(r"\bselect\b", re.IGNORECASE)


def open(path: str | Path = ".", *, build: str | None = None, lang: Literal["sv", "en"] = "sv") -> Ecograph:
    """Open the build of a workspace that is served, or another one that is kept, for reading.

    path: the workspace, the directory with ecograph.toml. build: the id of a kept build. lang: of labels,
    titles and caveats.

    Raises
    ------
    ConfigurationError: when there is no workspace. BuildError: when nothing has been built yet.
    QueryError: when no build has the id.
    """
    workspace = load_workspace(Path(path))
    if build is None:
        return Ecograph(workspace, current_build(workspace), lang=lang)
    kept = {one.id: one for one in Builds(workspace.state).all()}
    if build not in kept:
        raise QueryError(
            f"There is no build {build!r}.", remedy="Kept are: " + (", ".join(kept) or "none") + "."
        )
    return Ecograph(workspace, kept[build], lang=lang)


class Ecograph(Opened):
    """One build of one workspace, read-only; what is read of it is kept for the next question.

    Questions of the network return an `Answer`: `.frame()` is a polars frame, and title, method, parameters,
    coverage, message and caveats stand beside it. Every window is a pair of years, both included, either
    None; without one all years count, and undated projects too.

    >>> region = ecograph.open(workspace, lang="en")
    >>> region.query("projects-by-status").columns[:2]
    ['status', 'statusLabel']
    >>> answer = region.bridges(between=("forest-bioeconomy", "digitalisation"), draws=50)
    >>> answer.frame().columns[:3]
    ['rank', 'rank_low', 'rank_high']
    >>> answer.say(answer.title)
    'Actors that bridge Forest-based bioeconomy and Digitalisation'
    >>> print(answer.guards()[0])
    Coverage: ... of ... counted projects have at least two known collaborating actors. ...
    >>> set(region.gaps(by="area").frame()["verdict"]) <= {
    ...     "gap", "over", "as-chance", "too-little-data", "depends-on-classification"}
    True
    >>> region.what_if(remove="RISE Processum").frame().height
    10
    >>> network = region.network(window=(2014, 2020))
    >>> type(network).__name__, network.graph["from"]
    ('Graph', 2014)
    >>> region.network(projection="areas").nodes["area/digitalisation"]
    {'label': 'Digitalisation'}
    """

    def __init__(self, workspace: Workspace, build: Build, *, lang: str = "sv") -> None:
        super().__init__(build.graph(), base=Base(workspace.base), region=workspace.region, lang=lang)
        self.workspace = workspace
        self.build = build

    def __repr__(self) -> str:
        """Show the workspace and the build."""
        return f"<Ecograph {self.workspace.root.name}, build {self.build.id}>"

    def questions(self) -> pl.DataFrame:
        """Return the region's questions: slug, theme, title, parameters (their names)."""
        from ecograph.query.catalogue import load_catalogue

        return pl.DataFrame(
            [
                (one.slug, one.theme, one.title(self.lang), [p.name for p in one.parameters])
                for one in load_catalogue().values()
            ],
            schema={
                "slug": pl.String,
                "theme": pl.String,
                "title": pl.String,
                "parameters": pl.List(pl.String),
            },
            orient="row",
        )

    def query(self, question: str, **parameters: object) -> pl.DataFrame:
        """Return the answer to a question of the catalogue, by its slug, or to a SPARQL SELECT query.

        Parameters are those of the question, as ``ecograph query --list`` names them; SPARQL takes none. The
        prefixes of the model (eco:, skos:, …) are known.

        Raises
        ------
        QueryError: for an unknown question or parameter, a value that does not fit, or a query that is not a
        SELECT query of SPARQL 1.1.
        """
        from ecograph.query.catalogue import load_catalogue
        from ecograph.query.run import run

        known = load_catalogue()
        if question in known:
            found = known[question]
            given = {name: str(value) for name, value in parameters.items() if value is not None}
            if any(one.kind == "lang" for one in found.parameters):
                given.setdefault("lang", self.lang)
            return run(found, self.graph, given, base=self.base).frame()
        if not _SELECT.search(question):
            raise QueryError(f"There is no question {question!r}.", remedy="`questions()` lists them.")
        if parameters:
            raise QueryError("A SPARQL query takes no parameters.", remedy="Write the values into the query.")
        try:
            return self.graph.frame(question)
        except (SyntaxError, TypeError) as error:
            raise QueryError(
                f"The query cannot be run: {error}.", remedy="Write a SELECT query of SPARQL 1.1."
            ) from error

    def network(
        self,
        *,
        window: Window | None = None,
        projection: Projection = "actors",
        scope: Literal["region", "country"] = "region",
        largest: int | None = None,
    ) -> nx.Graph[Any]:
        """Return a network as a networkx graph (see `ecograph.api.networks.network`)."""
        from ecograph.api.networks import network

        return network(self, window=window, projection=projection, scope=scope, largest=largest)

    def bridges(
        self,
        *,
        between: tuple[str, str] | None = None,
        by: By = "area",
        actor: str | None = None,
        top: int | None = None,
        draws: int = 500,
        window: Window | None = None,
    ) -> Answer:
        """Return which actors join two groups, and how sure that is (see `ecograph.api.bridges.bridges`)."""
        from ecograph.api.bridges import bridges

        return bridges(self, between=between, by=by, actor=actor, top=top, draws=draws, window=window)

    def gaps(
        self, *, by: By = "area", period: Period | Literal["each"] = "all", window: Window | None = None
    ) -> Answer:
        """Return which groups meet less or more often than chance (see `ecograph.api.gaps.gaps`)."""
        from ecograph.api.gaps import gaps

        return gaps(self, by=by, period=period, window=window)

    def roles(
        self,
        *,
        by: By = "helix",
        null: Null = "labels",
        per_group: bool = False,
        largest: int | None = None,
        window: Window | None = None,
    ) -> Answer:
        """Return which brokerage roles actors have between groups (see `ecograph.api.roles.roles`)."""
        from ecograph.api.roles import roles

        return roles(self, by=by, null=null, per_group=per_group, largest=largest, window=window)

    def introductions(
        self,
        *,
        by: By = "area",
        between: tuple[str, str] | None = None,
        per_pair: int = 5,
        window: Window | None = None,
    ) -> Answer:
        """Return pairs of actors that could close a gap (see `ecograph.api.introductions.introductions`)."""
        from ecograph.api.introductions import introductions

        return introductions(self, by=by, between=between, per_pair=per_pair, window=window)

    def evolution(
        self, *, show: Show = "years", largest: int | None = None, window: Window | None = None
    ) -> Answer:
        """Return how the network changed over the years (see `ecograph.api.evolution.evolution`)."""
        from ecograph.api.evolution import evolution

        return evolution(self, show=show, largest=largest, window=window)

    def strengths(self, *, options: bool = False, window: Window | None = None) -> Answer:
        """Return where the region is specialised in its country (see `ecograph.api.strengths.strengths`)."""
        from ecograph.api.strengths import strengths

        return strengths(self, options=options, window=window)

    def structure(
        self,
        *,
        areas: Sequence[str] | str = (),
        places: Sequence[str] | str = (),
        window: Window | None = None,
        draws: int = 59,
    ) -> Answer:
        """Return how the network is built as a whole, against chance (see `ecograph.api.structure`)."""
        from ecograph.api.structure import structure

        return structure(self, areas=_listed(areas), places=_listed(places), window=window, draws=draws)

    def places(
        self,
        *,
        sort: str = "participation",
        areas: Sequence[str] | str = (),
        places: Sequence[str] | str = (),
        window: Window | None = None,
    ) -> Answer:
        """Return how each actor stands in the network (see `ecograph.api.structure.actor_places`)."""
        from ecograph.api.structure import actor_places

        return actor_places(self, sort=sort, areas=_listed(areas), places=_listed(places), window=window)

    def communities(
        self,
        *,
        smallest: int = 2,
        number: int | None = None,
        areas: Sequence[str] | str = (),
        places: Sequence[str] | str = (),
        window: Window | None = None,
    ) -> Answer:
        """Return which actors collaborate densely (see `ecograph.api.communities.communities`)."""
        from ecograph.api.communities import communities

        return communities(
            self,
            smallest=smallest,
            number=number,
            areas=_listed(areas),
            places=_listed(places),
            window=window,
        )

    def what_if(
        self,
        *,
        remove: Sequence[str] | str = (),
        programme: Sequence[str] | str = (),
        add: Sequence[tuple[str, str]] | tuple[str, str] = (),
        areas: Sequence[str] | str = (),
        by: By = "area",
        tested: bool = False,
        window: Window | None = None,
    ) -> Answer:
        """Return what changes when actors (`remove`) or programmes go away, or collaborations come (`add`).

        One name, or one pair of actors to add, may stand for a list of them; see
        `ecograph.api.what_if.what_if`.
        """
        from ecograph.api.what_if import what_if

        pairs = [add] if len(add) == 2 and all(isinstance(side, str) for side in add) else add
        return what_if(
            self, remove=_listed(remove), programmes=_listed(programme), add=pairs,  # type: ignore[arg-type]
            areas=_listed(areas), by=by, tested=tested, window=window,
        )  # fmt: skip


def _listed(names: Sequence[str] | str) -> Sequence[str]:
    return [names] if isinstance(names, str) else names
