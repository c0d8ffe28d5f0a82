"""设置—审计: who did what and when, looked for and paged through; the chain checked, taken out, printed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from mediator.domain.roles import Power
from mediator.services import access, audit_export, checkpoints, entries, entries_paper
from mediator.services.entries import Row, Search, Wanted
from mediator.services.printouts import Printout
from mediator.ui import powers, tell
from mediator.ui.audit_dialog import CheckDialog
from mediator.ui.audit_filters import AuditFilters
from mediator.ui.desk import Desk
from mediator.ui.file_choice import ask_for_folder
from mediator.ui.flow import FlowLayout
from mediator.ui.keep_tally import preview
from mediator.ui.parts import button, column, label, row, run
from mediator.ui.style import AMBER
from mediator.ui.waited import waited
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

HEADINGS = (
    Heading("编号", 4, number=True), Heading("时间", 8), Heading("经手人", 4), Heading("操作", 4), Heading("内容", 0),
    Heading("去向", 7),
)  # fmt: skip
_EMPTY = "没有符合条件的记录。可以放宽日期，或者把经手人、操作改回“全部”。"
_WIDE = 48
"""Letters across, with which there is room for every column."""


class AuditPane(QWidget):
    """The entries, a page at a time, the newest first; nothing in it can be changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.allowed = powers.may(desk, Power.AUDIT)
        self.filters = AuditFilters()
        self.table = WordsTable("审计记录", HEADINGS, _EMPTY)
        self.told = label("", wrap=True)
        """The entry chosen, in full."""
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.where = label("", "quiet")
        self.newer = button("较新的", self._newer, often=True)
        self.older = button("较早的", self._older, often=True)
        self.rows: list[Row] = []
        self.search = Search(())
        self.starts: list[int | None] = [None]
        """Where the pages shown so far begin: each with what is older than this entry."""
        self._lay_out()
        self.filters.changed.connect(self.refresh)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell())

    def refresh(self) -> None:
        """Look again for what is asked for, from the newest on."""
        if not self.allowed:
            return
        self.filters.offer_people(self.desk.read(entries.people))
        with tell.refusals(self):
            wanted = self.filters.wanted()
            self.search = self.desk.read(lambda s: entries.look_for(s, wanted))
            self.starts = [None]
            self._show()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _lay_out(self) -> None:
        paging = row(self.where, 1, self.newer, self.older)
        does = FlowLayout(
            button("核对…", self._check, role="main", tip="从第一条起，看记录有没有缺少、被改动"),
            button("打印预览", self._print, picture="print"),
            button("导出…", self._export, picture="save", tip="全部记录连同核对程序，存到一个新文件夹"),
        )
        layout = column(self.filters, self.table, self.told, paging, does, margins=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        if not self.allowed:
            self.table.say_when_empty(access.why_not(Power.AUDIT))
            for inside in self.findChildren(QWidget):
                inside.setEnabled(inside in (self.table, self.table.viewport()))

    def _show(self) -> None:
        """Show the page that begins where the last of the starts says."""
        before, limit = self.starts[-1], entries.PAGE
        found = self.desk.read(lambda s: entries.page(s, self.search, before, limit + 1))
        self.rows = found[:limit]
        self.table.show_lines([_line(one) for one in self.rows])
        self._make_room()
        self.table.choose(0)
        self.table.scrollToTop()
        self._tell()
        self.older.setEnabled(len(found) > limit)
        self.newer.setEnabled(len(self.starts) > 1)
        self.where.setText(f"第 {len(self.starts)} 页，从新到旧，每页 {limit} 条" if found else "")

    def _make_room(self) -> None:
        """Where there is too little room for what was done, where to is left to the line under the list."""
        narrow = self.width() < self.fontMetrics().horizontalAdvance("永") * _WIDE
        self.table.setColumnHidden(len(HEADINGS) - 1, narrow)

    def _tell(self) -> None:
        """Say the whole of the entry chosen, for which the columns may be too narrow."""
        chosen = self.table.chosen()
        inside = 0 <= chosen < len(self.rows)
        self.told.setText(self.table.words.lines[chosen].tip.replace("\n", "　") if inside else "")

    def _older(self) -> None:
        self.starts.append(self.rows[-1].id)
        self._show()

    def _newer(self) -> None:
        self.starts.pop()
        self._show()

    def _check(self) -> None:
        run(CheckDialog(self, self.desk))
        self.refresh()

    def _print(self) -> None:
        with tell.refusals(self):
            wanted = self.filters.wanted()
            made = partial(self.desk.read, lambda s: Printout(entries_paper.paper(s, wanted)))
            preview(self, self.desk, made, entries_paper.TITLE)

    def _export(self) -> None:
        with tell.refusals(self):
            wanted = self.filters.wanted()
            place = ask_for_folder(self, "把审计记录导出到哪里")
            if place is not None:
                self._export_to(place, wanted)

    def _export_to(self, place: Path, wanted: Wanted) -> None:
        def job(told: Callable[[int, int], None]) -> Path:
            point = self.desk.alone(checkpoints.checkpoint)
            return self.desk.alone(lambda s: audit_export.export(s, point, place, wanted, told))

        folder = waited(self, "导出审计记录", "正在写出全部审计记录，并读回来核对……", job)
        if folder is not None:
            words = "里面有核对程序和说明。文件没有加密，有工作人员姓名、卷号和写下的原因，请妥善保管。"
            tell.done(self, f"已导出到 {folder}。\n{words}")
            self.refresh()


def _line(one: Row) -> Line:
    doubt = "（时钟可疑）" if one.suspect else ""
    words = (str(one.id), f"{one.at:%Y-%m-%d %H:%M}", one.by, one.action.label, doubt + one.about, one.medium)
    tip = "\n".join(part for part in (one.when, one.about, one.medium and f"去向：{one.medium}") if part)
    return Line(words, tip, AMBER if one.suspect else "")
