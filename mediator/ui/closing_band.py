"""The band over a table (结账情况): whether its period is closed, by whom, and what has changed since."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton

from mediator.domain.figures import Closing
from mediator.ui import books
from mediator.ui.parts import button, column, label, row, set_role


class ClosingBand(QFrame):
    """What is shown, how it stands, and the one thing that can be done about it."""

    close_wanted = Signal()
    changes_wanted = Signal()
    slip_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, closes: str = "结账…", fresh: str = "重新统计") -> None:
        super().__init__()
        self.setProperty("role", "band")
        self.closing: Closing | None = None
        self.what = label("", "section", wrap=True)
        self.state = label("", wrap=True)
        self.stale = label("案件有改动，这里还是以前的数字。", "warning", wrap=True)
        self.close_button = button(
            closes, self.close_wanted.emit, tip="把这一期的数字和案件名单定下来，以后不再变"
        )
        self.changes_button = button(
            "看变动…", self.changes_wanted.emit, picture="search", tip="结账以后改过的，可以出更正单"
        )
        self.slip_button = button("看更正单", self.slip_wanted.emit, picture="print")
        self.again_button = button(fresh, self.again_wanted.emit, picture="refresh")
        words = column(self.what, self.state, self.stale, gap=4)
        self.buttons = (self.again_button, self.changes_button, self.slip_button, self.close_button)
        self.doing: tuple[QPushButton, str] | None = None
        """The button whose work is being done, and what it says otherwise."""
        layout = row(words, *self.buttons, margins=10)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.hide()

    def show_state(self, what: str, closing: Closing | None, changes: int, *, zero: bool) -> None:
        """Show how a period stands that was just counted."""
        self.closing = closing
        self.what.setText(what)
        self.close_button.setVisible(closing is None)
        self.changes_button.setVisible(bool(closing and changes))
        self.slip_button.setVisible(bool(closing and closing.serial > 1))
        if closing is None:
            zero_words = "本期没有发生，结账后就是零报告。" if zero else ""
            self.state.setText(f"还没有结账，数字会随案件变动。{zero_words}")
        else:
            later = f"。结账以后有 {changes} 处变动，这里仍是结账时的数字。" if changes else ""
            self.state.setText(f"{books.told(closing)}{later}")
        set_role(self.state, "" if closing is None else "warning" if changes else "good")
        self.tell_stale(False)
        self.show()

    def work(self, pressed: QPushButton, doing: str) -> None:
        """Say on a button what is being done, until ``rest``; meanwhile nothing else is."""
        self.rest()
        self.doing = pressed, pressed.text()
        pressed.setText(doing)
        for each in self.buttons:
            each.setEnabled(False)

    def rest(self) -> None:
        """Let the buttons be pressed again."""
        if self.doing is not None:
            pressed, words = self.doing
            pressed.setText(words)
        self.doing = None
        for each in self.buttons:
            each.setEnabled(True)

    def is_stale(self) -> bool:
        """Whether cases have changed since."""
        return not self.stale.isHidden()

    def tell_stale(self, on: bool) -> None:
        """Say that cases have changed since."""
        self.stale.setVisible(on)
        self.again_button.setVisible(on)
