"""What the set-up tells the developer: one short line a step, the rest only when something fails."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path


def say(line: str) -> None:
    """Tell what is being done, at once even when the output is a file."""
    print(f"[setup] {line}", flush=True)


def quietly(
    command: Sequence[str | Path], trouble: str, watch: Callable[[str], None] = lambda line: None
) -> None:
    """Run a command unseen (`watch` sees each line); if it fails, show all, tell the trouble and stop."""
    output = []
    silent, pipe, same = subprocess.DEVNULL, subprocess.PIPE, subprocess.STDOUT
    with subprocess.Popen(
        command, stdin=silent, stdout=pipe, stderr=same, text=True, errors="replace"
    ) as process:
        for line in process.stdout or ():
            output.append(line)
            watch(line)
    if process.returncode:
        sys.exit(f"{''.join(output)}[setup] {trouble}")
