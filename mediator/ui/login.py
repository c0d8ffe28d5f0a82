"""登录: the password unlocks the data."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit
from sqlalchemy import Engine

from mediator.services import setup
from mediator.ui import tell
from mediator.ui.editors import Choice
from mediator.ui.form_dialog import FormDialog
from mediator.ui.parts import card, column, label, named


class Login(FormDialog):
    """Name and password; ``engine`` is the open data folder once they are right."""

    def __init__(self, folder: Path, user: str = "") -> None:
        super().__init__(None, "人民调解：登录", wide=28)
        self.folder = folder
        self.engine: Engine | None = None
        self.who = ""
        self.user = Choice()
        self.user.allow_typing()
        with tell.refusals(self):
            self.user.addItems(setup.logins(folder))
        if user:
            self.user.setCurrentText(user)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        inside = column(*named("用户", self.user), *named("密码", self.password), margins=18)
        self.fill(label("人民调解", "title"), card(inside), does="登录", act=self._enter, leave="退出")
        self.password.setFocus()

    def _enter(self) -> None:
        with tell.refusals(self):
            self.engine, self.who = setup.enter(self.folder, self.user.currentText(), self.password.text())
            self.accept()
            return
        self.password.selectAll()
        self.password.setFocus()
