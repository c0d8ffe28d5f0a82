"""A list on a case (当事人、调查、调解、回访): the rows on the left, the chosen one's form on the right."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Stage
from mediator.domain.errors import Gone, Refusal
from mediator.domain.safety import Draft
from mediator.services import cases, parts
from mediator.services.draft_stands import NEW, Step
from mediator.services.parts import Part
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.drafting import Drafting
from mediator.ui.forms import FormPane, Section
from mediator.ui.merge_dialog import merged
from mediator.ui.parts import button, column, label, row, scrolled

LIST_LETTERS = 14
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
        self._row_id: int | None = None
        """The row whose form is shown; None for a new one."""
        self.list = QListWidget()
        self.list.setAccessibleName(self.kind.title)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
        left.setFixedWidth(self.fontMetrics().horizontalAdvance("永") * LIST_LETTERS + 36)
        left.setLayout(column(self.hint, self.list, self.add, gap=8))
        self.setLayout(row(left, column(self.right, row(self.remove, 1, self.save_button)), margins=12))
        self.list.currentRowChanged.connect(lambda _number: self._chosen())
        self.form.edited.connect(self.edited)
        self.drafting = Drafting(self.form, desk, self.place)

    @property
    def dirty(self) -> bool:
        """Whether something was typed and not yet saved."""
        return self.form.dirty

    def show_case(self, case: Case) -> None:
        """Show the rows of a case, the same one chosen as before if it is still there."""
        chosen = self._current_id()
        self.case = case
        rows = getattr(case, self.part)
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for entry in rows:
            item = QListWidgetItem(self.summary(entry))
            item.setData(ROW_ID, entry.id)
            self.list.addItem(item)
        self.list.blockSignals(blocked)
        ids = [entry.id for entry in rows]
        self._select(chosen if chosen in ids else ids[-1] if ids else None)
        self.hint.setVisible(not ids)
        self._show_chosen()
        self.lock(case.stage is Stage.ARCHIVED)

    def lock(self, on: bool) -> None:
        """Let the rows only be read, or be changed again."""
        self.form.lock(on)
        for each in (self.add, self.remove, self.save_button):
            each.setVisible(not on)

    def place(self) -> str:
        """Where a draft of the row shown belongs."""
        row = self._row_id if self._row_id is not None else NEW
        return f"case:{self.case.id}/{self.part}:{row}" if self.case is not None and self.case.id else ""

    def resume(self, draft: Draft, step: Step) -> bool:
        """Go on with what was typed into a row before, as a new one if it is no more; False if something else is typed."""
        if not self.show_row(step.row):
            return False
        self.drafting.resume(draft)
        return True

    def show_row(self, row_id: int | None) -> bool:
        """Show one row, or an empty form for a new one if it is not there; False if something else is typed."""
        if self.case is None or not self.settle():
            return False
        there = row_id in [entry.id for entry in getattr(self.case, self.part)]
        self._select(row_id if there else None)
        if there:
            self._show_chosen()
        else:
            self._show_new()
        return True

    def begin(self) -> None:
        """An empty form for a new row."""
        if not self.settle():
            return
        self._select(None)
        self._show_new()
        first = next(iter(self.form.editors.values()))
        first.widget.setFocus()

    def _show_new(self) -> None:
        self._show_row(self.fresh())
        self._enable(True)

    def fresh(self) -> Any:
        """A new row before anything is typed; panes fill in what the case already tells."""
        return self.kind()

    def raw(self) -> dict[str, object]:
        """What is to be saved: of a new row everything, of another what was changed."""
        return self.form.raw() if self._row_id is None else self.form.changes()

    def was(self) -> dict[str, object] | None:
        """What stood there when it was begun, by the same keys; None for a new row."""
        return dict(self.form.shown) if self._row_id is not None else None

    def write(
        self, session: Session, case: Case, raw: dict[str, object], was: dict[str, object] | None, reason: str
    ) -> Part:
        """Put the row on the case."""
        return parts.put(
            session, case, self.part, raw, by=self.desk.who, row=self._row_id, reason=reason, was=was
        )

    def save(self) -> bool:
        """Save the row; say why if it cannot be."""
        case, went_on = self.case, self._current_id() is not None
        assert case is not None
        try:
            raw = self.raw()
            reason = ask_if_finished(self, case)
            saved = merged(self, raw, self.was(), partial(self._save, case, reason))
        except Gone as gone:
            return self._save_anew(gone)
        except Refusal as refusal:
            self.form.dirty = True
            tell.refused(self, refusal)
            return False
        if not went_on:
            self._select(saved.id)
            self._show_chosen()
        self.saved.emit()
        return True

    def _save(self, case: Case, reason: str, raw: dict[str, object], was: dict[str, object] | None) -> Part:
        def verb(session: Session) -> Part:
            self.drafting.drop_in(session)
            return self.write(session, cases.load(session, case.id), raw, was, reason)

        with self.form.saving():
            return self.desk.do(verb)

    def _save_anew(self, gone: Gone) -> bool:
        """The row was deleted by somebody else while it was typed in: it may be saved as a new one."""
        self.form.dirty = True
        if not tell.ask(self, f"{gone}\n您填的内容还在，要另存为新的一条吗？", "另存为新的一条", "先不存"):
            return False
        self.anew()
        return self.save()

    def anew(self) -> None:
        """What is typed is a new row from now on."""
        self._row_id = None
        self._select(None)

    def settle(self) -> bool:
        """Before leaving: save what was typed, drop it, or stay. True if one may leave."""
        if not self.dirty:
            return True
        answer = tell.ask_save(self, self.kind.title)
        if answer:
            return self.save()
        if answer is False:
            self.form.dirty = False
            self.drafting.forget()
            self._show_chosen()
        return answer is False

    def _current_id(self) -> int | None:
        item = self.list.currentItem()
        chosen: int | None = item.data(ROW_ID) if item is not None else None
        return chosen

    def _select(self, row_id: int | None) -> None:
        """Mark a row in the list as chosen, without doing anything about it."""
        ids = [self.list.item(n).data(ROW_ID) for n in range(self.list.count())]
        blocked = self.list.blockSignals(True)
        self.list.setCurrentRow(ids.index(row_id) if row_id in ids else -1)
        if row_id not in ids:
            self.list.clearSelection()
        self.list.blockSignals(blocked)

    def _chosen(self) -> None:
        """Another row was chosen: show it, or go back to the one that is not done."""
        if self.settle():
            self._show_chosen()
            return
        self._select(self._row_id)
        QTimer.singleShot(
            0, self, lambda: self._select(self._row_id)
        )  # the press of the mouse chooses once more

    def _show_chosen(self) -> None:
        if self.case is None:
            return
        chosen = self._current_id()
        rows = getattr(self.case, self.part)
        entry = next((e for e in rows if e.id == chosen), None)
        if entry is None and not rows:
            entry = self.fresh()
        self._enable(entry is not None)
        if entry is not None:
            self._show_row(entry)

    def _show_row(self, entry: Any) -> None:
        self._row_id = entry.id
        self.form.show_row(entry)
        self.remove.setEnabled(entry.id is not None)

    def _enable(self, on: bool) -> None:
        self.right.setEnabled(on)
        self.save_button.setEnabled(on)

    def _remove(self) -> None:
        case, row_id = self.case, self._row_id
        if case is None or row_id is None:
            return
        if not tell.ask(self, f"要删除这一条{self.kind.title}吗？", "删除"):
            return
        with tell.refusals(self):
            reason, was = ask_if_finished(self, case), self.was()
            with self.form.saving():
                self.desk.do(
                    lambda s: parts.drop(
                        s, cases.load(s, case.id), self.part, row_id, by=self.desk.who, reason=reason, was=was
                    )
                )
            self.saved.emit()


def ask_if_finished(parent: QWidget, case: Case) -> str:
    """The reason for a change, asked for only when the case is finished; Refusal if none is given."""
    if not case.finished:
        return ""
    reason = tell.ask_reason(parent, f"本案现在是“{case.stage}”。补记或更正请写明原因，原因会记入案件经过：")
    if not reason:
        raise Refusal("没有写原因，没有保存；您填的内容还在。")
    return reason
