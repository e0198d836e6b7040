"""A running service as tests see it: asked over a real socket, watched by its health, stopped by signals."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

SAID: list[str] = []
"""Counts that stand at the end of the test report."""


def say(line: str) -> None:
    """Have a line printed at the end of the test report."""
    if line not in SAID:
        SAID.append(line)


@dataclass(frozen=True)
class Reply:
    """What came back over the socket."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def problem(self) -> dict[str, Any]:
        assert self.headers["content-type"].startswith("application/problem+json"), self
        content: dict[str, Any] = json.loads(self.body)
        assert content["status"] == self.status
        return content

    @property
    def kind(self) -> str:
        return str(self.problem["type"]).rpartition("/")[2]


class Service:
    """A running service and its workspace; with one HTTP process, unless the options say otherwise."""

    def __init__(self, root: Path, *options: str) -> None:
        self.root = root
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        options = options if "--processes" in options else ("--processes", "1", *options)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ecograph.web", "-C", str(root), "--port", str(self.port), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        said: list[str] = []
        for line in self.process.stdout:  # a page warmed beforehand may have something to log first
            said.append(line)
            if self.address in line:
                break
        assert said and self.address in said[-1], "".join(said)
        self.greeting = said[-1]

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | str | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = 30,
    ) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, names, response.read())
        finally:
            connection.close()

    def query(self, text: str, accept: str = "", headers: dict[str, str] | None = None, **more: Any) -> Reply:
        given = {"Accept": accept} if accept else {}
        return self.ask(f"/sparql?{urlencode({'query': text, **more})}", headers={**given, **(headers or {})})

    def health(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.ask("/healthz").body)
        return content

    def wait_for(self, condition: Callable[[dict[str, Any]], bool], seconds: float = 5) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        while not condition(state := self.health()):
            assert time.monotonic() < deadline, state
            time.sleep(0.02)
        return state

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(10)

    def descendants(self) -> set[int]:
        """Every process under the supervisor, by /proc."""
        parents = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    stat = (entry / "stat").read_text()
                except OSError:
                    continue
                parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
        found, grown = {self.process.pid}, True
        while grown:
            more = {pid for pid, parent in parents.items() if parent in found} - found
            grown = bool(more)
            found |= more
        return found - {self.process.pid}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
