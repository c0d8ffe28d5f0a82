"""The log of what was saved last: damage in it is told before the data are opened, a save that was cut off is not."""

import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from mediator.domain.errors import Damaged
from mediator.store import wal
from mediator.store.engine import connect
from mediator.store.folder import Folder, open_folder

KEY = bytes(range(32))
HEADER, FRAME = 32, 24 + 4096
FILES = ("mediator.db", "mediator.db-wal", "mediator.db-saved")
KILLED_S = 0.25
WRITER = """
import sys
from pathlib import Path
from mediator.store.engine import connect
from mediator.store import wal
from sqlalchemy import text
engine = connect(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
with engine.connect() as connection:
    connection.exec_driver_sql("pragma cache_size = 3")
    connection.commit()
    for number in range(10_000):
        for piece in range(number % 7 * 6 + 1):
            connection.execute(text("insert into fact (words) values (randomblob(3000))"))
            connection.execute(text("update fact set words = randomblob(3001) where id % 5 = 1"))
        connection.rollback() if number % 5 == 4 else connection.commit()
        wal.note(engine)
        print(number, flush=True)
"""


@dataclass(frozen=True)
class Desk:
    """A small database that is open, and what its files were when its log is looked at as after a kill."""

    engine: Engine
    database: Path
    place: Path

    def save(self, number: int, *, pages: int = 3, noted: bool = True) -> None:
        with self.engine.begin() as connection:
            connection.execute(
                text("insert into fact values (:n, randomblob(:size))"), {"n": number, "size": pages * 4000}
            )
        if noted:
            wal.note(self.engine)

    def killed(self) -> Path:
        """The files as a kill would leave them, elsewhere."""
        return copied(self.database.parent, self.place / f"{random.random()}")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    database = tmp_path / "at work" / "mediator.db"
    database.parent.mkdir()
    engine = connect(database, KEY)
    with engine.begin() as connection:
        connection.execute(text("create table fact (id integer primary key, words blob)"))
    with engine.connect() as connection:
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    yield Desk(engine, database, tmp_path)
    engine.dispose()


@pytest.fixture
def lying(desk: Desk) -> Path:
    """Four saves that lie in the log only."""
    for number in range(1, 5):
        desk.save(number)
    return desk.killed()


def copied(home: Path, to: Path) -> Path:
    to.mkdir()
    for name in FILES:
        if (home / name).exists():
            shutil.copyfile(home / name, to / name)
    return to / "mediator.db"


def facts(database: Path) -> list[int]:
    """What SQLite itself makes of database and log."""
    bench = copied(database.parent, database.parent / "bench")
    engine = connect(bench, KEY)
    with engine.connect() as connection:
        found = list(connection.scalars(text("select id from fact order by id")))
    engine.dispose()
    shutil.rmtree(bench.parent)
    return found


def harmed(database: Path, at: int, new: bytes) -> None:
    with wal.path_of(database).open("r+b") as file:
        file.seek(at)
        file.write(new)


def frames(database: Path) -> int:
    return (wal.path_of(database).stat().st_size - HEADER) // FRAME


def ends(database: Path) -> list[int]:
    """The numbers of the frames with which a save ends."""
    data = wal.path_of(database).read_bytes()
    sizes = [struct.unpack_from(">I", data, HEADER + n * FRAME + 4)[0] for n in range(frames(database))]
    return [n for n, size in enumerate(sizes, 1) if size]


def unnoted(database: Path) -> None:
    wal.forget(database)


def test_without_harm_nothing_is_told(desk: Desk, lying: Path) -> None:
    assert not wal.damaged(lying) and facts(lying) == [1, 2, 3, 4]
    unnoted(lying)
    assert not wal.damaged(lying)
    assert not wal.damaged(desk.place / "nothing.db")
    wal.path_of(lying).write_bytes(b"")
    assert not wal.damaged(lying)


def test_one_bit_anywhere_is_told(lying: Path) -> None:
    """In every field of the header and of every frame, and at both ends and in the middle of every page."""
    whole = wal.path_of(lying).read_bytes()
    places = [*range(HEADER)]
    for n in range(frames(lying)):
        places += [HEADER + n * FRAME + at for at in (1, 6, 9, 14, 18, 23, 24, 2000, FRAME - 1)]
    for at in places:
        harmed(lying, at, bytes([whole[at] ^ 4]))
        assert wal.damaged(lying), at
        harmed(lying, at, whole[at : at + 1])
    assert not wal.damaged(lying)


def test_of_a_bit_nothing_is_noted_about_only_the_last_save_goes_in_silence(lying: Path) -> None:
    unnoted(lying)
    whole, before = wal.path_of(lying).read_bytes(), ends(lying)[-2]
    for n in range(frames(lying)):
        at = HEADER + n * FRAME + 1000
        harmed(lying, at, bytes([whole[at] ^ 1]))
        assert wal.damaged(lying) is (n < before)
        harmed(lying, at, whole[at : at + 1])


def test_lost_sectors_are_told(lying: Path) -> None:
    whole = wal.path_of(lying).read_bytes()
    for at in range(0, len(whole), 512):
        harmed(lying, at, bytes(512))
        assert wal.damaged(lying), at
        harmed(lying, at, whole[at : at + 512])


