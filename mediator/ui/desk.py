"""The desk: the only way from a screen to a session. One gesture, one transaction, one announcement."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from mediator.domain.errors import Refusal, Stale

T = TypeVar("T")


class Desk(QObject):
    """One person at work on one data folder."""

    changed = Signal()
    """Something was saved; screens that show it read it again."""

    def __init__(self, engine: Engine, who: str) -> None:
        super().__init__()
        self.engine = engine
        self.who = who

    @property
    def today(self) -> date:
        """The day today, by this machine's clock."""
        return date.today()

    def read(self, verb: Callable[[Session], T]) -> T:
        """Look something up; nothing is changed."""
        with Session(self.engine, expire_on_commit=False) as session:
            return verb(session)

    def do(self, verb: Callable[[Session], T]) -> T:
        """Do one thing wholly or not at all, then tell the screens; Refusal if it cannot be saved."""
        result = in_transaction(self.engine, verb)
        self.changed.emit()
        return result


def in_transaction(engine: Engine, verb: Callable[[Session], T]) -> T:
    """Run a verb in a transaction of its own; what the database refuses becomes a sentence for people."""
    try:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            return verb(session)
    except StaleDataError:
        raise Stale("这个案件刚刚被别人改过,您的改动没有存上;请记下改动,刷新后再改。") from None
    except IntegrityError:
        raise Refusal("这个编号或名称已经用过了,没有存上;请换一个再试。") from None
    except OperationalError as error:
        raise Refusal(_storage_words(str(error.orig))) from None


def _storage_words(words: str) -> str:
    if "full" in words:
        return "磁盘已满,没有存上;请腾出空间再点保存,刚才填的内容还在。"
    if "locked" in words:
        return "数据正被另一个程序占用,没有存上;请稍等再点保存。"
    return "数据文件写不进去,没有存上;请检查磁盘后再点保存,刚才填的内容还在。"
