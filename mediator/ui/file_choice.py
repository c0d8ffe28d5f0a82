"""Choosing files and folders (选文件): one dialog in plain words."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

_WORDS = {
    QFileDialog.DialogLabel.LookIn: "位置:",
    QFileDialog.DialogLabel.FileName: "文件名:",
    QFileDialog.DialogLabel.FileType: "种类:",
    QFileDialog.DialogLabel.Reject: "取消",
}


def ask_where_to_save(parent: QWidget, name: str, kind: str) -> Path | None:
    """Where to save a file; ``name`` is offered, ``kind`` says in words what it is. None if nowhere."""
    dialog = _dialog(parent, "存到哪里", "存在这里")
    suffix = name.rpartition(".")[2]
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"{kind} (*.{suffix})")
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    return _chosen(dialog)


def ask_for_file(parent: QWidget, title: str, kind: str, *suffixes: str) -> Path | None:
    """One file that is there; None if none is chosen."""
    dialog = _dialog(parent, title, "选这个")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(f"{kind} ({' '.join(f'*{suffix}' for suffix in suffixes)})")
    return _chosen(dialog)


def ask_for_files(parent: QWidget, title: str, kind: str, suffix: str) -> list[Path]:
    """Files that are there; empty if none are chosen."""
    dialog = _dialog(parent, title, "选这些")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilter(f"{kind} (*{suffix})")
    return [Path(file) for file in dialog.selectedFiles()] if dialog.exec() else []


def ask_for_folder(parent: QWidget, title: str) -> Path | None:
    """A folder that is there; None if none is chosen."""
    dialog = _dialog(parent, title, "选这个文件夹")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    return _chosen(dialog)


def _dialog(parent: QWidget, title: str, accept: str) -> QFileDialog:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    home = Path(documents) if Path(documents).is_dir() else Path.home()
    dialog = QFileDialog(parent, title, str(home))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    for part, words in _WORDS.items():
        dialog.setLabelText(part, words)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, accept)
    return dialog


def _chosen(dialog: QFileDialog) -> Path | None:
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None
