"""A working day in the window, measured from inside its process; the times go to standard output as JSON."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

from mediator.app import make_app
from mediator.services import setup
from mediator.services.demo import LOGIN, PASSWORD
from mediator.store.folder import Folder
from mediator.ui.desk import Desk
from mediator.ui.window import Window
from tests.bench.bare import Tape, opened, replay
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

    def look_for(words: str) -> None:
        window.cases.search.setText(words)
        window.cases.refresh()
        app.processEvents()

    def look_at(case_id: int) -> None:
        window.open_case(case_id)
        app.processEvents()

    days: dict[str, tuple[Callable[..., None], list[object]]] = {
        "a page of the list": (look_for, [""] * 200),
        "a search": (look_for, [*names(engine, random)]),
        "opening a case": (look_at, [*case_ids(random)]),
    }
    times, bare = {}, {}
    for what, (do, picks) in days.items():
        tape.cut()
        times[what], sent = [], []
        for pick in picks:
            times[what].append(timed(lambda do=do, pick=pick: do(pick)))  # type: ignore[misc]
            sent.append(tape.cut())
        with opened(Folder(path)) as connection:
            bare[what] = [timed(lambda s=statements: replay(connection, s)) for statements in sent]  # type: ignore[misc]
    print(json.dumps({"times": times, "bare": bare, "memory": memory()}))


def memory() -> float:
    """What this process takes, in MB."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS"))


main(Path(sys.argv[1]))
