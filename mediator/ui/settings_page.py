"""设置: the office's particulars, its people, and passwords."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from mediator.domain.people import Staff
from mediator.services import offices, setup, staff
from mediator.ui import screens, tell
from mediator.ui.desk import Desk
from mediator.ui.form_settings_dialog import FormSettingsDialog
from mediator.ui.forms import FormPane
from mediator.ui.parts import button, card, column, label, row, run, scrolled
from mediator.ui.people_dialogs import LoginForDialog, PasswordDialog
from mediator.ui.phrases_dialog import PhrasesDialog


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
        self.list.setMinimumHeight(self.fontMetrics().height() * 8)
        self.list.currentRowChanged.connect(lambda _number: self._chosen())
        self._person_id: int | None = None
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
        papers = row(
            button("文书设置…", self._form_settings, tip="卷内顺序、文书名称、入卷要求、文号和措辞"),
            button("常用语…", self._phrases, tip="填写时可以插入的句子，按纠纷类型分"),
            1,
        )
        inside = QWidget()
        inside.setLayout(
            column(
                label("设置", "title"),
                card(column(self.office, row(1, save_office), margins=16)),
                card(column(label("工作人员", "section"), people, margins=16)),
                card(column(label("文书", "section"), papers, margins=16)),
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
        self._list_people()

    def settle(self) -> bool:
        """Before leaving: save what was typed, drop it, or stay. True if one may leave."""
        return self._settle("调委会信息", self.office, self._save_office) and self._settle_person()

    def _settle_person(self) -> bool:
        return self._settle("工作人员", self.person, self._save_person)

    def _settle(self, what: str, form: FormPane, save: Callable[[], bool]) -> bool:
        if not form.dirty:
            return True
        answer = tell.ask_save(self, what)
        if answer is False:
            self.refresh()
        return save() if answer else answer is False

    def _list_people(self) -> None:
        self.people = self.desk.read(staff.everyone)
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for person in self.people:
            gone = "，已离岗" if person.left_on else ""
            logs_in = "，能登录" if person.login else ""
            what = "调解员" if person.mediates else "工作人员"
            self.list.addItem(QListWidgetItem(f"{person.name}（{what}{logs_in}{gone}）"))
        ids = [person.id for person in self.people]
        self.list.setCurrentRow(ids.index(self._person_id) if self._person_id in ids else 0)
        self.list.blockSignals(blocked)
        self._show_person(self.list.currentRow())

    def _chosen(self) -> None:
        chosen = self.list.currentRow()
        if self._settle_person():
            blocked = self.list.blockSignals(True)
            self.list.setCurrentRow(chosen)
            self.list.blockSignals(blocked)
            self._show_person(chosen)
        else:
            QTimer.singleShot(0, self, self._go_back)  # after the press of the mouse

    def _go_back(self) -> None:
        ids = [person.id for person in self.people]
        blocked = self.list.blockSignals(True)
        self.list.setCurrentRow(ids.index(self._person_id) if self._person_id in ids else -1)
        self.list.blockSignals(blocked)

    def _show_person(self, number: int) -> None:
        person = self.people[number] if 0 <= number < len(self.people) else Staff(mediates=True)
        self._person_id = person.id
        self.person.show_row(person)

    def _new_person(self) -> None:
        if self._settle_person():
            self._show_person(-1)
            self._go_back()
            self.person.editors["name"].widget.setFocus()

    def _save_office(self) -> bool:
        with tell.refusals(self):
            raw = self.office.changes()
            self.office.show_row(self.desk.do(lambda s: offices.amend(s, raw)))
            tell.done(self, "调委会信息已保存。新的卷号样式从下一件案件起使用。")
            return True
        return False

    def _save_person(self) -> bool:
        with tell.refusals(self):
            raw = self.person.raw() if self._person_id is None else self.person.changes()
            leaving = self._leaving(raw)
            if leaving and not tell.ask(self, f"{leaving} 离岗以后不能再登录，要保存吗？", "保存"):
                return False
            if leaving:
                setup.remove_user(self.folder, self.desk.engine, leaving)
            before = next((one.name for one in self.people if one.id == self._person_id), "")
            saved = self.desk.do(lambda s: staff.put(s, raw, self._person_id))
            self._person_id = saved.id
            if before == self.desk.who:
                self.desk.who = saved.name
            self._list_people()
            return True
        return False

    def _leaving(self, raw: dict[str, object]) -> str:
        """The name of somebody who could log in until now and is said to leave; empty if it is nobody."""
        person = next((one for one in self.people if one.id == self._person_id), None)
        left = self.person.editors["left_on"].field.read(raw.get("left_on"))
        gone = isinstance(left, date) and left <= self.desk.today
        return person.name if person and person.login and gone else ""

    def _form_settings(self) -> None:
        run(FormSettingsDialog(self, self.desk))

    def _phrases(self) -> None:
        run(PhrasesDialog(self, self.desk))

    def _change_password(self) -> None:
        run(PasswordDialog(self, self.desk, self.folder))

    def _add_user(self) -> None:
        if self._settle_person() and run(LoginForDialog(self, self.desk, self.folder)):
            self._list_people()
