"""One program a data folder: a second is refused, a killed one leaves nothing in the way."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from mediator.domain.errors import Refusal
from mediator.store import one
from mediator.store.one import Taken, hold


def test_a_second_program_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    first = hold(tmp_path)
    with pytest.raises(Taken, match="已经在另一个窗口里打开"):
        hold(tmp_path)
    first.release()
    hold(tmp_path).release()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
def test_a_killed_program_holds_nothing(tmp_path: Path) -> None:
    told, tells = os.pipe()
    child = os.fork()
    if not child:
        held = hold(tmp_path)
        held.begin()
        os.write(tells, b"x")
        time.sleep(60)  # until it is killed
        os._exit(0)
    os.close(tells)
    os.read(told, 1)
    try:
        with pytest.raises(Taken):
            hold(tmp_path)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(told)
    hold(tmp_path).release()


def cut_off(folder: Path) -> None:
    """What a program leaves that was cut off with its database open."""
    held = hold(folder)
    held.begin()
    held.file.close()


def test_a_log_that_was_taken_away_is_missed(tmp_path: Path) -> None:
    (tmp_path / "mediator.db").write_bytes(b"x")
    log = tmp_path / "mediator.db-wal"
    log.write_bytes(b"x")
    cut_off(tmp_path)
    held = hold(tmp_path)
    assert not held.log_missing
    held.file.close()
    log.unlink()
    assert one.log_missing(tmp_path)
    held = hold(tmp_path)
    assert held.log_missing and not one.log_missing(tmp_path), "somebody is at work"
    held.release()  # the log-in was cancelled: nobody was told
    held = hold(tmp_path)
    assert held.log_missing
    held.begin()
    held.release()
    held = hold(tmp_path)
    assert not held.log_missing
    held.release()


def test_a_log_is_not_missed_where_none_was_left(tmp_path: Path) -> None:
    (tmp_path / "mediator.db").write_bytes(b"x")
    held = hold(tmp_path)
    held.file.close()  # cut off before the database was open
    held = hold(tmp_path)
    assert not held.log_missing
    held.release()
    cut_off(tmp_path)
    one.closed_in_order(tmp_path)
    held = hold(tmp_path)
    assert not held.log_missing
    held.release()
    one.closed_in_order(tmp_path / "nowhere")


def test_a_command_beside_the_window_changes_nothing(tmp_path: Path) -> None:
    held = hold(tmp_path)
    held.begin()
    one.closed_in_order(tmp_path)
    assert (tmp_path / one.NAME).read_bytes() == b"at work\n"
    held.release()


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="用不了"):
        hold(tmp_path / "gone")
