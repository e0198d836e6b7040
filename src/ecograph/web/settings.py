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
    processes: int = min(max(2, os.cpu_count() or 1), 4)
    """How many processes answer HTTP, all on the same port."""
    workers: int = 4
    """How many queries may run at the same time for each of them."""
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
    """How many queries may wait for a worker, shared out among the HTTP processes."""
    cache: int = 64 << 20
    """What the kept results may take in each HTTP process."""
    lookups: bool = True
    """Whether an HTTP process may answer by itself what is known to be small."""
    rate: int = 0
    """Requests a client may send within a minute; 0 for any number."""
    rate_store: str = ""
    """A file in which services on one machine count together; by default each service counts by itself."""
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

    def socket(self, process: int, federated: bool = False) -> Path:
        """Return the address to which the query workers of an HTTP process connect."""
        return Path(self.private) / f"{'federated' if federated else 'workers'}-{process}.sock"

    @property
    def counted(self) -> Path | None:
        """The file in which requests are counted; None where the memory of one process will do."""
        if self.rate_store:
            return Path(self.rate_store)
        return Path(self.private) / "rate" if self.processes > 1 and self.private else None

    @property
    def spool(self) -> Path:
        """The directory of large results."""
        return Path(self.private) / "spool"
