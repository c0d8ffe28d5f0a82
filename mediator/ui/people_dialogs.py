"""Passwords (密码): one's own changed, a colleague's set anew, another colleague let in."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from mediator.domain.errors import Refusal
from mediator.services import accounts, setup, staff
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.form_dialog import FormDialog
from mediator.ui.parts import label, named
from mediator.ui.secret import same, secret, shown_on_wish


class PasswordDialog(FormDialog):
    """A new password in place of one's own."""

    def __init__(self, parent: QWidget, desk: Desk, folder: Path) -> None:
        super().__init__(parent, "修改我的密码", wide=36)
        self.desk, self.folder = desk, folder
        self.old, self.new, self.again = secret(), secret(), secret()
        self.fill(
            *named("现在的密码", self.old), *named(f"新密码（{setup.PASSWORD_RULE}）", self.new),
            *named("再输一遍新密码", self.again), shown_on_wish(self.old, self.new, self.again),
            does="修改密码", act=self._save,
        )  # fmt: skip

    def _save(self) -> None:
        with tell.refusals(self):
            old, new = self.old.text(), same(self.new, self.again)
            self.desk.do(lambda s: accounts.change_own(s, self.folder, old, new))
            tell.done(self, "密码已经改好，下次登录请用新密码。")
            self.accept()


class ResetDialog(FormDialog):
    """A new password for a colleague who forgot theirs, or whose account was shut."""

    def __init__(self, parent: QWidget, desk: Desk, folder: Path, name: str) -> None:
        super().__init__(parent, f"给{name}重设密码", wide=36)
        self.desk, self.folder, self.name = desk, folder, name
        self.new, self.again = secret(), secret()
        self.fill(
            *named(f"请{name}输入新密码（{setup.PASSWORD_RULE}）", self.new),
            *named("再输一遍", self.again), shown_on_wish(self.new, self.again),
            label("旧密码立即失效。这一次会记入审计记录。", "quiet", wrap=True),
            does="重设密码", act=self._save,
        )  # fmt: skip

    def _save(self) -> None:
        with tell.refusals(self):
            new = same(self.new, self.again)
            self.desk.do(lambda s: accounts.reset(s, self.folder, self.name, new))
            tell.done(self, f"{self.name}的密码已经改好。")
            self.accept()


class LoginForDialog(FormDialog):
    """One of the staff, or somebody new, who may log in from now on."""

    def __init__(self, parent: QWidget, desk: Desk, folder: Path, name: str = "") -> None:
        super().__init__(parent, "让另一位同事也能登录", wide=36)
        self.desk, self.folder = desk, folder
        self.name = Choice()
        self.name.allow_typing()
        people = desk.read(staff.everyone)
        self.name.addItems([p.name for p in people if p.login is None and p.left_on is None])
        if name:
            self.name.setCurrentText(name)
        self.theirs, self.again = secret(), secret()
        self.fill(
            *named("同事的姓名（从名单里选，名单里没有就直接写）", self.name),
            *named(f"请同事输入自己的密码（{setup.PASSWORD_RULE}）", self.theirs),
            *named("请同事再输一遍", self.again), shown_on_wish(self.theirs, self.again),
            label("同事登录时，用户填姓名，密码用上面这一个。开始时的角色是调解员，可以再改。", "quiet", wrap=True),
            does="让他登录", act=self._save,
        )  # fmt: skip

    def _save(self) -> None:
        with tell.refusals(self):
            name = self.name.currentText().strip()
            if not name:
                raise Refusal("请填写同事的姓名。")
            password = same(self.theirs, self.again)
            self.desk.do(lambda s: accounts.add(s, self.folder, name, password))
            tell.done(self, f"{name} 可以登录了。")
            self.accept()
