"""报送: a table sealed and carried out on a drive, and those carried out before."""

from datetime import date, datetime
from functools import partial
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from mediator.domain.errors import Refusal
from mediator.domain.office import Sent
from mediator.services import carrying
from mediator.services.carrying import Delivery, Transaction
from mediator.tallies.register import TABLES
from mediator.ui import later, tell
from mediator.ui.desk import Desk
from mediator.ui.halves import Halves
from mediator.ui.parts import button, card, column, label, row, scrolled, set_role
from mediator.ui.place_pane import PlacePane
from mediator.ui.report_choice import ReportPane
from mediator.ui.style import AMBER
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

HEADINGS = (
    Heading("报送时间", 10), Heading("统计表", 0), Heading("报告期", 13), Heading("次数", 4), Heading("结果", 5),
)  # fmt: skip
_FAILED = "✗ 这次没有送达。照提示处理好以后，再点一次“开始报送”，次数不会多算。"


class SendPane(QWidget):
    """Three steps, and under them what was sent before."""

    said = Signal(str)
    """A step of the work in the background, in words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.before: list[Sent] = []
        self.choice = ReportPane(desk)
        self.place = PlacePane("送到哪里")
        self.send_button = button("开始报送", self.send, role="main", picture="carry-white")
        self.send_button.setStyleSheet("QPushButton { min-height: 40px; padding: 6px 24px; }")
        self.outcome = label("选好上面两步，再点“开始报送”。", wrap=True)
        self.outcome.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list = WordsTable("已报送", HEADINGS, "还没有报送过。")
        self.again_button = button("再报送选中的一份", self._again, picture="refresh")
        self._lay_out()
        self.said.connect(partial(self._say, ""))
        self.list.activated.connect(lambda _index: self._again())
        self.refresh()

    def refresh(self) -> None:
        """Read again what was sent."""
        self.before = self.desk.read(carrying.sent)
        self.list.show_lines([_line(sent) for sent in self.before])
        self.again_button.setEnabled(bool(self.before))

    def choose(self, table: str, since: date, until: date) -> None:
        """Make ready to send this table for this period."""
        self.choice.choose(table, since, until)
        self._say("", "选好送到哪里，再点“开始报送”。")

    def send(self) -> None:
        """Carry the table chosen to the place chosen."""
        with tell.refusals(self):
            table, since, until = self.choice.report()
            folder = self.place.place
            if folder is None:
                raise Refusal("请先选好送到哪个 U 盘或文件夹，再点“开始报送”。")
            now = datetime.now().replace(microsecond=0)
            do = cast(Transaction, self.desk.alone)
            self._enable(False)
            job = partial(
                carrying.send, do, table, since, until, folder, by=self.desk.who, now=now, say=self.said.emit
            )
            later.run(self, job, self._sent, self._ended)

    def _lay_out(self) -> None:
        first = card(column(label("1. 哪张表、哪个报告期", "section"), self.choice, 1, margins=12, gap=8))
        second = card(column(label("2. 送到哪里", "section"), self.place, margins=12, gap=8))
        third = row(label("3. 报送", "section"), self.send_button, self.outcome, margins=12)
        third.setStretch(2, 1)
        before = row(label("已报送", "section"), 1, self.again_button)
        layout = column(Halves(first, second), card(third, "band"), before, self.list, margins=12)
        layout.setStretch(3, 1)
        inside = QWidget()
        inside.setLayout(layout)
        self.setLayout(column(scrolled(inside)))

    def _say(self, role: str, words: str) -> None:
        set_role(self.outcome, role)
        self.outcome.setText(words)

    def _enable(self, on: bool) -> None:
        for each in (self.choice, self.place, self.send_button):
            each.setEnabled(on)

    def _ended(self) -> None:
        self._enable(True)
        self.refresh()
        self._say("warning", _FAILED)

    def _sent(self, delivery: Delivery) -> None:
        words = f"✓ 已核对，可以拔出。\n这是第 {delivery.serial} 次报送，文件名 {delivery.path.name}"
        self._say("good", words)

    def _again(self) -> None:
        chosen = self.list.chosen()
        if chosen >= 0:
            sent = self.before[chosen]
            self.choose(sent.table, sent.since, sent.until)


def _line(sent: Sent) -> Line:
    title = next((table.title for table in TABLES if table.code == sent.table), sent.table)
    there = "✓ 已送达" if sent.file_name else "✗ 未送达"
    period = f"{sent.since} 至 {sent.until}"
    words = (f"{sent.sent_at:%Y-%m-%d %H:%M}", title, period, f"第 {sent.serial} 次", there)
    tip = f"{sent.sent_by}报送" + (f"，文件名 {sent.file_name}" if sent.file_name else "，还没有写到盘上")
    return Line(words, tip, "" if sent.file_name else AMBER)
