"""调解协议: who owes whom what, by when, and what has been done of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediator.domain import fields
from mediator.domain.amounts import capital, figures
from mediator.domain.base import NEVER_AGAIN, Base
from mediator.domain.calendar import in_words
from mediator.domain.codes import Confirmation, ItemKind, Performance, Side
from mediator.domain.people import Party
from mediator.domain.wording import counted, numeral, unended

if TYPE_CHECKING:
    from mediator.domain.case import Case


CONFIRMABLE = 30
"""Days from effect within which judicial confirmation (司法确认) may be asked for (人民调解法 第三十三条)."""


class Agreement(Base):
    """调解协议 of a case, written or oral (人民调解法 第二十八条至第三十一条)."""

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("case_id"),
        Index(None, "confirm_applied_on"),
        Index(None, "confirmed_on"),
    )
    title = "调解协议"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    reached_on: Mapped[date | None] = fields.day("达成日期", sample="2026-03-05", nullable=True, system=True)
    """The day the result was reached; follows ``Case.concluded_on``."""
    effective_on: Mapped[date | None] = fields.day(
        "生效日期", sample="2026-03-05", nullable=True,
        help="书面协议：各方签名、调解员签名并盖章之日；口头协议：达成之日。",
    )  # fmt: skip
    facts: Mapped[str] = fields.text(
        "纠纷主要事实、争议事项", sample="水管爆裂，楼下吊顶、地板受损。", help="不填则用纠纷简要情况。"
    )
    terms: Mapped[str] = fields.text("其他约定", sample="双方今后和睦相处，就此事不再争执。")
    way: Mapped[str] = fields.line("履行方式", sample="转账", most=200)
    deadline: Mapped[str] = fields.line("履行时限", sample="2026年4月4日前付清", most=200)
    amount: Mapped[int | None] = fields.fen(
        "协议涉及金额", sample="15000.00", nullable=True, help="有给付事项时由事项相加得出。"
    )
    copies: Mapped[int | None] = fields.count(
        "协议书份数", sample="3", nullable=True, help="不填则为当事人数加一，调委会留一份。"
    )
    performance: Mapped[Performance | None] = fields.code(
        Performance, "协议履行情况", sample=Performance.FULL, nullable=True
    )
    performed_on: Mapped[date | None] = fields.day("履行完毕日期", sample="2026-04-04", nullable=True)

    confirmation: Mapped[Confirmation | None] = fields.code(
        Confirmation, "司法确认", sample=Confirmation.CONFIRMED, nullable=True
    )
    confirm_applied_on: Mapped[date | None] = fields.day(
        "申请司法确认日期", sample="2026-03-20", nullable=True
    )
    confirmed_on: Mapped[date | None] = fields.day("法院裁定日期", sample="2026-03-27", nullable=True)
    ruling: Mapped[str] = fields.line("裁定书文号", sample="（2026）滨江民特1号", most=60)

    case: Mapped[Case] = relationship(back_populates="agreement")
    items: Mapped[list[Item]] = relationship(
        back_populates="agreement", cascade="all, delete-orphan", order_by="Item.id"
    )

    @property
    def money(self) -> int:
        """分 of all money items together."""
        return sum(item.amount or 0 for item in self.items if item.kind is ItemKind.MONEY)

    @property
    def confirmable_until(self) -> date | None:
        """The last day on which the parties may ask a court to confirm the agreement: thirty days from its effect.

        人民调解法 第三十三条; the day of effect itself is not counted (民法典 第二百零一条).
        """
        return self.effective_on + timedelta(days=CONFIRMABLE) if self.effective_on else None

    @property
    def open_instalments(self) -> list[Instalment]:
        """What is still to be paid or done, in order of items."""
        return [part for item in self.items for part in item.instalments if not part.settled]


class Item(Base):
    """协议事项: one thing one side promised the other."""

    __tablename__ = "item"
    __table_args__ = NEVER_AGAIN
    title = "协议事项"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ItemKind] = fields.code(ItemKind, "事项类型", sample=ItemKind.MONEY, default=ItemKind.MONEY)
    debtor_side: Mapped[Side] = fields.code(
        Side, "履行方", sample=Side.RESPONDENT, system=True, default=Side.RESPONDENT
    )
    debtor_id: Mapped[int | None] = mapped_column(ForeignKey("party.id", ondelete="SET NULL"))
    creditor_side: Mapped[Side] = fields.code(
        Side, "接受方", sample=Side.APPLICANT, system=True, default=Side.APPLICANT
    )
    creditor_id: Mapped[int | None] = mapped_column(ForeignKey("party.id", ondelete="SET NULL"))
    amount: Mapped[int | None] = fields.fen("给付金额", sample="15000.00", nullable=True)
    act: Mapped[str] = fields.text("履行内容", sample="修好漏水的水管", most=2_000)
    way: Mapped[str] = fields.line("给付方式", sample="银行转账", most=100)
    place: Mapped[str] = fields.line("履行地点", sample="滨江社区调解室", most=200)

    agreement: Mapped[Agreement] = relationship(back_populates="items")
    debtor: Mapped[Party | None] = relationship(foreign_keys=debtor_id)
    creditor: Mapped[Party | None] = relationship(foreign_keys=creditor_id)
    instalments: Mapped[list[Instalment]] = relationship(
        back_populates="item", cascade="all, delete-orphan", order_by="Instalment.due_on, Instalment.id"
    )

    @property
    def paid(self) -> int:
        """分 paid so far."""
        return sum(part.paid or 0 for part in self.instalments)

    @property
    def debtor_words(self) -> str:
        """Who is to pay or act, by side and name."""
        return self._named(self.debtor, self.debtor_side)

    @property
    def creditor_words(self) -> str:
        """To whom it is owed, by side and name."""
        return self._named(self.creditor, self.creditor_side)

    def in_words(self) -> str:
        """The item as a sentence of the agreement, amounts in figures and capital words."""
        debtor, creditor = self.debtor_words, self.creditor_words
        place = f"在{self.place}" if self.place else ""
        by = self.instalments[0].due_words if len(self.instalments) == 1 else ""
        act = unended(self.act)
        if self.kind is ItemKind.ACT:
            return f"{debtor}{by}{place}{act}。"
        way = f"以{self.way}方式" if self.way else ""
        words = f"{debtor}{place}{way}向{creditor}支付{in_money(self.amount or 0, act)}"
        if by:
            return f"{words}，{by}付清。"
        if len(self.instalments) < 2:
            return f"{words}。"
        parts = [
            f"第{numeral(n)}期{part.due_words}支付{in_money(part.amount or 0)}"
            for n, part in enumerate(self.instalments, 1)
        ]
        return f"{words}，分{counted(len(parts))}期：{'；'.join(parts)}。"

    def _named(self, party: Party | None, side: Side) -> str:
        """The party by name; a whole side by its only member's name, or as 全体."""
        members = self.agreement.case.side(side) if party is None else [party]
        return f"{members[0].side.label}{members[0].name}" if len(members) == 1 else f"全体{side.label}"


