"""操作记录: everything done to a case, who did it and when, and of the step chosen every field as it was and as it became."""

from PySide6.QtWidgets import QDialog, QWidget

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.services import steps, timeline
from mediator.services.printouts import Printout
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.fit import fit
from mediator.ui.parts import button, column, label, row
from mediator.ui.preview import show_paper
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

_STEPS = (Heading("时间", 10), Heading("经手人", 5), Heading("做了什么", 4), Heading("内容", 0))
_FIELDS = (Heading("项目", 10), Heading("改前", 0), Heading("改后", 0))


class StepsDialog(QDialog):
    """Steps above, the newest first; below, what the one chosen changed."""

    def __init__(self, parent: QWidget, desk: Desk, case: Case) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"操作记录：{case.number}")
        self.desk, self.case = desk, case
        self.entries = desk.read(lambda s: steps.of_case(s, case.id))
        self.steps = WordsTable("操作记录", _STEPS, "这个案件还没有操作记录。")
        self.fields = WordsTable("改动的内容", _FIELDS, "这一步没有改动填写的内容。")
        self.fields.wrap()
        self.steps.show_lines([_line(entry) for entry in self.entries])
        self.steps.selectionModel().currentRowChanged.connect(lambda *_rows: self._show())
        self.setLayout(
            column(
                self.steps,
                label("选中的一步改了什么", "section"),
                self.fields,
                row(button("打印操作记录表", self._print, picture="print"), 1, button("关闭", self.accept)),
                margins=18,
            )
        )
        fit(self, 60, 40)
        self.steps.choose(0)
        self._show()

    def _print(self) -> None:
        with tell.refusals(self):
            paper = self.desk.read(lambda s: timeline.paper(s, self.case, self.desk.today))
            show_paper(self, self.desk, Printout(paper), self.case.number)

    def _show(self) -> None:
        chosen = self.steps.chosen()
        changes = self.entries[chosen].changes if 0 <= chosen < len(self.entries) else []
        self.fields.show_lines(
            [Line((said.label, said.before, said.after)) for change in changes for said in steps.told(change)]
        )


def _line(entry: Entry) -> Line:
    at = f"{entry.at:%Y-%m-%d %H:%M}" + ("（时钟可疑）" if entry.clock_suspect else "")
    words = steps.in_words(entry) + (f"。原因：{entry.reason}" if entry.reason else "")
    return Line((at, entry.by, entry.action.label, words))
