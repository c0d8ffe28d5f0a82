"""账号: how far one of the staff is let in, and in which roles."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget
from sqlalchemy.orm import Session

from mediator.domain.codes import Role
from mediator.domain.people import Staff
from mediator.domain.roles import DOES, Power, apart
from mediator.services import accounts, merging
from mediator.services.accounts import Account
from mediator.ui import powers, tell
from mediator.ui.desk import Desk
from mediator.ui.flow import FlowLayout
from mediator.ui.leaver_dialog import LeaverDialog
from mediator.ui.parts import button, card, column, label, row, run
from mediator.ui.people_dialogs import LoginForDialog, ResetDialog


class AccountPane(QWidget):
    """The account of one person: what can be done with it, and the roles to tick."""

    changed = Signal()

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__()
        self.desk, self.folder = desk, folder
        self.account: Account | None = None
        self.state = label("", wrap=True)
        self.ticks = {role: QCheckBox(role.label) for role in Role.offered()}
        self.notice = label("", "warning", wrap=True)
        self.open_button = button("让他能登录…", self._open)
        self.reset_button = button("重设密码…", self._reset)
        self.disable_button = button("停用账号", self._disable, tip="密码立即失效；以后重设密码就能恢复")
        self.leave_button = button("办离岗…", self._leave, tip="停用账号，未办结的案件同时交给别人")
        self.save_button = button("保存角色", self._save, role="main")
        roles = column(gap=2)
        for role, tick in self.ticks.items():
            roles.addWidget(tick)
            what = label(DOES[role], "quiet", wrap=True)
            what.setIndent(28)
            roles.addWidget(what)
            tick.toggled.connect(lambda _on: self._say())
        self.roles = card(
            column(
                label("角色（可以兼任）", "section"), roles, self.notice, row(1, self.save_button), margins=12
            )
        )
        buttons = FlowLayout(
            self.open_button, self.reset_button, self.disable_button, self.leave_button, gap=8
        )
        self.setLayout(column(label("账号", "section"), self.state, buttons, self.roles))
        self.allowed = powers.grey(
            desk, Power.ACCOUNTS, self.open_button, self.reset_button, self.disable_button, self.leave_button,
            self.save_button, *self.ticks.values(),
        )  # fmt: skip

    def show_account(self, account: Account | None) -> None:
        """Show the account of a person; none of one who is not entered yet."""
        self.account = account
        self.setVisible(account is not None)
        if account is None:
            return
        person = account.person
        last = f"，上次登录 {account.last_at:%Y-%m-%d %H:%M}" if account.last_at else ""
        gone = f"，{person.left_on} 离岗" if person.left_on else ""
        self.state.setText(f"{person.name}：{account.state}{last}{gone}。")
        for role, tick in self.ticks.items():
            tick.setChecked(role in person.held)
        self.open_button.setVisible(person.login is None and person.left_on is None)
        self.reset_button.setVisible(person.login is not None)
        self.disable_button.setVisible(account.open)
        self.leave_button.setVisible(person.left_on is None)
        self.roles.setVisible(person.login is not None)
        self._say()

    def chosen(self) -> frozenset[Role]:
        """The roles ticked."""
        return frozenset(role for role, tick in self.ticks.items() if tick.isChecked())

    def _say(self) -> None:
        words = apart(self.chosen())
        self.notice.setText(words)
        self.notice.setVisible(bool(words))
        held = self.account.person.held if self.account else frozenset()
        self.save_button.setEnabled(self.allowed and self.chosen() != held)

    def _save(self) -> None:
        name, roles = self._name(), self.chosen()
        seen = self.account.person.held if self.account else frozenset()

        def verb(session: Session) -> None:
            person = accounts.find(session, name)
            if person.held not in (seen, roles):
                merging.stale(person, f"{name}的角色", "保存", Staff.roles.key)
            accounts.set_roles(session, self.folder, name, roles)

        with tell.refusals(self):
            try:
                self.desk.do(verb)
            finally:
                self.changed.emit()

    def _open(self) -> None:
        self._after(LoginForDialog(self, self.desk, self.folder, self._name()))

    def _reset(self) -> None:
        self._after(ResetDialog(self, self.desk, self.folder, self._name()))

    def _leave(self) -> None:
        self._after(LeaverDialog(self, self.desk, self.folder, self._name()))

    def _after(self, dialog: LoginForDialog | ResetDialog | LeaverDialog) -> None:
        if run(dialog):
            self.changed.emit()

    def _disable(self) -> None:
        name = self._name()
        words = f"停用以后，{name}的密码立即失效。要停用吗？"
        if tell.ask(self, words, "停用"):
            with tell.refusals(self):
                self.desk.do(partial(accounts.disable, path=self.folder, name=name))
                self.changed.emit()

    def _name(self) -> str:
        assert self.account is not None
        return self.account.person.name
