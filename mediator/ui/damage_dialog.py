"""数据打不开: what is damaged is left as it is; one goes back to a backup, or takes out what can still be read."""

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from mediator.domain.errors import Damaged
from mediator.services import restores, salvage
from mediator.ui import tell
from mediator.ui.form_dialog import FormDialog
from mediator.ui.parts import button, label, run
from mediator.ui.restore_dialog import RestoreDialog
from mediator.ui.waited import waited

_WORDS = (
    "程序不会改动损坏的数据。最好从最近的备份恢复；备份以后登记的案件要重新填。\n"
    "没有备份，或备份太旧，可以把还读得出来的抢救出来，放到新的文件夹里，读不出来的会列出来。"
)
_BEHIND = (
    "以前保存的内容还在，只是最后保存的读不出来；原来的数据不会再动。\n"
    "备份要是刚做的，请从备份恢复。不然就用较早的状态继续：还读得出来的放到新的文件夹里，换用以前会告诉您有多少件案件；"
    "换用以后，请核对最近办的案件，缺的重新填。"
)
"""Where only the log is damaged."""


class DamageDialog(FormDialog):
    """Two ways on; ``planned`` tells whether other data take the place of the damaged ones at the next start."""

    def __init__(self, parent: QWidget | None, folder: Path, login: str, password: str, why: Damaged) -> None:
        super().__init__(parent, "最后保存的内容读不出来" if why.kept else "数据打不开", wide=40)
        self.folder, self.login, self.password = folder, login, password
        self.kept = why.kept
        self.planned = False
        self.salvage_button = button("用较早的状态继续…" if why.kept else "抢救还读得出来的…", self._salvage)
        self.fill(
            label(str(why), "error", wrap=True), label(_BEHIND if why.kept else _WORDS, wrap=True),
            does="从备份恢复…", act=self._restore, more=(self.salvage_button,), leave="先不动",
        )  # fmt: skip

    def _restore(self) -> None:
        dialog = RestoreDialog(self, self.folder)
        if run(dialog) and dialog.planned:
            self._planned()

    def _salvage(self) -> None:
        with tell.refusals(self):
            key = salvage.unlock(self.folder, self.login, self.password)
            target = restores.new_name(self.folder, datetime.now())
            found = waited(
                self, "抢救", "正在留一份原样，再把还读得出来的读出来……",
                lambda told: salvage.rescue(
                    self.kept or salvage.put_aside(self.folder), key, target, login=self.login, tell=told
                ), stoppable=False,
            )  # fmt: skip
            what = "较早的状态" if self.kept else "抢救出来的数据"
            if found is not None and tell.ask(self, f"{found.words}\n\n要改用{what}吗？", "改用", "先不换"):
                restores.use_unopened(self.folder, found.folder)
                self._planned()

    def _planned(self) -> None:
        self.planned = True
        tell.done(self, "安排好了。程序现在关闭，请再打开一次。")
        self.accept()


def offer(parent: QWidget | None, folder: Path, login: str, password: str, why: Damaged) -> bool:
    """Say that the data are damaged and offer the ways on; whether the program is to be closed and opened again."""
    dialog = DamageDialog(parent, folder, login, password, why)
    run(dialog)
    if dialog.planned:
        QApplication.closeAllWindows()
    return dialog.planned
