"""Step 1: the system libraries that the wheels of Qt expect, installed by apt where they are missing."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import sys
from pathlib import Path

from words import quietly, say

LIBRARIES = {
    # any Qt program, with or without a screen
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    # a window on X11
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    # without it Qt lists no printer
    "libcups.so.2": "libcups2",
}
PROGRAMS = {"pdftotext": "poppler-utils"}  # the tests read the printed papers back with it
MODULES = {"ensurepip": "python3-venv"}


def provide() -> None:
    """Install the missing packages as root or by sudo; if neither can be, tell what to ask for and stop."""
    packages = missing() if sys.platform == "linux" else []
    if not packages:
        return
    names = " ".join(packages)
    trouble = f"Please ask this machine's administrator to install these packages, then try again: {names}"
    if not shutil.which("apt-get") or not (is_root() or shutil.which("sudo")):
        sys.exit(f"[setup] {trouble}")
    say(f"installing system packages (up to 70 MB to download): {names}")
    quietly(as_root("apt-get", "update"), trouble)
    quietly(as_root("apt-get", "install", "-y", "--no-install-recommends", *packages), trouble)


def missing() -> list[str]:
    """Name the packages whose library, program or module this machine does not have from anywhere."""
    absent = [package for library, package in LIBRARIES.items() if not loads(library)]
    absent += [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    absent += [package for module, package in MODULES.items() if not importlib.util.find_spec(module)]
    return absent


def loads(library: str) -> bool:
    """Tell whether the dynamic linker finds the library and all that it needs itself."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def is_root() -> bool:
    """Tell whether packages can be installed without sudo."""
    return os.geteuid() == 0


def as_root(program: str, *words: str) -> list[str | Path]:
    """Prefix sudo if needed (it asks for the password only at a terminal); apt asks nothing and waits."""
    ask = [] if sys.stdin and sys.stdin.isatty() else ["-n"]
    sudo = [] if is_root() else ["sudo", *ask]
    return [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", program, "-o", "DPkg::Lock::Timeout=120", *words]
