"""排查登记表: what was found on a round through the area looking for disputes (矛盾纠纷排查)."""

from mediator.domain.wording import prose
from mediator.forms import asks, places
from mediator.forms.facts import table
from mediator.forms.form import Form, Group, Sheet
from mediator.forms.work import period
from mediator.forms.work.lines import parts, typed
from mediator.forms.work.listing import Column, numbered
from mediator.forms.work.period import MONTH_SINCE, MONTH_UNTIL
from mediator.paper.blocks import Block, Para

AREA = asks.line("area", "排查区域", sample="滨江花园1至6号楼、滨江菜市场")
BY = asks.line("by", "排查人", sample="陈志华、马秀英、楼长老许")
FINDINGS = asks.text(
    "findings", "排查发现的情况", needed=False,
    sample="4月8日，3号楼，周文谦、林淑芬，楼上漏水，赔偿没有谈拢，已引导申请调解\n"
    "4月15日，滨江菜市场，摊贩，占道摆摊多次争吵，当场劝解\n"
    "6号楼空调外机噪声，住户有怨言",
    help="一行写一件：日期，地点，当事人，情况，处理。例如：4月8日，3号楼，周文谦，楼上漏水，已劝解。没有发现就不填。",
)  # fmt: skip


def _body(sheet: Sheet) -> tuple[Block, ...]:
    found = [parts(line, 5, main=3) for line in typed(sheet.said(FINDINGS))]
    total = "\u3000\u3000" if sheet.blank else str(len(found))
    nothing = not found and not sheet.blank
    return (
        table(
            ("排查单位", sheet.office.name),
            ("排查区域", prose(sheet.said(AREA))),
            ("排查时间", period.words(sheet, MONTH_SINCE, MONTH_UNTIL)),
            ("排查人", prose(sheet.said(BY))),
        ),
        *_findings(sheet, found),
        Para(f"本次排查{'没有发现矛盾纠纷和风险隐患' if nothing else f'发现矛盾纠纷和风险隐患{total}件'}。"),
    )


def _findings(sheet: Sheet, found: list[tuple[str, ...]]) -> tuple[Block, ...]:
    columns = (
        Column("日期", 58),
        Column("地点", 76),
        Column("当事人", 66),
        Column("情况", 124),
        Column("处理", 90),
    )
    return (numbered(columns, found, empty=7),) if found or sheet.blank else ()


SCREENING = Form(
    code="screening",
    title="排查登记表",
    group=Group.WORK,
    of_office=True,
    asks=(AREA, MONTH_SINCE, MONTH_UNTIL, BY, FINDINGS),
    body=_body,
    signers=lambda sheet: (places.of_staff("排查人", []), places.of_staff("登记人", [])),
    day=lambda sheet: None,
)