class Instalment(Base):
    """分期: one date by which a part of an item is due, and when it was done."""

    __tablename__ = "instalment"
    __table_args__ = (Index(None, "due_on"), NEVER_AGAIN)
    title = "分期"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), index=True)
    due_on: Mapped[date | None] = fields.day("应履行日期", sample="2026-04-04", nullable=True)
    amount: Mapped[int | None] = fields.fen("本期金额", sample="5000.00", nullable=True)
    paid_on: Mapped[date | None] = fields.day("实际履行日期", sample="2026-04-01", nullable=True)
    paid: Mapped[int | None] = fields.fen("已付金额", sample="5000.00", nullable=True)
    voucher: Mapped[str] = fields.line("履行凭证", sample="收条一张", most=200)

    item: Mapped[Item] = relationship(back_populates="instalments")

    @property
    def settled(self) -> bool:
        """Whether this part is done: the act on a day, the money in full."""
        return self.paid_on is not None and (self.paid or 0) >= (self.amount or 0)

    @property
    def due_words(self) -> str:
        """The due day in words, empty if none is set."""
        return f"于{in_words(self.due_on)}前（含当日）" if self.due_on else ""


def in_money(fen: int, purpose: str = "") -> str:
    """An amount as papers write it, in capital words and figures from one number, with what it is for."""
    return f"人民币{capital(fen)}（¥{figures(fen)}元{f'，用途：{purpose}' if purpose else ''}）"
