"""Checking the chain of audit entries (核对审计记录): none missing, none altered, and what they changed as it was written."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Change, Entry
from mediator.domain.codes import Action, Turn
from mediator.domain.errors import Refusal
from mediator.domain.roles import Power
from mediator.services import access
from mediator.store import chain, history

AT_START = 1000
"""Entries looked at when the program starts."""
_TOLD_EVERY = 10_000
_LEFT = "left"

Progress = Callable[[int, int], object]


def nothing_told(_done: int, _of: int) -> None:
    """Where nobody looks on."""


@dataclass(frozen=True)
class Finding:
    """核对结果: what a check of the chain came to."""

    since: int
    """The first entry looked at."""
    until: int
    """The last that is in order, ``since`` less one if none is."""
    destroyed: int = 0
    """Entries in order whose changes a destruction list took away."""
    wrong: str = ""
    """What is wrong with the entry after ``until``, a clause; empty if all is well."""

    @property
    def broken(self) -> int | None:
        """The first entry that is not in order; None if all are."""
        return self.until + 1 if self.wrong else None

    @property
    def words(self) -> str:
        """The same in a sentence or two."""
        if self.wrong:
            before = f"第 {self.since} 条到第 {self.until} 条是完好的。" if self.until >= self.since else ""
            return f"审计记录有问题：{self.wrong}。{before}请停止使用，保留现在的数据文件，和以前的备份比较。"
        if self.until < self.since:
            return "还没有审计记录。"
        number = self.until - self.since + 1
        words = (
            f"审计记录完好：第 {self.since} 条到第 {self.until} 条，共 {number} 条，一条不缺，都没有被改动。"
        )
        if self.destroyed:
            words += f"其中 {self.destroyed} 条的改动内容已按销毁清册删去，只核对了记录本身。"
        return words


def verify(session: Session, since: int | None = None, progress: Progress = nothing_told) -> Finding:
    """Check for somebody who may see the audit; as ``look_through``."""
    access.need(session, Power.AUDIT)
    last, _given = chain.ends(session.connection())
    if since is not None and since > last:
        raise Refusal(f"现在只有 {last} 条审计记录，不能从第 {since} 条核对起；请改小一些。")
    return look_through(session, since or 1, progress)


def checked(session: Session, found: Finding) -> None:
    """Write into the audit that it was checked, and what came of it."""
    history.note(session, Action.CHECKED, found.words)


def at_start(session: Session) -> str:
    """What is wrong with the newest entries, in words for whoever starts the program; empty if nothing is."""
    last, _given = chain.ends(session.connection())
    found = look_through(session, last - AT_START + 1)
    return found.words if found.wrong else ""


def look_through(session: Session, since: int = 1, progress: Progress = nothing_told) -> Finding:
    """Check every entry from one to the newest, as they are at one moment; it stops at the first that is broken.

    ``progress`` is told how many are done, of how many.
    """
    connection = session.connection()
    with chain.one_moment(connection):
        return _look_through(connection, max(since, 1), progress)


def left(entry: Entry, number: int, digest: str) -> None:
    """Say in the entry of a destruction that the changes of another were taken away, and what is left of them."""
    kept = json.dumps({_LEFT: digest})
    entry.changes.append(
        Change(table=Change.__tablename__, row_id=number, turn=Turn.REMOVED, before="{}", after=kept)
    )


def _look_through(connection: Connection, since: int, progress: Progress) -> Finding:
    gone = _destructions(connection)
    last, given = chain.ends(connection)
    before = chain.hash_at(connection, since - 1)
    if before is None:
        return Finding(since, since - 2, wrong=f"第 {since - 1} 条不见了")
    kept = chain.changes(connection, since, last)
    ahead = next(kept, None)
    done, destroyed = since - 1, 0
    for number, told, salt, digest, kept_hash in chain.entries(connection, since, last):
        if number != done + 1:
            break
        if chain.link(before, told) != kept_hash:
            return Finding(since, done, destroyed, f"第 {number} 条被改动过，或者和前一条接不上")
        found = ""
        if ahead is not None and ahead[0] == number:
            found, ahead = chain.digest(salt, ahead[1]), next(kept, None)
        if found != digest:
            if gone.get(number) != found:
                return Finding(since, done, destroyed, f"第 {number} 条所改的内容被改动过")
            destroyed += 1
        before, done = kept_hash, number
        if done % _TOLD_EVERY == 0:
            progress(done - since + 1, last - since + 1)
    if done < given:
        return Finding(since, done, destroyed, f"第 {done + 1} 条不见了")
    if ahead is not None:
        return Finding(since, ahead[0] - 1, destroyed, f"第 {ahead[0]} 条所改的内容被改动过")
    progress(done - since + 1, last - since + 1)
    return Finding(since, done, destroyed)


def _destructions(connection: Connection) -> dict[int, str]:
    """The entries whose changes a destruction list took away, with the digest of those that are left."""
    asked = select(Change.row_id, Change.after).join(Entry, Entry.id == Change.entry_id)
    named = asked.where(Change.table == Change.__tablename__, Entry.action == Action.DESTROYED)
    return {number: _digest(kept) for number, kept in connection.execute(named.order_by(Change.id))}


def _digest(kept: str) -> str:
    """None of an entry's digests where hands that altered it left no JSON."""
    try:
        return str(json.loads(kept)[_LEFT])
    except (ValueError, TypeError, LookupError):
        return "-"
