"""Serve a workspace, check that its start page answers, stop: what `make demo HOLD=0` does.

Usage: python tools/check_demo.py WORKSPACE PORT
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PATIENCE = 60.0
"""Seconds until the start page must have answered."""


def _wait(address: str, server: subprocess.Popen[bytes]) -> int | None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.2)
    return None


def main() -> int:
    """Return 0 when the start page answers with 200 and the server ends at SIGTERM."""
    workspace, port = sys.argv[1:3]
    address = f"http://127.0.0.1:{port}/"
    ecograph = Path(sys.executable).with_name("ecograph")
    server = subprocess.Popen([str(ecograph), "serve", "-C", workspace, "--port", port])
    try:
        status = _wait(address, server)
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            code = server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            code = server.wait()
    if status is None:
        print(f"{address} did not answer.", file=sys.stderr)
        return 1
    print(f"{address} answered with {status}; the server ended with {code}.")
    return 0 if status == 200 and code == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
