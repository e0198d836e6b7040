"""What the HTTP processes of one service know of each other: a slot for each in a small shared file."""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
from pathlib import Path

_SLOT = struct.Struct("=4I")
_READY = 3
_FIELDS = ("workers", "idle", "waiting")


class Tally:
    """A shared count of workers, idle ones and waiting queries.

    Parameters
    ----------
    directory: the private directory of the service.
    processes: how many HTTP processes there are.

    Raises
    ------
    RuntimeError: when there are more processes than slots.
    """

    def __init__(self, directory: Path, processes: int) -> None:
        self._processes = processes
        self._handle = os.open(directory / "tally", os.O_RDWR | os.O_CREAT, 0o600)
        self.slot = self._claimed(directory)
        os.ftruncate(self._handle, processes * _SLOT.size)
        self._shared = mmap.mmap(self._handle, processes * _SLOT.size)
        self._ready = 0

    def _claimed(self, directory: Path) -> int:
        """Take the first slot that nobody holds; the kernel gives it back when this process ends."""
        for slot in range(self._processes):
            handle = os.open(directory / f"slot-{slot}", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return slot
            except OSError:
                os.close(handle)
        raise RuntimeError("there are more HTTP processes than slots")

    def tell(self, workers: int, idle: int, waiting: int) -> None:
        """Say how things stand in this process."""
        self._ready = self._ready or int(workers > 0)
        _SLOT.pack_into(self._shared, self.slot * _SLOT.size, workers, idle, waiting, self._ready)

    def total(self) -> dict[str, int]:
        """Return the sums over all processes."""
        slots = list(_SLOT.iter_unpack(self._shared[:]))
        return {name: sum(slot[place] for slot in slots) for place, name in enumerate(_FIELDS)}

    @property
    def complete(self) -> bool:
        """Whether every process has had a worker."""
        return all(slot[_READY] for slot in _SLOT.iter_unpack(self._shared[:]))
