"""文书设置: in which order the papers of a case are bound, what they are called, whether the file must have them."""

import json

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidgetItem, QWidget
from typing_extensions import override

from mediator.domain.papers import FormSetting
from mediator.domain.safety import Draft
from mediator.forms.case_file.back import BACK
from mediator.forms.form import Form
from mediator.forms.register import by_code
from mediator.services import form_settings
from mediator.services.draft_stands import steps
from mediator.ui import screens, tell
from mediator.ui.desk import Desk
from mediator.ui.drafting import Drafting
from mediator.ui.fit import fit
from mediator.ui.forms import FormPane
from mediator.ui.halves import Halves
from mediator.ui.kept_bar import KeptBar
from mediator.ui.parts import button, column, label, row, scrolled
from mediator.ui.style import AMBER
from mediator.ui.words_list import WordsList
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

HEADINGS = (Heading("文书名称", 0), Heading("入卷要求", 5), Heading("改过", 3))
HINT = (
    "表里的顺序就是装订卷宗时的顺序，封面、目录和封底的位置不变。改动只用于以后出具的文书，已经出具的不变。"
)
IDLE = "空白文书里现在没有这句原文，这一处改动用不上了。"
LEFT_OUT = "（删去）"
_PASSAGE = Qt.ItemDataRole.UserRole


