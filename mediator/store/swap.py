"""One data folder in the place of another (换用): by two renames, which a note beside the folder makes into one.

It is done where nothing is open, before anybody logs in. Cut off at any point, the next start goes on from there: there
is always one folder that opens, and the one replaced is kept beside it under a name that says so.
"""

import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from mediator.domain.errors import Refusal, trouble
from mediator.store import durable, one

REPLACED = "-被替换-"


def plan(current: Path, fresh: Path, now: datetime) -> Path:
    """Note that ``fresh``, which lies beside it, is to take the place of a folder; return where that one will be kept."""
    if fresh.parent.absolute() != current.parent.absolute() or not fresh.is_dir():
        raise Refusal(f"“{fresh}”要和现在的数据文件夹放在一起，才能换用；请先恢复到它旁边。")
    kept = _free(current.with_name(f"{current.name}{REPLACED}{now:%Y%m%d-%H%M%S}"))
    _write(current, {"fresh": fresh.name, "kept": kept.name, "stood": _stood(current)})
    return kept


def planned(current: Path) -> bool:
    """Whether another folder is to take the place of this one at the next start."""
    return _note(current).is_file()


def closed(current: Path) -> None:
    """The database was closed in good order by the program that planned it: as it stands now, it is to be replaced."""
    with suppress(OSError, ValueError, Refusal):  # else the next start leaves everything as it is
        if planned(current):
            _write(current, json.loads(_note(current).read_text("utf-8")) | {"stood": _stood(current)})


def drop(current: Path) -> None:
    """Think better of it, as long as nothing was renamed."""
    _note(current).unlink(missing_ok=True)


def finish(current: Path) -> None:
    """Do what is planned, or the rest of it; later, if somebody is at work in the folder.

    To be called before the folder is looked at; usually there is nothing to do. Refusal, and the plan is dropped, if the
    data were written to since the program that planned it closed them: what was saved then must not go with them.
    """
    note = _note(current)
    if not note.is_file():
        return
    try:
        names = json.loads(note.read_text("utf-8"))
        fresh, kept = (current.with_name(Path(names[which]).name) for which in ("fresh", "kept"))
        if fresh.is_dir():
            if current.exists():
                one.hold(current).release()
                _see_that_it_stands(current, names["stood"])
                os.rename(current, kept)
                durable.sync_folder(current.parent)
            os.rename(fresh, current)
            durable.sync_folder(current.parent)
        note.unlink()
        with suppress(OSError):
            durable.sync_folder(current.parent)
    except one.Taken:
        return
    except (ValueError, KeyError, TypeError):
        note.unlink(missing_ok=True)  # it is written whole or not at all: somebody else wrote this one
    except OSError as error:
        raise Refusal(
            f"换用恢复的数据时出了问题：{trouble(error)}。两份数据都在“{current.parent}”里，没有丢失；请重新启动程序再试。"
        ) from None


def replaced(current: Path) -> list[Path]:
    """The folders this one took the place of, the newest first."""
    with suppress(OSError):
        return sorted(current.parent.glob(f"{_plain(current.name)}{REPLACED}*"), reverse=True)
    return []


def _see_that_it_stands(current: Path, stood: object) -> None:
    if stood == _stood(current):
        return
    drop(current)
    raise Refusal(
        "安排换用以后数据又有改动，没有换用，现在的数据照旧，恢复出来的也还在旁边；要换用请重新安排一次。现在请重新启动程序。"
    )


def _stood(current: Path) -> list[list[str | int]]:
    """How the files of the database stand: nobody has the key here, but whoever saves something changes this."""
    files = [(path, path.stat()) for path in sorted(current.glob("mediator.db*")) if path.is_file()]
    return [
        [path.name, told.st_size, told.st_mtime_ns]
        for path, told in files
        if told.st_size and not path.name.endswith("-shm")
    ]


def _write(current: Path, note: dict[str, object]) -> None:
    durable.write(current.parent, _note(current).name, json.dumps(note, ensure_ascii=False).encode())


def _note(current: Path) -> Path:
    return current.with_name(f"{current.name}.swap.json")


def _free(path: Path) -> Path:
    return next(
        one for n in range(1000) if not (one := path.with_name(f"{path.name}{f'-{n}' * bool(n)}")).exists()
    )


def _plain(name: str) -> str:
    """A name as a pattern that means itself."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)
