"""Hatch's build hook: the front end and the translations are made before the wheel is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs tools/build_frontend.py; an editable installation is left to `make setup`, which runs it too."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build style sheet, fonts, script and compiled translations, and put them into the wheel."""
        if self.target_name != "wheel" or version == "editable":
            return
        tools = Path(self.root) / "tools"
        sys.path.insert(0, str(tools))
        try:
            import build_frontend
        finally:
            sys.path.remove(str(tools))
        build_frontend.build(Path(self.root))
        build_data.setdefault("artifacts", []).append("src/ecograph/web/translations/**/*.mo")
