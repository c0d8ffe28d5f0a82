"""What is written down along the way: assignments, investigations, sessions, revisits and events."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediator.domain import fields
from mediator.domain.base import NEVER_AGAIN, Base
from mediator.domain.codes import Duty, EventKind, Performance, Satisfaction, SessionResult, Stage, VisitWay
from mediator.domain.people import Staff

if TYPE_CHECKING:
    from mediator.domain.case import Case


class Assignment(Base):
    """调解员分工: a mediator in a case (人民调解法 第十九条), and whether they stepped aside (回避)."""

    __tablename__ = "assignment"
    __table_args__ = NEVER_AGAIN
    title = "调解员"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    duty: Mapped[Duty] = fields.code(Duty, "分工", sample=Duty.LEAD, default=Duty.LEAD)
    recusal: Mapped[str] = fields.line(
        "回避原因", sample="与被申请人是亲属", help="填了原因，即视为已回避，不再参加本案。", most=200
    )

    case: Mapped[Case] = relationship(back_populates="assignments")
    staff: Mapped[Staff] = relationship(lazy="joined")


class Investigation(Base):
    """调查: one talk with one person, or one look at a place."""

    __tablename__ = "investigation"
    __table_args__ = NEVER_AGAIN
    title = "调查记录"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    held_at: Mapped[datetime] = fields.moment("调查时间", sample="2026-03-02T09:30")
    place: Mapped[str] = fields.line("调查地点", sample="滨江社区调解室", most=200)
    respondent: Mapped[str] = fields.name("被调查人", sample="马兰艳")
    others: Mapped[str] = fields.line("调查参加人", sample="楼长", most=200)
    investigator: Mapped[str] = fields.name("调查人", sample="陈志华")
    recorder: Mapped[str] = fields.name("调查记录人", sample="赵丽娟")
    record: Mapped[str] = fields.text(
        "调查内容", sample="问：什么时候开始漏水？答：三月一日夜里。", most=50_000
    )

    case: Mapped[Case] = relationship(back_populates="investigations")


class Session(Base):
    """调解: one session of mediation with its record (调解记录)."""

    __tablename__ = "session"
    __table_args__ = NEVER_AGAIN
    title = "调解"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    held_at: Mapped[datetime] = fields.moment("调解时间", sample="2026-03-05T14:00")
    place: Mapped[str] = fields.line("调解地点", sample="滨江派出所调解室", most=200)
    mediators: Mapped[str] = fields.line("到场调解员", sample="陈志华、马秀英", most=200)
    recorder: Mapped[str] = fields.name("记录人", sample="赵丽娟")
    attendants: Mapped[str] = fields.line("参加人", sample="双方当事人、楼长", most=500)
    record: Mapped[str] = fields.text("调解情况", sample="双方各自陈述了经过。", most=50_000)
    result: Mapped[SessionResult] = fields.code(
        SessionResult, "本次结果", sample=SessionResult.CONTINUED, default=SessionResult.CONTINUED
    )

    case: Mapped[Case] = relationship(back_populates="sessions")


class Revisit(Base):
    """回访: one look, after the agreement, at how it is kept."""

    __tablename__ = "revisit"
    __table_args__ = NEVER_AGAIN
    title = "回访"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    visited_on: Mapped[date] = fields.day("回访日期", sample="2026-04-20")
    way: Mapped[VisitWay] = fields.code(VisitWay, "回访方式", sample=VisitWay.HOME, default=VisitWay.HOME)
    place: Mapped[str] = fields.line("回访地点", sample="当事人家中", most=200)
    visited: Mapped[str] = fields.line("回访对象", sample="周文谦、林淑芬", most=200)
    performance: Mapped[Performance | None] = fields.code(
        Performance, "履行情况", sample=Performance.FULL, nullable=True
    )
    satisfaction: Mapped[Satisfaction | None] = fields.code(
        Satisfaction, "满意程度", sample=Satisfaction.SATISFIED, nullable=True
    )
    record: Mapped[str] = fields.text(
        "回访情况", sample="款已付清，双方和好。", help="履行如何、有无反复、采取了什么措施。"
    )
    visitor: Mapped[str] = fields.name("回访人", sample="陈志华")

    case: Mapped[Case] = relationship(back_populates="revisits")


class Event(Base):
    """经过: one line in the history of a case; only ever added.

    What is taken back (撤销) is a line more. It has stages where a step or a 退回 was taken back, and a day where it was
    an extension (延期) to that day; ``domain/stages.py`` reads them.
    """

    __tablename__ = "event"
    __table_args__ = NEVER_AGAIN
    title = "经过"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    kind: Mapped[EventKind] = fields.code(EventKind, "经过种类", sample=EventKind.MOVED, system=True)
    at: Mapped[datetime] = fields.moment("记录时间", sample="2026-03-05T16:20", system=True)
    by: Mapped[str] = mapped_column(default="")
    stage_from: Mapped[Stage | None] = fields.code(
        Stage, "原阶段", sample=Stage.MEDIATING, system=True, nullable=True
    )
    stage_to: Mapped[Stage | None] = fields.code(
        Stage, "新阶段", sample=Stage.SETTLED, system=True, nullable=True
    )
    on: Mapped[date | None] = fields.day("发生日期", sample="2026-03-05", system=True, nullable=True)
    detail: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship(back_populates="events")
