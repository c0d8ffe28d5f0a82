"""人民调解结案报告表: the case in short, with the opinions on which it is closed."""

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.codes import Performance, Source, Stage
from mediator.domain.stages import steps
from mediator.domain.wording import prose, unended
from mediator.forms import parties, places, terms
from mediator.forms.case_file.cover import bound_on, filer
from mediator.forms.facts import unknown
from mediator.forms.form import Form, Sheet, since
from mediator.forms.letters import opinion
from mediator.forms.words import boxes, day
from mediator.paper.blocks import Block, Cell, Grid, plain

Row = tuple[Cell, ...]


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    agreement = case.agreement or unknown(Agreement)
    mediators = "、".join(staff.name for staff in case.mediators)
    rows = (
        _pair(("卷号", case.number), ("填表时间", day(bound_on(sheet)))),
        _pair(("承办单位", sheet.office.name), ("承办人", mediators)),
        _pair(("受案时间", day(case.accepted_on)), ("结案时间", day(case.closed_on))),
        _wide("当事人", parties.line(case)),
        _wide("案件来源", _source(case)),
        _wide("纠纷简要事实", prose(agreement.facts or case.summary), 22),
        _wide("调解结果", _result(case), 22),
        _wide("履行情况", _performance(case, agreement)),
        opinion("承办人意见"),
        opinion("人民调解委员会负责人意见"),
    )
    return (Grid(rows, (16, 34, 16, 34)),)


def _source(case: Case) -> str:
    referrer = case.referrer_name or (case.referrer.label if case.referrer else "")
    named = f"\n委托移送单位：{referrer}" if case.source is Source.REFERRAL and referrer else ""
    return boxes(Source, case.source) + named


def _result(case: Case) -> str:
    """How it ended and when; the clauses of an agreement, or why there is none."""
    if case.outcome is None:
        return ""
    head = f"{day(case.concluded_on)}，{case.outcome.label}"
    if not case.outcome.settled:
        reason = next((step.reason for step in reversed(steps(case)) if step.stage_to is Stage.UNSETTLED), "")
        return f"{head}。" + (f"原因：{unended(prose(reason))}。" if reason else "")
    clauses = [plain(clause.text) for clause in terms.clauses(case.agreement)] if case.agreement else []
    return "\n".join((f"{head}：" if clauses else f"{head}。", *clauses))


def _performance(case: Case, agreement: Agreement) -> str:
    if case.outcome and not case.outcome.settled:
        return "没有达成协议，不涉及履行。"
    done = f"　履行完毕日期：{day(agreement.performed_on)}" if agreement.performed_on else ""
    return boxes(Performance, agreement.performance) + done


def _wide(caption: str, value: str, height: float = 0.0) -> Row:
    return Cell(caption, label=True), Cell(value, span=3, height=height)


def _pair(*pairs: tuple[str, str]) -> Row:
    return tuple(cell for caption, value in pairs for cell in (Cell(caption, label=True), Cell(value)))


CLOSING = Form(
    code="closing",
    title="人民调解结案报告表",
    stages=since(Stage.SETTLED),
    body=_body,
    signers=lambda sheet: (places.of_staff("填表人", [filer(sheet.case)]),),
)
"""Written before the case is closed, for the opinions on which it is; so from the result on. Who gives one signs in its box."""
