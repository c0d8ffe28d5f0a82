"""A file is written whole and read back, or refused with nothing left behind."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mediator.domain.errors import Refusal
from mediator.store import durable

DATA = "王𬎆".encode() * 5000
NAME = "mediator-aa-justice-20260301-20260331-001.tjb"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘 𪚥"
    folder.mkdir()
    return folder


def failing(code: int, after: int) -> Callable[..., int]:
    """A system call that fails once it has been called so many times, and from then on."""
    calls = iter(range(after))

    def call(*arguments: object) -> int:
        if next(calls, None) is None:
            raise OSError(code, os.strerror(code))
        return 0

    return call


def refused(folder: Path) -> str:
    with pytest.raises(Refusal) as refusal:
        durable.write(folder, NAME, DATA)
    assert str(refusal.value).endswith("。")
    return str(refusal.value)


def test_a_file_is_written_and_replaced(stick: Path) -> None:
    assert durable.write(stick, NAME, b"old") == stick / NAME
    assert durable.write(stick, NAME, DATA).read_bytes() == DATA
    assert os.listdir(stick) == [NAME]


def test_a_part_left_by_an_earlier_try_is_no_obstacle(stick: Path) -> None:
    elsewhere = stick.parent / "elsewhere"
    elsewhere.write_bytes(b"precious")
    (stick / f"{NAME}.part").symlink_to(elsewhere)
    durable.write(stick, NAME, DATA)
    assert elsewhere.read_bytes() == b"precious"


def test_the_file_is_synced_again_under_its_own_name(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = []
    monkeypatch.setattr(
        os, "fsync", lambda handle: synced.append((os.fstat(handle).st_ino, os.listdir(stick)))
    )
    final = durable.write(stick, NAME, DATA)
    file, folder = final.stat().st_ino, stick.stat().st_ino
    assert synced == [(file, [f"{NAME}.part"]), (file, [NAME]), (folder, [NAME])]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "空间不够"),
        (errno.EROFS, "写保护"),
        (errno.EACCES, "没有权限"),
        (errno.EIO, "请重新插好"),
        (errno.ENODEV, "请重新插好"),
        (errno.ENOTCONN, "请重新插好"),
        (errno.ENOTTY, "系统不让读写"),
    ],
)
@pytest.mark.parametrize(
    ("call", "after"), [("write", 0), ("fsync", 0), ("fsync", 1), ("fsync", 2), ("open", 0)]
)
def test_a_failing_drive_is_refused_and_left_clean(
    stick: Path, monkeypatch: pytest.MonkeyPatch, call: str, after: int, code: int, words: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, call, failing(code, after))
        sentence = refused(stick)
    assert words in sentence and str(stick) in sentence
    assert os.listdir(stick) == []


def test_a_write_in_pieces_is_whole(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:999]))
    assert durable.write(stick, NAME, DATA).read_bytes() == DATA


def test_a_drive_that_keeps_something_else_is_found_out(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(len(data))))
    assert "读回来不一样" in refused(stick)
    assert os.listdir(stick) == []


def test_a_drive_pulled_out_is_not_replaced_by_the_folder_under_it(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fstat = os.fstat

    def elsewhere(handle: int) -> os.stat_result:
        found = list(fstat(handle))
        found[2] += 1  # st_dev
        return os.stat_result(found)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fstat", elsewhere)
        assert "请重新插好" in refused(stick)
    assert os.listdir(stick) == []


def test_a_full_drive_is_seen_before_writing(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = len(DATA) + 10
    monkeypatch.setattr("shutil.disk_usage", lambda folder: type("Usage", (), {"free": room}))
    monkeypatch.setattr(os, "open", failing(errno.EBADF, 0))
    assert "空间不够" in refused(stick)


def test_places_that_are_not_there_are_refused(stick: Path) -> None:
    assert "找不到" in refused(stick / "gone")
    (stick / "file").write_bytes(b"")
    assert "不是文件夹" in refused(stick / "file")
    with pytest.raises(Refusal, match="路径太长"):
        durable.write(stick, "x" * 300, DATA)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_refused(stick: Path) -> None:
    stick.chmod(0o500)
    assert "没有权限" in refused(stick)
