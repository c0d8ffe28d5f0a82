"""Choosing a phrase (选常用语): those of the case's kind of dispute first, then the articles of the law."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidgetItem, QWidget

from mediator.domain.codes import Kind
from mediator.domain.wording import half_width
from mediator.forms.law import ARTICLES
from mediator.services import phrases
from mediator.ui.desk import Desk
from mediator.ui.fit import fit
from mediator.ui.form_dialog import FormDialog
from mediator.ui.line_edit import LineEdit
from mediator.ui.parts import label, named, run
from mediator.ui.words_list import WordsList

LAW = "人民调解法条文"
_WORDS = Qt.ItemDataRole.UserRole
_SOUGHT = Qt.ItemDataRole.UserRole + 1

Entry = tuple[str, str]
"""A phrase under its heading."""


@runtime_checkable
class Keeper(Protocol):
    """A screen that has phrases for what is typed on it: the page of a case, or the window."""

    def phrases_at_hand(self) -> Sequence[Entry]:
        """The phrases, each under its heading, those most likely wanted first."""
        ...


def at_hand(desk: Desk, kind: Kind | None) -> list[Entry]:
    """The office's phrases with those of a kind of dispute first."""
    rows = desk.read(lambda s: phrases.listed(s, kind))
    return [(row.kind.label if row.kind else "各类纠纷都能用", row.words) for row in rows]


def choose_for(widget: QWidget) -> str:
    """What to put into a surface that words are typed on; empty if nothing is chosen."""
    above: QWidget | None = widget
    while above is not None and not isinstance(above, Keeper):
        above = above.parentWidget()
    dialog = PhraseChoice(widget, above.phrases_at_hand() if above is not None else [])
    return dialog.words if run(dialog) else ""


class PhraseChoice(FormDialog):
    """One list to search in; ``words`` is what was chosen."""

    def __init__(self, parent: QWidget | None, entries: Sequence[Entry]) -> None:
        super().__init__(parent, "插入常用语")
        self.words = ""
        self.search = LineEdit()
        self.search.setPlaceholderText("输入几个字，例如：漏水、抚养费、29")
        self.search.textChanged.connect(lambda _text: self._narrow())
        self.list = WordsList("常用语和法条")
        self.list.itemDoubleClicked.connect(lambda _item: self._take())
        self.none = label("没有找到。常用语可以在“设置”的“常用语…”里增加。", "quiet", wrap=True)
        self._list(entries)
        self.fill(*named("查找", self.search), self.list, self.none, does="插入", act=self._take)
        fit(self, 44, 34)
        self._narrow()
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down in the list while words are typed above it."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _list(self, entries: Sequence[Entry]) -> None:
        heading = ""
        for under, words in entries:
            if under != heading:
                self._head(under)
            heading = under
            self._add(words, words, f"{under}{words}")
        self._head(LAW)
        for article in ARTICLES:
            shown = f"{article.name}　{article.gist}"
            self._add(shown, article.citation, f"{LAW}{article.number}{shown}")

    def _head(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = self.list.font()
        font.setBold(True)
        item.setFont(font)
        self.list.addItem(item)

    def _add(self, shown: str, words: str, sought: str) -> None:
        item = QListWidgetItem(shown)
        item.setData(_WORDS, words)
        item.setData(_SOUGHT, sought)
        self.list.addItem(item)

    def _narrow(self) -> None:
        """Show what has all the words typed, with the headings over it, and choose the first."""
        wanted = half_width(self.search.text()).split()
        first, heading = -1, None
        for n in range(self.list.count()):
            item = self.list.item(n)
            sought = item.data(_SOUGHT)
            if sought is None:
                heading = item
                item.setHidden(True)
                continue
            fits = all(word in half_width(sought) for word in wanted)
            item.setHidden(not fits)
            if fits and heading is not None:
                heading.setHidden(False)
            first = n if fits and first < 0 else first
        self.list.setCurrentRow(first)
        self.none.setVisible(first < 0)
        self.main.setEnabled(first >= 0)

    def _step(self, by: int) -> None:
        at = self.list.currentRow() + by
        while 0 <= at < self.list.count():
            if not self.list.item(at).isHidden() and self.list.item(at).data(_WORDS):
                self.list.setCurrentRow(at)
                return
            at += by

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None and item.data(_WORDS):
            self.words = item.data(_WORDS)
            self.accept()
