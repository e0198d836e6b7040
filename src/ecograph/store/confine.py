"""What a query worker may not do: grow beyond its memory, reach a network, outlive its parent.

The network is closed by a seccomp filter on Linux (x86-64, aarch64); it needs no privilege and holds in
containers. Elsewhere the refusal of SERVICE by `ecograph.store.tokens` stands alone.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_SYSTEMS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Machine → (AUDIT_ARCH value, number of the system call socket), from linux/audit.h and the call tables."""
_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000


def limit_memory(size: int) -> None:
    """Let the process allocate at most `size` bytes of its own; mapped files do not count."""
    if hasattr(resource, "RLIMIT_DATA"):
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def end_with_parent() -> None:
    """Have the kernel kill this process when its parent dies (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def close_network() -> bool:
    """Refuse every further socket to this process; return whether the system can do that."""
    known = _SYSTEMS.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    architecture, socket_call = known
    refuse = _ERRNO | errno.EACCES
    # Classic BPF over struct seccomp_data {nr @0, arch @4}: another architecture's calls are refused whole.
    program = b"".join(
        struct.pack("HBBI", *instruction)
        for instruction in (
            (0x20, 0, 0, 4),
            (0x15, 0, 3, architecture),
            (0x20, 0, 0, 0),
            (0x15, 1, 0, socket_call),
            (0x06, 0, 0, _ALLOW),
            (0x06, 0, 0, refuse),
        )
    )
    buffer = ctypes.create_string_buffer(program, len(program))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    content = Program(len(program) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(content), 0, 0) == 0)


_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_RULE_NET_PORT = 2
_BIND_TCP, _CONNECT_TCP = 1, 2
_NET_VERSION = 4
"""The version of Landlock that knows TCP ports (Linux 6.7)."""


def only_port(port: int) -> bool:
    """Let this thread connect to one TCP port only; return whether the system can do that (Landlock)."""
    if sys.platform != "linux" or platform.machine() not in _SYSTEMS:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(_LANDLOCK_CREATE, None, 0, 1) < _NET_VERSION:
        return False
    handled = struct.pack("=QQ", 0, _BIND_TCP | _CONNECT_TCP)
    rules = libc.syscall(_LANDLOCK_CREATE, handled, len(handled), 0)
    if rules < 0:
        return False
    try:
        rule = struct.pack("=QQ", _CONNECT_TCP, port)
        if libc.syscall(_LANDLOCK_ADD, rules, _RULE_NET_PORT, rule, 0) != 0:
            return False
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
            return False
        return bool(libc.syscall(_LANDLOCK_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)
