"""What a report (研判报告) speaks of: the tables of its period beside other periods, the periods before, and what is overdue."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mediator.domain import periods
from mediator.domain.agreement import Instalment
from mediator.domain.periods import Period, Span
from mediator.services import offices, rosters
from mediator.services.analysis_words import View
from mediator.services.comparing import compared, known
from mediator.services.frozen import shown
from mediator.services.roster_list import DUE, OVERDUE
from mediator.tallies import register
from mediator.tallies.figures import BEFORE, LAST_YEAR
from mediator.tallies.tally import Tally

PERIODS = 12
"""Periods of the trend, this one among them."""
_WORDS = {Span.MONTH: ("本月", "上月"), Span.QUARTER: ("本季度", "上季度"), Span.YEAR: ("本年", "上年")}


@dataclass(frozen=True)
class Facts:
    """All the figures of a report."""

    cases: View
    """人民调解案件情况统计表."""
    stock: View
    """The table with stock and flow (派出所调解工作月报)."""
    year: Tally
    """The table with the year so far (矛盾纠纷排查情况表)."""
    name: str
    """The period in words: 2026年3月."""
    now: str
    """本月, or 本期."""
    trend: tuple[tuple[str, Tally], ...]
    """The periods up to this one by their short names, the oldest first."""
    overdue: int
    """Cases past their term, on the day of the report."""
    late: int
    """Instalments past their day and not met, on the day of the report."""


def gather(session: Session, since: date, until: date, today: date) -> Facts:
    """Count everything, once each."""
    cut_off = offices.own(session).cut_off
    now, called = _called(since, until, cut_off)
    cases, stock, year = (
        shown(session, register.of(code, until), since, until) for code in ("justice", "police", "political")
    )
    return Facts(
        View(compared(session, cases), called), View(compared(session, stock), called), year,
        periods.name(since, until, cut_off), now, tuple(_trend(session, cases, cut_off)),
        rosters.number_of(session, OVERDUE, today), _late(session, today),
    )  # fmt: skip


def _called(since: date, until: date, cut_off: int | None) -> tuple[str, dict[str, str]]:
    """How this period and the others are called; of a whole year the last one is also that of last year."""
    for span, (now, before) in _WORDS.items():
        if periods.containing(span, until, cut_off) == (since, until):
            others = {BEFORE: before}
            return now, others if span is Span.YEAR else {**others, LAST_YEAR: LAST_YEAR}
    return "本期", {BEFORE: BEFORE, LAST_YEAR: LAST_YEAR}


def _trend(session: Session, cases: Tally, cut_off: int | None) -> list[tuple[str, Tally]]:
    """This table and those of the periods before it, back to the first of which nothing is known."""
    found = [(_short((cases.since, cases.until), cut_off), cases)]
    while len(found) < PERIODS:
        period = periods.previous(found[-1][1].since, found[-1][1].until, cut_off)
        tally = known(session, cases.table.code, *period)
        if tally is None or tally.basis is not cases.basis:
            break
        found.append((_short(period, cut_off), tally))
    return found[::-1]


def _short(period: Period, cut_off: int | None) -> str:
    """The name of a period without its days."""
    return periods.name(*period, cut_off).partition("（")[0]


def _late(session: Session, today: date) -> int:
    """How many instalments of the list of what is owed are past their day."""
    owed = select(func.count()).select_from(DUE.source).where(DUE.where(today), Instalment.due_on < today)
    return session.scalar(owed) or 0
