"""Destroying files whose time of keeping is over (到期销毁): listed, checked by two people, approved, then gone for good.

How many years 短期 and 长期 mean is a rule of the archives office of the place, so the office enters it (安全设置); 永久 is
never due. What was destroyed stays on record by its number alone; the chain of entries is not broken by it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import CompoundSelect, Engine, delete, func, or_, select, union_all
from sqlalchemy.orm import Session

from mediator.domain.audit import Change
from mediator.domain.calendar import in_words
from mediator.domain.case import Case
from mediator.domain.codes import Action, Retention, Stage, Turn
from mediator.domain.errors import Refusal
from mediator.domain.papers import Content, Material
from mediator.domain.people import Staff
from mediator.domain.roles import Power
from mediator.domain.safety import Draft
from mediator.domain.wording import clean_line
from mediator.paper.blocks import Block, Listing, Paper, Para, Seal, Signature, Signatures, Title
from mediator.services import access, audit, offices, policy, setup
from mediator.services.transaction import BY
from mediator.store import chain, history, search
from mediator.store.engine import folder_of

TITLE = "案卷到期销毁清册"
ALONE = "（单位只有一个能登录的账号，鉴定人没有另行登录确认）"
LEFT = (
    "销毁的是这里的数据。以前做的备份，另存在一边的文件夹（换密钥之前、升级之前、被替换、损坏），以及已经出具的登记簿、"
    "清册和导出的文件里，仍有这些案件的内容和姓名；该销毁的请另行销毁。"
)
"""What a destruction does not reach, to be said before it."""
_HEAD = ("序号", "卷号", "归档日期", "保管期限", "期满日期", "鉴定意见")
_WIDTHS = (8, 30, 20, 14, 20, 20)


@dataclass(frozen=True)
class Due:
    """One archived case whose time of keeping is over."""

    case_id: int
    number: str
    archived_on: date
    retention: Retention
    kept_until: date
    """The last day on which it had to be kept."""


@dataclass(frozen=True)
class Witness:
    """鉴定人 who gave their own password (``witness``)."""

    name: str


def due(session: Session, today: date) -> list[Due]:
    """The archived cases whose time is over, the oldest first; none of a class for which no years were entered."""
    chosen = policy.own(session)
    years = {Retention.SHORT: chosen.short_years, Retention.LONG: chosen.long_years}
    rows = session.execute(
        select(Case.id, Case.number, Case.archived_on, Case.retention)
        .where(
            Case.stage == Stage.ARCHIVED, Case.archived_on.is_not(None), Case.retention != Retention.PERMANENT
        )
        .order_by(Case.archived_on, Case.id)
    )
    found = []
    for case_id, number, archived_on, retention in rows:
        kept = years.get(retention)
        if archived_on is None or not kept:
            continue
        until = date(archived_on.year + kept, 12, 31)
        if until < today:
            found.append(Due(case_id, number, archived_on, retention, until))
    return found


def paper(session: Session, listed: Collection[Due]) -> Paper:
    """The list to be looked through and signed before anything is destroyed (销毁清册); it names no person."""
    office = offices.own(session)
    rows = tuple(
        (str(n), one.number, one.archived_on.isoformat(), one.retention.label, one.kept_until.isoformat(), "")
        for n, one in enumerate(listed, 1)
    )
    body: list[Block] = [
        Title(TITLE),
        Para(f"单位：{office.name}", align="left", indent=False),
        Para(f"下列 {len(rows)} 卷保管期满，经逐卷鉴定，没有继续保存的必要，拟予销毁。"),
        Listing(_HEAD, rows, _WIDTHS, ("center", "left", "center", "center", "center", "left")),
        Signatures(
            (
                Signature("清点人"),
                Signature("鉴定人"),
                Signature("批准人"),
                Signature("监销人", optional=True),
            )
        ),
        Seal(office.name, "　　　　年　　月　　日"),
    ]
    return Paper("destruction", TITLE, tuple(body), "", office.name)


def others(session: Session) -> list[tuple[str, str]]:
    """Log-in name and name of those who can log in beside the person at work: one of them confirms a destruction."""
    by, bind = session.info.get(BY, ""), session.get_bind()
    if not by or not isinstance(bind, Engine):
        return []
    slots = set(setup.logins(folder_of(bind)))
    there = or_(Staff.left_on.is_(None), Staff.left_on > date.today())
    people = session.scalars(
        select(Staff).where(Staff.login.is_not(None), Staff.name != by, there).order_by(Staff.name)
    )
    return [(one.login, one.name) for one in people if one.login in slots]


def witness(engine: Engine, login: str, password: str) -> Witness:
    """Know a checker by their own password; Refusal as at the log-in."""
    return Witness(setup.again(folder_of(engine), engine, login, password))


def destroy(
    session: Session, case_ids: Collection[int], *, checked_by: Witness | str, reason: str, today: date
) -> list[str]:
    """Delete cases for good with everything on them; return their numbers. The person at work approves.

    Refusal if one is not due, or if nobody else checked: a colleague who gave their own password, or a name where the
    office has but one account. Nothing brings them back but an old backup.
    """
    access.need(session, Power.DISCARD)
    approver = access.at_work(session)
    witnessed = isinstance(checked_by, Witness)
    checker = checked_by.name if isinstance(checked_by, Witness) else clean_line(checked_by)
    if not checker or (approver is not None and approver.name == checker):
        raise Refusal("销毁要由两个人经手：请填写鉴定人的姓名，不能和批准人是同一个人。")
    if not witnessed and others(session):
        raise Refusal("销毁要由两个人经手：请鉴定人选自己的姓名，输入自己的登录密码确认。")
    if not reason.strip():
        raise Refusal("请写明销毁的依据，例如批准文件的名称和日期。")
    ready = {one.case_id: one.number for one in due(session, today)}
    wanted = set(case_ids)
    if not wanted or not wanted <= ready.keys():
        raise Refusal("选中的案卷里有保管期还没有满的，什么也没有销毁；请刷新清单再选。")
    numbers = sorted(ready[case_id] for case_id in wanted)
    touched = {case_id: _take_away(session, case_id) for case_id in sorted(wanted)}
    search.settle(session)
    session.execute(delete(Content).where(Content.digest.not_in(_digests())))
    for case_id, entries in touched.items():  # an entry each, which names those whose changes are gone
        words = f"销毁 {ready[case_id]}；鉴定人{checker}{'' if witnessed else ALONE}，{in_words(today)}"
        told = history.note(session, Action.DESTROYED, words, case_id=case_id, reason=reason.strip())
        for number in entries:
            audit.left(told, number, chain.digest_of(session.connection(), number))
    return numbers


def _digests() -> CompoundSelect[str]:
    """What still speaks of bytes: the materials there are, and those removed that can be found again (找回)."""
    digest = func.json_extract(Change.before, f"$.{Material.digest.key}")
    removed = (Change.table == Material.__tablename__, Change.turn == Turn.REMOVED, digest.is_not(None))
    return union_all(select(Material.digest), select(digest).where(*removed))


def _take_away(session: Session, case_id: int) -> list[int]:
    """One case with its rows, what history kept of it, and what was typed into it; return the entries that lost changes."""
    entries = list(session.scalars(select(Change.entry_id).where(Change.case_id == case_id).distinct()))
    session.execute(delete(Change).where(Change.case_id == case_id))
    session.execute(
        delete(Draft).where(Draft.place.startswith(f"case:{case_id}/") | (Draft.place == f"case:{case_id}"))
    )
    session.execute(delete(Case).where(Case.id == case_id))
    search.forget(session, case_id)
    return entries
