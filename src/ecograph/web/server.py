"""The supervisor of the service: starts the HTTP process and the workers, replaces workers, ends them all.

The tree of processes::

    supervisor ─┬─ granian ─┬─ HTTP process (ecograph.web.front; listens on a private Unix socket for workers)
                │           └─ … as many as `Settings.processes`, all on the same port (SO_REUSEPORT)
                ├─ query worker (ecograph.store.worker; connects to the socket of one HTTP process)
                ├─ … as many as `Settings.workers` for each HTTP process
                └─ with [federation]: the relay (ecograph.store.relay) and two workers each that may call it
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import NamedTuple

from ecograph.config import load_workspace
from ecograph.errors import EcographError, StoreError
from ecograph.store.builds import Builds
from ecograph.web.configured import FederationConfig, federation_config
from ecograph.web.settings import Settings
from ecograph.web.visitor import networks

_STOP = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
_PATIENCE = 2.5
"""Seconds that the HTTP process gets to end by itself; well within the 5 that are promised."""
_READY = 60.0
_FEDERATED = 2
"""Workers for federated queries, besides the others; a slow server elsewhere holds up nobody else."""
_PREFIX = "ecograph-serve-"


class _Post(NamedTuple):
    """Where a worker serves: for which HTTP process, and whether it may call other servers."""

    process: int
    federated: bool


class Supervisor:
    """Runs the service in the foreground until it is told to stop."""

    def __init__(self, settings: Settings) -> None:
        self._stopping = False
        self._given = settings
        self._workers: dict[int, tuple[subprocess.Popen[bytes], float, _Post]] = {}
        self._respawn: list[tuple[float, _Post]] = []
        self._relay = ""
        self._relay_process: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """Serve until SIGTERM, SIGINT or SIGHUP; return the exit code: 0, or 1 when the service broke down.

        Raises
        ------
        EcographError: when there is no workspace or no build, or the port is taken.
        """
        workspace = load_workspace(Path(self._given.workspace))
        self._state = workspace.state
        build = Builds(self._state).current()
        if build is None:
            raise StoreError(
                "Nothing has been built in this workspace yet.",
                remedy=f"Run: ecograph build -C {workspace.root}",
            )
        networks(self._given.trusted_proxies.split(","))
        _check_port(self._given.host, self._given.port)
        wake = self._signals()
        place = _short_directory()
        _clear_left_over(place)
        private = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))
        lifeline, keep = os.pipe()
        os.set_inheritable(lifeline, True)
        self._settings = replace(self._given, private=str(private), lifeline=lifeline)
        self._settings.spool.mkdir()
        web = self._start_web(lifeline)
        os.close(lifeline)
        try:
            federation = federation_config(workspace.root)
            if federation.allow:
                self._start_relay(federation)
            for number in range(self._settings.workers + (_FEDERATED if federation.allow else 0)):
                for process in range(self._settings.processes):
                    self._start_worker(_Post(process, number >= self._settings.workers))
            return self._watch(web, wake, f"build {build.id} of {workspace.root}")
        finally:
            self._end(web)
            os.close(keep)
            shutil.rmtree(private, ignore_errors=True)

    def _watch(self, web: subprocess.Popen[bytes], wake: socket.socket, what: str) -> int:
        announced, began = False, time.monotonic()
        while not self._stopping:
            select.select([wake], [], [], 0.25 if announced and not self._respawn else 0.05)
            with suppress(BlockingIOError):
                wake.recv(4096)
            if self._stopping:
                break
            if web.poll() is not None:
                print("The HTTP process has ended unexpectedly.", file=sys.stderr)
                return 1
            if self._relay_process and self._relay_process.poll() is not None:
                print("The relay for federated queries has ended unexpectedly.", file=sys.stderr)
                return 1
            self._replace_dead()
            if not announced:
                announced = self._answers()
                if announced:
                    print(f"Serving {what} at {self._address()} (Ctrl+C ends it)", flush=True)
                elif time.monotonic() - began > _READY:
                    print("The service did not answer in time.", file=sys.stderr)
                    return 1
        return 0

    def _signals(self) -> socket.socket:
        wake, writer = socket.socketpair()
        wake.setblocking(False)
        writer.setblocking(False)
        self._writer = writer
        signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        for number in _STOP:
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        return wake

    def _stop(self, number: int, frame: object) -> None:
        self._stopping = True

    def _start_web(self, lifeline: int) -> subprocess.Popen[bytes]:
        command = [
            sys.executable, "-m", "granian", "ecograph.web.front:application", "--interface", "rsgi",
            "--host", self._settings.host, "--port", str(self._settings.port),
            "--workers", str(self._settings.processes), "--no-ws", "--http", "1", "--log-level", "error",
        ]  # fmt: skip
        environment = os.environ | self._settings.environment()
        return subprocess.Popen(command, env=environment, pass_fds=(lifeline,), start_new_session=True)

    def _start_relay(self, federation: FederationConfig) -> None:
        """Open the relay's port and hand it over, so that workers know it at once."""
        token = secrets.token_urlsafe(24)
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen(64)
            handle = listening.fileno()
            command = [sys.executable, "-P", "-m", "ecograph.store.relay", str(handle), token,
                       json.dumps(asdict(federation))]  # fmt: skip
            self._relay_process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, pass_fds=(handle,), start_new_session=True
            )
            self._relay = f"{listening.getsockname()[1]}/{token}"

    def _start_worker(self, post: _Post) -> None:
        address = self._settings.socket(post.process, post.federated)
        command = [
            sys.executable, "-P", "-m", "ecograph.store.worker", str(address),
            str(self._settings.spool), str(self._settings.memory), str(self._state),
            *([self._relay] if post.federated else []),
        ]  # fmt: skip
        # No setting, secret or proxy of ours is any business of a process that runs strangers' queries.
        environment = {
            name: value
            for name, value in os.environ.items()
            if name in {"PATH", "PYTHONPATH", "HOME", "LANG", "LC_ALL", "TMPDIR"}
        }
        worker = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)
        self._workers[worker.pid] = (worker, time.monotonic(), post)

    def _replace_dead(self) -> None:
        now = time.monotonic()
        for pid, (worker, born, post) in list(self._workers.items()):
            code = worker.poll()
            if code is None:
                continue
            del self._workers[pid]
            self._note_death(pid, code)
            # One that fails at once is not started again at once, lest a fault keep the machine busy.
            deliberate = code == -signal.SIGKILL or now - born > 0.5
            self._respawn.append((now if deliberate else now + 0.5, post))
        due = [post for moment, post in self._respawn if moment <= now]
        self._respawn = [each for each in self._respawn if each[0] > now]
        for post in due:
            self._start_worker(post)

    def _note_death(self, pid: int, code: int) -> None:
        """Write down how a worker ended, for whoever waits for its answer; forget what is a minute old."""
        for note in self._settings.spool.glob("*.died"):
            with suppress(FileNotFoundError):
                if time.time() - note.stat().st_mtime > 60:
                    note.unlink()
        (self._settings.spool / f"{pid}.died").write_text(str(code), encoding="ascii")

    def _end(self, web: subprocess.Popen[bytes]) -> None:
        helpers = [worker for worker, _, _ in self._workers.values()]
        helpers += [self._relay_process] if self._relay_process else []
        for process in helpers:
            process.kill()
        if web.poll() is None:
            web.terminate()
            with suppress(subprocess.TimeoutExpired):
                web.wait(_PATIENCE)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(web.pid, signal.SIGKILL)
        web.wait()
        for process in helpers:
            process.wait()

    def _address(self) -> str:
        host = self._settings.host
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{self._settings.port}/"

    def _answers(self) -> bool:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._settings.host, self._settings.host)  # noqa: S104
        connection = http.client.HTTPConnection(host, self._settings.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def _short_directory() -> str:
    """A Unix socket's address holds about 100 bytes; a deeply nested TMPDIR would not do."""
    usual = tempfile.gettempdir()
    return usual if len(usual) < 60 else "/tmp"  # noqa: S108


def _clear_left_over(place: str) -> None:
    """Remove the private directories of our services that were killed."""
    for path in Path(place).glob(f"{_PREFIX}*"):
        with suppress(OSError, ValueError):
            pid = int(path.name.removeprefix(_PREFIX).partition("-")[0])
            if path.stat().st_uid == os.getuid() and not _alive(pid):
                shutil.rmtree(path, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def _check_port(host: str, port: int) -> None:
    """Refuse a port that somebody listens on, before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            raise EcographError(
                f"Port {port} of {host} cannot be used: {error.strerror}.",
                remedy=f"Choose another, for instance: --port {port + 1 if port < 65535 else 8000}",
            ) from error
