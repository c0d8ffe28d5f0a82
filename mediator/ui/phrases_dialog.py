"""常用语: the office's own sentences, by kind of dispute, to be changed as it likes."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QListWidgetItem, QWidget
from typing_extensions import override

from mediator.domain.errors import Gone
from mediator.domain.papers import Phrase
from mediator.domain.safety import Draft
from mediator.services import phrases
from mediator.services.draft_stands import NEW, steps
from mediator.ui import screens, tell
from mediator.ui.desk import Desk
from mediator.ui.drafting import Drafting
from mediator.ui.fit import fit
from mediator.ui.forms import FormPane
from mediator.ui.kept_bar import KeptBar
from mediator.ui.parts import button, column, label, row
from mediator.ui.words_list import WordsList

HINT = "填写文字较多的内容时，点框右边的“常用语”就能插入。××是留着填的地方。"


class PhrasesDialog(QDialog):
    """On the left all phrases, on the right the one chosen, or a new one."""

    def __init__(self, parent: QWidget | None, desk: Desk, draft: Draft | None = None) -> None:
        """``draft`` is one to go on with."""
        super().__init__(parent)
        self.desk = desk
        self.rows: list[Phrase] = []
        self._phrase_id: int | None = None
        self.setWindowTitle("常用语")
        fit(self, 62, 40)
        self.list = WordsList("常用语")
        self.list.currentRowChanged.connect(lambda _number: self._chosen())
        self.form = FormPane(screens.PHRASE, hints=True)
        self.kept = KeptBar(Drafting(self.form, desk, self._place), "phrases", self.resume)
        self.remove_button = button("删除", self._remove, picture="delete")
        left = column(self.list, row(button("增加常用语", self._begin, picture="add"), 1))
        right = column(
            self.form, row(self.remove_button, 1, button("保存常用语", self._save, role="main")), 1
        )
        both = row(left, right, gap=18)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        foot = self.kept.beside(button("关闭", self.reject))
        layout = column(label(HINT, "quiet", wrap=True), both, foot, margins=18)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._list()
        if draft is not None:
            self.resume(draft)

    def resume(self, draft: Draft) -> None:
        """Go on with what was typed into a phrase before, as a new one if it is no more."""
        if self._settle():
            ids = [phrase.id for phrase in self.rows]
            row_id = steps(draft.place)[-1].row
            self._show(ids.index(row_id) if row_id in ids else -1)
            self._mark()
            self.kept.drafting.resume(draft)
            self.kept.button.look()

    def _place(self) -> str:
        return f"phrases/phrase:{self._phrase_id or NEW}"

    @override
    def reject(self) -> None:
        if self._settle():
            super().reject()

    def _list(self) -> None:
        """List them again, the same one chosen as before."""
        self.rows = self.desk.read(phrases.listed)
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for phrase in self.rows:
            kind = phrase.kind.label if phrase.kind else "各类纠纷"
            self.list.addItem(QListWidgetItem(f"【{kind}】{phrase.words}"))
        self._mark()
        self.list.blockSignals(blocked)
        self._show(self.list.currentRow())

    def _mark(self) -> None:
        """Mark in the list what is shown beside it."""
        ids = [phrase.id for phrase in self.rows]
        blocked = self.list.blockSignals(True)
        self.list.setCurrentRow(ids.index(self._phrase_id) if self._phrase_id in ids else -1)
        self.list.blockSignals(blocked)

    def _show(self, number: int) -> None:
        phrase = self.rows[number] if 0 <= number < len(self.rows) else Phrase(words="")
        self._phrase_id = phrase.id
        self.form.show_row(phrase)
        self.remove_button.setEnabled(phrase.id is not None)

    def _chosen(self) -> None:
        number = self.list.currentRow()
        if self._settle():
            self._show(number)
            self._mark()
        else:
            QTimer.singleShot(0, self, self._mark)  # after the press of the mouse

    def _settle(self) -> bool:
        if not self.form.dirty:
            return True
        answer = tell.ask_save(self, "常用语")
        if answer is False:
            self.form.dirty = False
            self.kept.drop()
        return self._save() if answer else answer is False

    def _begin(self) -> None:
        if self._settle():
            self._show(-1)
            self._mark()
            self.form.editors["words"].widget.setFocus()

    def _save(self) -> bool:
        known, was = self._phrase_id, self.form.shown if self._phrase_id is not None else None
        with tell.refusals(self):
            try:
                raw = self.form.raw() if known is None else self.form.changes()
                saved = self.kept.save(
                    self.form, raw, was, lambda s, raw, was: phrases.put(s, raw, known, was)
                )
            except Gone as gone:
                return self._save_anew(gone)
            self._phrase_id = saved.id
            self._list()
            return True
        return False

    def _save_anew(self, gone: Gone) -> bool:
        """The phrase was deleted by somebody else while it was typed in: it may be saved as a new one."""
        if not tell.ask(self, f"{gone}\n您填的内容还在，要另存为新的一条吗？", "另存为新的一条", "先不存"):
            return False
        self._phrase_id = None
        return self._save()

    def _remove(self) -> None:
        known = self._phrase_id
        if known is None or not tell.ask(self, "要删除这一条常用语吗？已经写进文书的不受影响。", "删除"):
            return
        with tell.refusals(self):
            self.desk.do(lambda s: phrases.drop(s, known, self.form.shown))
            self.form.dirty = False
            self.kept.drop()
            self._list()
