"""The audit entries (审计记录) that somebody looks for, the newest first, a page at a time however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from mediator.domain.audit import Change, Entry
from mediator.domain.calendar import in_words
from mediator.domain.case import Case
from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.domain.roles import Power
from mediator.services import access, steps

PAGE = 100
_TOLD = 20
"""Changes of one entry that are put into words; taking in a ledger has thousands."""
_MOST_CASES = 200


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is empty matters not."""

    by: str = ""
    action: Action | None = None
    since: date | None = None
    until: date | None = None
    number: str = ""
    """Some characters of the number of a case."""

    @property
    def words(self) -> str:
        """The same for the head of a list."""
        parts = [
            f"经手人{self.by}" if self.by else "",
            f"操作“{self.action}”" if self.action else "",
            f"{in_words(self.since)}起" if self.since else "",
            f"到{in_words(self.until)}止" if self.until else "",
            f"卷号含“{self.number}”" if self.number else "",
        ]
        return "，".join(part for part in parts if part) or "全部"


@dataclass(frozen=True)
class Row:
    """One entry in words."""

    id: int
    at: datetime
    suspect: bool
    by: str
    action: Action
    number: str
    """Of its case; empty if it was about none, or it was destroyed."""
    words: str
    medium: str

    @property
    def when(self) -> str:
        """When it was written, as far as the clock can be trusted."""
        return f"{self.at:%Y-%m-%d %H:%M:%S}" + ("（时钟可疑）" if self.suspect else "")

    @property
    def about(self) -> str:
        """What was done, with the number of the case unless that is told already."""
        return self.words if self.number in self.words else f"{self.number} {self.words}"


@dataclass(frozen=True)
class Search:
    """A filter made ready: what has to be found out once and not for every page."""

    where: tuple[ColumnElement[bool], ...]
    empty: bool = False
    """Whether nothing can be found."""


def people(session: Session) -> list[str]:
    """Everybody who did anything, by name as it was then; looked up name by name, not entry by entry."""
    names: list[str] = []
    while (
        name := session.scalar(select(func.min(Entry.by)).where(Entry.by > (names or [""])[-1]))
    ) is not None:
        names.append(name)
    return names


def look_for(session: Session, wanted: Wanted) -> Search:
    """Make a filter ready; Refusal if the person may not see entries, or the number fits too many cases."""
    access.need(session, Power.AUDIT)
    where: list[ColumnElement[bool]] = []
    if wanted.by:
        where.append(Entry.by == wanted.by)
    if wanted.action:
        where.append(Entry.action == wanted.action)
    if wanted.number.strip():
        where.append(Entry.case_id.in_(_cases(session, wanted.number.strip())))
    days = _days(wanted)
    if days:
        first, last = session.execute(select(func.min(Entry.id), func.max(Entry.id)).where(*days)).one()
        if first is None:
            return Search((), empty=True)
        where += [Entry.id.between(first, last), *days]
    return Search(tuple(where))


def page(session: Session, search: Search, before: int | None = None, limit: int = PAGE) -> list[Row]:
    """The newest entries found, those older than ``before`` if that is given."""
    if search.empty:
        return []
    asked = select(Entry).where(*search.where).order_by(Entry.id.desc()).limit(limit)
    found = session.scalars(asked if before is None else asked.where(Entry.id < before)).all()
    numbers = _numbers(session, {entry.case_id for entry in found if entry.case_id is not None})
    return [_row(session, entry, numbers) for entry in found]


def _cases(session: Session, number: str) -> Sequence[int]:
    """The cases whose number holds these characters."""
    asked = select(Case.id).where(Case.number.contains(number, autoescape=True)).limit(_MOST_CASES + 1)
    found = session.scalars(asked).all()
    if len(found) > _MOST_CASES:
        raise Refusal(f"卷号含“{number[:30]}”的案件超过 {_MOST_CASES} 件，请把卷号写全一些。")
    return found


def _days(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since:
        found.append(Entry.at >= datetime.combine(wanted.since, time()))
    if wanted.until:
        found.append(Entry.at < datetime.combine(wanted.until + timedelta(days=1), time()))
    return found


def _numbers(session: Session, case_ids: Iterable[int]) -> dict[int, str]:
    asked = select(Case.id, Case.number).where(Case.id.in_(list(case_ids)))
    return {row.id: row.number for row in session.execute(asked)}


def _row(session: Session, entry: Entry, numbers: dict[int, str]) -> Row:
    asked = select(Change).where(Change.entry_id == entry.id).order_by(Change.id).limit(_TOLD + 1)
    some = session.scalars(asked).all() if entry.changes_digest else []
    set_committed_value(entry, "changes", some[:_TOLD])
    words = steps.in_words(entry) + ("等" if len(some) > _TOLD else "")
    if entry.reason:
        words += f"。原因：{entry.reason}"
    number = numbers.get(entry.case_id or 0, "")
    return Row(entry.id, entry.at, entry.clock_suspect, entry.by, entry.action, number, words, entry.medium)
