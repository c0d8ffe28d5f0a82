"""A dialog of a few boxes without a form (日期、原因): what is typed into them is kept as a draft all the same."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from mediator.ui.desk import Desk
from mediator.ui.editors import Choice, Editor
from mediator.ui.form_dialog import FormDialog
from mediator.ui.forms import Beside

Box = Editor | Choice | QPlainTextEdit


class BoxesDialog(FormDialog):
    """Something new is written down: all of it is kept, also what was only proposed; ``along`` goes along unseen."""

    edited = Signal()

    def keep_boxes(self, desk: Desk, place: str, boxes: Mapping[str, Box], **along: Beside) -> None:
        """Keep what is typed into boxes, by name; to be called once they show what is proposed."""
        self.boxes, self.along = dict(boxes), along
        self.proposed = {key: _raw(box) for key, box in self.boxes.items()}
        for box in self.boxes.values():
            if isinstance(box, Editor):
                box.edited.connect(self.edited)
            elif isinstance(box, Choice):
                box.currentIndexChanged.connect(lambda _index: self.edited.emit())
            else:
                box.textChanged.connect(self.edited)
        self.keep_typed(self, desk, place)

    @property
    @override
    def dirty(self) -> bool:
        return any(_raw(box) != self.proposed[key] for key, box in self.boxes.items())

    def typed(self) -> dict[str, object]:
        """What stands in the boxes, and what goes along with it."""
        raw = {key: _raw(box) for key, box in self.boxes.items()}
        return {**raw, **{key: one.raw() for key, one in self.along.items()}}

    def seen(self) -> dict[str, object]:
        """What was proposed."""
        return {**self.proposed, **{key: one.seen() for key, one in self.along.items()}}

    def put_back(self, typed: Mapping[str, object], seen: Mapping[str, object]) -> None:
        """Put back what was typed."""
        for key, raw in typed.items():
            if key in self.boxes:
                _put(self.boxes[key], raw)
            elif key in self.along:
                self.along[key].put_back(raw, seen.get(key))
        self.edited.emit()


def _raw(box: Box) -> object:
    if isinstance(box, Editor):
        return box.raw()
    return box.chosen() if isinstance(box, Choice) else box.toPlainText()


def _put(box: Box, raw: object) -> None:
    """Put something back as a draft holds it: an entry of a code list by its code."""
    if isinstance(box, Editor):
        box.type(raw)
    elif isinstance(box, Choice):
        box.choose_code(raw)
    else:
        box.setPlainText(str(raw))
