"""Packages are found on a drive by name and content, and read with a limit."""

from pathlib import Path

import pytest

from mediator.domain.errors import Refusal
from mediator.exchange.drive import packages_on, read_small
from mediator.exchange.package import LARGEST, START

DATA = START + "王𬎆".encode() * 5000
NAME = "mediator-aa-justice-20260301-20260331-001.tjb"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘 𪚥"
    folder.mkdir()
    return folder


def test_places_that_are_not_there_are_refused(stick: Path) -> None:
    for look in (packages_on, read_small):
        with pytest.raises(Refusal, match="找不到"):
            look(stick / "gone.tjb")


def test_packages_are_found_by_name_and_content(stick: Path) -> None:
    wanted = [stick / "A.TJB", stick / NAME]
    for path in wanted:
        path.write_bytes(DATA)
    (stick / "renamed.txt").write_bytes(DATA)
    (stick / "virus.tjb").write_bytes(b"MZ\x90")
    (stick / "link.tjb").symlink_to(wanted[0])
    (stick / "folder.tjb").mkdir()
    (stick / "folder.tjb" / "deep.tjb").write_bytes(DATA)
    assert packages_on(stick) == wanted
    assert packages_on(stick / "renamed.txt") == [stick / "renamed.txt"]
    assert packages_on(stick / "folder.tjb" / "..") == [
        stick / "folder.tjb" / ".." / path.name for path in wanted
    ]
    (stick / "empty").mkdir()
    assert packages_on(stick / "empty") == []


def test_only_small_plain_files_are_read(stick: Path) -> None:
    path = stick / NAME
    path.write_bytes(DATA)
    assert read_small(path) == DATA
    path.write_bytes(bytes(LARGEST + 1))
    with pytest.raises(Refusal, match="太大"):
        read_small(path)
    with pytest.raises(Refusal, match="找不到文件"):
        read_small(stick)
