"""Words of several lines (多行文字), with the office's phrases at hand: a button in the corner, or Alt+↓."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QPlainTextEdit

from mediator.ui.parts import button
from mediator.ui.phrase_choice import choose_for
from mediator.ui.style import ACCENT

_GAP = 6
_SHEET = f"""
QPushButton {{ border: none; background: transparent; color: {ACCENT}; padding: 2px 4px; min-height: 0; }}
QPushButton:hover {{ text-decoration: underline; }}
"""


class TextEdit(QPlainTextEdit):
    """A surface to type on; a phrase that is chosen is put where the cursor stands."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.phrases = button("常用语", self.offer, tip="插入常用语或法条（Alt+↓）")
        self.phrases.setParent(self)
        self.phrases.setStyleSheet(_SHEET)
        self.phrases.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keys it is reached with Alt+↓
        self.phrases.ensurePolished()
        self.setViewportMargins(
            0, 0, self.phrases.sizeHint().width() + _GAP, 0
        )  # so that it never hides words
        self.phrases.setCursor(Qt.CursorShape.PointingHandCursor)
        keys = QShortcut(QKeySequence("Alt+Down"), self, context=Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.offer)

    def offer(self) -> None:
        """Let a phrase be chosen and put it in."""
        if self.isReadOnly():
            return
        words = choose_for(self)
        if words:
            self.insertPlainText(words)
        self.setFocus()

    def setReadOnly(self, on: bool) -> None:
        """Take the button away where nothing may be typed."""
        super().setReadOnly(on)
        self.phrases.setVisible(not on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button in its corner."""
        super().resizeEvent(event)
        beside, size = self.viewport().geometry(), self.phrases.sizeHint()
        self.phrases.setGeometry(beside.right() + _GAP, beside.y(), size.width(), size.height())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer phrases first, then what every surface offers."""
        menu = self.createStandardContextMenu()
        if not self.isReadOnly():
            first = menu.actions()[0]
            menu.insertAction(first, menu.addAction("插入常用语…", self.offer))
            menu.insertSeparator(first)
        menu.exec(event.globalPos())
        menu.deleteLater()
