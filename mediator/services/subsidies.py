"""以案定补核算表: what the mediators are paid for the cases of a period, by the price list of the office's superior.

A case counts once, for the one who led it, in the period in which it came to its result, at the price in force on that day.
The prices are the office's own records; none is given by the program. People stand in the order of their names.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, Select, case, select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Level
from mediator.domain.figures import Price
from mediator.domain.people import Staff
from mediator.domain.periods import days
from mediator.domain.wording import unended
from mediator.exchange.roster_sheet import Cell, Sheet
from mediator.services import offices, subsidy_doubts
from mediator.services.leading import lead_id
from mediator.services.sheets import in_yuan
from mediator.services.subsidy_doubts import claimed_before
from mediator.tallies.population import concluded
from mediator.tallies.shared import IS_SETTLED
from mediator.tallies.tally import OPEN, check_period

CODE = "subsidy"
TITLE = "以案定补核算表"
DEFINITION = (
    "调解结果日期在核算期内的案件，一件只计一次，记在主持调解员名下，已回避的不算；"
    "每件按调解结果之日执行的补贴标准计，没有标准的按 0 元计；以前申报过的不再计入。"
)
_RANK = {level: place for place, level in enumerate(Level)}
_AT_ONCE = 500
"""Rows that are fetched in one go."""


class Entry(NamedTuple):
    """One case in the account."""

    uid: str
    number: str
    staff_id: int
    mediator: str
    level: Level
    settled: bool
    concluded_on: date
    price: int | None
    """分 a case; None where the list has no price for it."""

    @property
    def amount(self) -> int:
        """分 paid for it."""
        return self.price or 0

    @property
    def result(self) -> str:
        """The result as the price list divides it."""
        return "调解成功" if self.settled else "未成功"


@dataclass(frozen=True)
class Account:
    """核算: the cases of a period, and what wants a look before it is closed."""

    office: str
    since: date
    until: date
    entries: tuple[Entry, ...]
    """In the order of names, then of levels, results, prices and numbers."""
    unled: tuple[str, ...] = ()
    """The numbers of cases that would be paid if somebody led them."""
    registered: tuple[date, date] | None = None
    """Between which days its cases were registered; not kept when it is closed."""
    doubts: tuple[str, ...] = ()
    """Sentences that are to be explained before it is closed; ``checked`` finds them."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """What was written of them when it was closed."""
    standing: str = OPEN
    """结账情况, one sentence."""
    check_code: str = ""
    """审计记录校验码 of the moment it was closed, a line of its papers."""

    @property
    def amount(self) -> int:
        """分 altogether."""
        return sum(entry.amount for entry in self.entries)


def count(session: Session, since: date, until: date) -> Account:
    """The account of a period as the cases are now."""
    check_period(since, until)
    registered, found = [], []
    for row in session.execute(_statement(since, until).execution_options(yield_per=_AT_ONCE)):
        registered.append(row[0])
        found.append(Entry._make(row[1:]))
    unled = tuple(
        entry.number for entry in found if entry.staff_id is None and (entry.settled or entry.price)
    )
    entries = tuple(entry for entry in found if entry.staff_id is not None)
    span = (min(registered), max(registered)) if registered else None
    return Account(offices.own(session).name, since, until, entries, unled, span)


def checked(session: Session, account: Account) -> Account:
    """The account with what wants a look: claims made twice, cases that look alike, no mediator, no price."""
    unpriced = Counter(entry.level for entry in account.entries if entry.price is None and entry.settled)
    period = account.since, account.until
    doubts = subsidy_doubts.doubts(session, *period, account.registered, account.unled, unpriced)
    return replace(account, doubts=tuple(doubts))


def sheet(account: Account) -> Sheet:
    """The account by mediator, level and price, with a sum for each and of all."""
    rows: list[tuple[Cell, ...]] = []
    for name, own in groupby(account.entries, lambda entry: (entry.mediator, entry.staff_id)):
        mine = list(own)
        rows += [_line(name[0], list(like)) for _, like in groupby(mine, _kind)]
        rows.append((name[0], "小计", "", len(mine), "", in_yuan(sum(e.amount for e in mine))))
    rows.append(("合计", "", "", len(account.entries), "", in_yuan(account.amount)))
    return Sheet(
        CODE,
        TITLE,
        _about(account),
        ("调解员", "难易程度", "调解结果", "件数", "每件补贴（元）", "补贴金额（元）"),
        (24, 15, 15, 11, 18, 20),
        tuple(rows),
        (
            f"口径：{DEFINITION}",
            *(f"请核实：{_explained(words, account.notes)}。" for words in account.doubts),
            *_check_code(account),
        ),
        ("核算人", "审核人", "负责人（签字并盖章）"),
    )


def _about(account: Account) -> tuple[str, ...]:
    return (
        f"填报单位：{account.office}",
        f"核算期：{days(account.since, account.until)}",
        f"结账情况：{account.standing}",
    )


def _check_code(account: Account) -> tuple[str, ...]:
    return (account.check_code,) if account.check_code else ()


def _explained(words: str, notes: Mapping[str, str]) -> str:
    note = notes.get(words)
    return f"{words}；说明：{unended(note)}" if note else words


def details(account: Account) -> Sheet:
    """The cases one by one (核算明细)."""
    rows = tuple(
        (e.mediator, e.number, e.level.label, e.result, e.concluded_on.isoformat(), in_yuan(e.amount))
        for e in account.entries
    )
    return Sheet(
        f"{CODE}-details",
        "以案定补核算明细",
        _about(account),
        ("调解员", "卷号", "难易程度", "调解结果", "结果日期", "补贴金额（元）"),
        (16, 30, 14, 14, 16, 18),
        rows,
        _check_code(account),
    )


def _statement(since: date, until: date) -> Select[*tuple[Any, ...]]:
    """Every case of the period, one row a case, in the order of the account; before it the day of its registration."""
    price = case((IS_SETTLED, Price.settled), else_=Price.unsettled).label("price")
    mediator = Staff.id.label("staff_id"), Staff.name
    return (
        select(
            Case.registered_on,
            Case.uid,
            Case.number,
            *mediator,
            Case.level,
            IS_SETTLED.label("settled"),
            Case.concluded_on,
            price,
        )
        .select_from(Case)
        .outerjoin(Staff, Staff.id == lead_id())
        .outerjoin(Price, Price.id == _price_id())
        .where(concluded(since, until), Case.id.not_in(claimed_before(since, until)))
        .order_by(Staff.name, Staff.id, case(_RANK, value=Case.level), IS_SETTLED.desc(), price, Case.number)
    )


def _price_id() -> ScalarSelect[int]:
    """The price of a case's level in force on the day of its result."""
    of_level = (Price.level == Case.level, Price.valid_from <= Case.concluded_on)
    newest = select(Price.id).where(*of_level).order_by(Price.valid_from.desc()).limit(1)
    return newest.correlate(Case).scalar_subquery()


def _kind(entry: Entry) -> tuple[int, bool, int]:
    """Entries of a mediator that make one line."""
    return _RANK[entry.level], not entry.settled, -1 if entry.price is None else entry.price


def _line(mediator: str, like: list[Entry]) -> tuple[Cell, ...]:
    first = like[0]
    price: Cell = "无标准" if first.price is None else in_yuan(first.price)
    return mediator, first.level.label, first.result, len(like), price, in_yuan(sum(e.amount for e in like))
