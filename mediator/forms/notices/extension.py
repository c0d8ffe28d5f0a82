"""延期调解审批表: mediation goes on beyond its time limit, with the parties' consent (若干规定 第三十三条)."""

from datetime import date

from mediator.domain.calendar import parse_day
from mediator.domain.case import Case
from mediator.domain.codes import Kind, Referrer, Source, Stage
from mediator.domain.errors import Refusal
from mediator.domain.records import Event
from mediator.domain.stages import extensions
from mediator.domain.wording import prose
from mediator.forms import asks, places
from mediator.forms.form import Each, Form, Group, Sheet, since
from mediator.forms.letters import opinion
from mediator.forms.notices import known
from mediator.forms.words import day
from mediator.paper.blocks import Block, Cell, Grid, Para

_MONTH = "纠纷一般在一个月内调结（《人民调解工作若干规定》第三十三条）。"


UNTIL = asks.day("until", "延长后的期限", sample="2026-06-20", start=lambda sheet: sheet.of(Event).on)
REASON = asks.text(
    "reason", "延期的理由", sample="等待有关部门核实数额，各方愿意继续协商", most=500,
    start=lambda sheet: sheet.of(Event).reason,
    help="为什么不能在期限内调结。",
)  # fmt: skip


def limit_before(entry: Event) -> str:
    """The limit as it was before, in words: the history of a case has it as 2026年4月11日改为2026年4月25日."""
    return entry.detail.partition("改为")[0] or day(None)


def first_limit(case: Case) -> date | None:
    """The limit (调解期限) before it was put off for the first time, None if that cannot be read."""
    put_off = extensions(case)
    try:
        return parse_day(limit_before(put_off[0])) if put_off else case.due_on
    except Refusal:
        return None


def _within_a_month(case: Case) -> bool:
    """Whether the month of 若干规定 第三十三条 is known to hold: medical disputes and courts have limits of their own."""
    from_court = case.source is Source.REFERRAL and case.referrer is Referrer.COURT
    return case.kind not in (None, Kind.MEDICAL) and not from_court


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    about = case.full_name if case.parties or case.name else ""
    return (
        Grid(
            (
                _wide("纠纷名称", about),
                _pair("受理日期", day(case.accepted_on), "卷号", case.number),
                _pair("原期限", limit_before(sheet.of(Event)), "延长至", day(sheet.said(UNTIL))),
                _wide("延期的理由", prose(sheet.said(REASON)), 18),
            ),
            known.PAIRS,
        ),
        Para(
            (_MONTH if _within_a_month(case) else "") + "当事人愿意继续调解，同意将调解期限延长至上列日期。"
        ),
    )


def _signers(sheet: Sheet) -> tuple[Block, ...]:
    """The parties consent; then whoever gives an opinion signs in its box."""
    return (
        *places.acknowledging(sheet.case, sheet.case.registered_on or sheet.today),
        Para(day(_asked_on(sheet.of(Event))), align="right", indent=False),
        Grid((opinion("人民调解员意见"), opinion("人民调解委员会意见")), known.PAIRS),
    )


def _wide(caption: str, value: str, height: float = 0) -> tuple[Cell, ...]:
    return Cell(caption, label=True), Cell(value, span=3, height=height)


def _pair(one: str, first: str, other: str, second: str) -> tuple[Cell, ...]:
    return Cell(one, label=True), Cell(first), Cell(other, label=True), Cell(second)


EXTENSION = Form(
    code="extension",
    title="延期调解审批表",
    group=Group.NOTICE,
    stages=since(Stage.ACCEPTED),
    each=Each(Event, extensions),
    asks=(UNTIL, REASON),
    body=_body,
    signers=_signers,
)


def _asked_on(entry: Event) -> date | None:
    return entry.at.date() if entry.at else None
