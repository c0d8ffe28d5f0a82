"""The screen while it is locked (锁定) or blanked (遮屏): whoever knows a password goes on, also somebody else."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QListWidget, QWidget
from typing_extensions import override

from mediator.domain.errors import Refusal
from mediator.ui.parts import button, card, column, label, named, row
from mediator.ui.secret import secret

LETTERS = 30


class Screen(QDialog):
    """As large as the window, over it and every dialog; Escape does nothing."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setWindowTitle("人民调解")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setGeometry(window.geometry())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    @override
    def reject(self) -> None:
        """It goes away when it is opened, not before."""


class BlankScreen(Screen):
    """Nothing to see; the same key brings everything back."""

    def __init__(self, window: QWidget, minutes: int) -> None:
        super().__init__(window)
        words = f"再按一次 F9 继续。{minutes} 分钟以后自动锁定。" if minutes else "再按一次 F9 继续。"
        note = label(words, "quiet")
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column(1, note, 1))


class LockScreen(Screen):
    """The users, a line for the password; ``check`` tells whose it is."""

    opened = Signal(str, str)
    """Log-in name and name of the person."""

    def __init__(
        self, window: QWidget, users: Sequence[tuple[str, str]], at: str, check: Callable[[str, str], str], *,
        hint: str = "",
    ) -> None:  # fmt: skip
        """``users`` are log-in names with the names of the people, ``at`` is the log-in name of who was at work."""
        super().__init__(window)
        self.check, self.users = check, list(users)
        self.list = QListWidget()
        for _login, name in users:
            self.list.addItem(name)
        logins = [login for login, _name in users]
        self.list.setCurrentRow(logins.index(at) if at in logins else 0)
        self.list.setFixedHeight(min(len(users), 6) * (self.fontMetrics().height() + 18) + 10)
        self.password = secret()
        self.words = label("", "error", wrap=True)
        self.enter_button = button("继续", self.enter, role="main")
        self.enter_button.setDefault(True)
        inside = column(
            label("已锁定", "title"),
            label(f"{datetime.now():%H:%M} 锁定。填到一半的内容还在。", "quiet", wrap=True),
            *named("谁在用", self.list), *named("密码", self.password), self.words,
            *([label(hint, "quiet", wrap=True)] if hint else []), row(1, self.enter_button), margins=24,
        )  # fmt: skip
        middle = card(inside)
        middle.setFixedWidth(min(self.fontMetrics().horizontalAdvance("永") * LETTERS, window.width() - 40))
        self.setLayout(column(1, row(1, middle, 1), 1))
        self.list.currentRowChanged.connect(lambda _row: self._begin())
        self.password.setFocus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """The list is laid out once it has its look."""
        super().showEvent(event)
        self.list.doItemsLayout()
        self.list.scrollToItem(self.list.currentItem())

    def enter(self) -> None:
        """Go on as the one chosen, if the password is theirs."""
        login = self.users[self.list.currentRow()][0]
        try:
            name = self.check(login, self.password.text())
        except Refusal as refusal:
            self.words.setText(str(refusal))
            self.password.selectAll()
            self.password.setFocus()
            return
        self.opened.emit(login, name)

    def _begin(self) -> None:
        self.words.setText("")
        self.password.clear()
        self.password.setFocus()
