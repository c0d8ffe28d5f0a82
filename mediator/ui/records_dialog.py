"""Records of the office that belong to no case (排查记录、补贴标准): all of them on the left, the chosen one on the right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from mediator.domain.errors import Gone
from mediator.domain.safety import Draft
from mediator.services.draft_stands import NEW, steps
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.drafting import Drafting
from mediator.ui.fit import fit
from mediator.ui.forms import FormPane, Section
from mediator.ui.halves import Halves
from mediator.ui.kept_bar import KeptBar
from mediator.ui.parts import button, column, label, row, scrolled
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable


@dataclass(frozen=True)
class Records:
    """What kind of records they are: how they are called, read, shown, saved and taken away."""

    name: str
    title: str
    hint: str
    empty: str
    sections: Sequence[Section]
    headings: Sequence[Heading]
    listed: Callable[[Session], Sequence[Any]]
    line: Callable[[Any], Line]
    fresh: Callable[[], Any]
    put: Callable[[Session, Mapping[str, object], int | None, Mapping[str, object] | None], Any]
    """``known`` and ``was`` as in ``prices.put``."""
    drop: Callable[[Session, int, Mapping[str, object] | None], None]
    place: str
    """Where drafts belong: "prices/price"."""
    warning: Callable[[Session, Mapping[str, object] | None, int | None], str] = lambda session, raw, known: (
        ""
    )
    """What is to be said before something is saved, or taken away (None)."""


class RecordsDialog(QDialog):
    """Entering, changing and taking away; what was typed is never lost unasked."""

    def __init__(
        self, parent: QWidget | None, desk: Desk, records: Records, draft: Draft | None = None
    ) -> None:
        """``draft`` is one to go on with."""
        super().__init__(parent)
        self.desk, self.records = desk, records
        self.rows: list[Any] = []
        self._row_id: int | None = None
        self.setWindowTitle(records.title)
        fit(self, 74, 40)
        self.table = WordsTable(records.title, records.headings, records.empty, least=5)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._chosen())
        self.form = FormPane(records.sections)
        within = records.place.partition("/")[0]
        self.kept = KeptBar(Drafting(self.form, desk, self._place), within, self.resume)
        self.add_button = button(f"增加{records.name}", self.begin, picture="add")
        self.remove_button = button("删除", self._remove, picture="delete")
        self.save_button = button(f"保存{records.name}", self._save, role="main")
        inside = QWidget()
        inside.setLayout(column(self.form, 1))
        buttons = row(self.add_button, self.remove_button, 1, button("关闭", self.reject), self.save_button)
        both = Halves(self.table, scrolled(inside), (6, 5))
        layout = column(label(records.hint, "quiet", wrap=True), both, self.kept, buttons, margins=18)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._list()
        if self.rows:
            self._row_id = self.rows[0].id
            self._mark()
        self._show()
        if draft is not None:
            self.resume(draft)

    def resume(self, draft: Draft) -> None:
        """Go on with what was typed into a record before, as a new one if it is no more."""
        if self._settle():
            row_id = steps(draft.place)[-1].row
            self._row_id = row_id if row_id in [entry.id for entry in self.rows] else None
            self._mark()
            self._show()
            self.kept.drafting.resume(draft)
            self.kept.button.look()

    def _place(self) -> str:
        return f"{self.records.place}:{self._row_id or NEW}"

    @override
    def reject(self) -> None:
        if self._settle():
            super().reject()

    def begin(self) -> None:
        """An empty form for a new record."""
        if self._settle():
            self._row_id = None
            self._mark()
            self._show()
            next(iter(self.form.editors.values())).widget.setFocus()

    def _list(self) -> None:
        self.rows = list(self.desk.read(self.records.listed))
        blocked = self.table.selectionModel().blockSignals(True)
        self.table.show_lines([self.records.line(entry) for entry in self.rows])
        self.table.selectionModel().blockSignals(blocked)
        self._mark()

    def _mark(self) -> None:
        """Mark in the table what is shown beside it."""
        ids = [entry.id for entry in self.rows]
        blocked = self.table.selectionModel().blockSignals(True)
        if self._row_id in ids:
            self.table.choose(ids.index(self._row_id))
        else:
            self.table.clearSelection()
            self.table.choose(-1)
        self.table.selectionModel().blockSignals(blocked)
        self.table.viewport().update()

    def _show(self) -> None:
        entry = next((entry for entry in self.rows if entry.id == self._row_id), None)
        self.form.show_row(entry or self.records.fresh())
        self.remove_button.setEnabled(entry is not None)

    def _chosen(self) -> None:
        number = self.table.chosen()
        if not 0 <= number < len(self.rows) or self.rows[number].id == self._row_id:
            return
        if self._settle():
            self._row_id = self.rows[number].id
            self._show()
        QTimer.singleShot(0, self, self._mark)  # after the press of the mouse

    def _settle(self) -> bool:
        if not self.form.dirty:
            return True
        answer = tell.ask_save(self, self.records.name)
        if answer is False:
            self.form.dirty = False
            self.kept.drop()
        return self._save() if answer else answer is False

    def _save(self) -> bool:
        known, was = self._row_id, self.form.shown if self._row_id is not None else None
        with tell.refusals(self):
            try:
                raw = self.form.raw() if known is None else self.form.changes()
                warning = self.desk.read(lambda s: self.records.warning(s, raw, known))
                if warning and not tell.ask(self, f"{warning}确定要保存吗？", "保存"):
                    return False
                saved = self.kept.save(
                    self.form, raw, was, lambda s, raw, was: self.records.put(s, raw, known, was)
                )
            except Gone as gone:
                return self._save_anew(gone)
            self._row_id = saved.id
            self._list()
            self._show()
            return True
        return False

    def _save_anew(self, gone: Gone) -> bool:
        """The record was deleted by somebody else while it was typed in: it may be saved as a new one."""
        if not tell.ask(self, f"{gone}\n您填的内容还在，要另存为新的一条吗？", "另存为新的一条", "先不存"):
            return False
        self._row_id = None
        return self._save()

    def _remove(self) -> None:
        known, name = self._row_id, self.records.name
        if known is None:
            return
        warning = self.desk.read(lambda s: self.records.warning(s, None, known))
        if not tell.ask(self, f"{warning or '已经结账的表不受影响。'}要删除这一条{name}吗？", "删除"):
            return
        with tell.refusals(self):
            self.desk.do(lambda s: self.records.drop(s, known, self.form.shown))
            self.form.dirty = False
            self.kept.drop()
            self._row_id = None
            self._list()
            self._show()
