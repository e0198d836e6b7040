"""Readers of what others publish: one module per publisher's files, from there to canonical tables."""

from ecograph.sources.registry import KINDS, read

__all__ = ["KINDS", "read"]
