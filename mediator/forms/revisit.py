"""人民调解回访记录: one for each look at how the agreement is kept (若干规定 第三十七条)."""

from mediator.domain import needs
from mediator.domain.codes import Performance, Satisfaction, Stage, VisitWay
from mediator.domain.records import Revisit
from mediator.forms import parties, places
from mediator.forms.facts import section, table
from mediator.forms.form import Form, Sheet, since
from mediator.forms.words import boxes, day
from mediator.paper.blocks import Block


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case, revisit = sheet.case, sheet.of(Revisit)
    return (
        table(
            ("当事人", parties.line(case)),
            ("调解协议编号", case.number if case.agreement else ""),
            ("回访事由", case.full_name),
            ("回访时间", day(revisit.visited_on)),
            ("回访方式", boxes(VisitWay, revisit.way)),
            ("回访地点", revisit.place),
            ("回访对象", revisit.visited),
            ("履行情况", boxes(Performance, revisit.performance)),
            ("是否满意", boxes(Satisfaction, revisit.satisfaction)),
        ),
        *section("回访情况", revisit.record),
    )


REVISIT = Form(
    code="revisit",
    title="人民调解回访记录",
    standing="按需",
    stages=since(Stage.SETTLED, Stage.UNSETTLED),
    about=Revisit,
    filled=(Revisit.record,),
    needs=(needs.APPLICANT, needs.RESPONDENT),
    body=_body,
    signers=lambda sheet: (places.of_staff("回访人", [sheet.of(Revisit).visitor]),),
    day=lambda sheet: sheet.of(Revisit).visited_on,
)
