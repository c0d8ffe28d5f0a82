"""Which drive or folder (送到哪里、从哪里收): the drives plugged in, removable ones first, or a folder of one's own choice."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from mediator.services import carrying
from mediator.services.carrying import Drive
from mediator.ui import later
from mediator.ui.file_choice import ask_for_folder
from mediator.ui.parts import button, column, label, row
from mediator.ui.style import icon

_NONE = "没有找到 U 盘。请插好 U 盘，再点“刷新”；也可以点“另选文件夹”。"


class PlacePane(QWidget):
    """A list of places to choose one from."""

    chosen = Signal(Path)
    """A place was chosen by hand."""

    def __init__(self, name: str, *more: QWidget) -> None:
        super().__init__()
        self.folder: Path | None = None
        self._fresh = False
        self.hint = label("正在找 U 盘……", "quiet", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(self.fontMetrics().height() * 5 + 12)
        self.hint.setBuddy(self.list)
        self.setFocusProxy(self.list)
        self.refresh_button = button("刷新", self.refresh, picture="refresh", tip="重新找一遍 U 盘")
        self.folder_button = button("另选文件夹", self._other, picture="save")
        actions = column(self.folder_button, *more, self.refresh_button, 1, gap=8)
        places = row(column(self.hint, self.list, gap=8), actions)
        places.setStretch(0, 1)
        self.setLayout(places)
        self.list.itemClicked.connect(lambda _item: self._tell())
        self.list.itemActivated.connect(lambda _item: self._tell())

    @property
    def place(self) -> Path | None:
        """The place chosen, or None."""
        item = self.list.currentItem()
        place = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return place if isinstance(place, Path) else None

    def refresh(self) -> None:
        """Look for drives again."""
        self.refresh_button.setEnabled(False)
        later.run(self, carrying.drives, self._show, lambda: self.refresh_button.setEnabled(True))

    def showEvent(self, event: QShowEvent) -> None:
        """Look for drives when the list is first seen."""
        super().showEvent(event)
        if not self._fresh:
            self._fresh = True
            self.refresh()

    def _show(self, drives: list[Drive]) -> None:
        before = self.place
        self.list.clear()
        for drive in drives:
            kind = "U 盘" if drive.removable else "其他盘"
            self._add(drive.path, f"{kind} {drive.label}（{room(drive.free)}）\n{drive.path}", "carry")
        if self.folder is not None:
            self._add(self.folder, f"文件夹 {self.folder.name}\n{self.folder}", "save")
        places = [self.list.item(n).data(Qt.ItemDataRole.UserRole) for n in range(self.list.count())]
        self.list.setCurrentRow(places.index(before) if before in places else -1)
        self.hint.setText("请选一个：" if places else _NONE)

    def _add(self, path: Path, words: str, picture: str) -> None:
        item = QListWidgetItem(icon(picture), words)
        item.setData(Qt.ItemDataRole.UserRole, path)
        self.list.addItem(item)

    def _other(self) -> None:
        folder = ask_for_folder(self, "另选文件夹")
        if folder is None:
            return
        self.folder = folder
        later.run(self, carrying.drives, self._show_folder)

    def _show_folder(self, drives: list[Drive]) -> None:
        self._show(drives)
        self.list.setCurrentRow(self.list.count() - 1)
        self._tell()

    def _tell(self) -> None:
        if self.place is not None:
            self.chosen.emit(self.place)


def room(free: int) -> str:
    """How much room is left, in words; ``free`` is in bytes."""
    mib = free // 2**20
    return f"还剩 {mib} MB" if mib < 1024 else f"还剩 {mib / 1024:.1f} GB"
