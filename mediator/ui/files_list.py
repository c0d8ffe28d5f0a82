"""A list onto which files may be dragged (拖放文件)."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QListWidget

from mediator.ui.words_list import WordsList


class FilesList(WordsList):
    """A list onto which files may be dragged."""

    dropped = Signal(list)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setDragDropMode(QListWidget.DragDropMode.DropOnly)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, and nothing else."""
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take files, and nothing else."""
        self._judge(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files on, once the program they come from is let go."""
        files = _files(event)
        if files:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.dropped.emit(files))

    def _judge(self, event: QDropEvent) -> None:
        if _files(event):
            event.acceptProposedAction()
        else:
            event.ignore()


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
