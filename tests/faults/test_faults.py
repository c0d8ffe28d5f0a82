"""Small numbers of every campaign, day by day; the large ones are run by hand (``python -m tests.faults``)."""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediator.store import keyfile, rekey
from tests.faults import deeds, flip, full, inject, kill, practice
from tests.faults.kill import Worker
from tests.faults.machine import TestDesk  # noqa: F401 - collected from here
from tests.faults.practice import Ground

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the worker forks and is killed")


@pytest.fixture(scope="module")
def cheap() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((keyfile, "MEMORY_KIB"), (keyfile, "ROUNDS"), (rekey, "_HELD_S")):
            patch.setattr(module, name, getattr(module, name))
        yield


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, cheap: None) -> Ground:
    return practice.furnish(tmp_path_factory.mktemp("faults") / "ground")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with kill.at_work() as worker:
        yield worker


@pytest.mark.parametrize("deed", deeds.DEEDS)
def test_killed_at_any_moment(ground: Ground, worker: Worker, deed: str) -> None:
    assert kill.kill(ground, deed, 3, worker).wrong == []


@pytest.mark.parametrize("control", deeds.CONTROLS)
def test_the_campaign_finds_what_is_not_kept(ground: Ground, worker: Worker, control: str) -> None:
    found = kill.kill(ground, control, 8, worker)
    expected = {"told_early": "lost: ", "unwritten": "not as the audit tells", "torn": "torn package"}
    assert any(expected[control] in words for words in found.wrong)


@pytest.mark.skipif(bool(inject.why_not()), reason=inject.why_not())
@pytest.mark.parametrize("deed", inject.DEEDS)
def test_a_fault_at_any_system_call(ground: Ground, worker: Worker, deed: str) -> None:
    points = inject.points(ground, deed, worker)
    assert len(points) > 50
    assert inject.inject(ground, deed, random.Random(9).sample(points, 6), worker).wrong == []


@pytest.mark.parametrize("deed", full.DEEDS)
def test_a_full_disk_is_a_sentence_and_nothing_is_lost(ground: Ground, worker: Worker, deed: str) -> None:
    found = full.files(ground, deed, [100], worker)
    assert found.wrong == [] and found.refused == 1
    if full.can_mount():
        found = full.disk(ground, deed, [100], worker)
        assert found.wrong == [] and found.refused == 1


@pytest.mark.parametrize("target", ["database", "log", "keys", "backup", "manifest", "backup keys"])
def test_harm_to_a_file_is_noticed_or_of_no_consequence(ground: Ground, tmp_path: Path, target: str) -> None:
    own = ground.copy(tmp_path / "g")
    flip.lying(own)
    for harm in flip.HARMS:
        assert flip.flip(own, target, harm, 2 if harm == "bit" else 1)["silent"] == 0, harm


def test_the_same_harm_to_a_database_without_encryption_is_silent() -> None:
    assert flip.unprotected(60)["silent"] > 10
