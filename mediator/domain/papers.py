"""What is kept of papers (文书): those issued, what was filled in for them, who signed, and what is laid to the file."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediator.domain import fields
from mediator.domain.base import NEVER_AGAIN, Base
from mediator.domain.codes import Kind, MaterialKind, Standing

if TYPE_CHECKING:
    from mediator.domain.case import Case


class Particulars(Base):
    """文书填写: what was filled in for one paper that the case itself does not hold, and its number.

    Papers of the office that belong to no case (工作文书) have no ``case_id``.
    """

    __tablename__ = "particulars"
    __table_args__ = NEVER_AGAIN
    title = "文书填写"

    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    form: Mapped[str] = mapped_column(index=True)
    subject_id: Mapped[int | None] = mapped_column()
    number: Mapped[str] = mapped_column(default="")
    """文号 out of the form's own series, given when it is first issued."""
    answers: Mapped[str] = mapped_column(Text, default="{}")
    """JSON: what was typed, by the key of the form's question."""
    wording: Mapped[str] = mapped_column(Text, default="{}")
    """JSON: a passage as the program words it → as it was worded by hand (改写)."""
    changed_at: Mapped[datetime] = fields.moment("填写时间", sample="2026-03-05T16:20", system=True)
    changed_by: Mapped[str] = mapped_column(default="")

    case: Mapped[Case | None] = relationship(back_populates="particulars")


class IssuedPaper(Base):
    """已出文书: a paper as it left the house; its blocks are kept, so that a reprint gives the same words."""

    __tablename__ = "issued_paper"
    title = "文书"

    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    particulars_id: Mapped[int | None] = mapped_column(ForeignKey("particulars.id", ondelete="SET NULL"))
    form: Mapped[str] = mapped_column(index=True)
    subject_id: Mapped[int | None] = mapped_column()
    number: Mapped[str] = mapped_column(default="")
    issued_at: Mapped[datetime] = fields.moment("出具时间", sample="2026-03-05T16:30", system=True)
    issued_by: Mapped[str] = mapped_column(default="")
    blocks: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(index=True)
    facts: Mapped[str] = mapped_column(default="")
    """SHA-256 of the paper as it would be without anything the office may change: titles, wording, letterhead."""
    void_reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was declared void (作废); empty while it stands. It is kept all the same."""

    case: Mapped[Case | None] = relationship(back_populates="papers")
    signings: Mapped[list[Signing]] = relationship(
        back_populates="paper", cascade="all, delete-orphan", order_by="Signing.place"
    )


class Signing(Base):
    """签署: one place of an issued paper that was signed, fingerprinted or sealed (人民调解法 第二十九条)."""

    __tablename__ = "signing"
    __table_args__ = (UniqueConstraint("paper_id", "place"),)
    title = "签署"

    paper_id: Mapped[int] = mapped_column(ForeignKey("issued_paper.id", ondelete="CASCADE"), index=True)
    place: Mapped[int] = mapped_column()
    """Which place to sign, counted from 0 in the order of the paper."""
    on: Mapped[date] = fields.day("签署日期", sample="2026-03-05", system=True)
    by: Mapped[str] = mapped_column(default="")

    paper: Mapped[IssuedPaper] = relationship(back_populates="signings")


class Material(Base):
    """材料: a picture or PDF laid to the file: evidence, a proof of identity, or the scan of a signed paper."""

    __tablename__ = "material"
    __table_args__ = NEVER_AGAIN
    title = "材料"

    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    paper_id: Mapped[int | None] = mapped_column(
        ForeignKey("issued_paper.id", ondelete="CASCADE"), index=True
    )
    """The issued paper whose signed scan this is."""
    kind: Mapped[MaterialKind] = fields.code(
        MaterialKind, "材料类别", sample=MaterialKind.EVIDENCE, default=MaterialKind.EVIDENCE
    )
    caption: Mapped[str] = fields.line(
        "材料说明", sample="2026年2月28日拍摄的吊顶照片", most=200, help="印在材料下面；不填则用文件名。"
    )
    provider: Mapped[str] = fields.name("提供人", sample="周文谦")
    file_name: Mapped[str] = mapped_column(default="")
    media: Mapped[str] = mapped_column(default="")
    """What it is by its content: image/jpeg, image/png, application/pdf."""
    size: Mapped[int] = mapped_column(default=0)
    """Bytes."""
    pages: Mapped[int] = mapped_column(default=1)
    digest: Mapped[str] = mapped_column(ForeignKey("content.digest"), index=True)
    added_at: Mapped[datetime] = fields.moment("加入时间", sample="2026-03-05T16:20", system=True)
    added_by: Mapped[str] = mapped_column(default="")

    case: Mapped[Case | None] = relationship(back_populates="materials")

    @property
    def is_photo(self) -> bool:
        """Whether it is one picture, to be printed on a paper; a scan of several pages is bound behind it."""
        return self.media.startswith("image/") and self.pages == 1


class Content(Base):
    """材料内容: the bytes of a material, kept once however often it is laid to a file (内容寻址)."""

    __tablename__ = "content"
    title = "材料内容"

    digest: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the bytes."""
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class FormSetting(Base):
    """文书设置: what the office chose for a form instead of the program's default."""

    __tablename__ = "form_setting"
    title = "文书设置"

    form: Mapped[str] = mapped_column(unique=True)
    place: Mapped[int | None] = mapped_column()
    """Where it stands in the bound file (卷宗); None keeps the program's order."""
    standing: Mapped[Standing | None] = fields.code(
        Standing, "入卷要求", sample=Standing.MUST, nullable=True, help="不选则按程序的默认。"
    )
    name: Mapped[str] = fields.line("文书名称", sample="人民调解申请书", help="不填则用程序的默认名称。")
    pattern: Mapped[str] = fields.line(
        "文号样式",
        sample="滨江人调受〔{年}〕{号}号",
        most=60,
        help="{年} 是年份，{号3} 是顺序号，3 表示补足三位。",
    )
    wording: Mapped[str] = mapped_column(Text, default="{}")
    """JSON: a passage as the program words it → as this office words it."""


class Phrase(Base):
    """常用语: a sentence the office uses again and again, of one kind of dispute or of all."""

    __tablename__ = "phrase"
    __table_args__ = NEVER_AGAIN
    title = "常用语"

    kind: Mapped[Kind | None] = fields.code(
        Kind, "适用纠纷类型", sample=Kind.NEIGHBOUR, nullable=True, help="不选则各类纠纷都能用。"
    )
    words: Mapped[str] = fields.text("常用语内容", sample="双方今后互谅互让，就此事不再争执。", most=2_000)
