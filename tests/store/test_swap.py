"""One folder takes the place of another: cut off anywhere, there is always one that opens, and none is lost."""

import os
import sys
from datetime import datetime
from pathlib import Path

import pytest

from mediator.domain.errors import Refusal
from mediator.store import durable, one, swap

NOW = datetime(2026, 11, 22, 8, 30, 12)


@pytest.fixture
def current(tmp_path: Path) -> Path:
    for name in ("数据 [1]", "恢复的"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mediator.db").write_text(name)
    return tmp_path / "数据 [1]"


def here(folder: Path) -> str:
    return (folder / "mediator.db").read_text()


def test_it_is_done_at_the_next_start_and_can_be_taken_back(current: Path) -> None:
    fresh = current.with_name("恢复的")
    kept = swap.plan(current, fresh, NOW)
    assert swap.planned(current) and here(current) == "数据 [1]"
    swap.finish(current)
    assert (here(current), here(kept)) == ("恢复的", "数据 [1]")
    assert not swap.planned(current) and not fresh.exists()
    assert swap.replaced(current) == [kept]
    again = swap.plan(current, kept, NOW)
    swap.finish(current)
    assert (here(current), here(again)) == ("数据 [1]", "恢复的")
    assert again != kept or not kept.exists() or here(kept) == "恢复的"
    swap.finish(current)
    assert here(current) == "数据 [1]"


def test_one_can_think_better_of_it(current: Path) -> None:
    swap.plan(current, current.with_name("恢复的"), NOW)
    swap.drop(current)
    swap.finish(current)
    assert here(current) == "数据 [1]"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
@pytest.mark.parametrize("after", range(6))
@pytest.mark.parametrize("call", ["rename", "fsync", "unlink"])
def test_killed_anywhere_the_next_start_goes_on(current: Path, call: str, after: int) -> None:
    kept = swap.plan(current, current.with_name("恢复的"), NOW)
    child = os.fork()
    if not child:
        calls, real = iter(range(after)), getattr(os, call)

        def killing(*values: object, **named: object) -> object:
            if next(calls, None) is None:
                os._exit(9)
            return real(*values, **named)

        setattr(os, call, killing)
        swap.finish(current)
        os._exit(0)
    os.waitpid(child, 0)
    swap.finish(current)
    assert (here(current), here(kept)) == ("恢复的", "数据 [1]")
    assert not swap.planned(current)


def test_a_folder_in_use_stays_where_it_is(current: Path) -> None:
    swap.plan(current, current.with_name("恢复的"), NOW)
    held = one.hold(current)
    swap.finish(current)
    assert here(current) == "数据 [1]" and swap.planned(current)
    held.release()
    swap.finish(current)
    assert here(current) == "恢复的"


def test_a_rename_that_fails_loses_nothing(current: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap.plan(current, current.with_name("恢复的"), NOW)

    def busy(*_values: object) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", busy)
        with pytest.raises(Refusal, match="两份数据都在"):
            swap.finish(current)
    assert here(current) == "数据 [1]" and here(current.with_name("恢复的")) == "恢复的"
    swap.finish(current)
    assert here(current) == "恢复的"


def test_only_what_lies_beside_it_takes_its_place(current: Path, tmp_path: Path) -> None:
    (tmp_path / "deeper" / "x").mkdir(parents=True)
    for elsewhere in (tmp_path / "deeper" / "x", tmp_path / "gone"):
        with pytest.raises(Refusal, match="放在一起"):
            swap.plan(current, elsewhere, NOW)


@pytest.mark.parametrize(
    "words", ["", "{", "[]", '{"fresh": 3, "kept": 4}', '{"fresh": "../../etc", "kept": ".."}']
)
def test_a_note_of_somebody_else_does_nothing(current: Path, words: str) -> None:
    durable.write(current.parent, f"{current.name}.swap.json", words.encode())
    swap.finish(current)
    assert here(current) == "数据 [1]" and here(current.with_name("恢复的")) == "恢复的"
