"""本人查询: all that is stored about one person, to be handed over on request (个人信息保护法 第四十五条).

What concerns others is left out or masked: records (笔录) and papers are named with their days and not quoted, other
people are called by the first character of their name. A guardian asks for a child; close relatives for the dead (第四十九条).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from mediator.domain.agreement import Item
from mediator.domain.amounts import yuan
from mediator.domain.audit import Change
from mediator.domain.calendar import in_words
from mediator.domain.case import Case
from mediator.domain.codes import Action, Code, ItemKind
from mediator.domain.errors import Refusal
from mediator.domain.fields import fields_of
from mediator.domain.identity import normal
from mediator.domain.masking import masked_name
from mediator.domain.people import Identified, Party, Representative
from mediator.domain.roles import Power
from mediator.domain.wording import clean_line, clean_name
from mediator.services import access, cases
from mediator.store import history, search

ASKERS = ("本人", "监护人（本人未成年或无民事行为能力）", "受本人书面委托的人", "近亲属（本人已去世）")
_LEAST = 6
"""Characters of a number that tells one person."""


@dataclass(frozen=True)
class Request:
    """Who asks, and how it was made sure that they may."""

    name: str
    """Of the person whose data it is."""
    number: str
    """Of a document, or the telephone."""
    asker: str
    checked: str
    """How the identity was checked (身份核验)."""
    ground: str = ""


@dataclass(frozen=True)
class Told:
    """One line: of which case, what it is, and what is stored."""

    number: str
    what: str
    words: str


@dataclass(frozen=True)
class Stored:
    """All that is stored about one person."""

    lines: tuple[Told, ...]
    numbers: tuple[str, ...]
    """Of the cases they are a party of, or act in for one."""
    elsewhere: tuple[str, ...]
    """Numbers of the other cases in whose words the number stands; to be looked through by hand."""
    namesakes: int
    """Rows of the same name under another number or none; they may be somebody else and are left out."""


def of_person(session: Session, request: Request) -> Stored:
    """Look everything up and write into the audit that it was, and why; Refusal unless the identity was checked."""
    access.need(session, Power.SEE_ALL)
    name, number = clean_name(request.name), normal(request.number)
    checked = clean_line(request.checked)
    if not name or len(number) < _LEAST:
        raise Refusal("请填写本人的姓名，和完整的证件号码或电话，免得把别人的信息交出去。")
    if not checked:
        raise Refusal("请先核验身份，并写明怎么核验的，例如“核对居民身份证原件”。")
    rows = _rows(session, name)
    mine = [row for row in rows if _has(row, number)]
    lines = [line for row in mine for line in _told(session, row)]
    numbers = dict.fromkeys(line.number for line in lines)
    elsewhere = session.scalars(select(Case.number).where(search.found(number)).order_by(Case.id)).all()
    kept = session.scalar(
        select(func.count()).select_from(Change)
        .where(or_(Change.before.contains(number, autoescape=True), Change.after.contains(number, autoescape=True)))
    )  # fmt: skip
    if kept and mine:
        lines.append(Told("", "改动历史", f"保留着改动前后的内容 {kept} 处，随案卷保管，不能改动"))
    why = [f"申请人：{request.asker}", f"核验：{checked}", clean_line(request.ground)]
    detail = f"本人查询，涉及 {len(numbers)} 件案件：{'、'.join(numbers)}".rstrip("：")
    history.note(session, Action.VIEWED, detail, reason="；".join(filter(None, why)))
    others = tuple(number for number in elsewhere if number not in numbers)
    return Stored(tuple(lines), tuple(numbers), others, len(rows) - len(mine))


def _rows(session: Session, name: str) -> list[Party | Representative]:
    parties = session.scalars(select(Party).where(Party.name == name).order_by(Party.id))
    acting = session.scalars(
        select(Representative).where(Representative.name == name).order_by(Representative.id)
    )
    return [*parties, *acting]


def _has(row: Identified, number: str) -> bool:
    digits = "".join(row.phone.split()).replace("-", "")
    return row.id_number == number or (len(number) >= _LEAST and number.replace("-", "") in digits)


def _told(session: Session, row: Party | Representative) -> Iterator[Told]:
    party = row if isinstance(row, Party) else row.party
    case = cases.load(session, party.case_id)
    for what, words in (*_of_case(case), *_of_row(row), *_beside(row, party), *_on_case(case, row.name)):
        yield Told(case.number, what, words)
    if row is party:
        for what, words in _of_agreement(case, party):
            yield Told(case.number, what, words)


def _of_case(case: Case) -> Iterator[tuple[str, str]]:
    yield "案件", f"{case.kind.label if case.kind else '纠纷'}，{in_words(case.registered_on)}登记"
    yield "办理情况", "已作废" if case.discarded_on else case.stage.label
    if case.outcome:
        yield "调解结果", case.outcome.label
    yield "保管期限", case.retention.label


def _of_row(row: Identified) -> Iterator[tuple[str, str]]:
    """What was entered about the person, who they are first."""
    for key, field in sorted(fields_of(type(row)).items(), key=lambda one: one[0] not in vars(Identified)):
        value = getattr(row, key)
        if value in ("", None, False):
            continue
        shown = "是" if value is True else value.label if isinstance(value, Code) else field.write(value)
        yield field.label, str(shown)


def _beside(row: Party | Representative, party: Party) -> Iterator[tuple[str, str]]:
    """Those on the other end: who acts for the person, or for whom the person acts."""
    if row is party:
        for one in party.representatives:
            yield one.proxy.label, masked_name(one.name) + (f"（{one.relation}）" if one.relation else "")
    else:
        yield "所代理的当事人", f"{party.side.label}{masked_name(party.name)}"


def _of_agreement(case: Case, party: Party) -> Iterator[tuple[str, str]]:
    for item in case.agreement.items if case.agreement else ():
        for what, one, side in (
            ("协议：应由其履行", item.debtor_id, item.debtor_side),
            ("协议：应向其履行", item.creditor_id, item.creditor_side),
        ):
            if one == party.id or (one is None and side is party.side):
                yield what, _item(item)


def _item(item: Item) -> str:
    """What is owed, without the words in which it names others."""
    days = "、".join(in_words(part.due_on) for part in item.instalments if part.due_on)
    due = f"，应于{days}前履行" if days else ""
    if item.kind is ItemKind.ACT:
        return f"履行行为{due}"
    return f"给付 {yuan(item.amount or 0)} 元{due}，已付 {yuan(item.paid)} 元"


def _on_case(case: Case, name: str) -> Iterator[tuple[str, str]]:
    """Records, papers and materials by kind and day."""
    talks = [one.held_at.date() for one in case.investigations if one.respondent == name]
    visits = [one.visited_on for one in case.revisits if name in one.visited]
    sessions = [one.held_at.date() for one in case.sessions]
    for what, days in (("调查笔录", talks), ("调解笔录", sessions), ("回访记录", visits)):
        if days:
            yield what, _days(days)
    standing = [paper for paper in case.papers if not paper.void_reason]
    if standing:
        yield "出具的文书", f"{len(standing)} 份，{_days([paper.issued_at.date() for paper in standing])}"
    given = [one.kind.label for one in case.materials if one.provider == name]
    if given:
        yield "本人提供的材料", "、".join(f"{kind} {given.count(kind)} 份" for kind in dict.fromkeys(given))


def _days(days: list[date]) -> str:
    return "、".join(in_words(day) for day in dict.fromkeys(sorted(days)))
