"""Taking a case from stage to stage (办理): each move is checked, dated and written into its history."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from mediator.domain.calendar import in_words, months_later
from mediator.domain.case import Case
from mediator.domain.codes import EventKind, Outcome, Stage
from mediator.domain.errors import Missing, Refusal, Stale
from mediator.domain.fields import field_of
from mediator.domain.stages import DAYS, OPEN, Move, day_of, extensions, find, last_day, moves_from, steps
from mediator.services import merging
from mediator.services.cases import event, guard, touch
from mediator.services.offices import own
from mediator.services.signing import take_effect


def advance(
    session: Session, case: Case, to: Stage, *, by: str, on: date, today: date,
    outcome: Outcome | None = None, reason: str = "", seen: Stage | None = None,
) -> Case:  # fmt: skip
    """Take one allowed step; Refusal says what is missing or which steps are open instead.

    ``seen`` is the stage the person saw: Stale if somebody else has gone on since.
    """
    _check_seen(case, seen, f"转到“{to.label}”")
    move = find(case, to)
    if move is None:
        raise Refusal(_not_allowed(case, to))
    gaps = move.gaps(case) + _choices_missing(case, move, outcome, reason)
    if gaps:
        raise Missing(f"{case.number} 还不能{move.label}", gaps)
    _check_day(case, on, today)
    day = day_of(case.stage, to)
    case.events.append(
        event(EventKind.MOVED, by, stage_from=case.stage, stage_to=to, on=on, reason=reason.strip(),
              detail=outcome.label if outcome else "")
    )  # fmt: skip
    case.stage = to
    if day is not None:
        setattr(case, day.key, on)
    if move.outcomes:
        case.outcome = outcome
    _follow(session, case, to, on)
    touch(session, case)
    return case


def step_back(session: Session, case: Case, *, by: str, reason: str, seen: Stage | None = None) -> Case:
    """Undo the last step, with a reason; the history keeps both. ``seen`` as in ``advance``."""
    _check_seen(case, seen, "退回")
    if not reason.strip():
        raise Refusal("退回上一步要写明原因。")
    taken = steps(case)
    if not taken or taken[-1].stage_from is None:
        raise Refusal(f"{case.number} 还在登记阶段，没有上一步可退。")
    left, case.stage = case.stage, taken[-1].stage_from
    day = day_of(case.stage, left)
    if day is not None:
        setattr(case, day.key, None)
    if left in (Stage.SETTLED, Stage.UNSETTLED):
        case.outcome = None
        _date_agreement(session, case)
    if case.stage is Stage.REGISTERED:
        case.due_on = None
    back = event(EventKind.STEPPED_BACK, by, stage_from=left, stage_to=case.stage, reason=reason.strip())
    case.events.append(back)
    touch(session, case)
    return case


def redate(
    session: Session, case: Case, stage: Stage, on: date, *, by: str, reason: str, today: date,
    was: Mapping[str, object] | None = None,
) -> Case:  # fmt: skip
    """Correct the day on which a stage was reached (更正日期), with a reason; the history keeps both days.

    ``was`` is the day that was seen, by its key on the case, as in ``cases.fill``.
    """
    guard(case, reason)
    attribute = DAYS.get(stage)
    before = getattr(case, attribute.key) if attribute is not None else None
    if attribute is None or before is None:
        raise Refusal(f"{case.number} 没有记下“{stage.label}”的日期，不需要更正。")
    if not reason.strip():
        raise Refusal("更正日期要写明原因。")
    merging.check(case, merging.met(case, {attribute.key: on}, was))
    _check_between(case, stage, on, today)
    setattr(case, attribute.key, on)
    _date_agreement(session, case)
    if stage is Stage.ACCEPTED and not extensions(case):
        case.due_on = months_later(on, own(session).month_limit or 1)
    detail = f"{field_of(attribute).label}由{in_words(before)}改为{in_words(on)}"
    case.events.append(event(EventKind.CHANGED, by, on=on, detail=detail, reason=reason.strip()))
    touch(session, case)
    return case


def extend(
    session: Session, case: Case, until: date, *, by: str, reason: str,
    was: Mapping[str, object] | None = None,
) -> Case:  # fmt: skip
    """Put off the time limit by consent of the parties (若干规定 第三十三条), with a reason.

    ``was`` is the time limit that was seen, by its key on the case, as in ``cases.fill``.
    """
    if case.stage not in (*OPEN, Stage.SUSPENDED) or case.due_on is None:
        raise Refusal(f"{case.number} 不在办理期限内，不需要延期。")
    merging.check(case, merging.met(case, {Case.due_on.key: until}, was))
    if until <= case.due_on:
        raise Refusal(f"延期后的期限要晚于现在的期限 {in_words(case.due_on)}。")
    if not reason.strip():
        raise Refusal("延期要写明原因和各方是否同意。")
    detail = f"{in_words(case.due_on)}改为{in_words(until)}"
    case.due_on = until
    case.events.append(event(EventKind.EXTENDED, by, on=until, detail=detail, reason=reason.strip()))
    touch(session, case)
    return case


def _check_seen(case: Case, seen: Stage | None, doing: str) -> None:
    if seen is not None and case.stage is not seen:
        hand = merging.last_hand(case, Case.stage.key)
        who = f"{hand.by}在{merging.when(hand.at)}" if hand else "别人刚刚"
        raise Stale(
            f"{who}把 {case.number} 办到了“{case.stage.label}”，您这一次没有{doing}；请看过现在的情况再办。",
            table=Case.__tablename__,
        )


def _not_allowed(case: Case, to: Stage) -> str:
    if to is case.stage:
        return f"{case.number} 现在就在“{to.label}”阶段。"
    open_steps = "、".join(f"“{move.to.label}”" for move in moves_from(case))
    onward = f"现在可以转到{open_steps}" if open_steps else "它已经办完，不能再往下转"
    return f"{case.number} 现在是“{case.stage.label}”，不能直接转到“{to.label}”；{onward}。"


def _choices_missing(case: Case, move: Move, outcome: Outcome | None, reason: str) -> list[str]:
    gaps = []
    if move.outcomes and outcome not in move.outcomes:
        gaps.append("请选择调解结果：" + "、".join(o.label for o in move.outcomes))
    if move.reason(case) and not reason.strip():
        gaps.append("请写明原因")
    return gaps


def _check_day(case: Case, on: date, today: date) -> None:
    if on > today:
        raise Refusal(f"日期 {in_words(on)} 还没到，请填今天或以前的日期。")
    if on < last_day(case):
        raise Refusal(f"日期 {in_words(on)} 早于上一步的 {in_words(last_day(case))}，请核对。")


def _check_between(case: Case, stage: Stage, on: date, today: date) -> None:
    """A corrected day must stay between the days of the steps before and after it."""
    days = {attribute.key: getattr(case, attribute.key) for attribute in DAYS.values()}
    order = [case.registered_on, *(day for day in days.values() if day is not None)]
    at = 1 + [key for key, day in days.items() if day is not None].index(DAYS[stage].key)
    earliest, latest = order[at - 1], order[at + 1] if at + 1 < len(order) else today
    if not earliest <= on <= min(latest, today):
        raise Refusal(f"日期应在 {in_words(earliest)} 和 {in_words(min(latest, today))} 之间，请核对。")


def _follow(session: Session, case: Case, to: Stage, on: date) -> None:
    """What follows from a step: the time limit from acceptance, the days of the agreement."""
    if to is Stage.ACCEPTED and case.due_on is None:
        case.due_on = months_later(on, own(session).month_limit or 1)
    if to in (Stage.SETTLED, Stage.UNSETTLED):
        _date_agreement(session, case)


def _date_agreement(session: Session, case: Case) -> None:
    """An agreement was reached on the day of the result; from when it has effect follows from that."""
    if case.agreement is None:
        return
    settled = case.outcome is not None and case.outcome.settled
    case.agreement.reached_on = case.concluded_on if settled else None
    take_effect(session, case)
