"""The practice folder that is measured on: made once for this schema and this practice data, then kept."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mediator import paths
from mediator.services import demo, practice
from mediator.store import keyfile
from mediator.store.folder import Folder
from mediator.store.schema import HEAD
from tests.bench.bare import opened
from tests.bench.clock import Line, timed

CASES = int(os.environ.get("MEDIATOR_BENCH_CASES", "160000"))
_SECONDS = "seconds.json"


def kept(cases: int = CASES) -> tuple[Folder, Line]:
    """The folder with so many cases, and how long it took to make it."""
    place = paths.cache() / "bench"
    now = f"{HEAD}-{_digest()}"
    folder = Folder(place / f"{now}-{cases}")
    note = folder.path / _SECONDS
    if not note.exists():
        for old in place.glob("*"):
            if old == folder.path or not old.name.startswith(f"{now}-"):
                shutil.rmtree(old, ignore_errors=True)
        took, bare = _make(folder, cases)
        note.write_text(json.dumps({"took": took, "bare": bare}), "utf-8")
    times = json.loads(note.read_text("utf-8"))
    return folder, Line(f"demo --cases {cases}", times["took"], times["bare"], 180 * cases / 160_000, "s")


@contextmanager
def copied(folder: Folder, name: str) -> Iterator[Folder]:
    """A copy beside it that may be written to."""
    copy = Folder(folder.path.with_name(name))
    shutil.rmtree(copy.path, ignore_errors=True)
    shutil.copytree(folder.path, copy.path)
    try:
        yield copy
    finally:
        shutil.rmtree(copy.path)


def _make(folder: Folder, cases: int) -> tuple[float, float]:
    """Make it by the command; the seconds it took, and those of the database's own copying of the same rows."""
    command = [sys.executable, "-m", "mediator", "demo", "--data", str(folder.path), "--cases", str(cases)]
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - start
    copy = folder.path / "copy.db"
    with opened(folder) as connection:
        bare = timed(lambda: connection.execute("vacuum into ?", (str(copy),)))
    os.remove(copy)
    return took, bare / 1000


def _digest() -> str:
    """Changes with what practice data are made of, and with how they are kept."""
    rooms = Path(practice.__file__).parent, Path(keyfile.__file__).parent
    sources = [Path(demo.__file__), *(source for room in rooms for source in room.rglob("*.py"))]
    words = b"".join(source.read_bytes() for source in sorted(sources))
    return hashlib.sha256(words).hexdigest()[:12]
