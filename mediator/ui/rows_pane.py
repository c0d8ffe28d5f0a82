"""A list on a case (当事人、调查、调解、回访): the rows on the left, the chosen one's form on the right."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mediator.domain.case import Case
from mediator.domain.errors import Refusal
from mediator.services import cases, parts
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.forms import FormPane, Section
from mediator.ui.parts import button, column, label, row, scrolled

LIST_WIDTH = 260
ROW_ID = Qt.ItemDataRole.UserRole


class RowsPane(QWidget):
    """One list of a case; ``part`` is the name of the list, ``summary`` the words for a row in it."""

    edited = Signal()
    saved = Signal()

    def __init__(
        self, desk: Desk, part: str, sections: Sequence[Section], summary: Callable[[Any], str], empty: str
    ) -> None:
        super().__init__()
        self.desk = desk
        self.part = part
        self.kind = parts.LISTS[part]
        self.summary = summary
        self.case: Case | None = None
        self.dirty = False
        self.list = QListWidget()
        self.list.setAccessibleName(self.kind.title)
        self.list.setWordWrap(True)
        self.hint = label(empty, "quiet", wrap=True)
        self.form = FormPane(sections)
        self.extra = QVBoxLayout()
        self.remove = button("删除", self._remove, picture="delete")
        self.add = button(f"增加{self.kind.title}", self.begin, picture="add")
        self.save_button = button(f"保存{self.kind.title}", self.save, role="main")
        right = QWidget()
        right.setLayout(column(self.form, self.extra, 1))
        self.right = scrolled(right)
        left = QWidget()
        left.setFixedWidth(LIST_WIDTH)
        left.setLayout(column(self.hint, self.list, self.add, gap=8))
        self.setLayout(row(left, column(self.right, row(self.remove, 1, self.save_button)), margins=12))
        self.list.currentRowChanged.connect(self._chosen)
        self.form.edited.connect(self._mark_dirty)

    def show_case(self, case: Case) -> None:
        """Show the rows of a case, the same one chosen as before if it is still there."""
        chosen = self._current_id()
        self.case = case
        self.list.blockSignals(True)
        self.list.clear()
        for entry in getattr(case, self.part):
            item = QListWidgetItem(self.summary(entry))
            item.setData(ROW_ID, entry.id)
            self.list.addItem(item)
        ids = [entry.id for entry in getattr(case, self.part)]
        self.list.setCurrentRow(ids.index(chosen) if chosen in ids else len(ids) - 1)
        self.list.blockSignals(False)
        self.hint.setVisible(not ids)
        self._show_chosen()

    def begin(self) -> None:
        """An empty form for a new row."""
        if self.dirty and not self.settle():
            return
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        self.list.clearSelection()
        self.list.blockSignals(False)
        self._show_row(self.fresh())
        self._enable(True)
        first = next(iter(self.form.editors.values()))
        first.widget.setFocus()

    def fresh(self) -> Any:
        """A new row before anything is typed; panes fill in what the case already tells."""
        return self.kind()

    def raw(self) -> dict[str, object]:
        """What was typed for the row."""
        return self.form.raw()

    def save(self) -> bool:
        """Save the row; say why if it cannot be."""
        case = self.case
        assert case is not None
        try:
            raw, row_id = self.raw(), self._current_id()
            reason = ask_if_closed(self, case)
            saved = self.desk.do(
                lambda s: parts.put(
                    s, cases.load(s, case.id), self.part, raw, by=self.desk.who, row=row_id, reason=reason
                )
            )
        except Refusal as refusal:
            tell.refused(self, refusal)
            return False
        self.dirty = False
        self._choose_after(saved.id)
        self.saved.emit()
        return True

    def settle(self) -> bool:
        """Before leaving: save what was typed, drop it, or stay. True if one may leave."""
        if not self.dirty:
            return True
        answer = tell.ask_save(self, self.kind.title)
        if answer is None:
            return False
        if answer:
            return self.save()
        self.dirty = False
        return True

    def _choose_after(self, row_id: int) -> None:
        if self._current_id() is None:
            item = QListWidgetItem("")
            item.setData(ROW_ID, row_id)
            self.list.blockSignals(True)
            self.list.addItem(item)
            self.list.setCurrentItem(item)
            self.list.blockSignals(False)

    def _current_id(self) -> int | None:
        item = self.list.currentItem()
        chosen: int | None = item.data(ROW_ID) if item is not None else None
        return chosen

    def _chosen(self, _number: int) -> None:
        if self.dirty:
            self.settle()
        self._show_chosen()

    def _show_chosen(self) -> None:
        if self.case is None:
            return
        chosen = self._current_id()
        entry = next((e for e in getattr(self.case, self.part) if e.id == chosen), None)
        if entry is None and not getattr(self.case, self.part):
            entry = self.fresh()
        self._enable(entry is not None)
        if entry is not None:
            self._show_row(entry)

    def _show_row(self, entry: Any) -> None:
        self.form.show_row(entry)
        self.dirty = False
        self.remove.setEnabled(entry.id is not None)

    def _enable(self, on: bool) -> None:
        self.right.setEnabled(on)
        self.save_button.setEnabled(on)

    def _mark_dirty(self) -> None:
        self.dirty = True
        self.edited.emit()

    def _remove(self) -> None:
        case, row_id = self.case, self._current_id()
        if case is None or row_id is None:
            return
        if not tell.ask(self, f"要删除这一条{self.kind.title}吗？", "删除"):
            return
        with tell.refusals(self):
            reason = ask_if_closed(self, case)
            self.dirty = False
            self.desk.do(
                lambda s: parts.drop(
                    s, cases.load(s, case.id), self.part, row_id, by=self.desk.who, reason=reason
                )
            )
            self.saved.emit()


def ask_if_closed(parent: QWidget, case: Case) -> str:
    """The reason for a change, asked for only when the case is closed; Refusal if none is given."""
    if not case.finished:
        return ""
    reason = tell.ask_reason(parent, "本案已经结案。补记或更正请写明原因，原因会记入案件经过：")
    if not reason:
        raise Refusal("没有写原因，没有保存；您填的内容还在。")
    return reason
