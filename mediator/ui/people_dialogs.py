"""Passwords (密码): changing one's own, and letting another person log in."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from mediator.domain.errors import Refusal
from mediator.services import setup, staff
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.form_dialog import FormDialog
from mediator.ui.parts import label, named


class PasswordDialog(FormDialog):
    """A new password in place of one's own."""

    def __init__(self, parent: QWidget, desk: Desk, folder: Path) -> None:
        super().__init__(parent, "修改我的密码")
        self.desk, self.folder = desk, folder
        self.old, self.new, self.again = _secret(), _secret(), _secret()
        self.fill(
            *named("现在的密码", self.old), *named("新密码（至少 8 个字符）", self.new), *named("再输一遍新密码", self.again),
            does="修改密码", act=self._save,
        )  # fmt: skip

    def _save(self) -> None:
        with tell.refusals(self):
            if self.new.text() != self.again.text():
                raise Refusal("两次输入的新密码不一样，密码没有改。")
            login = self.desk.read(lambda s: staff.login_of(s, self.desk.who))
            setup.change_password(self.folder, login, self.old.text(), self.new.text())
            tell.done(self, "密码已经改好，下次登录请用新密码。")
            self.accept()


class LoginForDialog(FormDialog):
    """One of the staff, or somebody new, who may log in from now on."""

    def __init__(self, parent: QWidget, desk: Desk, folder: Path) -> None:
        super().__init__(parent, "让另一位同事也能登录")
        self.desk, self.folder = desk, folder
        self.name = Choice()
        self.name.allow_typing()
        people = desk.read(staff.everyone)
        self.name.addItems([p.name for p in people if p.login is None and p.left_on is None])
        self.mine, self.theirs, self.again = _secret(), _secret(), _secret()
        self.fill(
            *named("同事的姓名（从名单里选，名单里没有就直接写）", self.name),
            *named("请同事输入自己的密码（至少 8 个字符）", self.theirs), *named("请同事再输一遍", self.again),
            *named("您自己的密码", self.mine),
            label("同事登录时，用户填姓名，密码用上面这一个。", "quiet", wrap=True),
            does="让他登录", act=self._save,
        )  # fmt: skip

    def _save(self) -> None:
        with tell.refusals(self):
            name = self.name.currentText().strip()
            if not name:
                raise Refusal("请填写同事的姓名。")
            if self.theirs.text() != self.again.text():
                raise Refusal("同事两次输入的密码不一样，请重新输入。")
            login = self.desk.read(lambda s: staff.login_of(s, self.desk.who))
            setup.add_user(
                self.folder,
                self.desk.engine,
                name,
                self.theirs.text(),
                by=login,
                by_password=self.mine.text(),
            )
            tell.done(self, f"{name} 可以登录了。")
            self.accept()


def _secret() -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made
