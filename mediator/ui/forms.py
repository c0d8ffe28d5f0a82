"""A form on the screen (表单): editors for declared fields, laid out in sections, with what is wrong beside each.

What is filled in is an attribute of a model, or a question of a paper (``forms.asks.Ask``): both have a key and a field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Shape, Value, field_of
from mediator.forms.asks import Ask
from mediator.ui.editors import Editor, editor
from mediator.ui.parts import column, label, set_role

COLUMNS = 12
ROWS = 4
"""Rows of the grid a line takes: caption, hint, editor, what is wrong."""


@dataclass(frozen=True)
class Line:
    """Fields beside one another; ``shares`` of twelve columns each, equal if not given."""

    attributes: tuple[Any, ...]
    """Attributes of a model, or questions of a paper."""
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
    """Editors for some fields of one model, and what they were when they were shown; ``hints`` shows their help."""

    edited = Signal()

    def __init__(self, sections: Sequence[Section], *, hints: bool = False) -> None:
        super().__init__()
        self._hints = hints
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
                self._place(grid, attribute, n * ROWS, at, share)
                at += share
        title = [label(section.title, "section")] if section.title else []
        holder.setLayout(column(*title, grid, gap=6))
        return holder

    def _place(self, grid: QGridLayout, attribute: Any, top: int, left: int, share: int) -> None:
        field = _field(attribute)
        made = editor(field)
        caption = label("" if field.shape is Shape.FLAG else field.label)
        caption.setBuddy(made.widget)
        complaint = label("", "error", wrap=True)
        complaint.hide()
        grid.addWidget(caption, top, left, 1, share)
        if self._hints and field.help:
            grid.addWidget(label(field.help, "quiet", wrap=True), top + 1, left, 1, share)
        grid.addWidget(made.widget, top + 2, left, 1, share)
        grid.addWidget(complaint, top + 3, left, 1, share)
        made.edited.connect(self.edited)
        made.edited.connect(lambda key=attribute.key: self.complain(key, ""))
        self.editors[attribute.key] = made
        self._captions[attribute.key] = caption
        self._complaints[attribute.key] = complaint

    def show_row(self, row: object) -> None:
        """Show the values of a row."""
        self.show_values({key: getattr(row, key) for key in self.editors})

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show values by the keys of their fields."""
        for key, made in self.editors.items():
            self.shown[key] = values[key]
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


def _field(attribute: Any) -> Field:
    """The declaration of what is filled in."""
    return attribute.field if isinstance(attribute, Ask) else field_of(attribute)
