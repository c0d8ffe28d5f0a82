"""The two kinds of error.

``Refusal`` is meant for a person: one whole sentence in Chinese that says what is wrong, where, and what to do.
Everything else that is raised is a bug: it goes to the log and to the crash window.
"""

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


class Refusal(Exception):
    """What was asked cannot be done; ``str()`` is the sentence shown to the person."""


class Missing(Refusal):
    """Something is still lacking (材料或内容不全); ``what`` cannot be done, ``gaps`` says why, one each."""

    def __init__(self, what: str, gaps: list[str]) -> None:
        self.what = what
        self.gaps = gaps
        super().__init__(f"{what}：{'；'.join(gaps)}。")


@dataclass(frozen=True)
class Conflict:
    """One thing that two people changed (冲突): what both saw first, what stands there now, what was typed; in words."""

    key: str
    label: str
    seen: str
    now: str
    typed: str
    stands: object = None
    """What stands there now, as a value: who has seen it and goes on says so by it."""
    long: bool = False
    """Whether it is words over several lines, of which something may be taken over by hand."""
    by: str = ""
    """Who changed it in between, where that is known, and when."""
    at: datetime | None = None


class Stale(Refusal):
    """Somebody else saved the same row in between (他人已改动); ``table`` and ``conflicts`` say what of it."""

    def __init__(self, words: str, conflicts: Sequence[Conflict] = (), table: str = "") -> None:
        self.conflicts = tuple(conflicts)
        self.table = table
        super().__init__(words)


class Gone(Stale):
    """Somebody else deleted the row that was being changed (已被他人删去)."""


class Damaged(Refusal):
    """The data cannot be read any more (数据损坏), and nothing may be written to them.

    ``kept`` is where they were copied to as they are, if only what was saved last is lost.
    """

    def __init__(self, words: str, kept: Path | None = None) -> None:
        self.kept = kept
        super().__init__(words)


_GONE = "盘断开了，请重新插好后再试"
_TROUBLES = {
    errno.ENOSPC: "磁盘已满，请腾出空间再试",
    errno.EROFS: "盘是只读的，请打开写保护开关或换一个盘",
    errno.EACCES: "没有权限，请换一个位置，或请管理员放开权限",
    errno.EPERM: "没有权限，请换一个位置，或请管理员放开权限",
    errno.ENOENT: "找不到这个位置，请核对路径",
    errno.ENOTDIR: "路径中有一段不是文件夹，请核对路径",
    errno.EISDIR: "这是一个文件夹，请写明文件",
    errno.EEXIST: "同名的文件已经存在，请换一个位置",
    errno.ENAMETOOLONG: "名字太长，请改短",
    errno.EIO: "读写出错，盘可能坏了，请换一个盘",
    errno.ENODEV: _GONE, errno.ENXIO: _GONE, errno.ENOTCONN: _GONE, errno.ESTALE: _GONE,
}  # fmt: skip


def trouble(error: OSError) -> str:
    """What the operating system complains of, as a clause without full stop."""
    return _TROUBLES.get(error.errno or 0, "系统不让用，请检查路径、空间和权限")
