"""kill -9 at random moments of every deed (campaign C1)."""

import json
import os
import random
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults import oracle
from tests.faults.practice import Ground

ROOT = Path(__file__).parents[2]


class Worker:
    """The other process."""

    def __init__(self, process: "subprocess.Popen[bytes]", ear: socket.socket) -> None:
        self.process = process
        self.ear = ear
        self.words = ear.makefile("rb", buffering=0)
        self.early: list[dict[str, Any]] = []
        assert self.said() == {"ready": True}

    def order(
        self, deed: str, ground: Ground, *, most: int = 10_000, wait: bool = False, file_size: int = 0
    ) -> int:
        """Have a deed begun; the process that does it."""
        words = {"deed": deed, "root": str(ground.root), "most": most, "wait": wait, "file_size": file_size}
        assert self.process.stdin
        self.process.stdin.write(json.dumps(words).encode() + b"\n")
        self.process.stdin.flush()
        while "pid" not in (said := self.said()):
            self.early.append(said)
        return int(said["pid"])

    def said(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.words.readline())
        return told

    def until_begun(self) -> None:
        if {"begun": True} not in self.early:
            assert self.said() == {"begun": True}

    def all_said(self) -> list[dict[str, Any]]:
        """What was said until the child was gone."""
        heard = [*self.early, *iter(self.said, {"gone": True})]
        self.early.clear()
        return [one for one in heard if one != {"begun": True}]


@contextmanager
def at_work() -> Iterator[Worker]:
    """A worker, as long as it is needed."""
    ear, mouth = socket.socketpair()
    command = [sys.executable, "-m", "tests.faults.worker", str(mouth.fileno())]
    where = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=where, stdin=subprocess.PIPE, pass_fds=[mouth.fileno()]
    ) as process:
        mouth.close()
        with ear:
            worker = Worker(process, ear)
            with worker.words:
                yield worker
        assert process.stdin
        process.stdin.close()


@dataclass
class Found:
    """What a campaign came to."""

    trials: int = 0
    at_work: int = 0
    """How many were struck after something had been told and before all was done."""
    told: int = 0
    refused: int = 0
    """How often it said in a sentence that it could not."""
    wrong: list[str] = field(default_factory=list)

    def row(self, name: str) -> str:
        """One line for people."""
        return f"{name:24} {self.trials:6} trials {self.at_work:6} at work {self.told:7} told {self.refused:5} refused {len(self.wrong):4} violations"


def kill(ground: Ground, deed: str, count: int, worker: Worker, seed: int = 9) -> Found:
    """Kill a deed so often at random moments and judge what is left."""
    chance, was, found = random.Random(f"{seed} {deed}"), oracle.before(ground), Found()
    span = max(0.05, 2.5 * _takes(ground, deed, worker))
    for trial in range(count):
        with copied(ground) as own:
            child = worker.order(deed, own)
            worker.until_begun()
            if chance.random() < 0.5:  # past what only the first round does
                select.select([worker.ear], [], [], 10)
            time.sleep(chance.uniform(0, span))
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            judge(found, own, was, deed, worker.all_said(), f"{deed} #{trial}")
    return found


def judge(
    found: Found, own: Ground, was: oracle.Before, deed: str, said: list[dict[str, Any]], name: str
) -> None:
    """Count one trial."""
    told = [one["kept"] for one in said if "kept" in one]
    found.trials += 1
    found.at_work += bool(told)
    found.told += len(told)
    wrong = [one["crashed"] for one in said if "crashed" in one]
    wrong += [
        f"not a sentence: {one['refused']}" for one in said if not one.get("refused", "。").endswith("。")
    ]
    found.refused += sum("refused" in one for one in said)
    try:
        wrong += oracle.troubles(own, was, deed, told)
    except Exception as error:
        wrong.append(f"the oracle stumbled: {error!r}")
    found.wrong += [f"{name}: {words}" for words in wrong]


@contextmanager
def copied(ground: Ground) -> Iterator[Ground]:
    """A copy of the practice ground that goes away."""
    with tempfile.TemporaryDirectory(prefix="faults-", dir=ground.root.parent) as place:
        own = ground.copy(Path(place) / "g")
        try:
            yield own
        finally:
            shutil.rmtree(own.root, ignore_errors=True)


def _takes(ground: Ground, deed: str, worker: Worker) -> float:
    """Seconds that one round of a deed takes."""
    with copied(ground) as own:
        since = time.monotonic()
        worker.order(deed, own, most=2)
        worker.all_said()
        return (time.monotonic() - since) / 2
