"""合并: two people changed the same fields; the later one sees both and chooses, field by field. Nothing is overwritten unseen."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QRadioButton, QWidget

from mediator.domain.errors import Conflict, Stale
from mediator.services.merging import NOTHING, when
from mediator.ui import tell
from mediator.ui.fit import fit
from mediator.ui.form_dialog import FormDialog
from mediator.ui.forms import FormPane
from mediator.ui.halves import Halves
from mediator.ui.parts import card, column, label, row, scrolled
from mediator.ui.text_edit import TextEdit

T = TypeVar("T")
Raw = dict[str, object]

HINT = "您填写的时候，别人也改了下面这 {n} 项。请逐项选定用哪一个；您填的其他内容没有冲突，会一起保存。"
STAYS = "没有保存；您填的内容还在。"
_LINES = 6
"""Lines of a long text that are seen at once."""


class MergeDialog(FormDialog):
    """Every conflict with what stood there, what another made of it and what was typed; ``chosen`` in the end."""

    def __init__(self, parent: QWidget | None, conflicts: Sequence[Conflict]) -> None:
        super().__init__(parent, "别人也改了同样的内容")
        self.panes = [ConflictPane(one) for one in conflicts]
        inside = QWidget()
        inside.setLayout(column(*self.panes, 1))
        hint = label(HINT.format(n=len(conflicts)), wrap=True)
        self.fill(hint, scrolled(inside), does="按选定的保存", act=self._save, leave="先不保存")
        for pane in self.panes:
            pane.sides.buttonToggled.connect(lambda *_which: self._enable())
        self._enable()
        fit(self, 56, 36)

    def follow(self, take: Callable[[str, str], object]) -> None:
        """Have what is written into a long text of one's own taken over where it was typed first."""
        for pane in self.panes:
            if pane.conflict.long:
                pane.words.textChanged.connect(
                    lambda pane=pane: take(pane.conflict.key, pane.words.toPlainText())
                )

    def _enable(self) -> None:
        open_ones = sum(not pane.decided for pane in self.panes)
        self.main.setEnabled(not open_ones)
        self.main.setToolTip(f"还有 {open_ones} 项没有选定" if open_ones else "")

    def _save(self) -> None:
        with tell.refusals(self):
            self.accept()


class ConflictPane(QWidget):
    """One field: 原来, 对方的, 您的, and which of them is to stand."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__()
        self.conflict = conflict
        who = conflict.by or "别人"
        at = f"（{when(conflict.at)}改）" if conflict.at else ""
        self.theirs = QRadioButton(f"用{who}的{at}")
        self.mine = QRadioButton("用我的，可以再改" if conflict.long else "用我的")
        self.sides = QButtonGroup(self)
        for one in (self.theirs, self.mine):
            self.sides.addButton(one)
            one.setAccessibleName(f"{conflict.label}：{one.text()}")
        self.words = TextEdit()
        self._typed = "" if conflict.typed == NOTHING else conflict.typed
        sides = self._long() if conflict.long else self._short()
        title = label(conflict.label, "section", wrap=True)
        self.setLayout(column(card(column(title, *sides, margins=12, gap=6))))

    @property
    def decided(self) -> bool:
        """Whether it was chosen which is to stand."""
        return self.sides.checkedButton() is not None

    def taken(self) -> str | None:
        """The words for a long text of one's own; None where they stay as they were typed."""
        words = self.words.toPlainText()
        return words if self.conflict.long and words != self._typed else None

    def _short(self) -> list[QWidget]:
        one = self.conflict
        return [
            label(f"原来：{one.seen}", "quiet", wrap=True),
            *(self.theirs, _indented(one.now)),
            *(self.mine, _indented(one.typed)),
        ]

    def _long(self) -> list[QWidget]:
        one = self.conflict
        theirs = _shown(f"{one.label}，对方的", one.now)
        self.words.setPlainText(self._typed)
        self.words.setAccessibleName(f"{one.label}，我的")
        self.words.textChanged.connect(lambda: self.mine.setChecked(True))
        _size(self.words)
        left, right = QWidget(), QWidget()
        left.setLayout(column(self.theirs, theirs, gap=4))
        right.setLayout(column(self.mine, self.words, gap=4))
        return [label("原来", "quiet"), _shown(f"{one.label}，原来", one.seen, 3), Halves(left, right)]


def merged(
    parent: QWidget | None, raw: Raw, was: Mapping[str, object] | None, save: Callable[[Raw, Raw | None], T],
    table: str = "", follow: Callable[[str, str], object] | None = None,
) -> T:  # fmt: skip
    """Save what was typed (``raw``) by somebody who saw ``was``; where others changed the same, let the person choose first.

    ``table`` is for one who answers only for that table's rows. What is written while one chooses goes where it was typed
    (``follow``, else the form of the parent), so that it is kept as a draft. Declined if the person would rather not save now.
    """
    seen = dict(was) if was is not None else None
    form = parent if isinstance(parent, FormPane) else getattr(parent, "form", None)
    take = follow or (form.take if isinstance(form, FormPane) else None)
    while True:
        try:
            return save(raw, seen)
        except Stale as stale:
            if not stale.conflicts or (table and stale.table != table):
                raise
            raw, seen = _chosen(parent, stale.conflicts, raw, seen or {}, take)


def _chosen(
    parent: QWidget | None, conflicts: Sequence[Conflict], raw: Raw, was: Raw,
    take: Callable[[str, str], object] | None,
) -> tuple[Raw, Raw]:  # fmt: skip
    dialog = MergeDialog(parent, conflicts)
    if take is not None:
        dialog.follow(take)
    panes = dialog.panes
    accepted = dialog.exec() == MergeDialog.DialogCode.Accepted
    theirs = {pane.conflict.key for pane in panes if pane.theirs.isChecked()}
    own = {pane.conflict.key: pane.taken() for pane in panes if pane.mine.isChecked()}
    dialog.deleteLater()
    if not accepted:
        raise tell.Declined(STAYS)
    wanted = {key: value for key, value in raw.items() if key not in theirs}
    wanted |= {key: words for key, words in own.items() if words is not None}
    return wanted, {**was, **{one.key: one.stands for one in conflicts}}


def _indented(words: str) -> QWidget:
    holder = QWidget()
    inside = row(label(words, wrap=True))
    inside.setContentsMargins(28, 0, 0, 4)
    holder.setLayout(inside)
    return holder


def _shown(name: str, words: str, lines: int = _LINES) -> QPlainTextEdit:
    """A long text to be read and copied from."""
    box = QPlainTextEdit(words)
    box.setReadOnly(True)
    box.setTabChangesFocus(True)
    box.setAccessibleName(name)
    _size(box, lines)
    return box


def _size(box: QPlainTextEdit, lines: int = _LINES) -> None:
    box.setFixedHeight(box.fontMetrics().lineSpacing() * lines + 22)
