"""风险隐患提示函: tells somebody of risks that were found and what is advised, with a slip (回执) to answer on.

The slip is cut off below where there is one thing to answer; for more of them it has a page of its own.
"""

from mediator.forms import asks, letters
from mediator.forms.form import Form, Group, Sheet
from mediator.forms.letters import ON
from mediator.forms.words import day, room
from mediator.forms.work.lines import advised, typed
from mediator.forms.work.listing import Column, numbered
from mediator.paper.blocks import Block, Cell, Cut, Grid, Heading, PageBreak, Para, Run, Seal

TO = asks.line("to", "收函单位", sample="滨江花园物业服务中心")
ITEMS = asks.text(
    "items", "风险隐患和建议", most=4_000,
    sample="3号楼一层楼道停放电动车并拉线充电，建议清理楼道，另设集中充电点\n"
    "2号楼外墙瓷砖松动，业主多次反映，建议先围护，一周内告知维修安排\n"
    "停车费调整没有公示，业主群争吵较多",
    help="一行写一项，先写隐患，再写“建议……”，例如：楼道停放电动车，建议清理楼道。",
)  # fmt: skip
BY = asks.day("by", "回复期限", sample="2026-06-05", needed=False)


def _body(sheet: Sheet) -> tuple[Block, ...]:
    items = [advised(line) for line in typed(sheet.said(ITEMS))]
    return (
        letters.to(sheet.said(TO)),
        Para(
            "本人民调解委员会在矛盾纠纷排查和调解工作中，发现下列风险隐患，容易引发矛盾纠纷。现提示你单位，并提出建议，供参考："
        ),
        numbered((Column("风险隐患", 207), Column("建议", 207)), items, empty=6),
        Para(f"请于{day(sheet.said(BY))}前处理，并将处理情况填入回执送回。"),
        Seal(sheet.office.name, day(sheet.said(ON))),
        Cut("沿此线剪下") if len(items) == 1 else PageBreak(),
        *_receipt(sheet, len(items)),
    )


def _receipt(sheet: Sheet, count: int) -> tuple[Block, ...]:
    rows = tuple(
        (Cell(f"第{n}项" if count else "第　　项", label=True), Cell("", height=16))
        for n in range(1, (count or 6) + 1)
    )
    return (
        Heading("回执"),
        letters.to(sheet.office.name),
        Para((
            Run(sheet.number) if sheet.number else room(10),
            Run("《风险隐患提示函》处理情况如下："),
        )),
        Grid(rows, (1, 6)),
    )  # fmt: skip


HAZARD = Form(
    code="hazard",
    title="风险隐患提示函",
    group=Group.WORK,
    of_office=True,
    pattern="人调提〔{年}〕{号}号",
    asks=(TO, ITEMS, BY, ON),
    body=_body,
    day=lambda sheet: None,
    sealed=True,
    seal_of=lambda sheet: sheet.said(TO),
)
