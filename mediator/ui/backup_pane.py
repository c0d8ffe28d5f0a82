"""设置—备份: the backups made, and making one, going back to one, looking the data through."""

from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from mediator.domain.errors import Refusal
from mediator.domain.roles import Power
from mediator.domain.safety import Backup
from mediator.services import backup_ages, backups, checkups, drills, policy, restores
from mediator.ui import later, powers, tell
from mediator.ui.backup_asides import AsidesPane
from mediator.ui.backup_dialog import BackupDialog, size
from mediator.ui.desk import Desk
from mediator.ui.file_choice import ask_for_folder
from mediator.ui.parts import button, card, column, label, row, run, scrolled, set_role
from mediator.ui.restore_dialog import RestoreDialog, leave_to_swap, use
from mediator.ui.style import AMBER
from mediator.ui.waited import waited
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

HEADINGS = (
    Heading("时间", 9), Heading("核对", 10), Heading("在哪里", 0), Heading("案件", 4, number=True), Heading("大小", 5, number=True),
)  # fmt: skip
_EMPTY = "还没有备份。插好 U 盘，点“立即备份…”。"


class BackupPane(QWidget):
    """How old the last backup is, every one that was made, and what can be done."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__()
        self.desk, self.folder = desk, folder
        self.age, self.advice = label("", "section", wrap=True), label("", wrap=True)
        self.automatic = label("", "quiet", wrap=True)
        self.list = WordsTable("做过的备份", HEADINGS, _EMPTY)
        self.list.setMinimumHeight(self.fontMetrics().height() * 11)
        self.backup_button = button("立即备份…", self._back_up, role="main")
        self.restore_button = button("恢复…", self._restore)
        self.check_button = button("核对数据", self._check, tip="看看每一页是否读得出来，记录是否前后相连")
        self.drill_button = button("恢复演练", self._drill, tip="把最新的备份恢复一遍，抽查后再删去")
        self.folder_button = button("自动备份到哪里…", self._choose, picture="save")
        self.back_button = button("换回原来的数据…", self._swap_back)
        self.asides = AsidesPane(desk, folder)
        self._lay_out()
        powers.grey(desk, Power.SETTINGS, self.folder_button, self.restore_button, self.back_button)
        for signal in (desk.changed, desk.backed_up):
            signal.connect(self._refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read everything again; what lies on drives is looked at in the background."""
        now = datetime.now()
        self._say_age(frozenset())
        chosen = self.desk.read(policy.own)
        hours = chosen.backup_hours or 4
        self.automatic.setText(
            f"自动备份到“{chosen.backup_folder}”：退出时，和有改动时每隔 {hours} 小时。"
            if chosen.backup_folder
            else "没有选自动备份的文件夹，只有您动手才备份。"
        )
        rows = self.desk.read(backups.made)
        later.run(self, lambda: [(row, backup_ages.state(row, now)) for row in rows], self._show)
        self.back_button.setVisible(bool(restores.replaced(self.folder)))
        self.asides.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _refresh(self) -> None:
        if self.isVisible():
            self.refresh()

    def _lay_out(self) -> None:
        first = row(column(self.age, self.advice, gap=4), self.backup_button)
        first.setStretch(0, 1)
        second = row(self.automatic, self.folder_button)
        second.setStretch(0, 1)
        actions = row(self.restore_button, self.check_button, self.drill_button, 1, self.back_button)
        layout = column(
            card(column(first, second, margins=14)),
            label("做过的备份", "section"),
            self.list,
            actions,
            self.asides,
            margins=14,
        )
        layout.setStretch(2, 1)
        inside = QWidget()
        inside.setLayout(layout)
        self.setLayout(column(scrolled(inside)))

    def _say_age(self, gone: frozenset[int]) -> None:
        age = self.desk.read(lambda s: backup_ages.age(s, datetime.now(), gone))
        self.age.setText(age.words)
        self.advice.setText(age.advice)
        set_role(self.advice, age.level.value)

    def _show(self, rows: list[tuple[Backup, str]]) -> None:
        lost = (backup_ages.GONE, backup_ages.NO_MANIFEST)
        self._say_age(frozenset(row.id for row, state in rows if state in lost))
        self.list.show_lines([_line(row, state) for row, state in rows])

    def _back_up(self) -> None:
        run(BackupDialog(self, self.desk, self.folder))

    def _restore(self) -> None:
        dialog = RestoreDialog(self, self.folder, self.desk)
        if run(dialog) and dialog.planned:
            leave_to_swap(self, self.desk, self.folder)
        self.refresh()

    def _check(self) -> None:
        found = waited(
            self, "核对数据", "正在核对每一页、每一行……",
            lambda told: checkups.check(self.desk.engine, self.folder, by=self.desk.who, tell=told), stoppable=False,
        )  # fmt: skip
        if found is not None and found.troubles:
            tell.refused(self, Refusal(f"{found.words}\n请不要再改动数据，点“恢复…”从备份恢复。"))
        elif found is not None:
            tell.done(self, found.words)

    def _drill(self) -> None:
        words = waited(
            self, "恢复演练", "正在把最新的备份恢复到一个临时文件夹，抽查以后就删去……",
            lambda told: drills.run(self.desk.engine, self.folder, by=self.desk.who, tell=told),
        )  # fmt: skip
        if words:
            self.desk.backed_up.emit()
            tell.done(self, f"{words}。")

    def _choose(self) -> None:
        place = ask_for_folder(self, "自动备份到哪个文件夹")
        if place is not None:
            with tell.refusals(self):
                self.desk.do(lambda s: backups.choose(s, place))

    def _swap_back(self) -> None:
        kept = restores.replaced(self.folder)[0]
        again = restores.who_again(kept, self.folder, laid=False)
        words = f"要换回“{kept.name}”里的数据吗？\n{again}现在的数据不会删除，改名留在它旁边。程序会先关闭，再打开就是换回的数据。"
        if tell.ask(self, words, "换回", "不换"):
            with tell.refusals(self):
                if use(self, self.desk, self.folder, kept):
                    leave_to_swap(self, self.desk, self.folder)


def _line(made: Backup, state: str) -> Line:
    words = (
        f"{made.made_at:%Y-%m-%d %H:%M}", state, f"{backup_ages.where(made)}　{made.place}", str(made.cases),
        size(made.size),
    )  # fmt: skip
    tip = f"{made.kind.label}备份\n{made.place}\n{made.name}"
    return Line(words, tip, "" if state.startswith("已验证") else AMBER)
