"""An older key file put back (密钥文件被换成较早的一份): signed as it should be, and yet passwords of before open it again.

The key file counts how often it was written, and the database remembers how far it had come. It is written first and
the database after it, so a cut of power never leaves it behind.
"""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.domain.office import Counter
from mediator.store import history, keyfile
from mediator.store.folder import Folder

_SERIES, _OLDER, _NO_YEAR = "key-file", "key-file-older", 0
"""How far it had come; and whether an older one was seen that nobody has looked into yet."""


def look(session: Session, path: Path) -> None:
    """At the log-in: remember how far the key file has come, or write down that it is older."""
    with suppress(Refusal):
        if _there(path) < known(session) and not _last(session, _OLDER):
            history.note(session, Action.ACCOUNT, "密钥文件被换成了较早的一份")
    remember(session, path)


def remember(session: Session, path: Path) -> None:
    """Remember how far the key file has come, in the transaction in which it changed."""
    with suppress(Refusal):
        there, before = _there(path), known(session)
        if there > before:
            _put(session, _SERIES, there)
        elif there < before:
            _put(session, _OLDER, 1)


def known(session: Session) -> int:
    """How far the key file had come when it was last seen."""
    return _last(session, _SERIES)


def doubt(session: Session, path: Path) -> str:
    """That the key file is an older one, who can come in by it, and what to do; empty if it is the newest."""
    if not _last(session, _OLDER) and _there(path) >= known(session):
        return ""
    who = "、".join(keyfile.logins(Folder(path).keys))
    return (
        f"密钥文件被换成了较早的一份，那时的密码和恢复密钥又能用了，能登录的有：{who}。"
        "请系统管理员给大家重设密码，停用不该有的账号，换一张恢复密钥，再在“设置—人员和账号”里点“名单无误”。"
    )


def settle(session: Session) -> None:
    """Somebody has looked into it."""
    _put(session, _OLDER, 0)


def _there(path: Path) -> int:
    return keyfile.read(Folder(path).keys).generation


def _last(session: Session, series: str) -> int:
    return session.scalar(select(Counter.last).where(Counter.series == series, Counter.year == _NO_YEAR)) or 0


def _put(session: Session, series: str, number: int) -> None:
    entry = insert(Counter).values(series=series, year=_NO_YEAR, last=number)
    session.execute(
        entry.on_conflict_do_update(
            index_elements=[Counter.series, Counter.year], set_={"last": entry.excluded.last}
        )
    )
