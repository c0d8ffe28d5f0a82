"""纠纷案件: the dispute itself."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediator.domain import fields
from mediator.domain.agreement import Agreement
from mediator.domain.base import NEVER_AGAIN, Base
from mediator.domain.codes import (
    Averted,
    Duty,
    Kind,
    Level,
    Outcome,
    Referrer,
    Retention,
    Sensitivity,
    Side,
    Source,
    Stage,
)
from mediator.domain.papers import IssuedPaper, Material, Particulars
from mediator.domain.people import Party, Staff
from mediator.domain.records import Assignment, Event, Investigation, Revisit, Session


class Case(Base):
    """纠纷案件: one dispute from its registration to its bound file, one file a case (一案一卷)."""

    __tablename__ = "case"
    title = "案件"

    uid: Mapped[str] = mapped_column(unique=True)
    """Life-long identity, also when the case moves to another office."""
    number: Mapped[str] = mapped_column(unique=True)
    """卷号: given by the office's yearly series, never used twice."""
    version: Mapped[int] = mapped_column(default=1)
    intake_key: Mapped[str | None] = mapped_column(unique=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"), index=True)
    changed_at: Mapped[datetime] = fields.moment("最近改动", sample="2026-03-05T16:20", system=True)

    registered_on: Mapped[date] = fields.day("登记日期", sample="2026-03-01")
    source: Mapped[Source] = fields.code(
        Source, "案件来源", sample=Source.APPLICATION, default=Source.APPLICATION
    )
    referrer: Mapped[Referrer | None] = fields.code(
        Referrer, "委托移送单位类别", sample=Referrer.POLICE, nullable=True, help="来源为接受委托移送时必填。"
    )
    referrer_name: Mapped[str] = fields.line("委托移送单位名称", sample="滨江派出所", most=100)
    external_number: Mapped[str] = fields.line(
        "来件编号", sample="110-20260301-0007", most=60, help="接警编号、诉前调编号、信访编号等。"
    )
    kind: Mapped[Kind | None] = fields.code(Kind, "纠纷类型", sample=Kind.NEIGHBOUR, nullable=True)
    level: Mapped[Level] = fields.code(Level, "难易程度", sample=Level.GENERAL, default=Level.GENERAL)
    name: Mapped[str] = fields.line(
        "卷名", sample="周文谦与林淑芬邻里纠纷", most=200, help="不填则由当事人姓名和纠纷类型组成。"
    )
    occurred_on: Mapped[date | None] = fields.day("发生日期", sample="2026-02-27", nullable=True)
    occurred_place: Mapped[str] = fields.line("发生地点", sample="滨江路 12 号 3 栋", most=200)
    people: Mapped[int | None] = fields.count(
        "涉及人数", sample="4", nullable=True, help="当事人之外还有别人时填总人数；不填则为当事人数。"
    )
    headcount: Mapped[int] = fields.count("统计人数", sample="4", system=True, default=0)
    averted: Mapped[Averted | None] = fields.code(
        Averted,
        "防止激化",
        sample=Averted.CRIME,
        nullable=True,
        help="调解防止了严重后果的才填；有据可查，随案备查。",
    )
    averted_people: Mapped[int | None] = fields.count("防止激化涉及人数", sample="4", nullable=True)
    claimed: Mapped[int | None] = fields.fen("争议金额", sample="21000.00", nullable=True)
    summary: Mapped[str] = fields.text(
        "纠纷简要情况", sample="楼上水管爆裂，楼下吊顶、地板和衣柜被泡坏，双方对赔偿数额争执不下。"
    )
    request: Mapped[str] = fields.text("申请事项", sample="1. 赔偿损失 21000 元。\n2. 修好水管。")
    remark: Mapped[str] = fields.text("备注", sample="申请人腿脚不便，可上门调解。", most=2_000)
    retention: Mapped[Retention] = fields.code(
        Retention, "保管期限", sample=Retention.LONG, default=Retention.LONG
    )
    sensitivity: Mapped[Sensitivity | None] = fields.code(
        Sensitivity, "敏感类别", sample=Sensitivity.MINOR, nullable=True,
        help="选了以后，只有本案的调解员和负责人能直接打开；其他人要写明理由，并留下记录。",
    )  # fmt: skip

    stage: Mapped[Stage] = fields.code(
        Stage, "办理阶段", sample=Stage.MEDIATING, system=True, default=Stage.REGISTERED
    )
    outcome: Mapped[Outcome | None] = fields.code(
        Outcome, "调解结果", sample=Outcome.WRITTEN, system=True, nullable=True
    )
    accepted_on: Mapped[date | None] = fields.day("受理日期", sample="2026-03-01", system=True, nullable=True)
    informed_on: Mapped[date | None] = fields.day("告知日期", sample="2026-03-01", system=True, nullable=True)
    due_on: Mapped[date | None] = fields.day("调解期限", sample="2026-04-01", system=True, nullable=True)
    concluded_on: Mapped[date | None] = fields.day(
        "调解结果日期", sample="2026-03-05", system=True, nullable=True
    )
    closed_on: Mapped[date | None] = fields.day("结案日期", sample="2026-04-20", system=True, nullable=True)
    archived_on: Mapped[date | None] = fields.day("归档日期", sample="2026-04-25", system=True, nullable=True)
    discarded_on: Mapped[date | None] = fields.day(
        "作废日期", sample="2026-04-26", system=True, nullable=True
    )
    """The day it was put away as entered by mistake (作废); it is counted and listed nowhere, its number is not used again."""
    discard_reason: Mapped[str] = mapped_column(default="")

    parties: Mapped[list[Party]] = relationship(
        back_populates="case", cascade="all, delete-orphan", order_by="Party.id"
    )
    assignments: Mapped[list[Assignment]] = relationship(
        back_populates="case", cascade="all, delete-orphan", order_by="Assignment.id"
    )
    investigations: Mapped[list[Investigation]] = relationship(
        back_populates="case", cascade="all, delete-orphan", order_by="Investigation.held_at"
    )
    sessions: Mapped[list[Session]] = relationship(
        back_populates="case", cascade="all, delete-orphan", order_by="Session.held_at, Session.id"
    )
    agreement: Mapped[Agreement | None] = relationship(back_populates="case", cascade="all, delete-orphan")
    revisits: Mapped[list[Revisit]] = relationship(
        back_populates="case", cascade="all, delete-orphan", order_by="Revisit.visited_on, Revisit.id"
    )
    events: Mapped[list[Event]] = relationship(
        back_populates="case", cascade="all, delete-orphan", order_by="Event.id"
    )
    papers: Mapped[list[IssuedPaper]] = relationship(
        back_populates="case", cascade="all, delete-orphan", order_by="IssuedPaper.id"
    )
    particulars: Mapped[list[Particulars]] = relationship(
        back_populates="case", cascade="all, delete-orphan", order_by="Particulars.id"
    )
    materials: Mapped[list[Material]] = relationship(
        back_populates="case", cascade="all, delete-orphan", order_by="Material.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        Index(None, "stage", "id"),
        Index(None, "registered_on", "kind", "level", "headcount", "discarded_on"),
        Index(
            None,
            "concluded_on",
            "outcome",
            "kind",
            "source",
            "referrer",
            "level",
            "headcount",
            "averted",
            "averted_people",
            "discarded_on",
        ),
        Index(
            None,
            "accepted_on",
            "concluded_on",
            "outcome",
            "kind",
            "source",
            "referrer",
            "level",
            "headcount",
            "averted",
            "averted_people",
            "discarded_on",
        ),
        NEVER_AGAIN,
    )

    def count_people(self) -> int:
        """统计人数: what was entered as 涉及人数, or as many as there are parties."""
        return self.people or len(self.parties)

    def side(self, side: Side) -> list[Party]:
        """The parties of one side, in the order entered."""
        return [party for party in self.parties if party.side is side]

    def names(self, side: Side) -> str:
        """The names of one side in one line, 、 between them."""
        return "、".join(party.name for party in self.side(side))

    @property
    def mediators(self) -> list[Staff]:
        """Those who mediate and did not step aside, the leading one first."""
        active = [a for a in self.assignments if not a.recusal and a.duty is not Duty.RECORD]
        return [a.staff for a in sorted(active, key=lambda a: list(Duty).index(a.duty))]

    @property
    def recorder(self) -> str:
        """The name of the recorder (记录人), empty if none is set."""
        return next((a.staff.name for a in self.assignments if a.duty is Duty.RECORD and not a.recusal), "")

    @property
    def full_name(self) -> str:
        """卷名 as typed, or made of the parties and the kind."""
        if self.name:
            return self.name
        sides = [_and_others(self.side(side)) for side in (Side.APPLICANT, Side.RESPONDENT)]
        return "与".join(s for s in sides if s) + (self.kind.label if self.kind else "纠纷")

    @property
    def finished(self) -> bool:
        """Whether the case is closed, archived or was not accepted: changes then need a reason."""
        return self.stage in (Stage.CLOSED, Stage.ARCHIVED, Stage.REFUSED)


def _and_others(parties: list[Party]) -> str:
    if not parties:
        return ""
    return parties[0].name + (f"等{len(parties)}人" if len(parties) > 1 else "")


def stands() -> ColumnElement[bool]:
    """That a case was not declared void (作废): those are counted and listed nowhere, and bound into no file."""
    return Case.discarded_on.is_(None)
