"""The office (调委会) and what it exchanges with others: number series, ledgers taken in, tables sent and received."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mediator.domain import fields
from mediator.domain.base import Base
from mediator.domain.codes import Basis, CommitteeType


class Office(Base):
    """调委会: the office this data folder belongs to; there is exactly one row."""

    __tablename__ = "office"
    title = "调委会"

    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = fields.name(
        "调委会名称", sample="滨江社区人民调解委员会", help="印在文书上的全称，与公章一致。"
    )
    region: Mapped[str] = fields.line(
        "行政区划代码", sample="000000", most=12, help="6 位区县代码，或到街道、社区的 9 位、12 位代码。"
    )
    type: Mapped[CommitteeType] = fields.code(
        CommitteeType, "调委会类型", sample=CommitteeType.COMMUNITY,
        help="本单位调解的案件，在案件统计表里都计入这一类。",
    )  # fmt: skip
    case_pattern: Mapped[str] = fields.line(
        "卷号样式", sample="({年})滨江人调字第{号3}号", most=60,
        help="{年} 是年份，{号3} 是顺序号，3 表示补足三位。",
    )  # fmt: skip
    address: Mapped[str] = fields.line("办公地址", sample="滨江路 1 号", most=200)
    phone: Mapped[str] = fields.line("办公电话", sample="000-00000000", most=40)
    court: Mapped[str] = fields.line("管辖法院", sample="滨江区人民法院", help="写进终止和司法确认的告知。")
    basis: Mapped[Basis] = fields.code(
        Basis, "统计口径", sample=Basis.CONCLUDED, default=Basis.CONCLUDED,
        help="案件按哪个日期算进报告期；请照上级的要求选。",
    )  # fmt: skip
    cut_off: Mapped[int | None] = fields.count(
        "统计截止日", sample="20", most=28, nullable=True,
        help="每月报到几日为止；不填则到月底。填 20，就是上月 21 日到本月 20 日算一个月。",
    )  # fmt: skip
    rooms: Mapped[int | None] = fields.count(
        "派驻调解室", sample="1", most=1000, nullable=True, help="派驻在派出所、法院等处的调解室，个数。"
    )
    studios: Mapped[int | None] = fields.count(
        "调解工作室", sample="2", most=1000, nullable=True, help="以调解员个人命名的工作室，个数。"
    )
    stations: Mapped[int | None] = fields.count(
        "调解工作站",
        sample="3",
        most=1000,
        nullable=True,
        help="设在小区、市场、企业等处的调解工作站，个数。",
    )
    month_limit: Mapped[int | None] = fields.count(
        "调解期限（月）", sample="1", most=36, default=1, nullable=True,
        help="自受理之日起算，一般为一个月（人民调解工作若干规定第三十三条）。",
    )  # fmt: skip


_ENDS = {
    CommitteeType.VILLAGE: ("村", "村民委员会", "村委会", "嘎查"),
    CommitteeType.COMMUNITY: ("社区", "居民委员会", "居委会"),
    CommitteeType.TOWNSHIP: ("镇", "乡", "苏木"),
    CommitteeType.STREET: ("街道", "街道办事处"),
    CommitteeType.ENTERPRISE: ("公司", "厂", "学校", "医院"),
    CommitteeType.SOCIETY: ("协会", "商会", "联合会"),
    CommitteeType.PROFESSIONAL: ("纠纷", "争议", "事故"),
}


def short_name(name: str) -> str:
    """The name of a committee without what every committee is called: 滨江社区 of 滨江社区人民调解委员会."""
    bare = name.partition("（")[0]
    for words in ("人民调解委员会", "调解委员会", "人民调解室", "调委会"):
        bare = bare.removesuffix(words)
    return bare


def likely_type(name: str) -> CommitteeType | None:
    """调委会类型 as the name of a committee suggests it, to be proposed; None where it does not say."""
    bare = short_name(name)
    return next((type for type, ends in _ENDS.items() if bare.endswith(ends)), None)


class Counter(Base):
    """The last number given in a series (编号序列) in a year."""

    __tablename__ = "counter"
    __table_args__ = (UniqueConstraint("series", "year"),)

    series: Mapped[str] = mapped_column()
    year: Mapped[int] = mapped_column()
    last: Mapped[int] = mapped_column()


class Batch(Base):
    """台账批次: one ledger taken in."""

    __tablename__ = "batch"

    file_name: Mapped[str] = mapped_column()
    digest: Mapped[str] = mapped_column(index=True)
    taken_at: Mapped[datetime] = mapped_column()
    taken_by: Mapped[str] = mapped_column(default="")
    rows: Mapped[int] = mapped_column()


class Report:
    """What a sent and a received table share: whose figures, of which table, for which period."""

    office_uid: Mapped[str] = mapped_column()
    office_name: Mapped[str] = mapped_column()
    table: Mapped[str] = mapped_column()
    since: Mapped[date] = mapped_column()
    until: Mapped[date] = mapped_column()
    serial: Mapped[int] = mapped_column()
    """How many times this office has sent this table for this period; the newest counts."""
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(unique=True)


class Sent(Report, Base):
    """已报送: a table carried out on a drive, kept as it left."""

    __tablename__ = "sent"
    __table_args__ = (UniqueConstraint("table", "since", "until", "serial"),)

    sent_at: Mapped[datetime] = mapped_column()
    sent_by: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")


class Received(Report, Base):
    """已接收: a subordinate office's table taken in whole."""

    __tablename__ = "received"
    __table_args__ = (UniqueConstraint("office_uid", "table", "since", "until", "serial"),)

    received_at: Mapped[datetime] = mapped_column()
    received_by: Mapped[str] = mapped_column(default="")
