"""人民调解回访记录: one for each look at how the agreement is kept (若干规定 第三十七条)."""

from mediator.domain import needs
from mediator.domain.codes import Performance, Satisfaction, Stage, VisitWay
from mediator.domain.records import Revisit
from mediator.forms import parties, places
from mediator.forms.facts import section
from mediator.forms.form import Each, Form, Sheet, since
from mediator.forms.letters import PAIRED, pair, wide
from mediator.forms.words import boxes, day
from mediator.paper.blocks import Block, Grid


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case, revisit = sheet.case, sheet.of(Revisit)
    return (
        Grid(
            (
                wide("当事人", parties.line(case)),
                pair("调解协议编号", case.number if case.agreement else "", "回访对象", revisit.visited),
                wide("回访事由", case.full_name if case.parties or case.name else ""),
                pair("回访时间", day(revisit.visited_on), "回访地点", revisit.place),
                wide("回访方式", boxes(VisitWay, revisit.way)),
                wide("履行情况", boxes(Performance, revisit.performance)),
                wide("是否满意", boxes(Satisfaction, revisit.satisfaction)),
            ),
            PAIRED,
        ),
        *section("回访情况", revisit.record, lines=12),
    )


REVISIT = Form(
    code="revisit",
    title="人民调解回访记录",
    stages=since(Stage.SETTLED, Stage.UNSETTLED),
    each=Each(Revisit, lambda case: case.revisits),
    filled=(Revisit.record,),
    needs=(needs.APPLICANT, needs.RESPONDENT),
    body=_body,
    signers=lambda sheet: (places.of_staff("回访人", [sheet.of(Revisit).visitor]),),
    day=lambda sheet: sheet.of(Revisit).visited_on,
)
