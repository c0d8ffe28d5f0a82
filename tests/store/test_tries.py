"""Wrong passwords: after five one has to wait, longer every time, and nobody else has to."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mediator.domain.errors import Refusal
from mediator.store import tries

NOW = datetime(2026, 11, 21, 9, 0)


def wait(folder: Path, login: str, now: datetime) -> int:
    """How many minutes somebody has to wait, as they are told."""
    try:
        tries.check(folder, login, now)
    except Refusal as refusal:
        return int(str(refusal).split("请等 ")[1].split(" 分钟")[0])
    return 0


def test_five_are_free_then_it_takes_longer_every_time(tmp_path: Path) -> None:
    waits, now = [], NOW
    for _ in range(13):
        tries.failed(tmp_path, "王𬎆", now)
        waits.append(wait(tmp_path, "王𬎆", now))
        now += timedelta(minutes=waits[-1], seconds=1)
        assert wait(tmp_path, "王𬎆", now) == 0
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert wait(tmp_path, "马秀英", now) == 0


def test_a_clock_put_back_gains_nothing_and_costs_no_years(tmp_path: Path) -> None:
    for _ in range(6):
        tries.failed(tmp_path, "王𬎆", NOW)
    back = NOW - timedelta(days=9_000)
    assert wait(tmp_path, "王𬎆", back) == 2
    assert wait(tmp_path, "王𬎆", back + timedelta(minutes=1)) == 1
    assert wait(tmp_path, "王𬎆", back + timedelta(minutes=2)) == 0


def test_what_was_told_is_not_told_again_and_others_wait_on(tmp_path: Path) -> None:
    for n in range(6):
        tries.failed(tmp_path, "王𬎆", NOW + timedelta(seconds=n))
    tries.failed(tmp_path, "马秀英", NOW)
    assert {login: len(times) for login, times in tries.untold(tmp_path).items()} == {"王𬎆": 6, "马秀英": 1}
    tries.forget(tmp_path, "马秀英")
    assert tries.untold(tmp_path) == {}
    assert wait(tmp_path, "王𬎆", NOW + timedelta(seconds=10)) == 2
    tries.failed(tmp_path, "王𬎆", NOW + timedelta(minutes=5))
    assert tries.untold(tmp_path) == {"王𬎆": [NOW + timedelta(minutes=5)]}
    tries.forget(tmp_path, "王𬎆")
    assert not tries.file(tmp_path).exists()


def test_no_end_of_tries_makes_no_end_of_file(tmp_path: Path) -> None:
    for n in range(300):
        tries.failed(tmp_path, "王𬎆", NOW + timedelta(minutes=n))
    assert tries.file(tmp_path).stat().st_size < 4_000
    assert len(tries.untold(tmp_path)["王𬎆"]) == 50


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"a": 1}', b'{"a": {"times": ["x"], "told": 0}}', b"\xff" * 9]
)
def test_a_spoilt_file_counts_as_none(tmp_path: Path, content: bytes) -> None:
    tries.file(tmp_path).write_bytes(content)
    assert wait(tmp_path, "a", NOW) == 0
    tries.failed(tmp_path, "a", NOW)
    assert tries.untold(tmp_path) == {"a": [NOW]}
