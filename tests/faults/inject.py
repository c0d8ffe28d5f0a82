"""A fault at every system call by which a deed writes (campaign C3): killed there, or the call fails once.

strace keeps a count of its own for every call and thread, so "the third fsync" is the same one each time.
"""

import re
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.faults import oracle
from tests.faults.kill import Found, Worker, copied, judge
from tests.faults.practice import Ground

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "unlink", "unlinkat", "mkdir")
FAULTS = {"KILL": "signal=KILL", "EIO": "error=EIO", "ENOSPC": "error=ENOSPC"}
DEEDS = ("save", "backup", "send", "upgrade")
Point = tuple[str, int, str]


def why_not() -> str:
    """Why faults cannot be injected on this machine; empty if they can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "processes may not be traced here"


def points(ground: Ground, deed: str, worker: Worker) -> list[Point]:
    """Every call of one round of a deed, with every fault."""
    with copied(ground) as own:
        log = own.root / "calls"
        _traced(own, deed, worker, ["-e", f"trace={','.join(CALLS)}"], log)
        calls = Counter(re.findall(r"^\d+\s+(\w+)\(", log.read_text(errors="replace"), re.M))
    return [
        (call, n, fault)
        for call, count in sorted(calls.items())
        for n in range(1, count + 1)
        for fault in FAULTS
    ]


def inject(ground: Ground, deed: str, chosen: Sequence[Point], worker: Worker) -> Found:
    """Strike a deed at these points and judge what is left, and what it said of it."""
    was, found = oracle.before(ground), Found()
    for call, at, fault in chosen:
        with copied(ground) as own:
            trick = ["-e", f"trace={call}", "-e", f"inject={call}:{FAULTS[fault]}:when={at}"]
            said = _traced(own, deed, worker, trick, Path("/dev/null"))
            judge(found, own, was, deed, said, f"{deed} {fault} at {call} {at}")
    return found


def _traced(own: Ground, deed: str, worker: Worker, trick: list[str], log: Path) -> list[dict[str, object]]:
    """One round of a deed under strace, from the moment at which it is ready."""
    child = worker.order(deed, own, most=1, wait=True)
    _stopped(child)
    command = ["strace", "-f", "-qq", "-o", str(log), *trick, "-p", str(child)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as tracer:
        while _state(child, "TracerPid") != str(tracer.pid):
            time.sleep(0.002)
        subprocess.run(["kill", "-CONT", str(child)], check=True)
        return worker.all_said()


def _stopped(child: int) -> None:
    while not _state(child, "State").startswith("T"):
        time.sleep(0.002)


def _state(child: int, key: str) -> str:
    words = Path(f"/proc/{child}/status").read_text()
    return next(line.split(":", 1)[1].strip() for line in words.splitlines() if line.startswith(key))
