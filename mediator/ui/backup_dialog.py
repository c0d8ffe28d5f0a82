"""立即备份: where to, and then it is made, opened again and checked while one waits."""

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from mediator.domain.errors import Refusal
from mediator.domain.roles import Power
from mediator.domain.safety import Backup
from mediator.services import backup_ages, backups, policy
from mediator.ui import powers, tell
from mediator.ui.desk import Desk
from mediator.ui.form_dialog import FormDialog
from mediator.ui.parts import label
from mediator.ui.place_pane import PlacePane
from mediator.ui.waited import waited

_WORDS = "正在备份，做好以后还要重新打开、逐页核对；这时可以照常办案，请不要拔盘……"


class BackupDialog(FormDialog):
    """A place to choose; ``made`` is the backup once there is one."""

    def __init__(self, parent: QWidget | None, desk: Desk, folder: Path) -> None:
        super().__init__(parent, "立即备份", wide=40)
        self.desk, self.folder = desk, folder
        self.made: Backup | None = None
        self.place = PlacePane("备份到哪里")
        chosen = desk.read(policy.own).backup_folder
        self.place.folder = Path(chosen) if chosen else None
        self.always = QCheckBox("以后都自动备份到这里（退出时，和有改动时每隔几小时）")
        self.always.setVisible(not chosen and powers.may(desk, Power.SETTINGS))
        self.fill(
            label(desk.read(lambda s: backup_ages.age(s, datetime.now())).advice, wrap=True),
            label("备份到哪里？最好是 U 盘；放在同一块硬盘上，硬盘坏了就一起没有了。", "quiet", wrap=True),
            self.place, self.always, does="开始备份", act=self.back_up,
        )  # fmt: skip

    @property
    def dirty(self) -> bool:
        """Nothing here is worth keeping."""
        return False

    def back_up(self) -> None:
        """Make the backup in the place chosen."""
        with tell.refusals(self):
            place = self.place.place
            if place is None:
                raise Refusal("请先选好备份到哪个 U 盘或文件夹，再点“开始备份”。")
            self.made = waited(self, "备份", _WORDS, lambda told: backups.back_up(
                self.desk.engine, self.folder, place, by=self.desk.who, tell=told
            ))  # fmt: skip
            if self.made is None:
                return
            if self.always.isChecked():
                self.desk.alone(lambda s: backups.choose(s, place))
            self.desk.backed_up.emit()
            tell.done(self, words_of(self.made))
            self.accept()


def words_of(made: Backup) -> str:
    """That a backup was made, in words."""
    leave = "，可以拔出 U 盘" if made.medium else ""
    return f"备份已验证{leave}。\n{made.cases} 件案件，{size(made.size)}，在“{made.place}”。"


def size(number: int) -> str:
    """Bytes, in words."""
    return f"{number / 2**30:.1f} GB" if number >= 2**30 else f"{max(number / 2**20, 0.1):.1f} MB"
