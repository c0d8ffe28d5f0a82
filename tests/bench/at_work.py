"""A working day in the window, measured from inside its process; the times go to standard output as JSON."""

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QEvent

from mediator.app import make_app
from mediator.services import setup
from mediator.services.demo import LOGIN, PASSWORD
from mediator.store.folder import Folder
from mediator.ui.desk import Desk
from mediator.ui.window import Window
from tests.bench.bare import Statement, Tape, opened, replay
from tests.bench.clock import timed
from tests.bench.verbs import case_ids, names


def main(path: Path) -> None:
    """Page, search and open, with all that is drawn; and the same statements by the bare driver."""
    app = make_app()
    engine, who = setup.enter(path, LOGIN, PASSWORD)
    window = Window(Desk(engine, who), path, practice=True)
    window.show()
    app.processEvents()
    random = Random(4)
    tape = Tape(engine)

    def settle() -> None:
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def look_for(words: str) -> None:
        window.cases.search.setText(words)
        window.cases.refresh()
        settle()

    def look_at(case_id: int) -> None:
        window.open_case(case_id)
        settle()

    days: dict[str, tuple[Callable[[Any], None], list[Any]]] = {
        "a page of the list": (look_for, [""] * 200),
        "a search": (look_for, names(engine, random)),
        "opening a case": (look_at, case_ids(random)),
    }
    times: dict[str, list[float]] = {what: [] for what in days}
    sent: dict[str, list[list[Statement]]] = {what: [] for what in days}
    tape.cut()
    for what, (do, picks) in days.items():
        for pick in picks:
            times[what].append(timed(partial(do, pick)))
            sent[what].append(tape.cut())
    told = {"times": times, "memory": memory()}
    with opened(Folder(path)) as connection:
        told["bare"] = {
            what: [timed(partial(replay, connection, statements)) for statements in runs]
            for what, runs in sent.items()
        }
    print(json.dumps(told))


def memory() -> float:
    """What this process takes, in MB."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS"))


main(Path(sys.argv[1]))
