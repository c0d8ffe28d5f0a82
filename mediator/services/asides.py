"""What was put aside (另存的旧数据): whole databases that lie about after a new key, an update, a restore or damage.

Nothing of this is ever opened by itself. They hold everything that the data at work hold, under keys and passwords of
then: so they are shown, and can be taken away.
"""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.domain.roles import Power
from mediator.services import access
from mediator.services.transaction import reading, transaction
from mediator.store import durable, history, swap
from mediator.store.folder import DAMAGED

_INSIDE = {"换密钥之前-": "换数据密钥以前的", "升级之前-": "升级以前的"}
_BESIDE = {swap.REPLACED: "被换下来的", DAMAGED: "损坏时留的原样", "-恢复-": "恢复出来没有换用的"}
"""Part of the name of a folder, and why it is there."""


@dataclass(frozen=True)
class Aside:
    """One folder that was put aside."""

    path: Path
    why: str
    at: datetime
    """When it was last written to."""
    size: int
    """Bytes."""


def listed(folder: Path) -> list[Aside]:
    """Every folder that was put aside of some data, the newest first; reads all their names, so in the background."""
    found = [one for path, why in _paths(folder) if (one := _aside(path, why)) is not None]
    return sorted(found, key=lambda one: one.at, reverse=True)


def remove(engine: Engine, folder: Path, path: Path, *, by: str) -> None:
    """Take one of them away for good, and note it. Refusal if it is none of them, or takes the place of the data next."""
    with reading(engine, by) as session:
        access.need(session, Power.SETTINGS)
    one = next((one for one in listed(folder) if one.path == path), None)
    if one is None:
        raise Refusal(f"“{path}”已经不在了，或者不是另存的旧数据；请重新看一遍列表。")
    if swap.planned(folder):
        raise Refusal("已经安排换用另一份数据，现在不能删除；请先重新启动程序。")
    with transaction(engine, by) as session:
        history.note(session, Action.BACKED_UP, f"删除另存的旧数据“{path.name}”（{one.why}）")
    gone = path.with_name(f"{path.name}.删除")
    try:
        path.rename(gone)
        durable.sync_folder(path.parent)
        shutil.rmtree(gone)
    except OSError as error:
        raise durable.refusal(path, error) from None


def _paths(folder: Path) -> list[tuple[Path, str]]:
    found: list[tuple[Path, str]] = []
    with suppress(OSError):
        for path in folder.iterdir():
            found += [(path, why) for start, why in _INSIDE.items() if path.name.startswith(start)]
    with suppress(OSError):
        for path in folder.parent.iterdir():
            rest = path.name.removeprefix(folder.name)
            if rest != path.name:
                found += [(path, why) for start, why in _BESIDE.items() if rest.startswith(start)]
    return found


def _aside(path: Path, why: str) -> Aside | None:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            told = [file.stat() for file in path.rglob("*") if file.is_file() and not file.is_symlink()]
            at = max((one.st_mtime for one in told), default=path.stat().st_mtime)
            return Aside(path, why, datetime.fromtimestamp(at), sum(one.st_size for one in told))
    return None
