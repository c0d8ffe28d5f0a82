"""What the slips on a case (呈报单、交办单、转办单、回复单) have in common: the matter they are about."""

from mediator.domain.case import Case
from mediator.forms import letters
from mediator.forms.form import Sheet
from mediator.forms.letters import PAIRED, pair, wide
from mediator.paper.blocks import Cell, Grid

Row = tuple[Cell, ...]


def slip(sheet: Sheet, *rows: Row) -> Grid:
    """The table of a slip: the case first, then the rows of this slip."""
    return Grid((*_matter(sheet.case), *rows), PAIRED)


def beside_level(sheet: Sheet, caption: str, value: str) -> Row:
    """Something of this slip, with how difficult the case is (难易程度) beside it."""
    level = sheet.case.level.label if sheet.case.level else ""
    return pair(caption, value, "难易程度", level)


def _matter(case: Case) -> tuple[Row, ...]:
    kind = case.kind.label if case.kind else ""
    return (
        wide("纠纷名称", case.full_name if case.parties else ""),
        pair("卷号", case.number, "纠纷类型", kind),
        wide("当事人", letters.people(case), 12),
        wide("纠纷简要情况", case.summary, 20),
    )
