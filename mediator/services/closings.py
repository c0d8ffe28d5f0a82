"""Closing a period (结账): a table's figures are frozen with the cases behind them; later edits show as differences.

What has changed since is reported by a correction (更正), which is a closing of its own with the reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.errors import Refusal
from mediator.domain.figures import Closing
from mediator.domain.periods import days
from mediator.services import case_lists, closing_chain, listing, offices
from mediator.services.case_lists import Members
from mediator.services.frozen import frozen
from mediator.services.judging import judgements
from mediator.tallies import count as counting
from mediator.tallies import register, shape
from mediator.tallies.checks import Judgement, Verdict
from mediator.tallies.table import Heading, Table
from mediator.tallies.tally import Tally

_AT_ONCE = 500


@dataclass(frozen=True)
class Difference:
    """One item that is not what it was: both figures in whole units, and the cases that are gone and have come."""

    heading: Heading
    was: int
    now: int
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    """Life-long identities of cases."""
    so_far: bool = False
    """Whether the figures are those of the year so far (年度累计) and not of the period."""

    @property
    def label(self) -> str:
        """The name of the item."""
        return f"{self.heading.label}（年度累计）" if self.so_far else self.heading.label


def close(
    session: Session, table: Table, since: date, until: date, *, by: str, now: datetime,
    notes: Mapping[str, str] | None = None,
) -> Closing:  # fmt: skip
    """Freeze a table for a period. Refusal while a hard check fails, Missing until every soft one is explained."""
    closing_chain.check_over(table.title, until, now.date())
    closing_chain.check_open(table.title, standing(session, table, since, until))
    tally = counting.count(session, table, offices.own(session).basis, since, until)
    return _enter(session, tally, notes or {}, {}, reason="", by=by, now=now)


def standing(session: Session, table: Table, since: date, until: date) -> Closing | None:
    """The closing that counts for a period: the newest, or None while it is open."""
    return closing_chain.standing(session, table.code, since, until)


def differences(session: Session, closing: Closing) -> list[Difference]:
    """What would be counted otherwise today, by the edition and the day (口径) the period was closed with."""
    return _compare(session, closing, _today(session, closing))


def correct(
    session: Session, closing: Closing, *, reason: str, by: str, now: datetime,
    notes: Mapping[str, str] | None = None,
) -> Closing:  # fmt: skip
    """Freeze what is counted now in place of a closing; what was explained before and still stands stays explained."""
    tally = _today(session, closing)
    title = tally.table.title
    words = closing_chain.check_reason(title, reason)
    closing_chain.check_newest(session, title, closing)
    if not _compare(session, closing, tally):
        raise Refusal(f"《{title}》{days(closing.since, closing.until)}的数字和结账时一样，不需要更正。")
    explained = dict(closing_chain.notes_of(closing))
    return _enter(session, tally, notes or {}, explained, reason=words, by=by, now=now)


def between(before: Closing, after: Closing) -> list[Difference]:
    """What a later closing of the same table and period says otherwise."""
    if (before.table, before.since, before.until) != (after.table, after.since, after.until):
        raise Refusal("这两次结账不是同一张表的同一个报告期，不能比较。")
    return _changes(
        frozen(before), frozen(after), case_lists.read(before.cases), case_lists.read(after.cases)
    )


def behind(session: Session, closing: Closing, column: str, *, limit: int = 1000) -> list[listing.Row]:
    """The cases that stood behind a number when it was closed, as they are now, newest first."""
    members = case_lists.read(closing.cases)
    ids = _ids(session, [uid for uid, names in members.items() if column in names])
    return listing.of_ids(session, sorted(ids, reverse=True)[:limit])


def numbers(session: Session, uids: Iterable[str]) -> dict[str, str]:
    """The numbers (卷号) of the cases of some identities."""
    wanted = list(uids)
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = Case.uid.in_(wanted[start : start + _AT_ONCE])
        found |= {row.uid: row.number for row in session.execute(select(Case.uid, Case.number).where(some))}
    return found


def _ids(session: Session, uids: list[str]) -> list[int]:
    found: list[int] = []
    for start in range(0, len(uids), _AT_ONCE):
        found += session.scalars(select(Case.id).where(Case.uid.in_(uids[start : start + _AT_ONCE])))
    return found


def _today(session: Session, closing: Closing) -> Tally:
    table = register.edition(closing.table, closing.edition)
    return counting.count(session, table, closing.basis, closing.since, closing.until)


def _compare(session: Session, closing: Closing, tally: Tally) -> list[Difference]:
    return _changes(frozen(closing), tally, case_lists.read(closing.cases), _members(session, tally))


def _enter(
    session: Session, tally: Tally, notes: Mapping[str, str], before: Mapping[str, str], *, reason: str, by: str,
    now: datetime,
) -> Closing:  # fmt: skip
    """Check a table and freeze it; an explanation given before holds where the same doubt still stands."""
    title, checks = tally.table.title, judgements(session, tally)
    failures = _of(checks, Verdict.FAILED)
    if failures:
        raise Refusal(
            f"《{title}》没有通过核对：{'；'.join(failures)}。请先改正有关案件，已结账的表先作更正，再来结账。"
        )
    doubts = _of(checks, Verdict.DOUBTFUL)
    still = {words: note for words, note in before.items() if words in doubts}
    explained = closing_chain.explained(title, doubts, {**still, **notes})
    judged = [{"words": check.words, "verdict": check.verdict.value} for check in checks]
    return closing_chain.enter(
        session, code=tally.table.code, edition=tally.table.edition, basis=tally.basis, since=tally.since,
        until=tally.until, body=shape.to_json(tally) | {"checks": judged},
        cases=case_lists.written(_members(session, tally)), notes=explained, reason=reason, by=by, now=now,
    )  # fmt: skip


def _of(checks: Iterable[Judgement], verdict: Verdict) -> list[str]:
    return [check.words for check in checks if check.verdict is verdict]


def _members(session: Session, tally: Tally) -> Members:
    return case_lists.counted(session, tally.table, tally.basis, tally.since, tally.until)


def _changes(was: Tally, now: Tally, before: Members, after: Members) -> list[Difference]:
    gone, come = case_lists.moved(before, after)
    found = []
    for heading in {heading.name: heading for heading in (*now.headings, *was.headings)}.values():
        name = heading.name
        cases = tuple(gone.get(name, ())), tuple(come.get(name, ()))
        found.append(Difference(heading, was.values.get(name, 0), now.values.get(name, 0), *cases))
        found.append(Difference(heading, was.so_far.get(name, 0), now.so_far.get(name, 0), so_far=True))
    return [d for d in found if d.was != d.now or d.gone or d.come]
