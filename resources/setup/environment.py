"""Steps 2 to 4: the virtual environment .venv, exactly the packages of the lock file, and the fonts."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

from words import quietly, say

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".venv"
PROGRAMS = FOLDER / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "resources" / "requirements.lock"
STAMP = FOLDER / "installed-lock.sha256"
NO_NETWORK = "The packages could not be installed (see above). Is the network there? Then try again."
DOWNLOAD = re.compile(r"\s*Downloading (?:\S*/)?([^/\s]+?)-\d\S* \((\d+)(?:\.\d+)? MB\)")


def provide() -> None:
    """Make the environment and install the lock file into it, unless both are done."""
    if not answers():
        say("making the virtual environment .venv")
        quietly([sys.executable, "-m", "venv", "--clear", FOLDER], "The environment could not be made.")
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    say("installing the packages of resources/requirements.lock (170 MB to download on a new machine)")
    pip(PYTHON, "--require-hashes", "-r", LOCK)
    put_on_path()
    STAMP.write_text(wanted)


def answers() -> bool:
    """Tell whether the environment is whole: its making may have been cut short, or its system Python gone."""
    look = "import importlib.util; raise SystemExit(not importlib.util.find_spec('pip'))"
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", look], check=False).returncode == 0


def pip(python: Path, *words: str | Path) -> None:
    """Install ready-built packages only, naming the large ones while they come."""
    options = ["--only-binary", ":all:", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    quietly([python, "-m", "pip", "install", *options, *words], NO_NETWORK, name_if_large)


def name_if_large(line: str) -> None:
    """Say which package pip has begun to download, if one has to wait for it (5 MB and more)."""
    found = DOWNLOAD.match(line)
    if found and int(found[2]) >= 5:
        say(f"  downloading {found[1]}, {found[2]} MB")


def put_on_path() -> None:
    """Let the environment import the package from here, and put the command `mediator` beside its Python."""
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.check_output([PYTHON, "-c", where], text=True).strip()
    Path(packages, "mediator.pth").write_text(os.path.relpath(ROOT, packages) + "\n")
    if os.name == "nt":
        (PROGRAMS / "mediator.cmd").write_text('@"%~dp0python.exe" -P -m mediator %*\n')
        return
    command = PROGRAMS / "mediator"
    command.write_text('#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -P -m mediator "$@"\n')
    command.chmod(0o755)


def provide_fonts() -> None:
    """Fetch the pinned fonts into the user's cache; the program knows which, and skips those it has."""
    status = subprocess.run([PYTHON, "-m", "mediator.paper.fetch"], cwd=ROOT, check=False).returncode
    if status:
        sys.exit("[setup] The fonts could not be fetched (see above). Is the network there? Then try again.")
