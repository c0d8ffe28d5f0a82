"""设置: the office's particulars, its people, and passwords."""

from pathlib import Path

from PySide6.QtWidgets import QInputDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from mediator.domain.errors import Refusal
from mediator.domain.people import Staff
from mediator.services import offices, setup, staff
from mediator.ui import screens, tell
from mediator.ui.desk import Desk
from mediator.ui.forms import FormPane
from mediator.ui.parts import button, card, column, label, row, scrolled


class SettingsPage(QWidget):
    """What an office may choose for itself."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__()
        self.desk, self.folder = desk, folder
        self.office = FormPane(screens.OFFICE)
        self.person = FormPane(screens.STAFF)
        self.people: list[Staff] = []
        self.list = QListWidget()
        self.list.setAccessibleName("工作人员")
        self.list.setMinimumHeight(170)
        self.list.currentRowChanged.connect(self._show_person)
        save_office = button("保存调委会信息", self._save_office, role="main")
        people = row(
            column(self.list, button("增加人员", self._new_person, picture="add")),
            column(self.person, row(1, button("保存人员", self._save_person, role="main"))),
        )
        people.setStretch(1, 2)
        passwords = row(
            button("修改我的密码", self._change_password),
            button("让另一位同事也能登录", self._add_user, picture="people"),
            1,
        )
        inside = QWidget()
        inside.setLayout(
            column(
                label("设置", "title"),
                card(column(self.office, row(1, save_office), margins=16)),
                card(column(label("工作人员", "section"), people, margins=16)),
                card(
                    column(
                        label("登录", "section"),
                        passwords,
                        label(f"数据文件夹：{folder}", "quiet", wrap=True),
                        margins=16,
                    )
                ),
                1,
                margins=18,
            )
        )
        self.setLayout(column(scrolled(inside)))
        self.refresh()

    def refresh(self) -> None:
        """Read everything again."""
        self.office.show_row(self.desk.read(offices.own))
        self.people = self.desk.read(staff.everyone)
        chosen = max(self.list.currentRow(), 0)
        self.list.clear()
        for person in self.people:
            gone = "，已离岗" if person.left_on else ""
            self.list.addItem(
                QListWidgetItem(f"{person.name}({'调解员' if person.mediates else '工作人员'}{gone})")
            )
        self.list.setCurrentRow(min(chosen, len(self.people) - 1))

    def _show_person(self, number: int) -> None:
        self.person.show_row(self.people[number] if 0 <= number < len(self.people) else Staff(mediates=True))

    def _new_person(self) -> None:
        self.list.setCurrentRow(-1)
        self._show_person(-1)
        self.person.editors["name"].widget.setFocus()

    def _save_office(self) -> None:
        with tell.refusals(self):
            raw = self.office.raw()
            self.desk.do(lambda s: offices.amend(s, raw))
            tell.done(self, "调委会信息已保存。新的卷号样式从下一件案件起使用。")

    def _save_person(self) -> None:
        with tell.refusals(self):
            raw, number = self.person.raw(), self.list.currentRow()
            known = self.people[number].id if 0 <= number < len(self.people) else None
            self.desk.do(lambda s: staff.put(s, raw, known))
            self.refresh()

    def _change_password(self) -> None:
        old = _ask_password(self, "请输入现在的密码：")
        new = _ask_password(self, "请输入新密码（至少 8 个字符）：") if old else ""
        again = _ask_password(self, "请再输一遍新密码：") if new else ""
        if not again:
            return
        with tell.refusals(self):
            if new != again:
                raise Refusal("两次输入的新密码不一样，密码没有改。")
            setup.change_password(self.folder, self._login(), old, new)
            tell.done(self, "密码已经改好，下次登录请用新密码。")

    def _add_user(self) -> None:
        name, agreed = QInputDialog.getText(self, tell.TITLE, "同事的姓名：")
        mine = _ask_password(self, "请输入您自己的密码：") if agreed and name.strip() else ""
        theirs = _ask_password(self, "请同事输入自己的密码（至少 8 个字符）：") if mine else ""
        if not theirs:
            return
        with tell.refusals(self):
            setup.add_user(
                self.folder, self.desk.engine, name.strip(), theirs, by=self._login(), by_password=mine
            )
            tell.done(self, f"{name.strip()} 可以登录了。")
            self.refresh()

    def _login(self) -> str:
        return self.desk.read(lambda s: staff.login_of(s, self.desk.who))


def _ask_password(parent: QWidget, words: str) -> str:
    typed, agreed = QInputDialog.getText(parent, tell.TITLE, words, QLineEdit.EchoMode.Password)
    return typed if agreed else ""
