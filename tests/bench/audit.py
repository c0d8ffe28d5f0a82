"""A chain of a million audit entries, half of them with a change: looked through whole, and a page of them found."""

import json
import os
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mediator.domain.codes import Action
from mediator.services import audit, entries
from mediator.services.entries import Wanted
from mediator.store import chain
from mediator.store.engine import connect
from mediator.store.folder import Folder
from mediator.store.schema import bring_up_to_date
from tests.bench.clock import Line, timed

ENTRIES = int(os.environ.get("MEDIATOR_BENCH_ENTRIES", "1000000"))
_AT_ONCE = 20_000
_PEOPLE = ("王𬎆", "李䶮", "陈志华")
_WANTED = (
    Wanted(), Wanted(by="王𬎆"), Wanted(action=Action.LOST), Wanted(by="李䶮", action=Action.PRINTED),
    Wanted(since=date(2026, 2, 1), until=date(2026, 2, 3)), Wanted(by="陈志华", until=date(2026, 3, 1)),
)  # fmt: skip


def chained(_folder: Folder) -> Iterator[Line]:
    """On a database of its own; the bare limit is the reading of its rows, the time of a page that of its first."""
    with tempfile.TemporaryDirectory() as place:
        engine = connect(Path(place) / "chain.db", bytes(range(32)))
        bring_up_to_date(engine)
        _fill(engine)
        with Session(engine) as session:
            bare = timed(lambda: _read(session))
            whole = timed(lambda: audit.look_through(session))
            yield Line(f"checking a chain of {ENTRIES} entries", whole / 1000, bare / 1000, 5, "s")
            first = timed(lambda: entries.page(session, entries.look_for(session, Wanted())))
            pages = [timed(lambda w=w: entries.page(session, entries.look_for(session, w))) for w in _WANTED]  # type: ignore[misc]
            yield Line("a page of entries, the slowest of six filters", max(pages), first, 100)
        engine.dispose()


def _fill(engine: Engine) -> None:
    """Entries written past the program, each rightly chained."""
    at, before = datetime(2026, 1, 5, 8), chain.START
    words = json.dumps(
        {"summary": "楼上水管爆裂，楼下吊顶、地板被泡坏。" * 2, "claimed": 2100005}, ensure_ascii=False
    )
    rows: list[tuple[Any, ...]] = []
    changes: list[tuple[Any, ...]] = []
    for number in range(1, ENTRIES + 1):
        at += timedelta(seconds=37)
        row = [number, f"{at:%Y-%m-%d %H:%M:%S}.000000", 0, _PEOPLE[number % 3]]
        if number % 2:
            change = ("case", number % 9000, "changed", words, words)
            digest, salt = chain.digest("5" * 32, [_json(change)]), "5" * 32
            row += ["saved", number % 9000, "", "", "", None, digest]
            changes.append((number, *change))
        else:
            salt, detail = "", "人民调解协议书 (2026)滨江人调字第001号"
            row += ["printed", number % 9000, detail, "", "HP LaserJet", None, ""]
        before = chain.link(before, _json(row))
        rows.append((*row, salt, before))
        if len(rows) == _AT_ONCE or number == ENTRIES:
            _put(engine, rows, changes)


def _put(engine: Engine, rows: list[tuple[Any, ...]], changes: list[tuple[Any, ...]]) -> None:
    columns = 'id, at, clock_suspect, "by", action, case_id, detail, reason, medium, undoes, changes_digest, salt, hash'
    with engine.begin() as connection:
        marks = ", ".join("?" * 13)
        connection.exec_driver_sql(f"insert into entry ({columns}) values ({marks})", rows)
        if changes:
            told = 'entry_id, "table", row_id, turn, "before", "after"'
            connection.exec_driver_sql(f"insert into change ({told}) values (?, ?, ?, ?, ?, ?)", changes)
    rows.clear()
    changes.clear()


def _read(session: Session) -> None:
    for _ in chain.entries(session.connection(), 1, ENTRIES):
        pass


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
