"""Choosing files and folders (选文件): one dialog in plain words."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from mediator.ui import tell
from mediator.ui.fit import fit

_WORDS = {
    QFileDialog.DialogLabel.LookIn: "位置：",
    QFileDialog.DialogLabel.FileName: "文件名：",
    QFileDialog.DialogLabel.FileType: "种类：",
    QFileDialog.DialogLabel.Reject: "取消",
}


def ask_where_to_save(parent: QWidget, name: str, kind: str) -> Path | None:
    """Where to save a file; ``name`` is offered, ``kind`` says in words what it is. None if nowhere.

    The path always ends as ``name`` does, also where what was typed has a dot of its own.
    """
    suffix = name.rpartition(".")[2]
    dialog = _dialog(parent, "存到哪里", f"{kind} (*.{suffix})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    path = _first(_chosen(dialog, "存在这里"))
    if path is None or path.suffix.lower() == f".{suffix}":
        return path
    path = path.with_name(f"{path.name}.{suffix}")
    taken = path.exists() and not tell.ask(parent, f"已经有“{path.name}”了，要替换它吗？", "替换")
    return None if taken else path


def ask_for_file(parent: QWidget, title: str, kind: str, *suffixes: str) -> Path | None:
    """One file that is there; None if none is chosen."""
    dialog = _dialog(parent, title, f"{kind} ({' '.join(f'*{suffix}' for suffix in suffixes)})")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _first(_chosen(dialog, "选这个"))


def ask_for_files(parent: QWidget, title: str, kind: str, *suffixes: str) -> list[Path]:
    """Files that are there; empty if none are chosen."""
    dialog = _dialog(parent, title, f"{kind} ({' '.join(f'*{suffix}' for suffix in suffixes)})")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _chosen(dialog, "选这些")


def ask_for_folder(parent: QWidget, title: str) -> Path | None:
    """A folder that is there; None if none is chosen."""
    dialog = _dialog(parent, title, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    return _first(_chosen(dialog, "选这个文件夹"))


def _dialog(parent: QWidget, title: str, kind: str) -> QFileDialog:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    home = Path(documents) if Path(documents).is_dir() else Path.home()
    dialog = QFileDialog(parent, title, str(home), kind)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    fit(dialog, 52, 32)
    return dialog


def _chosen(dialog: QFileDialog, accept: str) -> list[Path]:
    for part, words in {**_WORDS, QFileDialog.DialogLabel.Accept: accept}.items():
        dialog.setLabelText(part, words)  # last: the modes above put back Qt's own words
    chosen = [Path(file) for file in dialog.selectedFiles()] if dialog.exec() else []
    dialog.deleteLater()
    return chosen


def _first(paths: list[Path]) -> Path | None:
    return paths[0] if paths else None
