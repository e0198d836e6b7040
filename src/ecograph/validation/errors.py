"""What the compiler says when it leaves a shape to pySHACL."""

from __future__ import annotations


class NotCompiledError(Exception):
    """A shape uses something that the screen does not compile; the message says what."""
