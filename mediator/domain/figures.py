"""What is kept of statistics (统计): screenings, prices, frozen periods and the office's own tables."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediator.domain import fields
from mediator.domain.base import NEVER_AGAIN, Base
from mediator.domain.codes import Basis, Level


class Screening(Base):
    """排查: one round in which the office went to look for disputes; counted in the tables as 次 and 件."""

    __tablename__ = "screening"
    __table_args__ = (Index(None, "screened_on"), NEVER_AGAIN)
    title = "排查"

    screened_on: Mapped[date] = fields.day("排查日期", sample="2026-03-12")
    area: Mapped[str] = fields.line("排查范围", sample="滨江路 1 号至 40 号", most=200)
    people: Mapped[str] = fields.line("参加排查人员", sample="陈志华、网格员方正", most=200)
    concentrated: Mapped[bool] = fields.flag(
        "集中排查", sample="是", help="按统一部署集中开展的才勾选；矛盾纠纷排查情况表只数这些次数。"
    )
    visited: Mapped[int | None] = fields.count("走访户数", sample="36", nullable=True)
    found: Mapped[int | None] = fields.count("发现纠纷件数", sample="2", nullable=True)
    prevented: Mapped[int | None] = fields.count(
        "预防纠纷件数", sample="1", nullable=True, help="苗头当场化解、没有形成纠纷的件数。"
    )
    note: Mapped[str] = fields.text("排查情况", sample="两户为楼道堆物争执，当场清走。", most=2_000)


class Price(Base):
    """补贴标准: what one mediated case of a level is paid, as the office's superior set it (以案定补)."""

    __tablename__ = "price"
    __table_args__ = (UniqueConstraint("level", "valid_from"), NEVER_AGAIN)
    title = "补贴标准"

    level: Mapped[Level] = fields.code(Level, "难易程度", sample=Level.GENERAL, default=Level.GENERAL)
    valid_from: Mapped[date] = fields.day("执行日期", sample="2026-01-01")
    settled: Mapped[int | None] = fields.fen("调解成功每件", sample="100.00", nullable=True)
    unsettled: Mapped[int | None] = fields.fen(
        "未成功每件", sample="30.00", nullable=True, help="没有规定的不填，按不补算。"
    )


class Closing(Base):
    """结账: the figures of a table for a period as they were frozen, with the cases behind them; only ever added.

    A correction (更正) is a closing of the same table and period that follows an earlier one and says why.
    """

    __tablename__ = "closing"
    __table_args__ = (UniqueConstraint("table", "since", "until", "serial"),)
    title = "结账"

    table: Mapped[str] = mapped_column()
    edition: Mapped[int] = mapped_column()
    basis: Mapped[Basis] = fields.code(Basis, "统计口径", sample=Basis.CONCLUDED, system=True)
    since: Mapped[date] = fields.day("报告期开始", sample="2026-03-01", system=True)
    until: Mapped[date] = fields.day("报告期结束", sample="2026-03-31", system=True)
    serial: Mapped[int] = mapped_column()
    """1 for the first closing, 2 for the first correction …"""
    body: Mapped[str] = mapped_column(Text)
    """JSON of the table as it was."""
    cases: Mapped[str] = mapped_column(Text)
    """JSON: the life-long identities of what stands behind each column, of the year so far too; much, read only on demand."""
    notes: Mapped[str] = mapped_column(Text, default="{}")
    """JSON: what was written to explain a soft check that does not hold, by its sentence."""
    reason: Mapped[str] = fields.text("更正原因", sample="漏记一件口头协议。", most=1_000)
    closed_at: Mapped[datetime] = fields.moment("结账时间", sample="2026-04-01T09:00", system=True)
    closed_by: Mapped[str] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(index=True)

    claims: Mapped[list[Claim]] = relationship(back_populates="closing", cascade="all, delete-orphan")


class Claim(Base):
    """补贴申报: a case that was claimed for pay in a closed period; no case is claimed twice."""

    __tablename__ = "claim"
    title = "补贴申报"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), unique=True)
    closing_id: Mapped[int] = mapped_column(ForeignKey("closing.id", ondelete="CASCADE"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    level: Mapped[Level] = fields.code(Level, "申报难易程度", sample=Level.GENERAL, system=True)
    amount: Mapped[int] = fields.fen("补贴金额", sample="100.00", system=True)

    closing: Mapped[Closing] = relationship(back_populates="claims")


class CustomTable(Base):
    """自定义统计: rows, columns and filters that somebody chose and saved under a name."""

    __tablename__ = "custom_table"
    __table_args__ = NEVER_AGAIN
    title = "自定义统计"

    name: Mapped[str] = fields.line("统计名称", sample="各社区邻里纠纷", most=60, unique=True)
    spec: Mapped[str] = mapped_column(Text)
    """JSON: the codes of the dimensions chosen."""