class FormSettingsDialog(QDialog):
    """On the left the forms in the order of the file, on the right what the office chose for one of them."""

    def __init__(self, parent: QWidget | None, desk: Desk, draft: Draft | None = None) -> None:
        """``draft`` is one to go on with."""
        super().__init__(parent)
        self.desk = desk
        self.all: list[Form] = []
        self.forms: list[Form] = []
        self.settings: dict[str, FormSetting] = {}
        self._code = ""
        self.setWindowTitle("文书设置")
        fit(self, 72, 46)
        self.table = WordsTable("案件文书", HEADINGS, "没有文书。")
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._chosen())
        self.up_button = button("上移", lambda: self._move(-1), often=True)
        self.down_button = button("下移", lambda: self._move(1), often=True)
        self.default = label("", "quiet", wrap=True)
        self.form = FormPane(screens.FORM_SETTING, hints=True)
        self.kept = KeptBar(
            Drafting(self.form, desk, lambda: f"forms/form:{self._code}"), "forms", self.resume
        )
        self.wordings = WordsList("改过的措辞")
        self.wordings.setMinimumHeight(self.fontMetrics().height() * 6)
        self.wordings.currentRowChanged.connect(lambda _number: self._enable())
        self.wording_words = label("", "quiet", wrap=True)
        self.undo_button = button("这一处改回原文", self._undo_wording)
        self.reset_button = button("恢复默认", self._reset)
        self.save_button = button("保存这份文书", self._save, role="main")
        self._lay_out()
        self._list()
        self.table.choose(0)
        if draft is not None:
            self.resume(draft)

    def resume(self, draft: Draft) -> None:
        """Go on with what was typed about a form before."""
        if self._settle():
            self._code = steps(draft.place)[-1].which
            self._show()
            self._mark()
            self.kept.drafting.resume(draft)
            self.kept.button.look()

    def _lay_out(self) -> None:
        left, inside, right = QWidget(), QWidget(), QWidget()
        left.setLayout(column(self.table, row(self.up_button, self.down_button, 1), gap=8))
        inside.setLayout(
            column(
                self.default, self.form, label("本调委会改过的措辞", "section"), self.wording_words, self.wordings,
                row(self.undo_button, 1), 1,
            )
        )  # fmt: skip
        right.setLayout(column(scrolled(inside), row(self.reset_button, 1, self.save_button), gap=8))
        both = Halves(left, right)
        foot = self.kept.beside(button("关闭", self.reject))
        layout = column(label(HINT, "quiet", wrap=True), both, foot, margins=18)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    @override
    def reject(self) -> None:
        if self._settle():
            super().reject()

    def _list(self) -> None:
        """List the forms again, the same one chosen as before."""
        self.all = self.desk.read(form_settings.forms)
        self.settings = self.desk.read(form_settings.all_of)
        self.forms = sorted((form for form in self.all if not form.of_office), key=_part)
        self.table.show_lines([self._line(form) for form in self.forms])
        self._mark()
        self._show()

    def _line(self, form: Form) -> Line:
        changed = "有改动" if _changed(self.settings.get(form.code)) else ""
        return Line((form.title, form.standing.label, changed))

    def _number(self) -> int:
        return next((n for n, form in enumerate(self.forms) if form.code == self._code), 0)

    def _form(self) -> Form:
        return self.forms[self._number()]

    def _mark(self) -> None:
        """Mark in the table what is shown beside it."""
        blocked = self.table.selectionModel().blockSignals(True)
        self.table.choose(self._number())
        self.table.selectionModel().blockSignals(blocked)
        self.table.viewport().update()

    def _chosen(self) -> None:
        number = self.table.chosen()
        if not 0 <= number < len(self.forms) or self.forms[number].code == self._code:
            return
        if self._settle():
            self._code = self.forms[number].code
            self._show()
        QTimer.singleShot(0, self, self._mark)  # after the press of the mouse

    def _show(self) -> None:
        """Show what the office chose for the form, and what the program proposes."""
        own = self.settings.get(self._code)
        program = by_code(self._code or self.forms[0].code)
        self._code = program.code
        self.form.show_row(own or FormSetting(name="", pattern="", wording="{}"))
        pattern_box = self.form.editors["pattern"].widget
        assert isinstance(pattern_box, QLineEdit)
        pattern_box.setEnabled(bool(program.pattern))
        pattern_box.setPlaceholderText("" if program.pattern else "这种文书没有自己的文号")
        pattern = f"，文号样式“{program.pattern}”" if program.pattern else ""
        self.default.setText(f"程序的默认：《{program.title}》，{program.standing.label}{pattern}。")
        self.wordings.clear()
        idle = self.desk.read(lambda s: form_settings.idle(s, self._form(), self.desk.today)) if own else []
        for passage, words in json.loads(own.wording if own else "{}").items():
            note = f"\n{IDLE}" if passage in idle else ""
            item = QListWidgetItem(f"原文：{passage}\n改为：{words or LEFT_OUT}{note}")
            item.setData(_PASSAGE, passage)
            if note:
                item.setForeground(QColor(AMBER))
            self.wordings.addItem(item)
        there = self.wordings.count() > 0
        self.wordings.setVisible(there)
        self.undo_button.setVisible(there)
        self.wording_words.setVisible(not there)
        self.wording_words.setText("没有改过。措辞在案件的“文书”里改，可以只改一份，也可以以后都这样写。")
        self.wordings.setCurrentRow(0)
        self._enable()

    def _enable(self) -> None:
        at = self._number()
        self.up_button.setEnabled(self._may_move(at, -1))
        self.down_button.setEnabled(self._may_move(at, 1))
        self.reset_button.setEnabled(_changed(self.settings.get(self._code)))
        self.undo_button.setEnabled(self.wordings.currentRow() >= 0)

    def _move(self, by: int) -> None:
        """Let the form change places with the one before or after it."""
        at = self._number()
        if not self._settle() or not self._may_move(at, by):
            return
        codes = [form.code for form in self.forms]
        codes[at], codes[at + by] = codes[at + by], codes[at]
        rest = [form.code for form in self.all if form.of_office]
        with tell.refusals(self):
            was = [form.code for form in self.all]
            self.desk.do(lambda s: form_settings.arrange(s, [*codes, *rest], was))
            self._list()

    def _may_move(self, at: int, by: int) -> bool:
        """Whether a form and the one beyond it may change places: neither goes before the cover nor behind the back."""
        there = 0 <= at + by < len(self.forms)
        return there and not self.forms[at].binds and not self.forms[at + by].binds

    def _settle(self) -> bool:
        if not self.form.dirty:
            return True
        answer = tell.ask_save(self, by_code(self._code).title)
        if answer is False:
            self.form.dirty = False
            self.kept.drop()
        return self._save() if answer else answer is False

    def _save(self) -> bool:
        code = self._code
        with tell.refusals(self):
            self.kept.save(
                self.form, self.form.changes(), self.form.shown,
                lambda s, raw, was: form_settings.choose(s, code, raw, was),
            )  # fmt: skip
            self._list()
            return True
        return False

    def _reset(self) -> None:
        code = self._code
        asked = (
            f"要把《{by_code(code).title}》的名称、入卷要求、文号样式和措辞都恢复成程序的默认吗？顺序不变。"
        )
        if tell.ask(self, asked, "恢复默认"):
            with tell.refusals(self):
                own = self.settings.get(code)
                was = {**self.form.shown, "wording": own.wording if own else "{}"}
                self.desk.do(lambda s: form_settings.reset(s, code, was))
                self.kept.drop()
                self._list()

    def _undo_wording(self) -> None:
        item, code = self.wordings.currentItem(), self._code
        passage = item.data(_PASSAGE) if item is not None else ""
        if passage and self._settle():
            seen = json.loads(self.settings[code].wording)[passage]
            with tell.refusals(self):
                self.desk.do(lambda s: form_settings.reword(s, code, passage, None, seen=seen))
                self._list()


def _part(form: Form) -> int:
    """Where in the file papers of a form may stand: cover and contents in front, the back cover last."""
    return 1 if not form.binds else 2 if form.code == BACK.code else 0


def _changed(setting: FormSetting | None) -> bool:
    """Whether the office chose anything of a form but its place."""
    if setting is None:
        return False
    return bool(setting.name or setting.standing or setting.pattern or json.loads(setting.wording))
