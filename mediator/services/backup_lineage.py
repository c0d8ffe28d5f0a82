"""Where a backup comes from (备份的来历): the signed checkpoint in it, looked at before anybody goes back to it.

A backup that was put together by somebody without the data key has no signature of the office; one that went another way
than the data at work has another chain of audit entries.
"""

from contextlib import closing
from typing import Any

from sqlalchemy.orm import Session

from mediator.exchange import ed25519
from mediator.services import checkpoints, offices
from mediator.services.checkpoints import Checkpoint, Passing
from mediator.store import chain
from mediator.store.manifest import Copy
from mediator.store.wholeness import open_database, readable

_QUERY = "请先查明来历，最好改用另一个备份。"


def damage(copy: Copy) -> str:
    """In words, that a backup cannot be read."""
    return f"备份“{copy.path}”读不出来，已经损坏；请改用另一个备份。"


def trouble(copy: Copy, key: bytes) -> str:
    """What is wrong with the checkpoint of a backup, by what the backup itself holds; empty if all is well."""
    point = _point(copy)
    if point is None:
        return f"这个备份里没有签过名的检查点，说不清是不是本单位做的；{_QUERY}"
    with readable(damage(copy)), closing(open_database(copy.database, key, read_only=True)) as kept:
        own = [public for (public,) in kept.execute("select public from own_key")]
        there = _hash_at(kept, point.size), _hash_at(kept, copy.manifest.entry_id)
    if point.key not in own or not ed25519.holds(point.key, point.message, point.signature):
        return f"这个备份里的检查点签名不对，备份说明可能被改动过；{_QUERY}"
    if (point.log, *there) != (copy.manifest.office_uid, point.head, copy.manifest.entry_hash):
        return f"这个备份的审计记录和它自己的检查点对不上，里面的数据可能被换过；{_QUERY}"
    return ""


def standing(session: Session, copy: Copy) -> Passing:
    """Whether a backup is an earlier state of the data at work, in words."""
    about = copy.manifest
    if about.office_uid != offices.own(session).uid:
        return Passing(False, f"这个备份是另一个单位（{about.office_name}）的，不是本单位的数据。")
    there = chain.hash_at(session.connection(), about.entry_id)
    if there is None:
        return Passing(
            False, "这个备份里的审计记录比现在的还多：它比现在的数据新，或者现在打开的是旧的数据。"
        )
    if there != about.entry_hash:
        return Passing(
            False,
            "这个备份的审计记录和现在的对不上：它不是现在这份数据早先的样子，可能出自另一份恢复过的数据。",
        )
    return Passing(True, f"已核对：审计记录到第 {about.entry_id} 条都接得上，是现在这份数据早先的样子。")


def _point(copy: Copy) -> Checkpoint | None:
    try:
        point = checkpoints.of(copy.manifest.checkpoint)
    except (TypeError, ValueError):
        return None
    return point if point.key else None


def _hash_at(kept: Any, number: int) -> str:
    row = kept.execute("select hash from entry where id = ?", (number,)).fetchone()
    return str(row[0]) if row else chain.START
