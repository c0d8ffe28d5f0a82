"""People: the parties of a dispute, those who act for them, and the staff who mediate."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from mediator.domain import fields
from mediator.domain.base import NEVER_AGAIN, Base
from mediator.domain.calendar import age_on
from mediator.domain.codes import ETHNIC_GROUPS, IdKind, PartyType, Proxy, Role, Sex, Side
from mediator.domain.identity import ADULT, EARNING, doubt, facts, normal

if TYPE_CHECKING:
    from mediator.domain.case import Case


class Identified:
    """What parties and their representatives share: a name and a document that says who they are (身份)."""

    name: Mapped[str] = fields.name("姓名或名称", sample="王𬎆")
    id_kind: Mapped[IdKind] = fields.code(
        IdKind, "证件类型", sample=IdKind.RESIDENT, default=IdKind.RESIDENT, help="没有证件选“无证件”。"
    )
    id_number: Mapped[str] = fields.line(
        "证件号码", sample="000000199001010016", most=30, help="填身份证号后，性别和出生日期自动带出。"
    )
    id_reason: Mapped[str] = fields.line(
        "号码存疑仍保留的原因", sample="旧证尚未换发", help="号码看起来不对时，写明原因就可以照样保存。"
    )
    phone: Mapped[str] = fields.line("联系电话", sample="13000000000", most=40)
    address: Mapped[str] = fields.line("住址或住所", sample="滨江路 12 号 3 栋 2-1", most=200)

    @validates("id_number")
    def _kept(self, _key: str, number: str) -> str:
        """A number is kept without blanks, in plain figures and capital letters."""
        return normal(number)

    def id_doubt(self, today: date) -> str | None:
        """What looks wrong with the number, or None; also None once a reason to keep it is given."""
        return None if self.id_reason else doubt(self.id_kind, self.id_number, today)


class Party(Identified, Base):
    """当事人: one person or body on one side of a dispute."""

    __tablename__ = "party"
    __table_args__ = NEVER_AGAIN
    title = "当事人"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    side: Mapped[Side] = fields.code(Side, "当事人地位", sample=Side.APPLICANT, default=Side.APPLICANT)
    type: Mapped[PartyType] = fields.code(
        PartyType, "当事人类型", sample=PartyType.PERSON, default=PartyType.PERSON
    )
    sex: Mapped[Sex | None] = fields.code(Sex, "性别", sample=Sex.FEMALE, nullable=True)
    birth_on: Mapped[date | None] = fields.day("出生日期", sample="1990-01-01", nullable=True)
    ethnicity: Mapped[str] = fields.line("民族", sample="汉族", most=20, suggestions=tuple(ETHNIC_GROUPS))
    occupation: Mapped[str] = fields.line("职业或职务", sample="个体经营")
    employer: Mapped[str] = fields.line("单位", sample="滨江菜市场", most=200)
    earns: Mapped[bool] = fields.flag(
        "以自己的劳动收入为主要生活来源",
        sample="是",
        help="年满 16 周岁而属于这种情况的，视为有完全行为能力，不必有监护人（民法典第十八条）。",
    )
    note: Mapped[str] = fields.line("当事人备注", sample="听力不好，需大声", most=200)
    consented_on: Mapped[date | None] = fields.day(
        "个人信息告知同意日期", sample="2026-03-01", nullable=True,
        help="当事人（未成年人由监护人）在告知书上签字同意的日期；签字件扫描后放进材料。",
    )  # fmt: skip

    case: Mapped[Case] = relationship(back_populates="parties")
    representatives: Mapped[list[Representative]] = relationship(
        back_populates="party", cascade="all, delete-orphan", order_by="Representative.id"
    )

    def age(self, today: date) -> int | None:
        """周岁 on a day; None for bodies and where the birthday is not known."""
        return age_on(self.birth_on, today) if self.birth_on and self.type is PartyType.PERSON else None

    def is_minor(self, today: date) -> bool:
        """Whether the party is under 18 (未成年人); asks for a guardian."""
        age = self.age(today)
        return age is not None and age < ADULT

    def lacks_guardian(self, today: date) -> bool:
        """Whether a minor has no guardian entered yet (民法典 第二十七条); who earns a living at 16 needs none (第十八条)."""
        age = self.age(today)
        if age is not None and age >= EARNING and self.earns:
            return False
        return self.is_minor(today) and all(r.proxy is not Proxy.GUARDIAN for r in self.representatives)

    def fill_from_id(self, today: date) -> None:
        """Take birthday and sex from the identity number; a doubtful one only fills what is empty."""
        found = facts(self.id_kind, self.id_number) if self.id_number else None
        if found is None or self.type is not PartyType.PERSON:
            return
        if self.birth_on is None or doubt(self.id_kind, self.id_number, today) is None:
            self.birth_on = found.birth_on
        if self.sex is None or doubt(self.id_kind, self.id_number, today) is None:
            self.sex = found.sex


class Representative(Identified, Base):
    """代理人、监护人或代表人 who acts for a party."""

    __tablename__ = "representative"
    __table_args__ = NEVER_AGAIN
    title = "代理人或监护人"

    party_id: Mapped[int] = mapped_column(ForeignKey("party.id", ondelete="CASCADE"), index=True)
    proxy: Mapped[Proxy] = fields.code(Proxy, "代表身份", sample=Proxy.GUARDIAN, default=Proxy.AGENT)
    relation: Mapped[str] = fields.line("与当事人关系或职务", sample="母亲", most=50)
    powers: Mapped[str] = fields.line("代理权限", sample="代为调解并签署协议", most=200)

    party: Mapped[Party] = relationship(back_populates="representatives")


class Staff(Base):
    """工作人员: a people's mediator or another who works at the committee; may have a log-in name."""

    __tablename__ = "staff"
    title = "工作人员"

    name: Mapped[str] = fields.name("姓名", sample="陈志华", unique=True)
    login: Mapped[str | None] = mapped_column(unique=True)
    roles: Mapped[str] = mapped_column(default="")
    """Codes of the roles (角色), blanks between them; read through ``held``."""
    mediates: Mapped[bool] = fields.flag("是人民调解员", sample="是")
    full_time: Mapped[bool] = fields.flag("专职", sample="否")
    phone: Mapped[str] = fields.line("工作电话", sample="000-00000000", most=40)
    started_on: Mapped[date | None] = fields.day(
        "聘任日期",
        sample="2024-03-01",
        nullable=True,
        help="队伍统计按它算当时有多少人；不填的，算一直在岗。",
    )
    left_on: Mapped[date | None] = fields.day("离岗日期", sample="2026-12-31", nullable=True)

    @property
    def held(self) -> frozenset[Role]:
        """The roles this person has."""
        return frozenset(role for role in Role if role.value in self.roles.split())

    @held.setter
    def held(self, roles: frozenset[Role]) -> None:
        self.roles = " ".join(role.value for role in Role if role in roles)
