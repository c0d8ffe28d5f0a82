"""封底（备考表）: the last sheet of the bound file, how many pages it has and who bound and checked it."""

from mediator.domain.codes import Standing
from mediator.forms.case_file.cover import bound_on, filer
from mediator.forms.facts import fact
from mediator.forms.form import Form, Sheet
from mediator.forms.words import day, middle, room
from mediator.paper.blocks import Block, Cell, Gap, Grid, Heading, Lines, Para, Run


def _body(sheet: Sheet) -> tuple[Block, ...]:
    return (
        fact("卷号", sheet.case.number),
        Para((
            Run("本卷共有文书材料"), _number(len(sheet.contents)),
            Run("件，共"), _number(max((one.page + one.pages - 1 for one in sheet.contents), default=0)),
            Run("页。"),
        )),
        Heading("卷内情况说明"),
        Lines(12),
        Gap(6),
        Grid(
            (
                _row("立卷人", filer(sheet.case), "立卷日期", day(bound_on(sheet))),
                _row("检查人", "", "检查日期", day(None)),
            ),
            (18, 31, 18, 33),
        ),
    )  # fmt: skip


def _number(number: int) -> Run:
    return Run(f"{number}") if number else room(4)


def _row(who: str, name: str, when: str, on: str) -> tuple[Cell, ...]:
    return (
        Cell(who, label=True, height=18), Cell(name, align="center"),
        Cell(when, label=True), Cell(middle(on), align="center"),
    )  # fmt: skip


BACK = Form(
    code="back",
    title="封底（备考表）",
    standing=Standing.MUST,
    body=_body,
    binds=True,
)
