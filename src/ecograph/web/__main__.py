"""``python -m ecograph.web -C data``: what ``ecograph serve`` turns into."""

from __future__ import annotations

import argparse
import sys

from ecograph.errors import EcographError
from ecograph.web.server import Supervisor
from ecograph.web.settings import Settings


def main(arguments: list[str] | None = None) -> int:
    """Read the arguments, serve, and return the exit code."""
    parser = argparse.ArgumentParser("ecograph serve", description="Serve the current build of a workspace.")
    parser.add_argument("-C", "--workspace", default="data")
    parser.add_argument("--host", default="127.0.0.1")
    for name, kind in (
        ("port", int), ("processes", int), ("workers", int), ("timeout", float), ("memory", int),
        ("max-bytes", int),
        ("max-rows", int), ("max-query", int), ("queue", int), ("cache", int), ("rate", int),
        ("rate-store", str), ("trusted-proxies", str),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=kind, default=argparse.SUPPRESS)
    parser.add_argument("--no-lookups", dest="lookups", action="store_false")
    settings = Settings(**vars(parser.parse_args(arguments)))
    try:
        return Supervisor(settings).run()
    except EcographError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
