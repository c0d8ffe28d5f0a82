"""Closing a period (结账): a table's figures are frozen with the cases behind them; later edits show as differences.

What has changed since is reported by a correction (更正), which is a closing of its own with the reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.errors import Refusal
from mediator.domain.figures import Closing
from mediator.domain.periods import days
from mediator.domain.roles import Power
from mediator.services import access, altered, case_lists, closing_chain, listing, offices
from mediator.services.batches import in_batches
from mediator.services.case_lists import Members
from mediator.services.frozen import frozen
from mediator.services.judging import judgements
from mediator.tallies import count as counting
from mediator.tallies import register, shape
from mediator.tallies.checks import Judgement, Verdict
from mediator.tallies.table import Heading, Table, Unit
from mediator.tallies.tally import Tally

_BY_TYPE = "type_"
"""Begins the names of the columns that count by the office's type."""
_NEW_TYPE = "调委会类型改了"


@dataclass(frozen=True)
class Difference:
    """One item that is not what it was: both figures in whole units, and what is gone and has come."""

    heading: Heading
    was: int
    now: int
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    """Life-long identities of cases."""
    others: tuple[int, int] = (0, 0)
    """How many are gone and have come of what are no cases (排查, 调解员)."""
    so_far: bool = False
    """Whether the figures are those of the year so far (年度累计) and not of the period."""
    cause: str = ""
    """Why it is another figure, where that has nothing to do with any one case."""
    altered: tuple[str, ...] = ()
    """Cases counted then and now whose content was changed in between, where people or amounts are summed."""

    @property
    def label(self) -> str:
        """The name of the item, with the cause where one is known."""
        also = ("年度累计" if self.so_far else "", self.cause)
        return self.heading.label + "".join(f"（{words}）" for words in also if words)


def close(
    session: Session, table: Table, since: date, until: date, *, by: str, now: datetime,
    notes: Mapping[str, str] | None = None,
) -> Closing:  # fmt: skip
    """Freeze a table for a period. Refusal while a hard check fails, Missing until every soft one is explained."""
    access.need(session, Power.CLOSE)
    closing_chain.check_over(table.title, until, now.date())
    closing_chain.check_open(table.title, standing(session, table, since, until))
    tally = counting.count(session, table, offices.own(session).basis, since, until)
    return _enter(session, tally, notes or {}, None, reason="", by=by, now=now)


def standing(session: Session, table: Table, since: date, until: date) -> Closing | None:
    """The closing that counts for a period: the newest, or None while it is open."""
    return closing_chain.standing(session, table.code, since, until)


def today(session: Session, closing: Closing) -> Tally:
    """What is counted now, by the edition, the day (口径) and the year so far the period was closed with."""
    table, year = register.edition(closing.table, closing.edition), frozen(closing).year
    return counting.count(session, table, closing.basis, closing.since, closing.until, year=year)


def differences(session: Session, closing: Closing) -> list[Difference]:
    """What would be counted otherwise today."""
    return _compare(session, closing, today(session, closing))


def correct(
    session: Session, closing: Closing, *, reason: str, by: str, now: datetime,
    notes: Mapping[str, str] | None = None,
) -> Closing:  # fmt: skip
    """Freeze what is counted now in place of a closing; what was explained before and still stands stays explained."""
    access.need(session, Power.CLOSE)
    tally = today(session, closing)
    title = tally.table.title
    words = closing_chain.check_reason(title, reason)
    closing_chain.check_newest(session, title, closing)
    if not _compare(session, closing, tally):
        raise Refusal(f"《{title}》{days(closing.since, closing.until)}的数字和结账时一样，不需要更正。")
    return _enter(session, tally, notes or {}, closing, reason=words, by=by, now=now)


def between(session: Session, before: Closing, after: Closing) -> list[Difference]:
    """What a later closing of the same table and period says otherwise."""
    if (before.table, before.since, before.until) != (after.table, after.since, after.until):
        raise Refusal("这两次结账不是同一张表的同一个报告期，不能比较。")
    was, now = members(session, before), members(session, after)
    touched = altered.since(session, before, after)
    return _named(_changes(frozen(before), frozen(after), was, now), was, now, touched)


def behind(
    session: Session, closing: Closing, column: str, *, so_far: bool = False, limit: int = 1000
) -> list[listing.Row]:
    """The cases that stood behind a number when it was closed, as they are now, newest first; at most ``limit`` are looked up."""
    uids = members(session, closing).of(column, so_far=so_far)[-limit:]
    return listing.of_ids(session, session.scalars(select(Case.id).where(Case.uid.in_(uids))).all())


def members(session: Session, closing: Closing) -> Members:
    """What stood behind every number when it was closed; read only where it is asked for, as it is much."""
    return case_lists.read(session.scalars(select(Closing.cases).where(Closing.id == closing.id)).one())


