"""A computer whose power can be cut: a guest kernel as an ordinary process (user-mode-linux), and its disks as files.

Killing it is what a cut of power is: whatever the guest had not yet written to its disks was in its memory and is gone.
"""

import json
import os
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.kill import ROOT

LINUX = "MEDIATOR_FAULTS_LINUX"
"""Environment variable: the guest kernel (linux.uml), where it is not on the PATH."""
PATIENCE_S = 180
_DISK_MIB = 64
_MODULES = ("nls/nls_iso8859-1", "nls/nls_utf8", "nls/nls_cp437", "fat/fat", "fat/vfat")
_WHERE = os.pathsep.join((os.environ.get("PATH", ""), "/sbin", "/usr/sbin"))

Lane = dict[str, Any]


def kernel() -> str:
    """The guest kernel; empty if there is none."""
    return shutil.which(os.environ.get(LINUX, "linux.uml")) or ""


def why_not() -> str:
    """What is missing to cut the power here, in a sentence; empty if nothing is."""
    if not kernel():
        return f"cut needs linux.uml of Debian's package user-mode-linux on the PATH or in {LINUX}."
    if len(modules()) < len(_MODULES):
        return "cut needs the modules that came with linux.uml, in ../lib/uml/modules beside its folder."
    for tool in ("mkfs.ext4", "mkfs.vfat"):
        if not shutil.which(tool, path=_WHERE):
            return f"cut needs {tool}, of Debian's packages e2fsprogs and dosfstools, on the PATH."
    return ""


def modules() -> list[str]:
    """The kernel's modules for FAT, in the order they are loaded."""
    home = Path(kernel()).resolve().parent.parent / "lib/uml/modules"
    return [str(path) for name in _MODULES for path in sorted(home.glob(f"*/kernel/fs/{name}.ko"))[-1:]]


@dataclass
class Guest:
    """The guest at work, and what it has said."""

    process: "subprocess.Popen[bytes]"
    ear: int
    heard: list[dict[str, Any]] = field(default_factory=list)
    rest: bytes = b""
    ready: float = 0
    first: float = 0
    """When it was ready and when the first thing was kept, in seconds of the clock."""

    def listen(self, seconds: float) -> bool:
        """Take in what is said within so many seconds; False once it can say no more."""
        if not select.select([self.ear], [], [], seconds)[0]:
            return True
        data = os.read(self.ear, 2**16)
        *lines, self.rest = (self.rest + data).split(b"\n")
        self.heard += [json.loads(line) for line in lines if line]
        self.first = self.first or (time.monotonic() if self._count("kept") else 0)
        return bool(data)

    def until_ready(self) -> None:
        """Wait until all disks are mounted and the program is loaded."""
        until = time.monotonic() + PATIENCE_S
        while {"ready": True} not in self.heard:
            if not self.listen(1) or time.monotonic() > until:
                raise RuntimeError(f"the guest does not come up: {self.heard}")
        self.ready = time.monotonic()

    def work(self, most: int, lanes: int, seconds: float) -> None:
        """Let it work until so much is kept in all lanes together, or all is done, and then for so long."""
        until = time.monotonic() + PATIENCE_S
        while self._count("kept") < most and self._count("done") < lanes and time.monotonic() < until:
            self.listen(1)
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.listen(left)

    def _count(self, word: str) -> int:
        return sum(word in one for one in self.heard)

    def cut(self) -> None:
        """The power is gone, now."""
        if self.process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.to_the_end()

    def to_the_end(self) -> None:
        """Wait until nothing of the guest is left, and hear what it said last."""
        until = time.monotonic() + PATIENCE_S
        while self.listen(1):
            if time.monotonic() > until:
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def on(place: Path, do: str, lanes: list[Lane]) -> Iterator[Guest]:
    """A guest switched on with orders (cut_guest) in a folder, on the disks of all lanes."""
    disks = [Path(name) for lane in lanes for name in (lane["image"], lane["stick_image"]) if name]
    device = {str(disk): f"/dev/ubd{chr(ord('a') + at)}" for at, disk in enumerate(disks)}
    orders = [
        {**lane, "disk": device[lane["image"]], "stick": device.get(lane["stick_image"])} for lane in lanes
    ]
    (place / "order.json").write_text(json.dumps({"do": do, "modules": modules(), "lanes": orders}))
    first = place / "init"
    command = [sys.executable, "-m", "tests.faults.cut_guest", str(place)]
    first.write_text(f"#!/bin/sh\ncd {shlex.quote(str(ROOT))}\nexec {shlex.join(command)}\n")
    first.chmod(0o755)
    ear, mouth = os.pipe()
    words = [kernel(), "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", "mem=512M", "quiet"]
    words += ["con=null", f"ssl0=null,fd:{mouth}", f"init={first}", "PYTHONDONTWRITEBYTECODE=1"]
    words += [f"ubd{at}={disk}" for at, disk in enumerate(disks)]
    process = subprocess.Popen(
        words, cwd=place, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        pass_fds=[mouth], start_new_session=True,
    )  # fmt: skip
    os.close(mouth)
    guest = Guest(process, ear)
    try:
        yield guest
    finally:
        guest.cut()
        os.close(ear)


def disk(path: Path, kind: str) -> None:
    """A new empty disk."""
    with path.open("wb") as file:
        file.truncate(_DISK_MIB * 2**20)
    made = [
        shutil.which(f"mkfs.{kind}", path=_WHERE) or "",
        *(["-q", "-F"] if kind == "ext4" else ["-F", "32"]),
    ]
    subprocess.run([*made, str(path)], check=True, capture_output=True)


def copy(disk: Path, to: Path) -> None:
    """The same disk again; what is empty takes no room."""
    subprocess.run(["cp", "--sparse=always", str(disk), str(to)], check=True)
