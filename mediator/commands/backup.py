"""mediator backup, restore, check: copies made, verified, brought back, and the data themselves looked through."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.command import Command, Given, target
from mediator.commands.parser import Parser
from mediator.domain.errors import Refusal

if TYPE_CHECKING:
    from mediator.services.backup_contents import Copy


def _backup_options(parser: Parser) -> None:
    target(parser, "备份到哪个文件夹或盘，要已经在那里", required=True)
    parser.add_argument("--always", action="store_true", help="以后都自动备份到这里")


def _restore_options(parser: Parser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="备份的文件夹，或放着一个备份的盘")


def _check_options(parser: Parser) -> None:
    parser.add_argument("--salvage", type=Path, metavar="NEWDIR",
                        help="数据或日志损坏、又没有更好的备份时：留一份原样，把还读得出来的写到新的文件夹")  # fmt: skip
    parser.add_argument("--clock-is-right", action="store_true",
                        help="被提醒电脑时间可疑、核对过没有错的：记下来，以后照它办")  # fmt: skip


def _backup(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import backups
    from mediator.services.transaction import transaction

    with data.opened(given) as engine:
        by, folder = data.person(engine, given), data.folder(given).path
        row = backups.back_up(engine, folder, given.to, by=by, tell=_percent())
        if given.always:
            with transaction(engine, by) as session:
                backups.choose(session, given.to.absolute())
    path = Path(row.place) / row.name
    document = {"path": str(path), "cases": row.cases, "bytes": row.size, "made_at": row.made_at.isoformat()}
    words = f"备份已验证：“{path}”，{row.cases} 件案件，重新打开核对过。"
    say.say(given, document | {"verified": True}, [words])
    return 0


def _restore(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import backup_contents, backup_lineage, restores

    copy = _one(given.file)
    login, to = data.login(given), data.folder(given).path
    key = backup_contents.unlock(copy, login, data.password())
    told = backup_contents.inside(copy, key)
    wrong = backup_lineage.trouble(copy, key)
    if wrong:
        say.warn(wrong)
    restores.restore(copy, key, to, login=login, tell=_percent())
    last = f"，最后一次改动在 {told.last_at:%Y-%m-%d %H:%M}" if told.last_at else ""
    who = backup_contents.logins(copy)
    words = (
        f"已恢复到“{to}”：{told.cases} 件案件{last}，核对无误；用当时的用户名和密码登录，能登录的有：{'、'.join(who)}。"
        "里面有已经离岗的，请登录以后停用，再换数据密钥。"
    )
    document = {
        "path": str(to), "cases": told.cases, "last_case": told.last_case, "made_at": copy.manifest.made_at.isoformat(),
        "last_at": told.last_at.isoformat() if told.last_at else None,
        "checkpoint": dict(copy.manifest.checkpoint), "checkpoint_trouble": wrong, "logins": who,
    }  # fmt: skip
    say.say(given, document, [words])
    return 0


def _check(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import checkups, clock
    from mediator.services.transaction import transaction

    if given.salvage:
        return _salvage(given)
    with data.opened(given) as engine:
        by = data.person(engine, given)
        if given.clock_is_right:
            with transaction(engine, by) as session:
                clock.confirm(session, datetime.now())
        found = checkups.check(engine, data.folder(given).path, by=by, tell=_percent())
    document = {"whole": not found.troubles, "troubles": found.troubles, "cases": found.cases}
    say.say(given, document, [] if found.troubles else [found.words])
    if found.troubles:
        raise Refusal(f"{found.words[:-1]}；请不要再改动数据，从备份恢复。")
    return 0


def _salvage(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import salvage

    folder, login = data.folder(given).path, data.login(given)
    salvage.check_target(given.salvage)
    key = salvage.unlock(folder, login, data.password())
    kept = salvage.put_aside(folder)
    found = salvage.rescue(kept, key, given.salvage, login=login, tell=_percent())
    document = {
        "path": str(found.folder), "cases": found.cases, "missing": found.missing, "kept": str(kept),
    }  # fmt: skip
    say.say(given, document, [found.words, f"损坏的数据原样留在“{kept}”。"])
    return 0


def _one(place: Path) -> "Copy":
    from mediator.services import backup_contents

    copies = backup_contents.at(place)
    if not copies:
        raise Refusal(f"“{place}”里没有备份，或备份已经损坏；请核对位置。")
    if len(copies) > 1:
        raise Refusal(f"“{place}”里有 {len(copies)} 个备份；请写明用哪一个，最新的是“{copies[0].path}”。")
    return copies[0]


def _percent() -> Callable[[int, int], None]:
    """Shows on a terminal how far the work is; nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda done, of: None

    def show(done: int, of: int) -> None:
        print(f"\r{done * 100 // of}%", end="" if done < of else "\n", file=sys.stderr, flush=True)

    return show


BACKUP = Command("backup", "备份全部数据，写完重新打开核对", _backup, _backup_options)
RESTORE = Command("restore", "把备份恢复成一个新的数据文件夹（--data），核对无误", _restore, _restore_options)
CHECK = Command("check", "核对数据：每一页、每一行的归属和审计记录的前后相连", _check, _check_options)
