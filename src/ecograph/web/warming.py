"""Asks beforehand what the heaviest pages ask, at the start and after each new build."""

from __future__ import annotations

import logging
import threading
import time

from flask import Flask

from ecograph.errors import EcographError
from ecograph.web import explorer
from ecograph.web.context import Site
from ecograph.web.endpoint import service

_LOOK_EVERY = 2.0
"""Seconds between two looks at which build is served."""
_LOG = logging.getLogger("ecograph.web")


def start(app: Flask) -> threading.Thread:
    """Keep the caches of the served build warm from a thread of its own; it ends with the process."""
    thread = threading.Thread(target=_watch, args=(app,), name="warming", daemon=True)
    thread.start()
    return thread


def _watch(app: Flask) -> None:
    site: Site = app.extensions["ecograph"]
    warmed: str | None = None
    while True:
        try:
            served = site.builds.pointer()
            if served and served != warmed:
                service.prepare(site)
                explorer.warm(app)
                warmed = served
        except (EcographError, OSError) as error:
            _LOG.warning("The pages of the new build could not be prepared: %s", error)
        time.sleep(_LOOK_EVERY)
