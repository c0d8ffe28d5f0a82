"""A line for a password (密码): dots, unless whoever types wants to see."""

from PySide6.QtWidgets import QCheckBox, QLineEdit

from mediator.domain.errors import Refusal


def secret() -> QLineEdit:
    """A line that shows dots."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def shown_on_wish(*boxes: QLineEdit) -> QCheckBox:
    """A box to tick for seeing what is typed."""
    tick = QCheckBox("显示密码")

    def show(on: bool) -> None:
        for box in boxes:
            box.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    tick.toggled.connect(show)
    return tick


def same(first: QLineEdit, second: QLineEdit) -> str:
    """The new password; Refusal if it was not typed twice the same."""
    if first.text() != second.text():
        raise Refusal("两次输入的新密码不一样，请重新输入。")
    return first.text()
