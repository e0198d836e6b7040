"""What holds for the repository as a whole: no registry hosts, no machine paths, locks, imports, docs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Put together from parts, so that this file does not contain what it looks for.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "python" + "hosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("static", "crates", "io"),
        ("deb", "debian", "org"),
    )
]
MACHINE_PATHS = [
    f"/{first}/{second}" for first, second in (("work", "main"), ("work", "shared"), ("tmp", "w/"))
]
BINARY = {".png", ".jpg", ".woff2", ".woff", ".xlsx", ".gz", ".ico", ".parquet"}


def tracked() -> list[Path]:
    """The files that git tracks, or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


@pytest.fixture(scope="module")
def texts() -> dict[Path, str]:
    found: dict[Path, str] = {}
    for path in tracked():
        if path.suffix not in BINARY:
            found[path] = path.read_text(encoding="utf-8", errors="replace")
    return found


@pytest.mark.parametrize("word", REGISTRY_HOSTS + MACHINE_PATHS)
def test_no_file_names_a_registry_host_or_a_path_of_one_machine(texts: dict[Path, str], word: str) -> None:
    assert [str(path.relative_to(ROOT)) for path, text in texts.items() if word in text] == []


def test_the_python_lock_pins_every_package_with_hashes_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[^\s#])", lock.strip())
    assert len(entries) > 30
    for entry in entries:
        assert re.match(r"^[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==\S+", entry), entry[:60]
        assert "--hash=sha256:" in entry, entry[:60]
    assert "://" not in lock
    assert "index-url" not in lock


def test_every_requirement_of_the_project_is_in_the_lock() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = set(re.findall(r"(?m)^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text("utf-8")))
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.split(r"[^A-Za-z0-9._-]", each, maxsplit=1)[0].lower().replace("_", "-") for each in wanted}
    assert names - locked == set(), "run: make lock"


def test_no_npm_lock_holds_an_address() -> None:
    locks = [path for path in tracked() if path.name == "package-lock.json"]
    assert locks
    for path in locks:
        packages = json.loads(path.read_text(encoding="utf-8"))["packages"]
        assert [name for name, entry in packages.items() if "resolved" in entry] == []
        assert [name for name, entry in packages.items() if name and not entry.get("integrity")] == []


def test_uv_lock_and_built_files_stay_out_of_git() -> None:
    ignored = ["uv.lock", ".venv/x", "node_modules/x", "data/.ecograph/x", "src/ecograph/web/static/x.js"]
    for name in ignored:
        done = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False)
        assert done.returncode == 0, f"{name} is not ignored"


def test_imports_go_downwards_only() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(command)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_module_is_longer_than_500_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in (ROOT / "src").rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert long == {}


def test_every_relative_link_of_the_docs_leads_somewhere(texts: dict[Path, str]) -> None:
    dead = [
        f"{path.relative_to(ROOT)}: {target}"
        for path, text in texts.items()
        if path.suffix == ".md"
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
        if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists()
    ]
    assert dead == []


def test_the_generated_reference_is_current() -> None:
    done = subprocess.run(
        [sys.executable, "tools/generate_reference.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + "\nRun: make reference"


def test_make_alone_prints_what_there_is() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in ("setup", "demo", "test", "lint", "bench", "lock", "help"):
        assert f"make {target} " in done.stdout
