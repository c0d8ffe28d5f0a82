"""自动备份放在哪里: chosen at the first set-up, or left for later."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from mediator.ui.parts import button, column, label, set_role
from mediator.ui.place_pane import PlacePane

_WHY = (
    "数据只有一份，硬盘坏了就没有了。选一个 U 盘或另一块硬盘上的文件夹，"
    "程序退出时、有改动时每隔几小时，自动备份到那里，并重新打开核对。"
)
_NONE = "没有选，可以先不选：以后在“设置—备份”里选，选好以前不会自动备份。"


class BackupChoice(QWidget):
    """A second place for the data; none has to be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.later_button = button("先不选", lambda: self.pane.list.setCurrentRow(-1))
        self.pane = PlacePane("自动备份到哪里", self.later_button)
        self.state = label("", wrap=True)
        self.pane.list.currentRowChanged.connect(lambda _row: self._say())
        self.setLayout(column(label(_WHY, wrap=True), self.pane, self.state))
        self._say()

    @property
    def place(self) -> Path | None:
        """Where to, or None."""
        return self.pane.place

    def _say(self) -> None:
        place = self.place
        self.state.setText(f"自动备份到：{place}" if place else _NONE)
        set_role(self.state, "good" if place else "quiet")
        self.later_button.setEnabled(place is not None)
