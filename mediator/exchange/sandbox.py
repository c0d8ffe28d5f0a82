"""A room apart (隔离进程): files from elsewhere are read by a process of their own, with little memory and little time.

What comes back is JSON and nothing else: whoever takes over the reader can lie about a table, but run nothing here.
"""

import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread, Timer
from typing import Any

from mediator.domain.errors import Refusal

SWITCH = "--read-apart"
"""Starts the program, also where it is frozen into one file, as a room apart."""
SECONDS = 60
MEGABYTES = 1024
MOST_ANSWER = 256 * 2**20
"""Bytes of an answer; a room that sends more has been taken over."""
_NO_CONSOLE = 0x08000000 if sys.platform == "win32" else 0

_LATE_STATUS = 75
"""With what a room ends that takes too long by its own clock."""
_LATE = "读得太久，已停下；请另存一份，或分成几个文件后再试。"
_LARGE = "读起来要的内存太多，已停下；请分成几个文件后再试。"
_BROKEN = "已损坏，打不开；请用原来的软件重新另存后再试。"


class NoAnswer(Refusal):
    """The room apart did not come to an answer; the sentence wants the name of the file in front."""


def run(
    function: Callable[..., Any], *args: Any, seconds: float = SECONDS, megabytes: int = MEGABYTES
) -> Any:
    """What a function of some module answers, as JSON holds it, called in a room apart; the same Refusal as it raises.

    NoAnswer if it takes longer or more memory, dies, or fails in any other way.
    """
    request = pickle.dumps((function, args, seconds, megabytes))
    begun = time.monotonic()
    answer = _answer(request, seconds)
    try:
        kind, told = json.loads(answer)
    except (ValueError, TypeError, RecursionError):
        raise NoAnswer(_LATE if time.monotonic() - begun >= seconds else _BROKEN) from None
    if kind == "answer":
        return told
    if kind == "refused" and isinstance(told, str):
        raise Refusal(told)
    raise NoAnswer({"large": _LARGE, "late": _LATE}.get(kind, _BROKEN))


def serve() -> int:
    """The other side: do what standard input asks for, answer on standard output. Its own words go nowhere."""
    request, answer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for words in (0, 1, 2):
        os.dup2(nowhere, words)
    with request:
        function, args, seconds, megabytes = pickle.load(request)
    _limit(seconds, megabytes)
    with answer:
        answer.write(_told(function, args))
    return 0


def _told(function: Callable[..., Any], args: tuple[Any, ...]) -> bytes:
    try:
        return json.dumps(["answer", function(*args)]).encode()
    except Refusal as refusal:
        return json.dumps(["refused", str(refusal)]).encode()
    except MemoryError:
        return b'["large", ""]'
    except Exception:  # a damaged file fails in any way its readers can
        return b'["broken", ""]'


def _answer(request: bytes, seconds: float) -> bytes:
    """What the room apart writes, and nothing of what it wrote too much of or was writing when its time was up."""
    with subprocess.Popen(
        _command(), env=_surroundings(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        creationflags=_NO_CONSOLE,
    ) as room:  # fmt: skip
        assert room.stdin is not None and room.stdout is not None
        clock, feeder = Timer(seconds, room.kill), Thread(target=_feed, args=(room, request), daemon=True)
        clock.start()
        feeder.start()
        try:
            answer = room.stdout.read(MOST_ANSWER + 1)
        finally:
            clock.cancel()
            room.kill()
            feeder.join()
    if room.returncode == _LATE_STATUS:
        return b'["late", ""]'
    return answer if len(answer) <= MOST_ANSWER else b""


def end_after(seconds: float) -> Timer:
    """Inside a room apart: end it in so many seconds, whatever it is doing, as one that takes too long; to be cancelled."""
    clock = Timer(seconds, os._exit, (_LATE_STATUS,))
    clock.daemon = True
    clock.start()
    return clock


def _feed(room: subprocess.Popen[bytes], request: bytes) -> None:
    assert room.stdin is not None
    with suppress(OSError):  # it may die while it is asked
        room.stdin.write(request)
    with suppress(OSError):
        room.stdin.close()


def _command() -> list[str]:
    """This program once more; frozen it is one file, else it never looks for modules in the folder one happens to be in."""
    own = [] if getattr(sys, "frozen", False) else ["-P", "-m", "mediator"]
    return [sys.executable, *own, SWITCH]


def _surroundings() -> dict[str, str]:
    """The environment without the program's own words, which may hold a password."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MEDIATOR_")}
    root = str(Path(__file__).parents[2])
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, (root, kept.get("PYTHONPATH"))))}


def _limit(seconds: float, megabytes: int) -> None:
    """Bounds the system keeps, where it can: memory, time of the processor, no file written, no dump of what was read."""
    if sys.platform == "win32":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, megabytes * 2**20),
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):  # a machine may allow less already
            resource.setrlimit(what, (most, most))
