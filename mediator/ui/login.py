"""登录: the password unlocks the data."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QLineEdit
from sqlalchemy import Engine

from mediator.services import setup
from mediator.ui import tell
from mediator.ui.editors import Choice
from mediator.ui.parts import button, card, column, label, row


class Login(QDialog):
    """Name and password; ``engine`` is the open data folder once they are right."""

    def __init__(self, folder: Path, user: str = "") -> None:
        super().__init__()
        self.folder = folder
        self.engine: Engine | None = None
        self.who = ""
        self.setWindowTitle("人民调解：登录")
        self.setMinimumWidth(460)
        self.user = Choice()
        self.user.setEditable(True)
        self.user.setAccessibleName("用户")
        with tell.refusals(self):
            self.user.addItems(setup.logins(folder))
        if user:
            self.user.setCurrentText(user)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("密码")
        captions = label("用户"), label("密码")
        captions[0].setBuddy(self.user)
        captions[1].setBuddy(self.password)
        enter = button("登录", self._enter, role="main")
        enter.setDefault(True)
        inside = column(captions[0], self.user, captions[1], self.password, margins=18)
        self.setLayout(
            column(
                label("人民调解", "title"),
                card(inside),
                row(1, button("退出", self.reject), enter),
                margins=24,
            )
        )
        self.password.setFocus()

    def _enter(self) -> None:
        with tell.refusals(self):
            self.engine, self.who = setup.enter(self.folder, self.user.currentText(), self.password.text())
            self.accept()
            return
        self.password.selectAll()
        self.password.setFocus()
