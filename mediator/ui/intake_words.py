"""Words of a ledger read otherwise (用语对照): what a word in one of its columns is to mean."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mediator.services.ledger_files import MEANINGS, TARGETS
from mediator.ui.editors import Choice
from mediator.ui.flow import FlowLayout
from mediator.ui.parts import button, column, label, row

_HINT = (
    "台账里的词认不得，或读得不合本单位的意思，在这里改：选哪一栏、写上台账里的词、选它的意思。改了就重读。"
)


class WordsPane(QWidget):
    """One word at a time: which column, the word as it stands in the ledger, what it means."""

    decided = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[str, dict[str, str]] = {}
        self.column = Choice()
        self.column.setAccessibleName("哪一栏的用语")
        for code in MEANINGS:
            self.column.addItem(TARGETS[code], code)
        self.word = QLineEdit()
        self.word.setAccessibleName("台账里写的词")
        self.word.setPlaceholderText("台账里写的词，例如 已化解")
        self.word.setMinimumWidth(self.fontMetrics().horizontalAdvance("永") * 14)
        self.meaning = Choice()
        self.meaning.setAccessibleName("按什么记")
        self.add_button = button("照这样读", self._add)
        self.clear_button = button("取消全部用语", self._clear)
        self.said = label("", "quiet", wrap=True)
        self._lay_out()
        self.column.currentIndexChanged.connect(lambda _index: self._offer())
        self.word.textChanged.connect(lambda _text: self._enable())
        self.word.returnPressed.connect(self._add)
        self._offer()
        self._say()

    def forget(self) -> None:
        """Read every word as usual again."""
        self.words = {}
        self._say()

    def _clear(self) -> None:
        self.forget()
        self.decided.emit()

    def _lay_out(self) -> None:
        captions = []
        for words, buddy in (("把", self.column), ("栏里的", self.word), ("读作", self.meaning)):
            caption = label(words)
            caption.setBuddy(buddy)
            holder = QWidget()
            holder.setLayout(row(caption, buddy, gap=8))
            captions.append(holder)
        line = FlowLayout(*captions, self.add_button, self.clear_button, gap=8)
        self.setLayout(column(label(_HINT, "quiet", wrap=True), line, self.said, 1, margins=12, gap=10))

    def _offer(self) -> None:
        self.meaning.clear()
        self.meaning.addItems(list(MEANINGS[self.column.currentData()]))
        self._enable()

    def _enable(self) -> None:
        self.add_button.setEnabled(bool(self.word.text().strip()))
        self.clear_button.setEnabled(bool(self.words))

    def _add(self) -> None:
        word = self.word.text().strip()
        if word:
            self.words.setdefault(self.column.currentData(), {})[word] = self.meaning.currentText()
            self.word.clear()
            self._say()
            self.decided.emit()

    def _say(self) -> None:
        said = [
            f"{TARGETS[code]}“{word}”按{meaning}记"
            for code, words in self.words.items()
            for word, meaning in words.items()
        ]
        self.said.setText("；".join(said) + "。" if said else "没有另定用语，都照通常的意思读。")
        self._enable()