def test_an_end_that_is_missing_is_told_if_it_was_kept(lying: Path) -> None:
    whole, last = wal.path_of(lying).read_bytes(), ends(lying)[-1]
    for n in range(last + 1):
        for more in (0, 11, 24, 2000):
            length = HEADER + n * FRAME + more
            for data in (whole[:length], whole[:length].ljust(len(whole), b"\0")):
                wal.path_of(lying).write_bytes(data)
                assert wal.damaged(lying) is (n < last), (n, more)
    unnoted(lying)
    for n in range(last):
        wal.path_of(lying).write_bytes(whole[: HEADER + n * FRAME + 99])
        assert not wal.damaged(lying), "as a save that was cut off"


def test_what_an_earlier_generation_left_is_nothing(desk: Desk, lying: Path) -> None:
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("pragma wal_checkpoint(passive)")
    before = wal.path_of(lying).stat().st_size
    begun = desk.killed()
    desk.save(9, pages=1)
    found = desk.killed()
    assert wal.path_of(found).stat().st_size == before and facts(found) == [1, 2, 3, 4, 9]
    assert not wal.damaged(begun) and not wal.damaged(found)
    harmed(found, before - 3000, b"x")
    harmed(found, HEADER + 5 * FRAME + 9, b"x")
    assert not wal.damaged(found) and facts(found) == [1, 2, 3, 4, 9]
    harmed(found, HEADER + 99, b"x")
    assert wal.damaged(found)
    shutil.copyfile(lying.with_name("mediator.db-saved"), found.with_name("mediator.db-saved"))
    harmed(found, HEADER + 99, wal.path_of(desk.database).read_bytes()[HEADER + 99 : HEADER + 100])
    assert not wal.damaged(found), "a note of the generation before says nothing"


def test_a_save_that_was_not_finished_is_nothing_also_under_a_shorter_one(desk: Desk, lying: Path) -> None:
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("pragma cache_size = 2")
        connection.execute(text("insert into fact select id + 50, randomblob(40000) from fact"))
        cut_off = desk.killed()
        connection.rollback()
    assert frames(cut_off) > frames(lying)
    assert not wal.damaged(cut_off) and facts(cut_off) == [1, 2, 3, 4]
    desk.save(9, pages=1)
    found = desk.killed()
    assert frames(found) == frames(cut_off) > ends(found)[-1]
    assert not wal.damaged(found) and facts(found) == [1, 2, 3, 4, 9]


def test_a_save_of_which_a_cut_of_power_kept_the_end_alone_is_nothing(desk: Desk) -> None:
    """Until it is synced the frames of one save reach the disk in any order; then the note is of the save before."""
    desk.save(1)
    desk.save(2, pages=6, noted=False)
    found = desk.killed()
    first = ends(found)[0]
    harmed(found, HEADER + first * FRAME, bytes(2 * FRAME))
    assert not wal.damaged(found) and facts(found) == [1]
    desk.save(3, noted=False)
    later = desk.killed()
    harmed(later, HEADER + first * FRAME, bytes(2 * FRAME))
    assert wal.damaged(later), "the one after it was begun when it was kept"


def test_a_damaged_note_is_none(lying: Path) -> None:
    note = lying.with_name("mediator.db-saved")
    whole, log = note.read_bytes(), wal.path_of(lying).read_bytes()
    for at in range(len(whole)):
        note.write_bytes(whole[:at] + bytes([whole[at] ^ 64]) + whole[at + 1 :])
        assert not wal.damaged(lying)
    note.write_bytes(whole)
    wal.path_of(lying).write_bytes(log[: HEADER + FRAME])
    assert wal.damaged(lying)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")
def test_a_writer_that_is_killed_raises_no_alarm(desk: Desk) -> None:
    chance, told = random.Random(9), 0
    desk.engine.dispose()
    for trial in range(12):
        own = copied(desk.database.parent, desk.place / f"trial {trial}")
        command = [sys.executable, "-c", WRITER, str(own), KEY.hex()]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.uniform(0, KILLED_S))
            os.kill(process.pid, signal.SIGKILL)
            told += len(process.stdout.read().splitlines())
        assert not wal.damaged(own), trial
        unnoted(own)
        assert not wal.damaged(own), trial
    assert told > 30


def test_a_folder_with_a_damaged_log_is_copied_once_and_not_opened(
    folder: Folder, key: bytes, password: str
) -> None:
    engine = connect(folder.database, key)
    for word in ("甲", "乙"):
        with engine.begin() as connection:
            connection.execute(text(f"create table {word} (words text)"))
        wal.note(engine)
    left = folder.path.with_name("killed")
    left.mkdir()
    for path in folder.path.iterdir():
        shutil.copyfile(path, left / path.name)
    engine.dispose()
    found = Folder(left)
    harmed(found.database, HEADER + 2000, b"x")
    before = {path.name: path.read_bytes() for path in left.iterdir()}
    for _ in range(2):
        with pytest.raises(Damaged, match="最后保存的内容读不出来；数据没有改动，原样留了一份") as refused:
            open_folder(found, "chen", password)
    (kept,) = left.parent.glob("killed-损坏-*")
    assert refused.value.kept == kept and str(kept) in str(refused.value)
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == before
    assert {path.name: path.read_bytes() for path in left.iterdir()} == before
    shutil.rmtree(kept)
    kept.with_name(f"{kept.name}.part").write_bytes(b"in the way")
    with pytest.raises(Damaged, match="没能留一份原样") as refused:
        open_folder(found, "chen", password)
    assert refused.value.kept is None
