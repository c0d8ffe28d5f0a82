"""Campaigns run by hand: ``python -m tests.faults kill --count 50 save draft``; one line each, 1 if anything was violated.

kill     kill -9 at random moments; ``--count`` for every deed
inject   killed, EIO and ENOSPC at every writing system call; ``--count`` at most for every deed, 0 for all
flip     harm to the files that are kept; ``--count`` for every file and kind of harm
full     disks that are full, and files that may not grow; ``--count`` sizes
cut      the power cut off a guest kernel (Debian's user-mode-linux), with two disks; ``--count`` for every deed
MEDIATOR_FAULTS_STEPS=1000 pytest tests/faults/machine.py is the state machine at large.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults import cut, deeds, flip, full, inject, kill, practice
from tests.faults.kill import Found, Worker
from tests.faults.practice import Ground

Lines = Iterator[tuple[str, Found]]


def killed(ground: Ground, worker: Worker, given: argparse.Namespace) -> Lines:
    """C1."""
    for deed in given.deeds or deeds.DEEDS:
        yield deed, kill.kill(ground, deed, given.count, worker, given.seed)


def injected(ground: Ground, worker: Worker, given: argparse.Namespace) -> Lines:
    """C3."""
    if inject.why_not():
        print(inject.why_not())
        return
    for deed in given.deeds or inject.DEEDS:
        points = inject.points(ground, deed, worker)
        chosen = random.Random(given.seed).sample(points, min(given.count or len(points), len(points)))
        yield f"{deed} ({len(points)} points)", inject.inject(ground, deed, chosen, worker)


def flipped(ground: Ground, _worker: Worker, given: argparse.Namespace) -> Lines:
    """C11."""
    flip.lying(ground)
    for target in given.deeds or flip.targets(ground):
        for harm in flip.HARMS:
            counted = flip.flip(ground, target, harm, given.count, given.seed)
            name = " ".join([target, harm, *(f"{words}:{n}" for words, n in sorted(counted.items()))])
            yield name, Found(given.count, wrong=["silent"] * counted["silent"])


def filled(ground: Ground, worker: Worker, given: argparse.Namespace) -> Lines:
    """C8."""
    for deed in given.deeds or full.DEEDS:
        if full.can_mount():
            rooms = [4000 * n // given.count for n in range(given.count)]
            yield f"{deed} on a full disk", full.disk(ground, deed, rooms, worker)
        sizes = [16 + 4000 * n // given.count for n in range(given.count)]
        yield f"{deed} with small files", full.files(ground, deed, sizes, worker)


CAMPAIGNS = {"kill": killed, "inject": injected, "flip": flipped, "full": filled, "cut": cut.cut}


def main() -> int:
    """Run one campaign."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("campaign", choices=CAMPAIGNS)
    parser.add_argument(
        "deeds", nargs="*", metavar="DEED", help="deeds, or files for flip; all if none is named"
    )
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=9)
    given = parser.parse_intermixed_args()
    violated = 0
    with tempfile.TemporaryDirectory(prefix="faults-") as place, kill.at_work() as worker:
        ground = practice.furnish(Path(place) / "ground")
        since = time.monotonic()
        for name, found in CAMPAIGNS[given.campaign](ground, worker, given):
            violated += len(found.wrong)
            print(found.row(name), f"{time.monotonic() - since:6.1f} s", flush=True)
            for words in found.wrong[:20]:
                print("   ", words[-900:], flush=True)
            since = time.monotonic()
    return int(bool(violated))


sys.exit(main())
