"""Ask the advisory services whether a locked dependency has a known weakness: pip-audit and ``npm audit``.

Exit code 0: none is known; 1: at least one is (it is printed, with the version that mends it); 3: a service
could not be asked, so that nothing is known. A weakness goes before a silence.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from build_frontend import FrontEndError, find_npm

ROOT = Path(__file__).resolve().parents[1]
FOUND, SILENT = 1, 3
Run = Callable[[Sequence[str], Path], "subprocess.CompletedProcess[str]"]


class ServiceSilentError(Exception):
    """The advisory service could not be reached, or gave no answer that can be read."""


def run(command: Sequence[str], directory: Path) -> subprocess.CompletedProcess[str]:
    """Run a command and return what it said."""
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=600, check=False)


def python_weaknesses(run: Run = run) -> list[str]:
    """Return one line for each known weakness of requirements.lock.

    Raises
    ------
    ServiceSilentError: when the service was not reached.
    """
    command = [sys.executable, "-m", "pip_audit", "--requirement", "requirements.lock", "--require-hashes",
               "--disable-pip", "--format", "json", "--progress-spinner", "off"]  # fmt: skip
    said = run(command, ROOT)
    try:
        packages = json.loads(said.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError) as error:
        raise ServiceSilentError(_reason(said)) from error
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    if skipped:
        raise ServiceSilentError(f"no answer about {', '.join(skipped[:5])}")
    return [
        f"{each['name']} {each['version']}: {weakness['id']}, "
        f"mended in {', '.join(weakness['fix_versions']) or 'no version yet'}"
        for each in packages
        for weakness in each["vulns"]
    ]


def npm_weaknesses(npm: Sequence[str], run: Run = run) -> list[str]:
    """Return one line for each known weakness of the front end's package-lock.json.

    Raises
    ------
    ServiceSilentError: when the service was not reached.
    """
    frontend = ROOT / "src/ecograph/web/frontend"
    said = run([*npm, "audit", "--package-lock-only", "--json"], frontend)
    try:
        found = json.loads(said.stdout)
        weak = found["vulnerabilities"]
    except (ValueError, KeyError, TypeError) as error:
        raise ServiceSilentError(_reason(said)) from error
    return [
        f"{name} {each.get('range', '')}: {each.get('severity', 'unknown')}"
        + (", a mended version exists" if each.get("fixAvailable") else ", no mended version yet")
        for name, each in sorted(weak.items())
    ]


def _reason(said: subprocess.CompletedProcess[str]) -> str:
    """Return the line that says most of a failure: npm ends with where its log lies."""
    lines = [line.strip() for line in (said.stderr or said.stdout).splitlines() if line.strip()]
    telling = [line for line in lines if "error" in line.lower() and "log of this run" not in line]
    return (telling or lines or [f"exit code {said.returncode}"])[0][:200]


def main() -> int:
    """Audit both locks and return the exit code."""
    code = 0
    for title, ask in (
        ("Python (requirements.lock)", python_weaknesses),
        ("front end (package-lock.json)", lambda: npm_weaknesses(find_npm())),
    ):
        try:
            weak = ask()
        except (ServiceSilentError, FrontEndError, OSError, subprocess.TimeoutExpired) as error:
            print(f"{title}: the advisory service could not be reached ({error}).", file=sys.stderr)
            code = code or SILENT
            continue
        print(f"{title}: {f'{len(weak)} known weaknesses' if weak else 'no known weakness'}")
        for line in weak:
            print(f"  {line}")
        code = FOUND if weak else code
    return code


if __name__ == "__main__":
    sys.exit(main())
