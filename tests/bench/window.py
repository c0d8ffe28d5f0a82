"""The real window, off the screen: how soon it can be used, how much memory it takes, how fast it answers."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

from mediator.services.demo import LOGIN, PASSWORD
from mediator.store.folder import Folder
from tests.bench.clock import Line, p95

STARTS = 7
PATIENCE = 60
"""Seconds after which a window that asks for something instead of opening is closed."""
_EMPTY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QTableView())
window.show()
def ready():
    print("ready", flush=True)
    sys.stdin.readline()
    app.quit()
QTimer.singleShot(0, ready)
app.exec()
"""


def window(folder: Folder) -> Iterator[Line]:
    """From the start of the process to the first page of the list; then a working day in one process."""
    ours = _starts("-m", "mediator", "--data", str(folder.path), "--user", LOGIN)
    empty = _starts("-c", _EMPTY)
    began, bare = max(ms for ms, _ in ours) / 1000, max(ms for ms, _ in empty) / 1000
    yield Line(f"window usable after start (slowest of {STARTS})", began, bare, 2.0, "s")
    memory, least = max(mb for _, mb in ours), max(mb for _, mb in empty)
    yield Line("memory of the window process", memory, least, 250.0, "MB")
    output = _run("-m", "tests.bench.at_work", str(folder.path))
    worked = json.loads(output)
    for what, times in worked["times"].items():
        yield Line(f"{what}, in the window (p95 of {len(times)})", p95(times), p95(worked["bare"][what]), 100)
    yield Line("memory of the window process after that", worked["memory"], least, 250.0, "MB")


def _starts(*words: str) -> list[tuple[float, float]]:
    """Several starts, after one that compiles what never ran before."""
    return [_start(*words) for _ in range(STARTS + 1)][1:]


def _start(*words: str) -> tuple[float, float]:
    """Start a window that says when it is ready and stays until a line is sent: ms, and MB in memory."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *words],
        env=_surroundings(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        patience = Timer(PATIENCE, child.kill)
        patience.start()
        assert child.stdout
        told = child.stdout.readline()
        took = (time.perf_counter() - start) * 1000
        memory = _memory(child.pid) if told == "ready\n" else 0.0
        with contextlib.suppress(BrokenPipeError):
            child.communicate("\n")
        patience.cancel()
    if not memory:
        raise RuntimeError(f"the window was not ready within {PATIENCE} s")
    return took, memory


def _memory(process: int) -> float:
    """What a process takes, in MB."""
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS"))


def _run(*words: str) -> str:
    command = [sys.executable, *words]
    return subprocess.run(command, env=_surroundings(), check=True, capture_output=True, text=True).stdout


def _surroundings() -> dict[str, str]:
    quiet = {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false", "LC_ALL": "C.UTF-8"}
    given = {**os.environ, **quiet, "MEDIATOR_PASSWORD": PASSWORD, "MEDIATOR_BENCH_READY": "1"}
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    return given
