"""How a case may go on (办理流程): the table of allowed moves, what each needs, and the article it stands on.

法 = 人民调解法 (2010); 若干规定 = 人民调解工作若干规定 (2002).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import QueryableAttribute

from mediator.domain.case import Case
from mediator.domain.codes import SETTLED, UNSETTLED, EventKind, Outcome, Performance, Stage
from mediator.domain.needs import (
    ACCEPTANCE,
    GUARDIAN,
    INVESTIGATION,
    MEDIATOR,
    PERFORMANCE,
    REVISIT,
    SESSION,
    TERMS,
    Need,
)  # fmt: skip
from mediator.domain.records import Event


@dataclass(frozen=True)
class Move:
    """One allowed step from a stage to another."""

    start: Stage
    to: Stage
    label: str
    """The words on the button."""
    basis: str
    """The article it stands on, or what the step is for."""
    needs: tuple[Need, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    """The results of which one must be chosen."""
    reason: Callable[[Case], bool] = lambda case: False
    """Whether a reason must be written."""

    def gaps(self, case: Case) -> list[str]:
        """What is still missing before this move, one sentence without full stop each."""
        return [need.words for need in self.needs if not need.met(case)]


def _always(case: Case) -> bool:
    return True


def _not_in_full(case: Case) -> bool:
    return case.agreement is None or case.agreement.performance is not Performance.FULL


def _suspended_from(case: Case) -> Stage | None:
    halts = [step for step in steps(case) if step.stage_to is Stage.SUSPENDED]
    return halts[-1].stage_from if halts else None


OPEN = (Stage.ACCEPTED, Stage.INFORMED, Stage.ASSIGNED, Stage.INVESTIGATED, Stage.MEDIATING)
"""The stages in which mediation is under way and its time limit runs (办理中)."""


def _resume(stage: Stage) -> Move:
    back = Need(f"本案不是在“{stage.label}”阶段中止的", lambda c: _suspended_from(c) is stage)
    return Move(Stage.SUSPENDED, stage, f"恢复到{stage.label}", "中止的原因已经消除。", (back,))


MOVES: tuple[Move, ...] = (
    Move(Stage.REGISTERED, Stage.ACCEPTED, "受理", "法第十七条、第十八条：当事人申请，或主动调解而当事人未明确拒绝。",
         ACCEPTANCE),
    Move(Stage.REGISTERED, Stage.REFUSED, "不予受理", "若干规定第二十二条：不属于民间纠纷，或已由其他机关受理、处理。",
         reason=_always),
    Move(Stage.ACCEPTED, Stage.INFORMED, "已告知", "法第二十三条、第二十四条，若干规定第三十条：调解前告知性质、原则、效力和权利义务。"),
    Move(Stage.INFORMED, Stage.ASSIGNED, "确定调解员", "法第十九条：指定或由当事人选择一名或数名调解员。", (MEDIATOR,)),
    Move(Stage.ASSIGNED, Stage.INVESTIGATED, "转入调查", "按需要调查核实。", (INVESTIGATION,)),
    Move(Stage.ASSIGNED, Stage.MEDIATING, "开始调解", "法第二十一条、第二十二条：及时、就地，听取各方意见。", (MEDIATOR, GUARDIAN)),
    Move(Stage.INVESTIGATED, Stage.MEDIATING, "开始调解", "法第二十一条、第二十二条：及时、就地，听取各方意见。", (MEDIATOR, GUARDIAN)),
    Move(Stage.MEDIATING, Stage.SETTLED, "达成协议", "法第二十八条至第三十条：可以制作协议书，也可以口头达成并由调解员记录。",
         (SESSION, TERMS, MEDIATOR, GUARDIAN), SETTLED),
    *(Move(stage, Stage.UNSETTLED, "调解终止", "法第二十六条：调解不成的终止调解，告知可以通过仲裁、行政、司法途径维权。",
           outcomes=UNSETTLED, reason=_always) for stage in (*OPEN, Stage.SUSPENDED)),
    *(Move(stage, Stage.SUSPENDED, "中止", "出现暂时不能调解的情形。", reason=_always) for stage in OPEN),
    *(_resume(stage) for stage in OPEN),
    Move(Stage.SETTLED, Stage.PERFORMED, "转入履行", "法第三十一条：调委会监督协议履行。", (PERFORMANCE,), reason=_not_in_full),
    Move(Stage.SETTLED, Stage.REVISITED, "转入回访", "若干规定第三十七条：回访并记录履行情况。", (REVISIT,)),
    Move(Stage.SETTLED, Stage.CLOSED, "结案", "法第二十七条：建立调解工作档案。", (PERFORMANCE,), reason=_not_in_full),
    Move(Stage.PERFORMED, Stage.REVISITED, "转入回访", "若干规定第三十七条：回访并记录履行情况。", (REVISIT,)),
    Move(Stage.PERFORMED, Stage.CLOSED, "结案", "法第二十七条：建立调解工作档案。", (PERFORMANCE,)),
    Move(Stage.REVISITED, Stage.PERFORMED, "转入履行", "法第三十一条：调委会监督协议履行。", (PERFORMANCE,), reason=_not_in_full),
    Move(Stage.REVISITED, Stage.CLOSED, "结案", "法第二十七条：建立调解工作档案。", (PERFORMANCE,)),
    Move(Stage.UNSETTLED, Stage.CLOSED, "结案", "法第二十七条：建立调解工作档案。"),
    Move(Stage.CLOSED, Stage.ARCHIVED, "归档", "法第二十七条：归档后只能查阅，不能改动。"),
    Move(Stage.REFUSED, Stage.ARCHIVED, "归档", "法第二十七条：归档后只能查阅，不能改动。"),
)  # fmt: skip

DAYS: dict[Stage, QueryableAttribute[Any]] = {
    Stage.ACCEPTED: Case.accepted_on,
    Stage.INFORMED: Case.informed_on,
    Stage.SETTLED: Case.concluded_on,
    Stage.UNSETTLED: Case.concluded_on,
    Stage.CLOSED: Case.closed_on,
    Stage.ARCHIVED: Case.archived_on,
}
"""The field that keeps the day on which a stage was reached."""

STRIP: tuple[Stage, ...] = (
    Stage.REGISTERED, Stage.ACCEPTED, Stage.INFORMED, Stage.ASSIGNED, Stage.MEDIATING, Stage.SETTLED,
    Stage.PERFORMED, Stage.REVISITED, Stage.CLOSED, Stage.ARCHIVED,
)  # fmt: skip
"""The ordinary road, as the strip at the head of a case shows it."""


def moves_from(case: Case) -> list[Move]:
    """The moves open to a case now; of the ways back from a suspension only the one that fits."""
    origin = _suspended_from(case) if case.stage is Stage.SUSPENDED else None
    return [
        move
        for move in MOVES
        if move.start is case.stage and (origin is None or move.to in (origin, Stage.UNSETTLED))
    ]


def find(case: Case, to: Stage) -> Move | None:
    """The move from where the case is to a stage, or None if there is no such move."""
    return next((move for move in MOVES if move.start is case.stage and move.to is to), None)


def steps(case: Case) -> list[Event]:
    """The steps on the road so far, oldest first; those that were taken back are left out."""
    taken: list[Event] = []
    turns: list[Event | None] = []
    """What each turn took off the road; None if it put one on."""
    for entry in case.events:
        if entry.kind is EventKind.MOVED and entry.stage_from:
            taken.append(entry)
            turns.append(None)
        elif entry.kind is EventKind.STEPPED_BACK and taken:
            turns.append(taken.pop())
        elif entry.kind is EventKind.UNDONE and entry.stage_to and turns:
            off = turns.pop()
            if off is None:
                taken.pop()
            else:
                taken.append(off)
    return taken


def extensions(case: Case) -> list[Event]:
    """Every time the limit was put off (延期) and that still stands, oldest first."""
    standing: list[Event] = []
    for entry in case.events:
        if entry.kind is EventKind.EXTENDED:
            standing.append(entry)
        elif entry.kind is EventKind.UNDONE and entry.on and standing:
            standing.pop()
    return standing


def day_of(start: Stage, to: Stage) -> QueryableAttribute[Any] | None:
    """The field that keeps the day of a step; a return from suspension has none, the first day stands."""
    return None if start is Stage.SUSPENDED and to in OPEN else DAYS.get(to)


def last_day(case: Case) -> date:
    """The latest day recorded on the road so far; no later step may lie before it."""
    days: list[date | None] = [getattr(case, attribute.key) for attribute in DAYS.values()]
    days += [
        e.on for e in steps(case) if e.stage_from and e.stage_to and not day_of(e.stage_from, e.stage_to)
    ]
    return max([case.registered_on, *(day for day in days if day is not None)])
