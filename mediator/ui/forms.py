"""A form on the screen (表单): editors for declared fields, laid out in sections, with what is wrong beside each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from sqlalchemy.orm import QueryableAttribute

from mediator.domain.errors import Refusal
from mediator.domain.fields import Shape, Value, field_of
from mediator.ui.editors import Editor, editor
from mediator.ui.parts import column, label, set_role

Attribute = QueryableAttribute[Any]
COLUMNS = 12


@dataclass(frozen=True)
class Line:
    """Fields beside one another; ``shares`` of twelve columns each, equal if not given."""

    attributes: tuple[Attribute, ...]
    shares: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading and the lines under it."""

    title: str
    lines: tuple[Line, ...]


def line(*attributes: Any, shares: tuple[int, ...] = ()) -> Line:
    """Fields beside one another."""
    return Line(attributes, shares)


class FormPane(QWidget):
    """Editors for some fields of one model, and what they were when they were shown."""

    edited = Signal()

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__()
        self.editors: dict[str, Editor] = {}
        self.shown: dict[str, Value] = {}
        """The values of the row shown."""
        self.dirty = False
        """Whether anything was typed since."""
        self._untouched: dict[str, object] = {}
        self._captions: dict[str, QLabel] = {}
        self._complaints: dict[str, QLabel] = {}
        self.edited.connect(self.touch)
        self.setLayout(column(*(self._section(section) for section in sections), 1, gap=10))

    def _section(self, section: Section) -> QWidget:
        holder = QWidget()
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        for n in range(COLUMNS):
            grid.setColumnStretch(n, 1)
        for n, entry in enumerate(section.lines):
            shares = entry.shares or (COLUMNS // len(entry.attributes),) * len(entry.attributes)
            at = 0
            for attribute, share in zip(entry.attributes, shares, strict=True):
                self._place(grid, attribute, n * 3, at, share)
                at += share
        title = [label(section.title, "section")] if section.title else []
        holder.setLayout(column(*title, grid, gap=6))
        return holder

    def _place(self, grid: QGridLayout, attribute: Attribute, top: int, left: int, share: int) -> None:
        field = field_of(attribute)
        made = editor(field)
        caption = label("" if field.shape is Shape.FLAG else field.label)
        caption.setBuddy(made.widget)
        complaint = label("", "error", wrap=True)
        complaint.hide()
        grid.addWidget(caption, top, left, 1, share)
        grid.addWidget(made.widget, top + 1, left, 1, share)
        grid.addWidget(complaint, top + 2, left, 1, share)
        made.edited.connect(self.edited)
        made.edited.connect(lambda key=attribute.key: self.complain(key, ""))
        self.editors[attribute.key] = made
        self._captions[attribute.key] = caption
        self._complaints[attribute.key] = complaint

    def show_row(self, row: object) -> None:
        """Show the values of a row."""
        for key, made in self.editors.items():
            self.shown[key] = getattr(row, key)
            made.show(self.shown[key])
            self._untouched[key] = made.raw()
            self.complain(key, "")
        self.dirty = False

    def touch(self) -> None:
        """Note that something was typed."""
        self.dirty = True

    def changes(self) -> dict[str, object]:
        """What was typed into the fields that now say something else than the row shown; every field is read first."""
        return {
            key: typed
            for key, typed in self.raw().items()
            if typed != self._untouched[key] and self.editors[key].field.read(typed) != self.shown[key]
        }

    def lock(self, on: bool) -> None:
        """Let the fields only be read, or be typed in again."""
        for made in self.editors.values():
            made.lock(on)

    def call(self, key: str, words: str) -> None:
        """Give a field another caption where its own would mislead."""
        self._captions[key].setText(words)
        self.editors[key].widget.setAccessibleName(words)

    def leave_out(self, key: str) -> None:
        """Do not ask for a field."""
        self._captions[key].hide()
        self.editors[key].widget.hide()

    def raw(self) -> dict[str, object]:
        """What was typed, by field, after every field was read once; the first one refused gets the focus."""
        typed = {key: made.raw() for key, made in self.editors.items()}
        refused: list[tuple[str, Refusal]] = []
        for key, value in typed.items():
            try:
                self.editors[key].field.read(value)
            except Refusal as refusal:
                refused.append((key, refusal))
                self.complain(key, str(refusal))
        if refused:
            self.editors[refused[0][0]].widget.setFocus()
            raise refused[0][1]
        return typed

    def complain(self, key: str, words: str, role: str = "error") -> None:
        """Show what is wrong under a field, or take it away."""
        shown = self._complaints[key]
        shown.setText(words)
        set_role(shown, role)
        shown.setVisible(bool(words))
        self.editors[key].mark(words if role == "error" else "")
