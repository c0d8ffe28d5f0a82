"""Damage that was found is remembered (损坏的数据): in a file beside the database, for the database may not be written to.

It outlasts the program that found it: the next one looks again before anybody works on, and lets nobody in while the
damage is there.
"""

import json
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from mediator.domain.errors import Damaged, Refusal
from mediator.store import durable, wholeness

NAME = "damage.json"


def keep(folder: Path, wrong: list[str]) -> None:
    """Remember what was found; on a full disk the next check has to find it again."""
    note = {"at": datetime.now().isoformat(timespec="seconds"), "wrong": wrong}
    with suppress(Refusal):
        durable.write(folder, NAME, json.dumps(note, ensure_ascii=False).encode())


def forget(folder: Path) -> None:
    """The data were looked through since and are whole."""
    with suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)


def look_again(folder: Path, database: Path, key: bytes) -> None:
    """Before anybody works on: Damaged if damage was found here and is still there; usually there is nothing to do."""
    if not (folder / NAME).exists():
        return
    with closing(wholeness.open_database(database, key)) as connection:
        wrong = wholeness.damage(connection)
    if not wrong:
        forget(folder)
        return
    raise Damaged(
        f"数据文件已损坏（{'；'.join(wrong)}），上次核对时就发现了；没有改动它，请从最近验证过的备份恢复。"
    )
