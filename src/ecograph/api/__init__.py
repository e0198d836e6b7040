"""What analysts import: open a workspace's build, ask the region's questions, measure its networks.

``ecograph.open(path)`` gives an `Ecograph`; how to go on from there is in docs/how-to/analyse-in-python.md.
Nothing heavy is imported before it is used. The command line and the explorer answer by the same functions.
"""

from __future__ import annotations

from ecograph.api.answer import Answer, Column
from ecograph.api.ecograph import Ecograph, open

__all__ = ["Answer", "Column", "Ecograph", "open"]
