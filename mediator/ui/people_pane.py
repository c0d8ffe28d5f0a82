"""设置—人员和账号: who works here, and who may log in."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from mediator.domain.people import Staff
from mediator.domain.roles import Power
from mediator.domain.safety import Draft
from mediator.services import accounts, staff
from mediator.services.accounts import Account
from mediator.services.draft_stands import NEW, steps
from mediator.ui import powers, screens, tell
from mediator.ui.account_pane import AccountPane
from mediator.ui.desk import Desk
from mediator.ui.drafting import Drafting
from mediator.ui.forms import FormPane
from mediator.ui.kept_bar import KeptBar
from mediator.ui.leaver_dialog import LeaverDialog
from mediator.ui.office_pane import settled
from mediator.ui.parts import button, card, column, label, row, run, scrolled
from mediator.ui.people_dialogs import LoginForDialog

LIST_LETTERS = 15


class PeoplePane(QWidget):
    """The list on the left; the one chosen, with their account, on the right."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__()
        self.desk, self.folder = desk, folder
        self.form = FormPane(screens.STAFF)
        self.account = AccountPane(desk, folder)
        self.people: list[Account] = []
        self._person_id: int | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("工作人员")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubt = label("", "error", wrap=True)
        self.confirm_button = button("名单无误", self._confirm)
        self.add_button = button("增加人员", self._new, picture="add")
        self.let_in_button = button("让另一位同事也能登录", self._let_in, picture="people")
        self.kept = KeptBar(Drafting(self.form, desk, self._place), "staff", self.resume)
        self.save_button = button("保存人员", self.save, role="main")
        self._lay_out()
        self.form.lock(not powers.grey(desk, Power.SETTINGS, self.add_button, self.save_button))
        powers.grey(desk, Power.ACCOUNTS, self.let_in_button, self.confirm_button)
        self.list.currentRowChanged.connect(lambda _number: self._chosen())
        self.account.changed.connect(self._changed)

    def _lay_out(self) -> None:
        left = QWidget()
        left.setFixedWidth(self.fontMetrics().horizontalAdvance("永") * LIST_LETTERS + 36)
        left.setLayout(column(self.list, self.add_button, self.let_in_button, gap=8))
        inside = QWidget()
        inside.setLayout(column(self.form, self.kept.beside(self.save_button), self.account, 1))
        warning = row(self.doubt, self.confirm_button, margins=10)
        warning.setStretch(0, 1)
        self.warning = card(warning, "band")
        both = row(left, scrolled(inside))
        self.setLayout(column(self.warning, both, margins=14))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """The list is read when it is first looked at: a long audit takes its time to tell who came when."""
        super().showEvent(event)
        if not self.people:
            self.refresh()

    def refresh(self) -> None:
        """Read everything again, the same person chosen."""
        self.people = self.desk.read(lambda s: accounts.listed(s, self.folder))
        words = self.desk.read(lambda s: accounts.doubt(s, self.folder))
        self.doubt.setText(words)
        self.warning.setVisible(bool(words))
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for one in self.people:
            self.list.addItem(QListWidgetItem(_summary(one)))
        self.list.blockSignals(blocked)
        ids = [one.person.id for one in self.people]
        self._select(ids.index(self._person_id) if self._person_id in ids else 0)
        self._show(self.list.currentRow())

    def settle(self) -> bool:
        """Before leaving: save what was typed, drop it, or stay. True if one may leave."""
        return settled(self, "工作人员", self.form, self.save, self._drop)

    def resume(self, draft: Draft) -> None:
        """Go on with what was typed about somebody before."""
        if not self.settle():
            return
        if not self.people:
            self.refresh()
        ids = [one.person.id for one in self.people]
        row_id = steps(draft.place)[-1].row
        self._show(ids.index(row_id) if row_id in ids else -1)
        self._go_back()
        self.kept.drafting.resume(draft)
        self.kept.button.look()

    def _place(self) -> str:
        return f"staff/person:{self._person_id or NEW}"

    def _drop(self) -> None:
        self.refresh()
        self.kept.drop()

    def save(self) -> bool:
        """Save the person; one who leaves hands over first."""
        with tell.refusals(self):
            raw = self.form.raw() if self._person_id is None else self.form.changes()
            known = self._known()
            left = self.form.editors["left_on"].field.read(raw.get("left_on"))
            if known and isinstance(left, date) and left <= self.desk.today and known.person.left_on is None:
                del raw["left_on"]
                if not run(LeaverDialog(self, self.desk, self.folder, known.person.name, left)):
                    return False
            was = self.form.shown if self._person_id is not None else None
            saved = self.kept.save(
                self.form, raw, was, lambda s, raw, was: staff.put(s, raw, self._person_id, was)
            )
            if known and known.person.name == self.desk.who:
                self.desk.who = saved.name
            self._person_id = saved.id
            self.form.dirty = False
            self.refresh()
            return True
        return False

    def _known(self) -> Account | None:
        return next((one for one in self.people if one.person.id == self._person_id), None)

    def _changed(self) -> None:
        """What was typed about the person stays typed while their account changes."""
        if self.form.dirty:
            self.people = self.desk.read(lambda s: accounts.listed(s, self.folder))
            self.account.show_account(self._known())
        else:
            self.refresh()

    def _chosen(self) -> None:
        chosen = self.list.currentRow()
        if self.settle():
            self._select(chosen)
            self._show(chosen)
        else:
            QTimer.singleShot(0, self, self._go_back)  # after the press of the mouse

    def _go_back(self) -> None:
        ids = [one.person.id for one in self.people]
        self._select(ids.index(self._person_id) if self._person_id in ids else -1)

    def _select(self, number: int) -> None:
        blocked = self.list.blockSignals(True)
        self.list.setCurrentRow(number)
        self.list.blockSignals(blocked)

    def _show(self, number: int) -> None:
        account = self.people[number] if 0 <= number < len(self.people) else None
        person = account.person if account else Staff(mediates=True)
        self._person_id = person.id
        self.form.show_row(person)
        self.account.show_account(account)

    def _new(self) -> None:
        if self.settle():
            self._show(-1)
            self._go_back()
            self.form.editors["name"].widget.setFocus()

    def _let_in(self) -> None:
        if self.settle() and run(LoginForDialog(self, self.desk, self.folder)):
            self.refresh()

    def _confirm(self) -> None:
        with tell.refusals(self):
            self.desk.do(lambda s: accounts.confirm_list(s, self.folder))
            self.refresh()


def _summary(account: Account) -> str:
    person = account.person
    what = "调解员" if person.mediates else "工作人员"
    state = "已离岗" if person.left_on else account.state if person.login else ""
    return f"{person.name}（{what}{'，' if state else ''}{state}）"
