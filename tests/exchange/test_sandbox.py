"""Files are read by a process of their own: what it answers, and that nothing it can do reaches further."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mediator.domain.errors import Refusal
from mediator.exchange import sandbox


def test_an_answer_comes_back_as_json_holds_it() -> None:
    assert sandbox.run(divmod, 7, 3) == [2, 1]
    assert sandbox.run(len, b"\xff" * 9_000_000) == 9_000_000


def test_what_takes_too_long_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(Refusal, match="读得太久"):
        sandbox.run(time.sleep, 30, seconds=0.5)
    assert time.monotonic() - began < 5


@pytest.mark.skipif(sys.platform == "win32", reason="no such bound there")
def test_what_takes_too_much_memory_is_refused() -> None:
    with pytest.raises(Refusal, match="内存太多"):
        sandbox.run(bytearray, 300 * 2**20, megabytes=200)


@pytest.mark.parametrize(
    "function", [os.abort, os._exit, int, object], ids=["died", "left", "failed", "no JSON"]
)
def test_whoever_dies_or_fails_gives_one_sentence(function: Callable[..., object]) -> None:
    args: tuple[Any, ...] = {os._exit: (0,), int: ("甲",)}.get(function, ())
    with pytest.raises(Refusal, match="已损坏，打不开"):
        sandbox.run(function, *args)


@pytest.mark.parametrize(
    "answer", [b"", b"null", b"[1]", b"[" * 99_999, b'["answer"', b'["refused", 7]', b'["run", "x"]']
)
def test_an_answer_that_is_none_is_not_believed(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    monkeypatch.setattr(sandbox, "_answer", lambda request, seconds: answer)
    with pytest.raises(Refusal, match="已损坏"):
        sandbox.run(len, "")


def test_more_than_can_be_an_answer_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MOST_ANSWER", 1000)
    with pytest.raises(Refusal, match="已损坏"):
        sandbox.run(str.upper, "a" * 5000)


def test_the_room_knows_no_password_and_hears_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIATOR_PASSWORD", "滨江")
    assert sandbox.run(os.getenv, "MEDIATOR_PASSWORD") is None
    assert sandbox.run(print, "words between") is None


@pytest.mark.skipif(sys.platform == "win32", reason="no such bound there")
def test_the_room_can_write_no_file(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        sandbox.run(Path.write_bytes, tmp_path / "x", b"1")
    assert not (tmp_path / "x").exists() or (tmp_path / "x").stat().st_size == 0


def test_a_module_that_lies_about_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of downloads may hold a file named like a module."""
    (tmp_path / "zipfile.py").write_text("import os; os._exit(0)")
    monkeypatch.chdir(tmp_path)
    from mediator.exchange.ledger_sheets import filled

    assert sandbox.run(filled, ()) == {}


def test_asking_starts_quickly() -> None:
    """The spare time is for a busy machine: a bare room takes some 0.05 s, one for workbooks 0.35 s."""
    began = time.monotonic()
    sandbox.run(len, "")
    assert time.monotonic() - began < 1


def test_the_window_is_not_loaded_there() -> None:
    loaded = "import sys\nsys.argv[1:] = ['--version']\nimport mediator.__main__\nprint('mediator.cli' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
