"""Checkpoints (检查点): how far the chain of audit entries had come, signed, to be kept outside the building.

Whoever holds the data key can write the chain anew from the beginning; not so that it still passes through what was
printed, handed in or backed up before.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal, trouble
from mediator.exchange import ed25519
from mediator.services import keys, offices
from mediator.store import chain, recovery

LENGTH = 16
"""Characters of a checkpoint on paper: the first 80 bits of the hash."""
_GROUP = 4
_BITS = 80
_LARGEST = 2**20
_NUMBERED = re.compile(r"第\s*(\d{1,12})\s*条")
"""How a code on paper begins: with the number of its entry, which may be typed along with it."""
_FOREIGN = "“{}”里没有检查点；请选导出的 checkpoint.json，或备份里的 manifest.json。"


@dataclass(frozen=True)
class Checkpoint:
    """检查点: so many entries there were, and the last had this hash."""

    log: str
    """Whose chain: the uid of the office."""
    size: int
    head: str
    at: str
    """Local time, ISO 8601."""
    key: str = ""
    """Ed25519, hexadecimal; empty where the point was not signed."""
    signature: str = ""

    @property
    def message(self) -> bytes:
        """What is signed."""
        return f"mediator checkpoint 1\n{self.log}\n{self.size}\n{self.head}\n{self.at}\n".encode()

    @property
    def document(self) -> dict[str, str | int]:
        """As files hold it."""
        return asdict(self)


@dataclass(frozen=True)
class Passing:
    """Whether the chain passes through a point, and the same in words."""

    holds: bool
    words: str


def checkpoint(session: Session, now: datetime | None = None) -> Checkpoint:
    """How far the chain has come, signed; the first of all makes the key, so it needs a transaction.

    What this very transaction will add to the chain is not in it.
    """
    size, head = reached(session)
    at = (now or datetime.now()).isoformat(timespec="seconds")
    bare = Checkpoint(offices.own(session).uid, size, head, at)
    key, signature = keys.sign(session, bare.message)
    return Checkpoint(bare.log, size, head, at, key, signature)


def reached(session: Session) -> tuple[int, str]:
    """How many entries there are, and the hash of the last; what this very transaction will add is not in it."""
    size, _given = chain.ends(session.connection())
    return size, chain.hash_at(session.connection(), size) or ""


def short(session: Session) -> str:
    """How far the chain has come, in 16 characters to be written down: 7K3M-Q9XD-2HVT-A04R."""
    return shortened(reached(session)[1])


def shortened(head: str) -> str:
    """A hash as it is printed: the first 80 bits, in letters that are not easily read wrong; empty if there is none."""
    if not head:
        return ""
    letters = recovery.letters(int(head[: _BITS // 4], 16), LENGTH)
    return "-".join(letters[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def printed(size: int, head: str) -> str:
    """审计记录校验码 as papers print it, with the number of the entry; empty if there is none."""
    return f"审计记录校验码：第 {size} 条，{shortened(head)}" if head else ""


def read(path: Path) -> Checkpoint:
    """The checkpoint in a file: exported, or the one in a backup's manifest; Refusal if none."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST)
    except OSError as error:
        raise Refusal(f"文件“{path.name}”读不了：{trouble(error)}。") from None
    try:
        document = json.loads(data)
        document = document.get("checkpoint") or document
        if "entry_hash" in document:
            document = {
                "log": document["office_uid"], "size": document["entry_id"], "head": document["entry_hash"],
                "at": document["made_at"],
            }  # fmt: skip
        return of(document)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refusal(_FOREIGN.format(path.name)) from None


def of(document: Mapping[str, Any]) -> Checkpoint:
    """The checkpoint that a document is; ValueError or TypeError if it is none."""
    point = Checkpoint(**document)
    words = (point.log, point.head, point.at, point.key, point.signature)
    if type(point.size) is not int or any(not isinstance(one, str) for one in words):
        raise ValueError
    return point


def passing(session: Session, point: Checkpoint) -> Passing:
    """Whether the chain as it is now passes through an earlier point; the chain itself is checked apart from this."""
    words = f"检查点是 {point.at.replace('T', ' ')[:16]} 的第 {point.size} 条"
    if point.log != offices.own(session).uid:
        return Passing(False, "这个检查点是另一个单位的，不能用来核对这里的记录。")
    if point.key and not ed25519.holds(point.key, point.message, point.signature):
        return Passing(False, "这个检查点的签名不对，文件被改动过；请另找一份。")
    if point.key and not keys.is_own(session, point.key):
        return Passing(False, "这个检查点不是用本单位的密钥签的，不能用来核对。")
    there = chain.hash_at(session.connection(), point.size)
    if there is None:
        return Passing(False, f"{words}，现在的记录没有这么多：后面的记录不见了，或者打开的是旧数据。")
    if there != point.head:
        return Passing(False, f"{words}，和现在的这一条不一样：以前的记录被换过。")
    return Passing(True, f"{words}，现在的记录经过它：那以前的记录没有被换过。")


def passing_short(session: Session, typed: str) -> Passing:
    """The same for a point printed on paper, with the number of its entry or without; Refusal if it cannot be one."""
    told = _NUMBERED.search(typed)
    letters = recovery.plain(typed[told.end() :] if told else typed)
    if len(letters) != LENGTH or set(letters) - set(recovery.ALPHABET):
        raise Refusal(f"校验码应有 {LENGTH} 个字符，现在是 {len(letters)} 个，请对照纸上再输一遍。")
    beginning = f"{recovery.number(letters):0{_BITS // 4}x}"
    number = chain.number_of(session.connection(), beginning)
    if number is None:
        return Passing(
            False, "现在的记录没有一条是这个校验码：请核对有没有输错；没有输错，就是以前的记录被换过。"
        )
    if told and int(told[1]) != number:
        return Passing(False, f"这是第 {number} 条的校验码，不是第 {int(told[1])} 条的：请核对纸上的条数。")
    return Passing(True, f"这是第 {number} 条的校验码，现在的记录经过它：那以前的记录没有被换过。")
