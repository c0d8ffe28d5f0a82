"""The lists there are (清单目录): open and overdue cases, payments due, what was found on rounds, disputes not yet closed."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, literal, null, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, aliased

from mediator.domain.agreement import Agreement, Instalment, Item
from mediator.domain.calendar import months_later
from mediator.domain.case import Case, stands
from mediator.domain.codes import ItemKind, Performance, Side, Source, Stage
from mediator.domain.figures import Screening
from mediator.domain.people import Party
from mediator.domain.stages import OPEN
from mediator.exchange.roster_sheet import Cell
from mediator.services.leading import lead_name
from mediator.services.rosters import Column, Roster
from mediator.services.sheets import in_yuan
from mediator.tallies.shared import IS_SETTLED

_BRIEF = 40
"""Characters of a text in a list."""
_PHONES = 3
_WORKING = (Stage.REGISTERED, *OPEN, Stage.SUSPENDED)
_FINISHED = (Stage.CLOSED, Stage.ARCHIVED, Stage.REFUSED)


def _people(
    side: Side | InstrumentedAttribute[Side], what: InstrumentedAttribute[str] = Party.name
) -> ScalarSelect[Any]:
    """The names, or telephones, of one side in one line."""
    listed = func.aggregate_strings(what, "、").aggregate_order_by(Party.id)
    chosen = select(listed).where(Party.case_id == Case.id, Party.side == side, what != "")
    return chosen.correlate(Case, Item).scalar_subquery()


def _days_left(today: date, due_on: date | None, stage: Stage) -> Cell:
    """How many days are left, or by how many it is overdue (逾期)."""
    if stage in (Stage.REGISTERED, Stage.SUSPENDED):
        return {Stage.REGISTERED: "待受理", Stage.SUSPENDED: "中止"}[stage]
    return _until(today, due_on)


def _until(today: date, due_on: date | None) -> Cell:
    if due_on is None:
        return "未定期限"
    left = (due_on - today).days
    return f"逾期 {-left} 天" if left < 0 else f"还有 {left} 天" if left else "今天到期"


def _kind(today: date, kind: Any) -> Cell:
    return kind.label.removesuffix("纠纷") if kind else "未定"


def _brief(today: date, text: str) -> Cell:
    line = " ".join(text.split())
    return line if len(line) <= _BRIEF else f"{line[:_BRIEF]}……"


def _money(today: date, fen: int | None) -> Cell:
    return "" if fen is None else in_yuan(fen)


def _names(today: date, names: str | None) -> str:
    """One or two names whole, of more the first and how many."""
    people = names.split("、") if names else []
    return f"{people[0]}等 {len(people)} 人" if len(people) > 2 else "、".join(people)


def _phones(today: date, numbers: str | None) -> str:
    """Up to three telephones whole, of more the first three and how many."""
    found = numbers.split("、") if numbers else []
    return "、".join(found[:_PHONES]) + (f"等 {len(found)} 个" if len(found) > _PHONES else "")


def _sides(today: date, applicants: str | None, respondents: str | None) -> Cell:
    return "与".join(side for side in (_names(today, applicants), _names(today, respondents)) if side)


_OPEN_COLUMNS = (
    Column("卷号", 26, (Case.number,)),
    Column("申请人", 17, (_people(Side.APPLICANT),), _names),
    Column("被申请人", 17, (_people(Side.RESPONDENT),), _names),
    Column("纠纷类型", 17, (Case.kind,), _kind),
    Column("主持调解员", 17, (lead_name(),)),
    Column("办理阶段", 15, (Case.stage,)),
    Column("受理日期", 19, (Case.accepted_on,), printed=False),
    Column("调解期限", 19, (Case.due_on,)),
    Column("剩余天数", 19, (Case.due_on, Case.stage), _days_left),
)
_BY_DUE = (Case.due_on.is_(None), Case.due_on, Case.id)

WORKING = Roster(
    code="open",
    title="在办案件清单",
    definition="已经登记、还没有调解结果的案件，先到期的在前。",
    case_id=Case.id,
    source=Case.__table__,
    columns=_OPEN_COLUMNS,
    where=lambda today: Case.stage.in_(_WORKING),
    order=_BY_DUE,
)

OVERDUE = Roster(
    code="overdue",
    title="逾期案件清单",
    definition="正在办理、超过了调解期限还没有调解结果的案件；中止的不算。",
    case_id=Case.id,
    source=Case.__table__,
    columns=_OPEN_COLUMNS,
    where=lambda today: Case.stage.in_(OPEN) & (Case.due_on < today),
    order=_BY_DUE,
)

_DEBTOR, _CREDITOR = aliased(Party, name="debtor"), aliased(Party, name="creditor")


def _unpaid(today: date) -> ColumnElement[bool]:
    short = func.coalesce(Instalment.paid, 0) < func.coalesce(Instalment.amount, 0)
    not_done = or_(Instalment.paid_on.is_(None), short)
    kept = or_(Agreement.performance.is_(None), Agreement.performance != Performance.FULL)
    return not_done & kept & IS_SETTLED & (Case.stage != Stage.ARCHIVED)


def _what(today: date, kind: ItemKind, act: str) -> Cell:
    return _brief(today, act) if kind is ItemKind.ACT else "付款"


def _rest(today: date, kind: ItemKind, amount: int | None, paid: int | None) -> Cell:
    return "" if kind is ItemKind.ACT else in_yuan(max(0, (amount or 0) - (paid or 0)))


DUE = Roster(
    code="payments",
    title="履行到期清单",
    definition="达成协议的案件里还没有履行完的每一期，先到期的在前；已经归档或记为全部履行的不列。",
    case_id=Case.id,
    source=(
        Case.__table__.join(Agreement, Agreement.case_id == Case.id)
        .join(Item, Item.agreement_id == Agreement.id)
        .join(Instalment, Instalment.item_id == Item.id)
        .outerjoin(_DEBTOR, _DEBTOR.id == Item.debtor_id)
        .outerjoin(_CREDITOR, _CREDITOR.id == Item.creditor_id)
    ),
    columns=(
        Column("卷号", 24, (Case.number,)),
        Column("履行方", 17, (func.coalesce(_DEBTOR.name, _people(Item.debtor_side)),), _names),
        Column("履行方电话", 24, (func.coalesce(_DEBTOR.phone, _people(Item.debtor_side, Party.phone)),), _phones, phones=True),
        Column("接受方", 17, (func.coalesce(_CREDITOR.name, _people(Item.creditor_side)),), _names),
        Column("事项", 16, (Item.kind, Item.act), _what),
        Column("应履行日期", 19, (Instalment.due_on,)),
        Column("剩余天数", 19, (Instalment.due_on,), _until),
        Column("本期应付（元）", 18, (Instalment.amount,), _money, printed=False),
        Column("还差（元）", 18, (Item.kind, Instalment.amount, Instalment.paid), _rest),
    ),
    where=_unpaid,
    order=(Instalment.due_on.nulls_last(), Instalment.id),
)  # fmt: skip

_EVENTS = union_all(
    select(
        null().label("case_id"), Screening.screened_on.label("on"), literal("排查").label("sort"), literal("").label("number"),
        Screening.area.label("place"), Screening.note.label("what"), Screening.people.label("who"),
        literal(None, Case.__table__.c.stage.type).label("stage"), Screening.found.label("found"), Screening.id.label("place_in"),
    ),
    select(
        Case.id, Case.registered_on, literal("纠纷"), Case.number, Case.occurred_place, Case.summary,
        _people(Side.APPLICANT), Case.stage, null(), Case.id,
    ).where(
        or_(Case.source == Source.INITIATIVE, Case.referrer_name.contains("网格")), stands()
    ),
).subquery("events")  # fmt: skip


def _handled(today: date, stage: Any, found: int | None) -> Cell:
    if stage is not None:
        return str(stage)
    return "" if found is None else f"发现 {found} 件"


EVENTS = Roster(
    code="events",
    title="网格事件清单",
    definition="近一年的排查记录、主动调解的纠纷、委托移送单位名称里有“网格”的纠纷，新的在前。",
    case_id=_EVENTS.c.case_id,
    source=_EVENTS,
    columns=(
        Column("日期", 15, (_EVENTS.c.on,)),
        Column("类别", 9, (_EVENTS.c.sort,)),
        Column("卷号", 24, (_EVENTS.c.number,)),
        Column("地点或范围", 24, (_EVENTS.c.place,)),
        Column("情况", 57, (_EVENTS.c.what,), _brief),
        Column("排查人或当事人", 20, (_EVENTS.c.who,), _names),
        Column("办理情况", 14, (_EVENTS.c.stage, _EVENTS.c.found), _handled),
    ),
    where=lambda today: _EVENTS.c.on.between(months_later(today, -12), today),
    order=(_EVENTS.c.on.desc(), _EVENTS.c.sort, _EVENTS.c.place_in.desc()),
)

DISPUTES = Roster(
    code="disputes",
    title="矛盾纠纷统计表",
    definition="已经登记、还没有结案的全部纠纷，先登记的在前。",
    case_id=Case.id,
    source=Case.__table__,
    columns=(
        Column("登记日期", 21, (Case.registered_on,)),
        Column("卷号", 28, (Case.number,)),
        Column("当事人", 24, (_people(Side.APPLICANT), _people(Side.RESPONDENT)), _sides),
        Column("纠纷类型", 14, (Case.kind,), _kind),
        Column("难易程度", 13, (Case.level,), printed=False),
        Column("涉及人数", 11, (Case.headcount,), lambda today, people: int(people), printed=False),
        Column("发生地点", 19, (Case.occurred_place,), printed=False),
        Column("简要情况", 60, (Case.summary,), _brief),
        Column("办理阶段", 13, (Case.stage,)),
        Column("主持调解员", 17, (lead_name(),)),
    ),
    where=lambda today: Case.stage.not_in(_FINISHED),
    order=(Case.registered_on, Case.id),
)

ROSTERS: tuple[Roster, ...] = (WORKING, OVERDUE, DUE, EVENTS, DISPUTES)
