"""What the service is told when it starts; handed from the supervisor to its processes by the environment."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

VARIABLE = "ECOGRAPH_SERVE"


@dataclass(frozen=True, slots=True)
class Settings:
    """The service's settings. Times in seconds, sizes in bytes."""

    workspace: str
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = max(4, os.cpu_count() or 1)
    timeout: float = 30.0
    memory: int = 2 << 30
    """What one query worker may allocate."""
    max_bytes: int = 256 << 20
    """The largest result."""
    max_rows: int = 5_000_000
    """The longest result of a SELECT query."""
    max_query: int = 1 << 20
    """The longest query text."""
    queue: int = 64
    """How many queries may wait for a worker."""
    cache: int = 64 << 20
    """What the kept results may take."""
    rate: int = 0
    """Requests a client may send within a minute; 0 for any number."""
    rate_store: str = ""
    """A file in which services on one machine count together; by default each counts in its memory."""
    trusted_proxies: str = ""
    """Addresses or networks, with commas between, whose X-Forwarded headers are believed."""
    private: str = ""
    """The private directory of the running service: socket and spool; the supervisor sets it."""
    lifeline: int = -1
    """A pipe that closes when the supervisor ends; the supervisor sets it."""

    def environment(self) -> dict[str, str]:
        """Return the environment variable that carries these settings to a child process."""
        return {VARIABLE: json.dumps(asdict(self))}

    @classmethod
    def from_environment(cls) -> Settings:
        """Read the settings that the supervisor handed down.

        Raises
        ------
        KeyError: when this process was not started by a supervisor.
        """
        return cls(**json.loads(os.environ[VARIABLE]))

    @property
    def socket(self) -> Path:
        """The address to which query workers connect."""
        return Path(self.private) / "workers.sock"

    @property
    def federated_socket(self) -> Path:
        """The address to which the workers for federated queries connect."""
        return Path(self.private) / "federated.sock"

    @property
    def spool(self) -> Path:
        """The directory of large results."""
        return Path(self.private) / "spool"
