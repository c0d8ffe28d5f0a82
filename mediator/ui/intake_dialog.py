"""导入台账: a ledger read, looked at, put right where it was misread, and taken in whole or not at all."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from mediator.domain.errors import Refusal
from mediator.services import ledger_files, ledgers
from mediator.services.ledger_files import Decisions, Outline
from mediator.services.ledgers import Preview
from mediator.ui import backup_first, later, tell
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.file_choice import ask_for_file
from mediator.ui.fit import fit
from mediator.ui.intake_mapping import MappingPane
from mediator.ui.intake_preview import PreviewPane
from mediator.ui.intake_words import WordsPane
from mediator.ui.parts import button, card, column, label, row, set_role

_FIRST = "选一个台账文件：电子表格（xlsx）或文本表格（csv）。\n先看清单，再决定要不要导入；没有点“导入”以前，什么也不会改。"
Reading = tuple[Outline, Preview | Refusal]


class IntakeDialog(QDialog):
    """Choose a file, look at what it comes to, take it in."""

    def __init__(self, desk: Desk, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.folder = desk, folder
        self.path: Path | None = None
        self.found: Preview | None = None
        self.busy = False
        """Whether something is going on in the background."""
        self.taking = False
        """Whether that is the taking in, which cannot be left half-way."""
        self.setWindowTitle("导入台账")
        self.file_words = label("还没有选文件", "quiet", wrap=True)
        self.choose_button = button("选台账文件", self._choose, picture="ledger")
        self.sheets = Choice()
        self.sheets.setAccessibleName("工作表")
        self.sheets_words = label("工作表：")
        self.sheets_words.setBuddy(self.sheets)
        self.verdict = label("", wrap=True)
        self.preview = PreviewPane()
        self.mapping = MappingPane()
        self.words = WordsPane()
        self.preview.addTab(self.mapping, "栏目对照")
        self.preview.addTab(self.words, "用语对照")
        self.take_button = button("导入", self._take_in, role="main")
        self.cancel_button = button("取消", self.reject)
        self._lay_out()
        self.sheets.activated.connect(lambda _index: self._read(Decisions(sheet=self.sheets.currentText())))
        self.mapping.decided.connect(self._read_again)
        self.words.decided.connect(self._read_again)
        self._enable()
        fit(self, 66, 42)

    def open_file(self, path: Path) -> None:
        """Read a ledger and show what it comes to."""
        self.path, self.found = path, None
        self.sheets.clear()
        self.body.setCurrentIndex(0)
        self._say("", "")
        self._read(Decisions())

    def reject(self) -> None:
        """Leave; nothing was changed. While cases are being taken in there is no leaving."""
        if not self.taking:
            super().reject()

    def _lay_out(self) -> None:
        file = row(self.choose_button, self.file_words, self.sheets_words, self.sheets, margins=10)
        file.setStretch(1, 1)
        first = label(_FIRST, "quiet", wrap=True)
        first.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body = QStackedWidget()
        self.body.addWidget(card(column(first)))
        self.body.addWidget(self.preview)
        actions = row(self.verdict, self.cancel_button, self.take_button)
        actions.setStretch(0, 1)
        layout = column(card(file), self.body, actions, margins=16)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _choose(self) -> None:
        path = ask_for_file(self, "选台账文件", "台账", ".xlsx", ".csv", ".txt", ".tsv")
        if path is not None:
            self.open_file(path)

    def _read_again(self) -> None:
        decided = Decisions(self.mapping.columns(), self.words.words, self.sheets.currentText())
        self._read(decided, again=True)

    def _read(self, decided: Decisions, *, again: bool = False) -> None:
        path, today = self.path, self.desk.today
        if path is None:
            return

        def job() -> Reading:
            outline = ledger_files.outline(path, decided.sheet)
            try:
                ledger = ledger_files.read(path, decided, today=today)
            except Refusal as refusal:
                return outline, refusal
            return outline, self.desk.read(lambda s: ledgers.preview(s, ledger))

        self.file_words.setText(f"正在读 {path.name} ……")
        self._work(True)
        later.run(self, job, partial(self._show, again=again), self._ended)

    def _ended(self) -> None:
        self._work(False)
        self.file_words.setText(self.path.name if self.path else "")

    def _show(self, reading: Reading, *, again: bool) -> None:
        if not self.isVisible():
            return
        outline, found = reading
        if not again:
            self.mapping.show_outline(outline)
            self.words.forget()
        if not self.sheets.count():
            self.sheets.addItems(list(outline.sheets))
        self.found = found if isinstance(found, Preview) else None
        if isinstance(found, Preview):
            self.sheets.setCurrentText(found.ledger.sheet)
            self.preview.show_preview(found)
            self._say("", found.sentence)
        else:
            self._say(
                "error",
                "✗ 照现在的对照读不成，请到“栏目对照”里改。" if outline.headings else "✗ 这个文件读不成。",
            )
        self.body.setCurrentIndex(1 if outline.headings else 0)
        self._enable()
        if isinstance(found, Refusal):
            self.preview.setCurrentWidget(self.mapping)
            tell.refused(self, found)

    def _take_in(self) -> None:
        found, desk = self.found, self.desk
        assert found is not None
        if not backup_first.may_go_on(self, desk, self.folder, "导入台账"):
            return
        self.taking = True
        self._work(True)
        self._say("quiet", "正在导入，请稍等……")
        later.run(
            self,
            lambda: desk.alone(lambda s: ledgers.take_in(s, found.ledger, by=desk.who, today=desk.today)),
            self._taken,
            self._taken_or_not,
        )

    def _taken_or_not(self) -> None:
        self.taking = False
        self._work(False)
        self._say("warning", "✗ 没有导入，什么也没有改。")

    def _taken(self, taken: Preview) -> None:
        self.desk.changed.emit()
        numbers = list(taken.numbers.values())
        which = f"\n卷号从 {numbers[0]} 到 {numbers[-1]}。" if numbers else ""
        self._say("good", f"✓ {taken.sentence}")
        tell.done(self, taken.sentence + which)
        self.accept()

    def _say(self, role: str, words: str) -> None:
        set_role(self.verdict, role)
        self.verdict.setText(words)

    def _work(self, busy: bool) -> None:
        self.busy = busy
        self._enable()

    def _enable(self) -> None:
        number = len(self.found.fresh) if self.found else 0
        for each in (self.choose_button, self.sheets, self.mapping, self.words):
            each.setEnabled(not self.busy)
        self.cancel_button.setEnabled(not self.taking)
        self.take_button.setEnabled(bool(number) and not self.busy)
        self.take_button.setText(f"导入 {number} 件" if number else "导入")
        for one in (self.sheets, self.sheets_words):
            one.setVisible(self.sheets.count() > 1)
