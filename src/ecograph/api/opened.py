"""An opened build: its graph, and the networks that are read from it once."""

from __future__ import annotations

from functools import cached_property

from ecograph.config import RegionConfig
from ecograph.errors import QueryError
from ecograph.insight.naming import Names, read_names
from ecograph.model.iris import Base
from ecograph.network.incidence import Selection, TwoMode, read_two_mode
from ecograph.store.graph import Graph

Window = tuple[int | None, int | None]
"""First and last year, both included; None leaves a side open."""


class Opened:
    """A graph with the region that it is about; answers are in the language `lang` (``sv`` or ``en``).

    Networks and names are read when they are first needed and kept: reading costs a second or two for a
    county and its country, and each question after it only its own work.
    """

    def __init__(self, graph: Graph, *, base: Base, region: RegionConfig, lang: str = "sv") -> None:
        if lang not in ("sv", "en"):
            raise QueryError(f"There are no texts in {lang!r}.", remedy="Choose sv or en.")
        self.graph = graph
        self.base = base
        self.region = region
        self.lang = lang
        self._national: dict[Window | None, TwoMode] = {}
        self._county: dict[Window | None, TwoMode] = {}

    @property
    def side(self) -> int:
        """The place of the language in a pair of texts."""
        return 0 if self.lang == "sv" else 1

    def national(self, window: Window | None = None) -> TwoMode:
        """Return the network of everything in the build, in a window of years.

        Raises
        ------
        QueryError: when the window ends before it begins.
        """
        if window == (None, None):
            window = None
        if window not in self._national:
            self._national[window] = self._read(window)
        return self._national[window]

    def county(self, window: Window | None = None) -> TwoMode:
        """Return the region's network in a window of years: its projects with all their collaborators."""
        if window == (None, None):
            window = None
        if window not in self._county:
            self._county[window] = self.national(window).county()
        return self._county[window]

    def _read(self, window: Window | None) -> TwoMode:
        if window is not None and window[0] is not None and window[1] is not None and window[0] > window[1]:
            raise QueryError(
                f"The window {window[0]}–{window[1]} ends before it begins.",
                remedy="Give the first year first.",
            )
        return read_two_mode(
            self.graph, base=self.base, region=self.region, selection=Selection(window=window)
        )

    @cached_property
    def actor_names(self) -> Names:
        """All names of all actors, for what people type."""
        return read_names(self.graph, self.base, "actor")

    @cached_property
    def programme_names(self) -> Names:
        """All names of all programmes."""
        return read_names(self.graph, self.base, "programme")

    def parameters(self, years: Window | None, /, **more: object) -> dict[str, object]:
        """Return the parameters to state in an answer: region and window, then those of the question."""
        first, last = years or (None, None)
        return {"region": self.region.nuts3, "from": first, "to": last, **more}
