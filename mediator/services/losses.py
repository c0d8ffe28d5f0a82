"""A lost drive (载体丢失): what was written to it, what a finder could read, what is to be done, and the report of it.

个人信息保护法 第五十七条: remedies at once; the authority and the persons are told, unless harm is averted for certain.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.domain.roles import Power
from mediator.domain.safety import Backup
from mediator.domain.wording import clean
from mediator.paper.blocks import Block, Heading, Listing, Paper, Para, Seal, Signature, Signatures, Title
from mediator.services import access, offices
from mediator.services.outgoing import ELSEWHERE, HERE
from mediator.store import history

TITLE = "载体丢失报告"
MOST = 500
"""Lines of a report; a stick that has more written to it is listed by its newest."""
_CARRIED = (Action.SENT, Action.EXPORTED)
_HEAD = ("时间", "写了什么", "经手人", "捡到的人能看到吗")
_WIDTHS = (24, 62, 20, 38)

OPEN, SEALED, COUNTS = "能，没有加密", "不能，已加密", "只有统计数字"


@dataclass(frozen=True)
class Written:
    """One thing that was written to a drive."""

    at: datetime
    what: str
    by: str
    seen: str
    """What a finder can see of it: OPEN, SEALED or COUNTS."""


@dataclass(frozen=True)
class Loss:
    """What is known of a drive that is gone."""

    medium: str
    """Label and serial; empty if nobody knows which it was: then all drives are meant."""
    at: datetime
    """When it was last in hand: what was written later is not on it."""
    written: tuple[Written, ...]
    """The newest first."""

    def of(self, seen: str) -> list[Written]:
        """What a finder sees in this way."""
        return [one for one in self.written if one.seen == seen]

    @property
    def name(self) -> str:
        """The drive in words."""
        return self.medium or "不清楚是哪一个 U 盘"


def media(session: Session) -> list[tuple[str, datetime]]:
    """The drives that anything was written to, with the last time, the latest first."""
    access.need(session, Power.AUDIT)
    written = (
        select(Entry.medium, func.max(Entry.at)).where(Entry.action.in_(_CARRIED)).group_by(Entry.medium)
    )
    backed_up = select(Backup.medium, func.max(Backup.made_at)).group_by(Backup.medium)
    last: dict[str, datetime] = {}
    for medium, at in (*session.execute(written), *session.execute(backed_up)):
        if medium not in ("", HERE, ELSEWHERE):
            last[medium] = max(at, last.get(medium, at))
    return sorted(last.items(), key=lambda one: one[1], reverse=True)


def of_medium(session: Session, medium: str, at: datetime) -> Loss:
    """What was written to a drive up to a moment; to all drives if ``medium`` is empty."""
    access.need(session, Power.AUDIT)
    drives = [medium] if medium else [name for name, _ in media(session)]
    entries = session.scalars(
        select(Entry).where(Entry.action.in_(_CARRIED), Entry.medium.in_(drives), Entry.at <= at)
        .order_by(Entry.id.desc()).limit(MOST)
    )  # fmt: skip
    backups = session.scalars(
        select(Backup)
        .where(Backup.medium.in_(drives), Backup.made_at <= at)
        .order_by(Backup.id.desc())
        .limit(MOST)
    )
    found = [
        Written(e.at, f"{e.action}：{e.detail}", e.by, COUNTS if e.action is Action.SENT else OPEN)
        for e in entries
    ]
    found += [Written(b.made_at, f"备份：全部数据，{b.cases} 件案件", "", SEALED) for b in backups]
    return Loss(medium, at, tuple(sorted(found, key=lambda one: one.at, reverse=True)))


def danger(loss: Loss) -> list[str]:
    """What a finder could read and what not, plainly."""
    said = []
    if files := loss.of(OPEN):
        said.append(f"有 {len(files)} 次存出的文件没有加密，谁捡到都能打开；删掉的文件也可能被恢复出来。")
    if copies := loss.of(SEALED):
        said.append(
            f"有 {len(copies)} 个备份，是加密的：没有密码打不开。做备份那天有效的每个登录密码、当时的恢复密钥"
            "（设了上级恢复公钥的，还有上级的恢复私钥）都能打开它；以后改了密码，旧备份仍用旧密码开。"
        )
    if tables := loss.of(COUNTS):
        said.append(f"有 {len(tables)} 份报送的统计表，里面只有单位名称和数字，没有当事人的信息。")
    return said or ["没有查到往上面写过东西；如果是在别的程序里拷贝的文件，这里查不到，请回想补记。"]


def steps(loss: Loss) -> list[str]:
    """What is to be done, the most urgent first."""
    said = ["立即报告负责人，尽力寻找；找到以后查明有没有被人看过，不再使用的要销毁。"]
    if loss.of(SEALED):
        said.append(
            "请能登录的人都改密码，密码简单或写在 U 盘旁边的尤其要改；恢复密钥和 U 盘放在一起的，换一张。"
        )
        said.append("在“设置—安全”里换数据密钥，使旧备份里的密钥对现在的数据没有用处；再做一份新备份。")
    if loss.of(OPEN):
        said.append(
            "查清每个文件里有谁的信息。发生或者可能发生泄露的，应当通知履行个人信息保护职责的部门和本人："
            "信息种类、原因和可能的危害，已采取的措施和本人可以采取的措施，本单位的联系方式"
            "（个人信息保护法第五十七条）；采取的措施能够有效避免危害的，可以不通知本人。"
        )
    return [*said, "把这份报告打印出来，报告人和负责人签字，留存备查。"]


def report(session: Session, loss: Loss, told: str) -> None:
    """Write the loss into the audit; Refusal unless it is told how it happened."""
    words = clean(told).strip()
    if not words:
        raise Refusal("请写明丢失的经过：在哪里、怎么丢的，什么时候发现。")
    counts = f"未加密文件 {len(loss.of(OPEN))} 次，备份 {len(loss.of(SEALED))} 个，统计表 {len(loss.of(COUNTS))} 份"
    detail = f"丢失时间 {loss.at:%Y-%m-%d %H:%M}；上面有：{counts}"
    history.note(session, Action.LOST, detail, reason=words, medium=loss.name)


def paper(session: Session, loss: Loss, told: str, by: str) -> Paper:
    """The report to be signed; it names kinds of papers and numbers of cases, never a party."""
    office = offices.own(session)
    about = (
        f"单位：{office.name}", f"载体：{loss.name}", f"丢失时间：{loss.at:%Y-%m-%d %H:%M}", f"报告人：{by}",
        f"经过：{clean(told).strip() or '　'}",
    )  # fmt: skip
    rows = tuple((f"{one.at:%Y-%m-%d %H:%M}", one.what, one.by, one.seen) for one in loss.written[:MOST])
    blocks: list[Block] = [
        Title(TITLE),
        *(Para(words, align="left", indent=False) for words in about),
        Heading("一、写过的内容"),
        Listing(_HEAD, rows, _WIDTHS, ("center", "left", "center", "center")) if rows else Para("没有查到。"),
        Heading("二、捡到的人能看到什么"),
        *(Para(words) for words in danger(loss)),
        Heading("三、应当采取的措施"),
        *(Para(f"{n}. {words}") for n, words in enumerate(steps(loss), 1)),
        Signatures((Signature("报告人"), Signature("负责人"))),
        Seal(office.name, "　　　　年　　月　　日"),
    ]
    return Paper("loss", TITLE, tuple(blocks), "", office.name)
