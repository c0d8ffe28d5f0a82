"""A form on the screen (表单): editors for declared fields, laid out in sections, with what is wrong beside each.

What is filled in is an attribute of a model, or a question of a paper (``forms.asks.Ask``): both have a key and a field.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QScrollArea, QWidget

from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Shape, Value, field_of
from mediator.forms.asks import Ask
from mediator.ui.editors import Editor, editor
from mediator.ui.parts import column, label, set_role

_LAID_OUT_MS = 100
"""Until a page just turned to is laid out."""
_MARGIN = 90
"""Pixels left over and under a field that is brought in sight."""
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


@dataclass(frozen=True)
class Beside:
    """Something typed beside a form that belongs to it: what it is now, what it was when shown, how both are put back."""

    raw: Callable[[], object]
    seen: Callable[[], object]
    put_back: Callable[[Any, Any], object]


class FormPane(QWidget):
    """Editors for some fields of one model, and what they were when they were shown; ``hints`` shows their help."""

    edited = Signal()
    cleaned = Signal()
    """What was typed was saved, or is not wanted."""

    def __init__(self, sections: Sequence[Section], *, hints: bool = False) -> None:
        super().__init__()
        self._hints = hints
        self.editors: dict[str, Editor] = {}
        self.shown: dict[str, Value] = {}
        """The values of the row shown."""
        self.beside: dict[str, Beside] = {}
        """What is typed beside the form and kept along with it, by name."""
        self._dirty = False
        self._fresh = False
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

    @property
    def dirty(self) -> bool:
        """Whether anything was typed since the row was shown."""
        return self._dirty

    @dirty.setter
    def dirty(self, on: bool) -> None:
        was, self._dirty = self._dirty, on
        if was and not on:
            self.cleaned.emit()

    @contextmanager
    def saving(self) -> Iterator[None]:
        """While it is being saved nothing is typed, so that what was saved is shown; if that fails, it is typed again."""
        was, self.dirty = self.dirty, False
        try:
            yield
        except BaseException:
            self.dirty = was
            raise

    def show_row(self, row: object) -> None:
        """Show the values of a row."""
        self.show_values({key: getattr(row, key) for key in self.editors})
        self._fresh = getattr(row, "id", None) is None

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show values by the keys of their fields."""
        for key, made in self.editors.items():
            self.shown[key] = values[key]
            made.show(self.shown[key])
            self._untouched[key] = made.raw()
            self.complain(key, "")
        self.dirty = False
        self._fresh = False

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

    def typed(self) -> dict[str, object]:
        """What was typed, raw, whether it can be read or not: of a new row everything, of another what was touched."""
        typed = {key: made.raw() for key, made in self.editors.items()}
        typed |= {key: each.raw() for key, each in self.beside.items()}
        before = self._untouched | {key: each.seen() for key, each in self.beside.items()}
        return {key: raw for key, raw in typed.items() if self._fresh or raw != before.get(key)}

    def seen(self) -> dict[str, object]:
        """What stood before where something was typed, as files hold it."""
        return {
            key: self.beside[key].seen() if key in self.beside else self._written(key) for key in self.typed()
        }

    def put_back(self, typed: Mapping[str, object], seen: Mapping[str, object]) -> None:
        """Put back what was typed and what stood there then; what nobody touched stays as it is now."""
        for key, raw in typed.items():
            if key in self.beside:
                self.beside[key].put_back(raw, seen.get(key))
            elif key in self.editors:
                self._put_back(key, raw, seen.get(key))
        self._bring_up([key for key, made in self.editors.items() if made.raw() != self._untouched[key]])
        self.edited.emit()

    def _bring_up(self, keys: Sequence[str]) -> None:
        """Have the first of some fields in sight, ready to be typed on in."""
        if not keys:
            return
        first, above = self.editors[keys[0]].widget, self.parentWidget()
        first.setFocus()
        if isinstance(first, QLineEdit):
            QTimer.singleShot(0, first, first.deselect)  # the next key is not to overwrite it
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            QTimer.singleShot(_LAID_OUT_MS, above, partial(above.ensureWidgetVisible, first, 0, _MARGIN))

    def take(self, key: str, words: str) -> None:
        """Take over what was typed into a field elsewhere."""
        if key in self.editors:
            self.editors[key].type(words)

    def _put_back(self, key: str, raw: object, seen: object) -> None:
        made = self.editors[key]
        if self._written(key) != seen and (self._written(key), seen) != (None, ""):
            try:
                self.shown[key] = made.field.read(seen)
            except Refusal:
                self.shown[key] = str(seen)
            made.show(self.shown[key])
            self._untouched[key] = made.raw()
        made.type(raw)

    def _written(self, key: str) -> Value:
        return self.editors[key].field.write(self.shown[key])

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
