"""Reports to print and to send: briefs, the board's brief, the call brief, good governance."""

from __future__ import annotations

from ecograph.web.explorer.reports import board, brief, call, governance, landing

__all__ = ["board", "brief", "call", "governance", "landing"]
