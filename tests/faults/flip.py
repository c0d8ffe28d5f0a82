"""Bits that turn over, and worse, in every file that is kept (campaign C11): noticed, or of no consequence.

Noticed is what refuses to open, or what a check of the data reports; of no consequence is what holds the same as before.
"""

import random
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.services import documents, restores
from mediator.services.transaction import transaction, troubles
from mediator.store import keyfile, manifest, wholeness
from mediator.store.engine import key_of
from mediator.store.folder import Folder, open_folder
from tests.faults import oracle
from tests.faults.kill import copied
from tests.faults.practice import BY, PASSWORDS, TODAY, Ground, canonical, case_of

SECTOR = 512
Harm = Callable[[bytearray, random.Random], None]


def bit(data: bytearray, chance: random.Random) -> None:
    """One bit turns over."""
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def zeros(data: bytearray, chance: random.Random) -> None:
    """A sector is lost."""
    at = chance.randrange(0, len(data), SECTOR)
    data[at : at + SECTOR] = bytes(len(data[at : at + SECTOR]))


def swap(data: bytearray, chance: random.Random) -> None:
    """Two sectors lie in each other's place."""
    one, other = (chance.randrange(0, max(len(data) - SECTOR, 1), SECTOR) for _ in range(2))
    data[one : one + SECTOR], data[other : other + SECTOR] = (
        data[other : other + SECTOR], data[one : one + SECTOR],
    )  # fmt: skip


def cut(data: bytearray, chance: random.Random) -> None:
    """The end is missing."""
    del data[chance.randrange(len(data)) :]


def nul_tail(data: bytearray, chance: random.Random) -> None:
    """The end was never written, as NTFS leaves it."""
    at = chance.randrange(len(data))
    data[at:] = bytes(len(data) - at)


HARMS: dict[str, Harm] = {"bit": bit, "zeros": zeros, "swap": swap, "cut": cut, "nul_tail": nul_tail}


def lying(ground: Ground) -> None:
    """Leave the ground as a program that was cut off leaves it: the last cases in the log only."""
    with tempfile.TemporaryDirectory(dir=ground.root.parent) as aside:
        engine = ground.engine()
        for number in range(5):
            with transaction(engine, BY) as session:
                documents.register(session, case_of(f"末{number}"), by=BY, today=TODAY)
        for path in ground.folder.path.glob("mediator.db*"):
            shutil.copyfile(path, Path(aside) / path.name)
        engine.dispose()
        for path in Path(aside).iterdir():
            shutil.copyfile(path, ground.folder.path / path.name)
    (ground.folder.path / "mediator.db-shm").unlink()


def targets(ground: Ground) -> dict[str, Path]:
    """What can be harmed, by name."""
    (copy, *_) = manifest.listed(ground.drive)
    return {
        "database": ground.folder.database, "log": ground.folder.path / "mediator.db-wal",
        "keys": ground.folder.keys, "backup": copy.database, "manifest": copy.path / manifest.NAME,
        "backup keys": copy.keys,
    }  # fmt: skip


def flip(ground: Ground, target: str, harm: str, count: int, seed: int = 9) -> Counter[str]:
    """Harm one file so often; how often that was noticed, of no consequence, or silent."""
    chance, found = random.Random(f"{seed} {target} {harm}"), Counter[str]()
    content = _backup if targets(ground)[target].is_relative_to(ground.drive) else _data
    with copied(ground) as own:
        before = content(own)
    for _ in range(count):
        with copied(ground) as own:
            path = targets(own)[target]
            data = bytearray(path.read_bytes())
            HARMS[harm](data, chance)
            path.write_bytes(data)
            try:
                with troubles():
                    after = content(own)
            except Refusal:
                found["noticed"] += 1
            else:
                found["harmless" if after == before else "silent"] += 1
    return found


def unprotected(count: int, seed: int = 9) -> Counter[str]:
    """Negative control: the same bits in a database without encryption, and its own check."""
    chance, found = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "plain.db"
        with closing(sqlite3.connect(path)) as plain, plain:
            plain.execute("create table fact (id integer primary key, words text)")
            plain.executemany(
                "insert into fact (words) values (?)", [(f"甲欠乙 {n} 元，" * 20,) for n in range(500)]
            )
        whole = path.read_bytes()
        for _ in range(count):
            data = bytearray(whole)
            bit(data, chance)
            path.write_bytes(data)
            found[_plainly(path)] += 1
    return found


def _plainly(path: Path) -> str:
    try:
        with closing(sqlite3.connect(path)) as plain:
            plain.text_factory = bytes
            if plain.execute("pragma integrity_check").fetchall() != [(b"ok",)]:
                return "noticed"
            facts = [words for (words,) in plain.execute("select words from fact order by id")]
    except sqlite3.Error:
        return "noticed"
    return "harmless" if facts == [(f"甲欠乙 {n} 元，" * 20).encode() for n in range(500)] else "silent"


def _data(own: Ground) -> str:
    """All that a data folder holds; Refusal if it does not open or a check has something to say."""
    engine = open_folder(own.folder, BY, PASSWORDS[0])
    try:
        with closing(wholeness.open_database(own.folder.database, key_of(engine))) as connection:
            wrong = wholeness.troubles(connection)
        if wrong or not keyfile.whole(own.folder.keys, key_of(engine)):
            raise Refusal("；".join(wrong))
        with Session(engine) as session:
            return canonical(sorted(oracle.rows(session).items()))
    finally:
        engine.dispose()


def _backup(own: Ground) -> str:
    """All that a backup holds; Refusal if it is none, or cannot be restored."""
    (path,) = own.drive.glob("mediator-backup-*")
    copy = manifest.found(path)
    fresh = own.root / "恢复"
    restores.restore(copy, keyfile.unlock(copy.keys, BY, PASSWORDS[0]), fresh)
    engine = open_folder(Folder(fresh), BY, PASSWORDS[0])
    try:
        with Session(engine) as session:
            return canonical(sorted(oracle.rows(session).items()))
    finally:
        engine.dispose()
