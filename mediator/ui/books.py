"""What can be closed for a period (结账): every counted table, and the account of pay per case, each by its own verbs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from mediator.domain.amounts import figures as money
from mediator.domain.amounts import yuan
from mediator.domain.figures import Closing
from mediator.services import (
    closing_chain,
    closings,
    correction_slips,
    figures,
    frozen,
    judging,
    subsidies,
    subsidy_closings,
    subsidy_slips,
)
from mediator.services.closings import Difference
from mediator.services.printouts import Printout
from mediator.services.subsidies import Entry
from mediator.services.subsidy_closings import Change
from mediator.tallies import register
from mediator.tallies.checks import Judgement, Verdict
from mediator.tallies.table import Unit

SUBSIDY = subsidies.CODE


@dataclass(frozen=True)
class Changed:
    """变动: one item of a closed period that is not what it was; the figures in words."""

    group: str
    item: str
    was: str
    now: str
    rise: str
    gone: tuple[str, ...]
    come: tuple[str, ...]
    """Life-long identities of cases."""
    altered: tuple[str, ...] = ()
    """Cases that stayed and were changed, where people or amounts are summed."""
    others: tuple[int, int] = (0, 0)
    """How many records went and came that are no cases (排查、人员)."""


def close(
    session: Session, code: str, since: date, until: date, *, by: str, now: datetime, notes: Mapping[str, str]
) -> Closing:
    """Close a period; Refusal while a check bars it, Missing until every doubt is explained."""
    if code == SUBSIDY:
        return subsidy_closings.close(session, since, until, by=by, now=now, notes=notes)
    table = register.of(code, until)
    return closings.close(session, table, since, until, by=by, now=now, notes=notes)


def correct(
    session: Session, closing: Closing, *, reason: str, by: str, now: datetime, notes: Mapping[str, str]
) -> Closing:
    """Put what is counted now in place of a closing."""
    verb = subsidy_closings.correct if closing.table == SUBSIDY else closings.correct
    return verb(session, closing, reason=reason, by=by, now=now, notes=notes)


def slip(session: Session, closing: Closing) -> Printout:
    """更正单: what a correction changed of the closing before it."""
    known = closing_chain.history(session, closing.table, closing.since, closing.until)
    before = next(one for one in known if one.serial == closing.serial - 1)
    after = next(one for one in known if one.id == closing.id)
    if closing.table == SUBSIDY:
        return Printout(subsidy_slips.slip(before, after))
    return Printout(correction_slips.slip(session, before, after))


def checks(session: Session, code: str, since: date, until: date, closing: Closing | None) -> list[Judgement]:
    """What the checks say of a period as it is now, counted in the way it was closed if it is closed."""
    if code == SUBSIDY:
        account = subsidies.checked(session, subsidies.count(session, since, until))
        return [Judgement(words, Verdict.DOUBTFUL) for words in account.doubts]
    if closing:
        return judging.judgements(session, closings.today(session, closing))
    return judging.judgements(session, figures.count(session, register.of(code, until), since, until))


def moment(today: date) -> datetime:
    """The time of day now, on the day of the desk."""
    return datetime.combine(today, datetime.now().time().replace(microsecond=0))


def changes(session: Session, closing: Closing) -> list[Changed]:
    """What would be reported otherwise today."""
    if closing.table == SUBSIDY:
        return [_paid(change) for change in subsidy_closings.differences(session, closing)]
    return [_counted(change) for change in closings.differences(session, closing)]


def is_zero(closing: Closing) -> bool:
    """Whether there was nothing to report (零报告)."""
    if closing.table == SUBSIDY:
        return not subsidy_closings.frozen(closing).entries
    return frozen.frozen(closing).is_zero


def title(closing: Closing) -> str:
    """What was closed."""
    return subsidies.TITLE if closing.table == SUBSIDY else frozen.frozen(closing).table.title


def told(closing: Closing) -> str:
    """A closing in words: 已结账 2026-04-01 陈志华."""
    what = "已结账" if closing.serial == 1 else f"已结账，{closing_chain.called(closing)}"
    zero = "（零报告）" if is_zero(closing) else ""
    return f"{what} {closing.closed_at:%Y-%m-%d} {closing.closed_by}{zero}"


def _counted(change: Difference) -> Changed:
    """Money as in the slip: in 元, so that it says the whole difference."""
    unit = change.heading.unit
    shown = yuan if unit is Unit.FEN else str
    words = "元" if unit is Unit.FEN else unit.value
    return Changed(
        change.heading.group, f"{change.label}（{words}）", shown(change.was), shown(change.now),
        _signed(change.now - change.was, shown(abs(change.now - change.was))), change.gone, change.come,
        change.altered, change.others,
    )  # fmt: skip


def _paid(change: Change) -> Changed:
    was, now = (entry.amount if entry else 0 for entry in (change.was, change.now))
    return Changed(
        change.entry.mediator, change.entry.number, _entry(change.was), _entry(change.now),
        _signed(now - was, money(abs(now - was))), () if change.now else (change.entry.uid,),
        (change.entry.uid,) if change.now else (),
    )  # fmt: skip


def _entry(entry: Entry | None) -> str:
    return f"{entry.mediator}，{entry.level.label}，{money(entry.amount)} 元" if entry else "没有计入"


def _signed(number: int, words: str) -> str:
    return f"{'+' if number > 0 else '-' if number < 0 else ''}{words}"