def numbers(session: Session, uids: Iterable[str]) -> dict[str, str]:
    """The numbers (卷号) of the cases of some identities."""
    wanted = list(uids)
    found: dict[str, str] = {}
    for some in in_batches(wanted):
        rows = session.execute(select(Case.uid, Case.number).where(Case.uid.in_(some)))
        found |= {row.uid: row.number for row in rows}
    return found


def _compare(session: Session, closing: Closing, tally: Tally) -> list[Difference]:
    was, now = members(session, closing), _counted(session, tally)
    changes = _changes(frozen(closing), tally, was, now)
    return _named(changes, was, now, altered.since(session, closing)) if changes else changes


def _named(
    changes: list[Difference], was: Members, now: Members, touched: frozenset[str]
) -> list[Difference]:
    """The same with the cases that stayed and were changed, for the sums that moved."""
    if not touched:
        return changes
    found = []
    for change in changes:
        if change.heading.unit is Unit.CASES or change.was == change.now or change.cause:
            found.append(change)
            continue
        there = set(was.of(change.heading.name, so_far=change.so_far))
        stayed = (uid for uid in now.of(change.heading.name, so_far=change.so_far) if uid in there)
        found.append(replace(change, altered=tuple(uid for uid in stayed if uid in touched)))
    return found


def _enter(
    session: Session, tally: Tally, notes: Mapping[str, str], follows: Closing | None, *, reason: str, by: str,
    now: datetime,
) -> Closing:  # fmt: skip
    """Check a table and freeze it; an explanation given before holds where the same doubt still stands."""
    title, checks = tally.table.title, judgements(session, tally)
    _refuse_failures(session, title, checks)
    doubts = _of(checks, Verdict.DOUBTFUL)
    before = closing_chain.notes_of(follows) if follows else {}
    still = {words: note for words, note in before.items() if words in doubts}
    explained = closing_chain.explained(title, doubts, {**still, **notes})
    judged = [{"words": check.words, "verdict": check.verdict.value} for check in checks]
    return closing_chain.enter(
        session, code=tally.table.code, edition=tally.table.edition, basis=tally.basis, since=tally.since,
        until=tally.until, body=shape.to_json(tally) | {"checks": judged},
        cases=case_lists.written(_counted(session, tally)), notes=explained, reason=reason, by=by, now=now,
        follows=follows,
    )  # fmt: skip


def _refuse_failures(session: Session, title: str, checks: Iterable[Judgement]) -> None:
    """Refuse while a hard check fails; a table it is held against is to be corrected only where that one is closed."""
    failed = [check for check in checks if check.verdict is Verdict.FAILED]
    if not failed:
        return
    others = (one for check in failed for one in check.against)
    shut = any(closing_chain.standing(session, one.table, one.since, one.until) for one in others)
    also = "；对照的那张表已经结账，它错了就先更正它" if shut else ""
    raise Refusal(
        f"《{title}》没有通过核对：{'；'.join(_of(failed, Verdict.FAILED))}。请先改正有关案件{also}。"
    )


def _of(checks: Iterable[Judgement], verdict: Verdict) -> list[str]:
    return [check.words for check in checks if check.verdict is verdict]


def _counted(session: Session, tally: Tally) -> Members:
    return case_lists.counted(session, tally.table, tally.basis, tally.since, tally.until, tally.year)


def _changes(was: Tally, now: Tally, before: Members, after: Members) -> list[Difference]:
    gone, come = case_lists.moved(before, after)
    found = []
    for heading in {heading.name: heading for heading in (*now.headings, *was.headings)}.values():
        for so_far, old, new in ((False, was.values, now.values), (True, was.so_far, now.so_far)):
            name = heading.name + case_lists.SO_FAR if so_far else heading.name
            (went, others_gone), (came, others_come) = (
                _parted(gone.get(name, ())),
                _parted(come.get(name, ())),
            )
            figures = old.get(heading.name, 0), new.get(heading.name, 0)
            found.append(Difference(heading, *figures, went, came, (others_gone, others_come), so_far))
    return _retyped([d for d in found if d.was != d.now or d.gone or d.come or any(d.others)])


def _retyped(changes: list[Difference]) -> list[Difference]:
    """The same where the office changed its type (调委会类型): all its cases are in another column, though none was changed."""
    by_type = [change for change in changes if change.heading.name.startswith(_BY_TYPE)]
    if not (
        any(change.was and not change.now for change in by_type) and any(c.now and not c.was for c in by_type)
    ):
        return changes
    return [
        replace(change, gone=(), come=(), others=(0, 0), cause=_NEW_TYPE) if change in by_type else change
        for change in changes
    ]


def _parted(things: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """The cases among some things, and how many others there are."""
    cases = tuple(thing for thing in things if case_lists.is_case(thing))
    return cases, len(things) - len(cases)
