"""Names of the sheets that stand beside the tables in a workbook, in each language."""

from __future__ import annotations

INSTRUCTIONS = {"sv": "Läs mig", "en": "Read me"}
EXAMPLES = {"sv": "Exempel", "en": "Examples"}
SUMMARY = {"sv": "Granskning", "en": "Check"}
LISTS = "_lists"

ASIDE = frozenset({*INSTRUCTIONS.values(), *EXAMPLES.values(), *SUMMARY.values(), LISTS})
"""Sheets that no reader takes for a table."""
