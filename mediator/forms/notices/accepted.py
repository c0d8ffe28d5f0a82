"""受理通知书: the committee tells that it takes the dispute in (人民调解法 第十七条、第十八条)."""

from mediator.domain import needs
from mediator.domain.case import Case
from mediator.domain.codes import Referrer, Side, Source, Stage
from mediator.forms import asks, letters, places
from mediator.forms.form import Form, Group, Sheet, since
from mediator.forms.notices import known
from mediator.forms.words import day, room
from mediator.paper.blocks import Block, Para, Run

ADDRESSEE = asks.line(
    "addressee", "受通知人", sample="周文谦", most=500, start=known.names(Side.APPLICANT), help="一般是申请人。"
)  # fmt: skip


def _stub(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    return (
        known.pairs(
            known.sides(case),
            ("纠纷类型", case.kind.label if case.kind else "", "受理日期", day(case.accepted_on)),
        ),
        places.of_staff("经办人", []),
    )


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    articles = "第十七条、第十八条" if _told_before(case) else "第十七条"
    return (
        letters.to(sheet.said(ADDRESSEE)),
        Para(
            (
                *letters.dispute(case),
                Run("，"),
                _occasion(case),
                Run(
                    "。经审查，符合受理条件。根据《中华人民共和国人民调解法》"
                    f"{articles}的规定，本人民调解委员会决定自{day(case.accepted_on)}起受理。"
                ),
            )
        ),
        Para("请按通知的时间、地点参加调解。调解不收取任何费用。"),
        known.contact(sheet),
    )


def _told_before(case: Case) -> bool:
    """Whether it came from a court or the police, who may tell parties of mediation before they take a matter up."""
    return case.source is Source.REFERRAL and case.referrer in (Referrer.COURT, Referrer.POLICE)


def _occasion(case: Case) -> Run:
    if case.source is None:
        return room()
    if case.source is Source.APPLICATION:
        return Run("由当事人申请调解")
    if case.source is Source.INITIATIVE:
        return Run("由本人民调解委员会主动调解，各方当事人没有拒绝")
    referrer = case.referrer_name or (case.referrer.label if case.referrer else "有关单位")
    return Run(f"由{referrer}委托移送调解")


ACCEPTED = Form(
    code="accepted",
    title="受理通知书",
    group=Group.NOTICE,
    applies=lambda case: case.stage is not Stage.REFUSED,
    stages=since(Stage.ACCEPTED),
    needs=(needs.ACCEPTED, needs.APPLICANT, needs.RESPONDENT),
    asks=(ADDRESSEE,),
    pattern="人调受〔{年}〕{号}号",
    stub=_stub,
    body=_body,
    day=lambda sheet: sheet.case.accepted_on,
    sealed=True,
)
"""One for the case: the other side is told by the notice of mediation (调解通知书)."""
