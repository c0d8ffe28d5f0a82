"""卷宗情况说明: in free words, what a reader of the file has to know."""

from mediator.forms import asks, places
from mediator.forms.case_file.cover import bound_on, filer, volume_name
from mediator.forms.facts import fact, section
from mediator.forms.form import Form, Sheet
from mediator.paper.blocks import Block

TEXT = asks.text(
    "text",
    "情况说明",
    sample="2026年3月3日的调解记录为手写，原件附在打印件之后。银行转账回单为复印件，原件由申请人保存。",
    help="卷内缺什么、补了什么、改了什么，以及原件在哪里。",
)


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    return (
        fact("卷号", case.number),
        fact("卷名", volume_name(case)),
        *section("情况说明", sheet.said(TEXT), lines=14),
    )


STATEMENT = Form(
    code="statement",
    title="卷宗情况说明",
    asks=(TEXT,),
    body=_body,
    signers=lambda sheet: (places.of_staff("立卷人", [filer(sheet.case)]),),
    day=bound_on,
)
