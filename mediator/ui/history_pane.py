"""经过: what happened to a case, step by step."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import EventKind, Stage
from mediator.domain.errors import Refusal
from mediator.domain.records import Event
from mediator.services import cases, discards, steps, undoing
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.parts import LEFT, button, column, row, run
from mediator.ui.redate_dialog import RedateDialog
from mediator.ui.removed_list import RemovedDialog
from mediator.ui.steps_dialog import StepsDialog

HEADINGS = ("记录时间", "经手人", "事项", "发生日期", "说明")


class HistoryPane(QWidget):
    """The history of a case, newest last; nothing in it can be changed."""

    discarded = Signal()
    """The case was declared void; there is nothing more to do on it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self.table = QTableWidget(0, len(HEADINGS))
        self.table.setHorizontalHeaderLabels(list(HEADINGS))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setWordWrap(True)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName("案件经过")
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(LEFT)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(HEADINGS) - 1, QHeaderView.ResizeMode.Stretch)
        self.redate = button("更正日期", self._redate, tip="受理、告知、结果、结案的日期记错了时用")
        self.undo_button = button("撤销上一步", self._undo, picture="back")
        more = row(
            self.redate, self.undo_button, 1,
            button("操作记录…", self._steps, tip="谁在什么时候改了什么，改前改后各是什么"),
            button("找回删除的内容…", self._removed, tip="从本案删去的当事人、笔录等，可以找回"),
            button("作废本案…", self._discard, tip="登记错了或者登记重复时用"),
        )  # fmt: skip
        self.setLayout(column(self.table, more, margins=12))

    def show_case(self, case: Case) -> None:
        """Show the history of a case."""
        self.case = case
        self.redate.setEnabled(case.stage not in (Stage.REGISTERED, Stage.ARCHIVED))
        self.table.setRowCount(len(case.events))
        for n, event in enumerate(case.events):
            on = event.on.isoformat() if event.on else ""
            cells = (f"{event.at:%Y-%m-%d %H:%M}", event.by, _what(event), on, _why(event))
            for at, words in enumerate(cells):
                self.table.setItem(n, at, QTableWidgetItem(words))
        self.table.resizeRowsToContents()
        self.table.scrollToBottom()
        self._offer_undo(case)

    def _offer_undo(self, case: Case) -> None:
        """Say what the last step was, and let it be taken back if that can be."""
        entry, why_not = self.desk.read(lambda s: _last_step(s, case, self.desk.who))
        self.undo_button.setEnabled(not why_not)
        self.undo_button.setToolTip(why_not or (f"撤销：{steps.in_words(entry)}" if entry else ""))

    def _undo(self) -> None:
        case = self.case
        if case is None:
            return
        with tell.refusals(self):
            entry, why_not = self.desk.read(lambda s: _last_step(s, case, self.desk.who))
            if entry is None or why_not:
                raise Refusal(why_not)
            asked, reason = _question(entry), ""
            if case.finished:
                reason = tell.ask_reason(
                    self, f"{asked}\n{case.number} 已经{case.stage.label}，撤销请写明原因："
                )
            if reason if case.finished else tell.ask(self, asked, "撤销"):
                self.desk.do(
                    lambda s: undoing.undo(
                        s, cases.load(s, case.id), entry.id, by=self.desk.who, reason=reason
                    )
                )

    def _steps(self) -> None:
        if self.case is not None:
            run(StepsDialog(self, self.desk, self.case))

    def _removed(self) -> None:
        if self.case is not None:
            run(RemovedDialog(self, self.desk, self.case))

    def _discard(self) -> None:
        case = self.case
        if case is None:
            return
        words = f"作废 {case.number} 以后，它不再列出，也不计入统计，卷号不再使用；可以在“设置—回收站”里恢复。\n请写明原因："
        reason = tell.ask_reason(self, words)
        if reason:
            with tell.refusals(self):
                self.desk.do(
                    lambda s: discards.discard(
                        s, cases.load(s, case.id), reason=reason, today=self.desk.today
                    )
                )
                self.discarded.emit()

    def _redate(self) -> None:
        if self.case is not None:
            run(RedateDialog(self, self.desk, self.case))


def _last_step(session: Session, case: Case, by: str) -> tuple[Entry | None, str]:
    """The last step of a case, and why it cannot be taken back."""
    entry = undoing.last(session, case)
    return entry, undoing.why_not(session, case, entry, by)


def _question(entry: Entry) -> str:
    asked = f"撤销 {entry.at:%H:%M} 的这一步吗？\n{steps.in_words(entry)}"
    staff = "、".join(undoing.stays(entry))
    return f"{asked}\n{staff}仍留在工作人员名单里。" if staff else asked


def _what(event: Event) -> str:
    if event.kind in (EventKind.REGISTERED, EventKind.UNDONE) or event.stage_to is None:
        return event.kind.label
    return f"{event.kind.label}“{event.stage_to.label}”"


def _why(event: Event) -> str:
    return "；".join(part for part in (event.detail, f"原因：{event.reason}" if event.reason else "") if part)
