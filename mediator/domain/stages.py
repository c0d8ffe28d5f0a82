"""How a case may go on (办理流程): the table of allowed moves, what each needs, and the article it stands on.

法 = 人民调解法 (2010); 若干规定 = 人民调解工作若干规定 (2002).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import QueryableAttribute

from mediator.domain.case import Case
from mediator.domain.codes import SETTLED, UNSETTLED, EventKind, Outcome, Performance, Side, Source, Stage


@dataclass(frozen=True)
class Need:
    """One thing a move asks for; ``words`` say what to do when it is not met."""

    words: str
    met: Callable[[Case], bool]


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
    moves = [e for e in case.events if e.kind is EventKind.MOVED and e.stage_to is Stage.SUSPENDED]
    return moves[-1].stage_from if moves else None


_APPLICANT = Need("请填写申请人", lambda c: any(p.name for p in c.side(Side.APPLICANT)))
_RESPONDENT = Need("请填写被申请人", lambda c: any(p.name for p in c.side(Side.RESPONDENT)))
_KIND = Need("请选择纠纷类型", lambda c: c.kind is not None)
_SUMMARY = Need("请填写纠纷简要情况", lambda c: bool(c.summary))
_REFERRER = Need(
    "请选择委托移送单位类别", lambda c: c.source is not Source.REFERRAL or c.referrer is not None
)
_MEDIATOR = Need("请确定至少一名没有回避的调解员", lambda c: bool(c.mediators))
_INVESTIGATION = Need("请先记一份调查记录", lambda c: bool(c.investigations))
_GUARDIAN = Need(
    "未成年当事人还没有填监护人", lambda c: not any(p.lacks_guardian(c.registered_on) for p in c.parties)
)
_SESSION = Need("请先记一份调解记录", lambda c: bool(c.sessions))
_TERMS = Need(
    "请填写协议事项或其他约定",
    lambda c: c.agreement is not None and bool(c.agreement.items or c.agreement.terms),
)
_PERFORMANCE = Need(
    "请在“协议与履行”里记下履行情况",
    lambda c: c.agreement is not None and c.agreement.performance is not None,
)
_REVISIT = Need("请先记一份回访记录", lambda c: bool(c.revisits))

OPEN = (Stage.ACCEPTED, Stage.INFORMED, Stage.ASSIGNED, Stage.INVESTIGATED, Stage.MEDIATING)
"""The stages in which mediation is under way and its time limit runs (办理中)."""


def _resume(stage: Stage) -> Move:
    back = Need(f"本案不是在“{stage.label}”阶段中止的", lambda c: _suspended_from(c) is stage)
    return Move(Stage.SUSPENDED, stage, f"恢复到{stage.label}", "中止的原因已经消除。", (back,))


MOVES: tuple[Move, ...] = (
    Move(Stage.REGISTERED, Stage.ACCEPTED, "受理", "法第十七条、第十八条:当事人申请,或主动调解而当事人未明确拒绝。",
         (_APPLICANT, _RESPONDENT, _KIND, _SUMMARY, _REFERRER)),
    Move(Stage.REGISTERED, Stage.REFUSED, "不予受理", "若干规定第二十二条:不属于民间纠纷,或已由其他机关受理、处理。",
         reason=_always),
    Move(Stage.ACCEPTED, Stage.INFORMED, "已告知权利义务", "法第二十三条、第二十四条,若干规定第三十条:调解前告知性质、原则、效力和权利义务。"),
    Move(Stage.INFORMED, Stage.ASSIGNED, "确定调解员", "法第十九条:指定或由当事人选择一名或数名调解员。", (_MEDIATOR,)),
    Move(Stage.ASSIGNED, Stage.INVESTIGATED, "调查完毕", "按需要调查核实。", (_INVESTIGATION,)),
    Move(Stage.ASSIGNED, Stage.MEDIATING, "开始调解", "法第二十一条、第二十二条:及时、就地,听取各方意见。", (_MEDIATOR, _GUARDIAN)),
    Move(Stage.INVESTIGATED, Stage.MEDIATING, "开始调解", "法第二十一条、第二十二条:及时、就地,听取各方意见。", (_MEDIATOR, _GUARDIAN)),
    Move(Stage.MEDIATING, Stage.SETTLED, "达成协议", "法第二十八条至第三十条:可以制作协议书,也可以口头达成并由调解员记录。",
         (_SESSION, _TERMS, _MEDIATOR, _GUARDIAN), SETTLED),
    *(Move(stage, Stage.UNSETTLED, "调解终止", "法第二十六条:调解不成的终止调解,告知可以通过仲裁、行政、司法途径维权。",
           outcomes=UNSETTLED, reason=_always) for stage in (*OPEN, Stage.SUSPENDED)),
    *(Move(stage, Stage.SUSPENDED, "中止", "出现暂时不能调解的情形。", reason=_always) for stage in OPEN),
    *(_resume(stage) for stage in OPEN),
    Move(Stage.SETTLED, Stage.PERFORMED, "履行情况已记", "法第三十一条:调委会监督协议履行。", (_PERFORMANCE,), reason=_not_in_full),
    Move(Stage.SETTLED, Stage.REVISITED, "已回访", "若干规定第三十七条:回访并记录履行情况。", (_REVISIT,)),
    Move(Stage.SETTLED, Stage.CLOSED, "结案", "法第二十七条:建立调解工作档案。", (_PERFORMANCE,), reason=_not_in_full),
    Move(Stage.PERFORMED, Stage.REVISITED, "已回访", "若干规定第三十七条:回访并记录履行情况。", (_REVISIT,)),
    Move(Stage.PERFORMED, Stage.CLOSED, "结案", "法第二十七条:建立调解工作档案。", (_PERFORMANCE,)),
    Move(Stage.REVISITED, Stage.PERFORMED, "履行情况已记", "法第三十一条:调委会监督协议履行。", (_PERFORMANCE,), reason=_not_in_full),
    Move(Stage.REVISITED, Stage.CLOSED, "结案", "法第二十七条:建立调解工作档案。", (_PERFORMANCE,)),
    Move(Stage.UNSETTLED, Stage.CLOSED, "结案", "法第二十七条:建立调解工作档案。"),
    Move(Stage.CLOSED, Stage.ARCHIVED, "归档", "法第二十七条:归档后只能查阅,不能改动。"),
    Move(Stage.REFUSED, Stage.ARCHIVED, "归档", "法第二十七条:归档后只能查阅,不能改动。"),
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


def last_day(case: Case) -> date:
    """The latest day recorded on the road so far; no later step may lie before it."""
    days: list[date | None] = [getattr(case, attribute.key) for attribute in DAYS.values()]
    return max([case.registered_on, *(day for day in days if day is not None)])
