"""The power is cut at random moments of every deed (campaigns C4 and C5): data on ext4, what is carried on a FAT stick.

A guest does the same deed in some lanes at a time, each on disks of its own, so that no lane's syncs keep what another
forgot to sync. All are cut at once and judged one by one, by what a second guest, switched on afterwards, finds there.
What had reached a disk stays, in the order it was written: disks that lie about that are not tried here.
"""

import argparse
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults import cut_machine, oracle
from tests.faults.cut_machine import Lane
from tests.faults.deeds import DEEDS
from tests.faults.kill import Found, Worker, judge
from tests.faults.practice import Ground

LANES = 7
"""A guest has sixteen disks at most."""
ROUNDS = 6
"""How often a lane has done its deed when the power is cut, at most and taking all lanes together."""
WORKS = {"upgrade": 0, "restore": 3, "rekey": 3, "backup": 3}
"""The same for deeds that take long, or are done once."""
STICK = {"send", "backup", "restore"}
"""Deeds that write to a drive, or read from one: a FAT stick."""
CONTROLS = {
    "never_synced": ("save", "never_synced"),
    "told_early": ("told_early", ""),
    "synced_once": ("send", "synced_once"),
}
"""Negative controls: the deed, and how the guest spoils it. Each must be found out."""
_LOST = (
    "lost: ",
    " is gone",
    "not noted",
    "not there",
    " were told",
    " told, ",
    "draft ",
    "not what was told",
)


@dataclass
class Cut(Found):
    """What a campaign of cuts came to; lost and torn count cuts, not what was in them."""

    lost: int = 0
    torn: int = 0
    pace: float = 1.0
    """Seconds until the first was kept, the last time."""

    def row(self, name: str) -> str:
        return (
            f"{name:24} {self.trials:5} cuts {self.at_work:5} at work {self.told:7} acknowledged"
            f" {self.refused:4} refused {self.lost:4} lost {self.torn:4} torn"
        )


def cut(ground: Ground, _worker: Worker, given: argparse.Namespace) -> Iterator[tuple[str, Found]]:
    """Cut the power so often for every deed; a control in which nothing is lost is itself what is wrong."""
    if cut_machine.why_not():
        print(cut_machine.why_not())
        return
    was = oracle.before(ground)
    with tempfile.TemporaryDirectory(prefix="faults-cut-") as place:
        home = Path(place)
        _templates(home, ground)
        for name in given.deeds or [*DEEDS, *CONTROLS]:
            found = Cut()
            chance = random.Random(f"{given.seed} {name}")
            while found.trials < given.count:
                _cut_once(home, name, min(LANES, given.count - found.trials), chance, was, found)
            if name in CONTROLS:
                found.wrong = [] if found.lost else ["the control lost nothing"]
            yield name, found


def _cut_once(
    home: Path, name: str, lanes: int, chance: random.Random, was: oracle.Before, found: Cut
) -> None:
    deed, spoil = CONTROLS.get(name, (name, ""))
    trial = home / "trial"
    trial.mkdir()
    orders = [_lane(home, trial, str(at), deed, spoil) for at in range(lanes)]
    with cut_machine.on(trial, "lose", orders) as guest:
        guest.until_ready()
        most = chance.randint(0, lanes * WORKS.get(deed, ROUNDS))
        guest.work(most, lanes, chance.uniform(0, 1.5 * found.pace))
        guest.cut()
        found.pace = guest.first - guest.ready if guest.first else found.pace * 1.5
    with cut_machine.on(trial, "fetch", orders) as after:
        after.to_the_end()
    if after.heard:
        raise RuntimeError(f"the disks cannot be read again: {after.heard}")
    for lane in orders:
        said = [one for one in guest.heard if one.get("lane") == lane["name"]]
        before = len(found.wrong)
        judge(found, Ground(trial / lane["name"]), was, deed, said, f"{name} #{found.trials}")
        wrong = found.wrong[before:]
        lost = [words for words in wrong if any(mark in words for mark in _LOST)]
        found.lost += bool(lost)
        found.torn += len(wrong) > len(lost)
    shutil.rmtree(trial)


def _lane(home: Path, trial: Path, name: str, deed: str, spoil: str) -> Lane:
    image, stick = trial / f"disk{name}", trial / f"stick{name}"
    cut_machine.copy(home / ("beside" if deed in STICK else "disk"), image)
    if deed in STICK:
        cut_machine.copy(home / "stick", stick)
    return {
        "name": name, "deed": deed, "spoil": spoil, "often": int(name) % 2 == 1, "image": str(image),
        "stick_image": str(stick) if deed in STICK else "", "stick_at": Ground(home).drive.name,
    }  # fmt: skip


def _templates(home: Path, ground: Ground) -> None:
    """The practice ground on a disk alone, and on a disk and a stick."""
    shutil.copytree(ground.root, home / "ground")
    lanes = []
    for name, kind in (("disk", "ext4"), ("beside", "ext4"), ("stick", "vfat")):
        cut_machine.disk(home / name, kind)
    for name, image, stick in (("a", "disk", ""), ("b", "beside", str(home / "stick"))):
        at = ground.drive.name
        lanes.append({"name": name, "image": str(home / image), "stick_image": stick, "stick_at": at})
    with cut_machine.on(home, "fill", lanes) as guest:
        guest.to_the_end()
    if guest.heard:
        raise RuntimeError(f"the guest could not lay out the disks: {guest.heard}")
