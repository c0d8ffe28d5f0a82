"""What a ledger comes to (导入台账预览): rows to be taken in, rows that are refused or here already, and how it was read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTabWidget, QWidget

from mediator.domain.case import Case
from mediator.domain.codes import Side
from mediator.domain.people import Party
from mediator.services.ledger_files import Entry
from mediator.services.ledgers import Preview
from mediator.ui.parts import column, label, scrolled
from mediator.ui.style import AMBER
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

_READY = (
    Heading("行", 3, number=True), Heading("受理日期", 6), Heading("申请人", 7), Heading("被申请人", 7),
    Heading("纠纷类型", 8), Heading("结果", 7), Heading("请留意", 0),
)  # fmt: skip
_REFUSED = (Heading("行", 3, number=True), Heading("序号", 4), Heading("为什么不能导入", 0))
_KNOWN = (Heading("行", 3, number=True), Heading("在哪里", 0))
_MOST_ROWS = 12
"""How many row numbers are listed one by one."""


class PreviewPane(QTabWidget):
    """The preview, a tab for each sort of row."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("台账预览")
        self.ready = WordsTable("可以导入的行", _READY, "没有可以导入的行。原因见后面几页。")
        self.refused = WordsTable("不能导入的行", _REFUSED, "没有不能导入的行。")
        self.refused.wrap()
        self.known = WordsTable("已经在册的行", _KNOWN, "没有已经在册的行。")
        self.reading = label("", wrap=True)
        self.reading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.reading.setAccessibleName("怎样读的")
        for surface in (self.ready, self.refused, self.known, _page(self.reading)):
            self.addTab(surface, "")

    def show_preview(self, found: Preview) -> None:
        """Show what a ledger comes to."""
        self.ready.show_lines([_ready(entry) for entry in found.fresh])
        refused = found.ledger.refused
        self.refused.show_lines([Line((str(one.row), one.serial, one.reason)) for one in refused])
        known = {row: f"已在册，卷号 {number}" for row, number in found.known.items()}
        known |= {row: f"与本文件第 {first} 行相同，只导入一次" for row, first in found.repeated.items()}
        self.known.show_lines([Line((str(row), known[row])) for row in sorted(known)])
        self.reading.setText("\n\n".join(_how(found)))
        sorts = (("可以导入", len(found.fresh)), ("不能导入", len(refused)), ("已在册", len(known)))
        for n, (words, number) in enumerate(sorts):
            self.setTabText(n, f"{words} {number} 行")
        self.setTabText(len(sorts), "怎样读的")


def _ready(entry: Entry) -> Line:
    outcome = entry.case.get(Case.outcome.key) or entry.case[Case.stage.key]
    words = (
        str(entry.row), entry.accepted_on.isoformat(), _names(entry, Side.APPLICANT), _names(entry, Side.RESPONDENT),
        str(entry.case[Case.kind.key]), str(outcome), "；".join(entry.warnings),
    )  # fmt: skip
    return Line(words, "\n".join(entry.warnings), AMBER if entry.warnings else "")


def _names(entry: Entry, side: Side) -> str:
    return "、".join(str(party[Party.name.key]) for party in entry.parties if party[Party.side.key] is side)


def _how(found: Preview) -> list[str]:
    """How the file was read, a paragraph each."""
    ledger = found.ledger
    sheet = f"工作表“{ledger.sheet}”，" if ledger.sheet else ""
    said = [f"{sheet}表头在第 {ledger.heading_row} 行。"]
    said += [
        f"{sentence}（共 {len(rows)} 行：{_listed(rows)}）" for sentence, rows in ledger.assumptions.items()
    ]
    if ledger.not_taken:
        said.append(f"没有导入的栏：{'、'.join(ledger.not_taken)}。需要的话，到“栏目对照”里选。")
    if ledger.skipped:
        said.append(
            "略过：" + "、".join(f"{what} {number} 行" for what, number in ledger.skipped.items()) + "。"
        )
    return said + list(ledger.notes)


def _listed(rows: list[int]) -> str:
    more = "……" if len(rows) > _MOST_ROWS else ""
    return "第 " + "、".join(map(str, rows[:_MOST_ROWS])) + more + " 行"


def _page(words: QLabel) -> QWidget:
    inside = QWidget()
    inside.setLayout(column(words, 1, margins=12))
    return scrolled(inside)
