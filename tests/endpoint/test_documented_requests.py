"""The requests in docs/reference/endpoint.md do what the document says."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from running import Service

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "endpoint.md"
QUERY = "SELECT * { ?s a <https://w3id.org/ecograph/ns#Project> }"
LINE = re.compile(r"^\| `(curl [^`]+)` \| (\d{3}) \| (?:`([^`]+)`)? ?\|$", re.MULTILINE)
LINES = LINE.findall(DOCUMENT.read_text(encoding="utf-8"))


def test_the_document_has_its_table() -> None:
    assert len(LINES) >= 18


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
@pytest.mark.parametrize(("command", "status", "media"), LINES)
def test_a_documented_request(service: Service, command: str, status: str, media: str) -> None:
    words = [spelt(word, service) for word in shlex.split(command)]
    shown = [*words, "-s", "-o", "/dev/null", "-w", "%{http_code} %{content_type}"]
    answer = subprocess.run(shown, capture_output=True, text=True, check=True).stdout
    assert answer.strip() == f"{status} {media}".strip()


def spelt(word: str, service: Service) -> str:
    """A word of a documented command with the address and the query in place of A and Q."""
    if word.startswith("A/"):
        return service.address + word[1:].replace("=Q", f"={quote(QUERY)}")
    return QUERY if word == "Q" else word.replace("query=Q", f"query={QUERY}")
