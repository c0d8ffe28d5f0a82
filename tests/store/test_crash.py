"""Saved means saved: a process killed in mid-save, and two that save at once."""

import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE
from typing import IO, Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from mediator.services import listing
from mediator.store.engine import connect
from mediator.store.folder import Folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the saver forks")

TRIALS = 30
SAVER = Path(__file__).with_name("saver.py")


class Saver:
    """The other process."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process
        assert process.stdin and process.stdout
        self.orders: IO[bytes] = process.stdin
        self.words: IO[bytes] = process.stdout
        assert self.said() == {"ready": True}

    def order(self, order: object) -> None:
        self.orders.write(json.dumps(order).encode() + b"\n")
        self.orders.flush()

    def said(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.words.readline())
        return told

    def all_said(self) -> list[dict[str, Any]]:
        """What was said until every child was gone."""
        self.order(None)
        return list(iter(self.said, {"gone": True}))


@pytest.fixture
def saver(key: bytes) -> Iterator[Saver]:
    command = [sys.executable, str(SAVER), key.hex()]
    where = {**os.environ, "PYTHONPATH": str(SAVER.parents[2])}
    with subprocess.Popen(command, bufsize=0, env=where, stdin=PIPE, stdout=PIPE) as process:
        made = Saver(process)
        yield made
        made.orders.close()


def numbers(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text('select number from "case" order by id')))


def expected(last: int) -> list[str]:
    return [f"(2026)滨江人调字第{n:03d}号" for n in range(1, last + 1)]


def is_whole(engine: Engine) -> None:
    """Nothing is damaged, and every case has its parties, its history and its words."""
    with engine.connect() as connection:
        assert connection.scalar(text("pragma integrity_check")) == "ok"
        assert connection.execute(text("pragma cipher_integrity_check")).all() == []
        assert connection.execute(text("pragma foreign_key_check")).all() == []
        cases = connection.scalar(text('select count(*) from "case"'))
        assert connection.scalar(text("select count(*) from party")) == 2 * cases
        assert connection.scalar(text("select count(*) from event")) == cases
        assert connection.scalar(text("select count(*) from case_words")) == cases
        assert connection.scalar(text("select last from counter")) == (cases or None)
    with Session(engine) as session:
        assert len(listing.find(session, listing.Wanted(words="王𬎆 漏水"), limit=10_000)) == cases


def test_what_was_acknowledged_outlives_a_kill(saver: Saver, folder: Folder, key: bytes) -> None:
    chance = random.Random(9)
    at_work = 0
    for trial in range(TRIALS):
        own = Folder(folder.path.with_name(str(trial)))
        shutil.copytree(folder.path, own.path)
        saver.order({"database": str(own.database), "cases": 10_000, "word": "杀"})
        child = saver.said()["pid"]
        wait_for_words = chance.random() < 0.7
        if wait_for_words:
            select.select([saver.words], [], [], 10)
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        kept = [words["kept"] for words in saver.all_said()]
        at_work += bool(kept)
        engine = connect(own.database, key)
        is_whole(engine)
        found = numbers(engine)
        assert found == expected(len(found))
        assert kept == found[: len(kept)] and len(found) - len(kept) <= 1
        engine.dispose()
        shutil.rmtree(own.path)
    assert at_work >= TRIALS / 2


def test_two_who_save_at_once_get_numbers_of_their_own(saver: Saver, folder: Folder, key: bytes) -> None:
    each = 40
    for word in ("甲", "乙"):
        saver.order({"database": str(folder.database), "cases": each, "word": word})
    told = saver.all_said()
    kept = [words["kept"] for words in told if "kept" in words]
    assert len([words for words in told if "pid" in words]) == 2
    assert sorted(kept) == expected(2 * each)
    engine = connect(folder.database, key)
    assert numbers(engine) == expected(2 * each)
    is_whole(engine)
    with Session(engine) as session:
        for word in ("甲", "乙"):
            assert len(listing.find(session, listing.Wanted(words=f"{word}漏水"), limit=1_000)) == each
    engine.dispose()
