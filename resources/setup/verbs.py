"""What can be asked of the project once it is set up; the Makefile has the same names."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from environment import LOCK, PYTHON, ROOT, pip
from words import quietly, say

UV = "uv==0.13.9"

# each verb's commands, for the Python of the environment
COMMANDS = {
    "run": [["-m", "mediator"]],
    "demo": [["-m", "mediator", "--practice"]],
    "test": [["-m", "pytest", "-n", "2", "--dist", "loadfile"]],
    "bench": [["-m", "tests.bench"]],
    "pictures": [["resources/pictures.py"]],
    "lint": [
        ["-m", "ruff", "check"],
        ["-m", "ruff", "format", "--check"],
        ["-m", "mypy"],
    ],
}


def do(verb: str, rest: list[str]) -> int:
    """Run all commands of a verb, each with the rest of the words; give the first failing exit status."""
    failing = 0
    for command in COMMANDS[verb]:
        status = subprocess.run([PYTHON, *command, *rest], cwd=ROOT, check=False).returncode
        failing = failing or status
    return failing


def lock() -> None:
    """Write the lock file from pyproject.toml, for Linux and Windows, with hashes; pins that fit are kept."""
    say(f"making {LOCK.relative_to(ROOT)} from pyproject.toml")
    with tempfile.TemporaryDirectory() as folder:
        quietly([sys.executable, "-m", "venv", folder], "python3-venv is needed.")
        python = Path(folder, PYTHON.relative_to(PYTHON.parents[1]))
        pip(python, UV)
        options = ["--universal", "--python-version", "3.11", "--extra", "dev", "--generate-hashes"]
        said = ["--no-emit-index-url", "--custom-compile-command", "make lock", "--quiet"]
        source, target = str(ROOT / "pyproject.toml"), str(LOCK)
        quietly([python, "-m", "uv", "pip", "compile", *options, *said, source, "-o", target], "See above.")


def clean() -> None:
    """Remove all that was made here: environment, builds, caches. The fonts stay in the user's cache."""
    made = [ROOT / name for name in (".venv", "build", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache")]
    made += [ROOT / ".hypothesis", *ROOT.glob("*.egg-info")]
    for folder in made:
        shutil.rmtree(folder, ignore_errors=True)
    for folder in list(ROOT.rglob("__pycache__")):
        shutil.rmtree(folder, ignore_errors=True)


ALONE = {"lock": lock, "clean": clean}
