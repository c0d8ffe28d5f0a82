"""Deeds done in a guest until its power is gone: each in its own process, on its own disks, telling what is kept."""

import os
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from mediator.domain.errors import Refusal
from mediator.store import durable
from tests.faults.cut_guest import say
from tests.faults.deeds import CONTROLS, DEEDS
from tests.faults.practice import Ground, cheap


def often_carried_over() -> None:
    """SQLite carries its log over into the database every few pages: else a cut hardly ever meets that."""
    _at_every_transaction("wal_autocheckpoint = 10")


def never_synced() -> None:
    """Negative control: SQLite leaves it to the system when to write."""
    _at_every_transaction("synchronous = off")


def synced_once() -> None:
    """Negative control: a file is not synced again under its last name."""
    durable.sync = lambda path: None


SPOILS: dict[str, Callable[[], None]] = {
    "": lambda: None, "never_synced": never_synced, "synced_once": synced_once,
}  # fmt: skip


def lose(line: int, roots: list[Path], lanes: list[dict[str, Any]]) -> None:
    """Do all deeds, and then nothing, for ever."""
    cheap()
    start, starter = os.pipe()
    for lane, root in zip(lanes, roots, strict=True):
        if not os.fork():
            os.close(starter)
            os.read(start, 1)
            _do(line, lane, Ground(root))
            break
    else:
        say(line, ready=True)
        os.close(starter)
    while True:
        time.sleep(1000)


def _do(line: int, lane: dict[str, Any], ground: Ground) -> None:
    SPOILS[lane["spoil"]]()
    if lane["often"]:
        often_carried_over()
    try:
        for told in (DEEDS | CONTROLS)[lane["deed"]](ground):
            say(line, lane=lane["name"], kept=told)
    except Refusal as refusal:
        say(line, lane=lane["name"], refused=str(refusal))
    except BaseException:
        say(line, lane=lane["name"], crashed=traceback.format_exc(limit=-6))
    say(line, lane=lane["name"], done=True)


def _at_every_transaction(setting: str) -> None:
    event.listen(Engine, "begin", lambda connection: connection.exec_driver_sql(f"pragma {setting}"))
