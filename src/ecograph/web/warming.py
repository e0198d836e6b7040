"""Asks beforehand what the heaviest pages ask, at the start and after each new build."""

from __future__ import annotations

import fcntl
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from ecograph.errors import EcographError
from ecograph.store.lane import Lane
from ecograph.web import explorer
from ecograph.web.context import Site
from ecograph.web.endpoint import service
from ecograph.web.settings import Settings

_LOOK_EVERY = 2.0
"""Seconds between two looks at which build is served."""
_LOG = logging.getLogger("ecograph.web")


def start(app: Flask, settings: Settings) -> threading.Thread:
    """Keep the caches of the served build warm from a thread of its own; it ends with the process.

    Where several processes serve, one prepares its pages after the other, and the others are quick meanwhile.
    """
    thread = threading.Thread(target=_watch, args=(app, settings), name="warming", daemon=True)
    thread.start()
    return thread


@contextmanager
def _turn(directory: str) -> Iterator[None]:
    """Wait until no other process of this service prepares its pages; a turn ends with its process."""
    with Path(directory, "warming").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _watch(app: Flask, settings: Settings) -> None:
    site: Site = app.extensions["ecograph"]
    warmed: str | None = None
    while True:
        try:
            served = site.builds.pointer()
            if served and served != warmed:
                warmed = served
                if settings.lookups:
                    site.served().lane = Lane(site.graph, site.base.address)
                service.prepare(site)
                with _turn(settings.private):
                    explorer.warm(app)
        except (EcographError, OSError) as error:
            warmed = None  # tried again: a build may be on its way
            _LOG.warning("The pages of the new build could not be prepared: %s", error)
        except Exception:  # a page's own fault must not end the looking after later builds
            _LOG.exception("The pages of the new build could not be prepared")
        time.sleep(_LOOK_EVERY)
