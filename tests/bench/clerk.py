"""What an office's clerk would do: the cases of a year in an XLSX ledger (台账), read and counted in plain Python.

pandas reads XLSX by openpyxl too, and is none of this project's packages.
"""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.codes import SETTLED, Basis, Code
from mediator.tallies.population import CASES, Scope

COLUMNS = {
    "卷号": Case.number,
    "受理日期": Case.accepted_on,
    "结果日期": Case.concluded_on,
    "纠纷类型": Case.kind,
    "案件来源": Case.source,
    "委托移送单位": Case.referrer,
    "难易程度": Case.level,
    "调解结果": Case.outcome,
    "涉及人数": Case.headcount,
    "协议金额": Agreement.amount,
    "履行": Agreement.performance,
}
_BY_CLASS = ("纠纷类型", "案件来源", "委托移送单位", "难易程度", "调解结果")
_SETTLED = frozenset(outcome.label for outcome in SETTLED)


def write(session: Session, since: date, until: date, path: Path) -> None:
    """The ledger of a period, by the day of the result, one row a case; amounts in 分."""
    within = CASES.condition(Scope.PERIOD, Basis.CONCLUDED, since, until)
    rows = session.execute(select(*COLUMNS.values()).select_from(CASES.source).where(within))
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, list(COLUMNS))
    for number, row in enumerate(rows, 1):
        cells = (cell.label if isinstance(cell, Code) else cell for cell in row)
        sheet.write_row(number, 0, [str(cell) if isinstance(cell, date) else cell for cell in cells])
    book.close()


def count(path: Path) -> Counter[tuple[str, object]]:
    """How many cases of each class; and in all, with people, amount and how many were settled and performed."""
    found: Counter[tuple[str, object]] = Counter()
    book = openpyxl.load_workbook(path, read_only=True)
    rows: Any = book.worksheets[0].values
    heads = next(rows)
    for row in rows:
        case = dict(zip(heads, row, strict=True))
        settled = case["调解结果"] in _SETTLED
        found.update((head, case[head]) for head in _BY_CLASS)
        found["合计", "件数"] += 1
        found["合计", "人数"] += case["涉及人数"]
        found["合计", "金额"] += (case["协议金额"] or 0) if settled else 0
        found["合计", "成功"] += settled
        found["合计", "履行"] += settled and case["履行"] == "全部履行"
    book.close()
    return found
