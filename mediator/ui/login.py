"""登录: the password unlocks the data."""

from pathlib import Path

from sqlalchemy import Engine

from mediator.domain.errors import Damaged
from mediator.services import recovery, setup
from mediator.ui import damage_dialog, tell
from mediator.ui.editors import Choice
from mediator.ui.form_dialog import FormDialog
from mediator.ui.parts import button, card, column, label, named, run
from mediator.ui.recover_dialog import RecoverDialog
from mediator.ui.secret import secret, shown_on_wish


class Login(FormDialog):
    """Name and password; ``engine`` is the open data folder once they are right."""

    def __init__(self, folder: Path, user: str = "") -> None:
        super().__init__(None, "人民调解：登录", wide=28)
        self.folder = folder
        self.engine: Engine | None = None
        self.who = ""
        self.user = Choice()
        self.user.allow_typing()
        self.recover_button = button(
            "用恢复密钥…", self._recover, tip="密码忘了，又没有系统管理员在，就用纸上的恢复密钥"
        )
        self.recover_button.hide()
        with tell.refusals(self):
            self.user.addItems(setup.logins(folder))
            self.recover_button.setVisible(bool(recovery.ways_back(folder).paper_on))
        if user:
            self.user.setCurrentText(user)
        self.password = secret()
        inside = column(
            *named("用户", self.user), *named("密码", self.password), shown_on_wish(self.password), margins=18
        )
        self.fill(
            label("人民调解", "title"), card(inside), does="登录", act=self._enter, leave="退出",
            more=(self.recover_button,),
        )  # fmt: skip
        self.password.setFocus()

    def _enter(self) -> None:
        with tell.refusals(self):
            login, password = self.user.currentText(), self.password.text()
            try:
                self.engine, self.who = setup.enter(self.folder, login, password)
            except Damaged as why:
                if damage_dialog.offer(self, self.folder, login, password, why):
                    self.reject()
                return
            self.accept()
            return
        self.password.selectAll()
        self.password.setFocus()

    def _recover(self) -> None:
        dialog = RecoverDialog(self, self.folder, self.user.currentText())
        if run(dialog):
            self.engine, self.who = dialog.engine, dialog.who
            self.accept()
