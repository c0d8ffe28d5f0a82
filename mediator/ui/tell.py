"""Telling people: refusals in a sentence, questions with plain answers, bugs in a window of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

from mediator.domain.errors import Missing, Refusal

TITLE = "人民调解"


class Declined(Refusal):
    """The person thought better of it: there is nothing to tell, and what was typed stays."""


@contextmanager
def refusals(parent: QWidget | None) -> Iterator[None]:
    """Show a refusal raised inside as a message; what was typed stays where it is."""
    try:
        yield
    except Refusal as refusal:
        refused(parent, refusal)


def refused(parent: QWidget | None, refusal: Refusal) -> None:
    """Show why something was not done; not to those who did not want it done themselves."""
    if isinstance(refusal, Declined):
        return
    box = QMessageBox(QMessageBox.Icon.Warning, TITLE, str(refusal), parent=parent)
    if isinstance(refusal, Missing):
        box.setText(f"{refusal.what}，还缺：")
        box.setInformativeText("\n".join(f"· {gap}" for gap in refusal.gaps))
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def done(parent: QWidget | None, words: str) -> None:
    """Say that something was done."""
    box = QMessageBox(QMessageBox.Icon.Information, TITLE, words, parent=parent)
    box.addButton("好", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def ask(parent: QWidget | None, words: str, yes: str, no: str = "取消") -> bool:
    """Ask a question with two answers."""
    box = QMessageBox(QMessageBox.Icon.Question, TITLE, words, parent=parent)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is agree


def ask_reason(parent: QWidget | None, words: str) -> str:
    """Ask for a reason in words; empty if the person thinks better of it."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(TITLE)
    dialog.setLabelText(words)
    dialog.setOkButtonText("确定")
    dialog.setCancelButtonText("取消")
    dialog.setMinimumWidth(460)
    return dialog.textValue().strip() if dialog.exec() else ""


def crashed(words: str) -> None:
    """Show that the program itself went wrong; the words say where, and hold nothing of a case."""
    box = QMessageBox(
        QMessageBox.Icon.Critical, TITLE,
        "程序出了差错，刚才这一步没有做成；已经保存的内容不受影响。\n请把下面的详情交给维护人员（其中没有案件内容）。",
    )  # fmt: skip
    box.setDetailedText(words)
    box.addButton("关闭", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def ask_save(parent: QWidget | None, what: str, does: str = "保存") -> bool | None:
    """Ask what to do with something typed but not saved: True to save (``does``), False to drop it, None to stay."""
    box = QMessageBox(QMessageBox.Icon.Question, TITLE, f"“{what}”里有改动还没有保存。", parent=parent)
    save = box.addButton(does, QMessageBox.ButtonRole.AcceptRole)
    drop = box.addButton("不保存", QMessageBox.ButtonRole.DestructiveRole)
    box.addButton("接着填", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return True if box.clickedButton() is save else False if box.clickedButton() is drop else None
