"""Two people at once: a colleague's desk, what she did met in a merge, what she changed not overwritten."""

from typing import Any

from driving import StillDesk, awaited, press, when
from PySide6.QtWidgets import QMessageBox
from sqlalchemy import Engine

from mediator.domain.codes import Role
from mediator.services import (
    offices,
)
from mediator.ui.desk import Desk
from mediator.ui.merge_dialog import MergeDialog

HER = "䶮·阿不都"


def her_desk(engine: Engine, desk: Desk) -> Desk:
    """A colleague's desk on the same data."""

    def enter(session: Any) -> None:
        offices.person(session, HER).held = frozenset(Role)

    desk.do(enter)
    return StillDesk(engine, HER)


def choose(side: str, seen: list[tuple[str, str, str]], words: str = "") -> None:
    """In the next merge choose one side of everything; what was shown: label, theirs, one's own."""

    def act(dialog: Any) -> None:
        for pane in dialog.panes:
            seen.append((pane.conflict.label, pane.conflict.now, pane.conflict.typed))
            assert pane.theirs.text().startswith(f"用{HER}的"), "says who"
            if words:
                pane.words.setPlainText(words)
            getattr(pane, side).setChecked(True)
        dialog.main.click()

    when(MergeDialog, act)


def nothing_awaited() -> None:
    awaited.clear()


def refused(where: Any, words: str, *, yes: str = "") -> None:
    """Press a button: it is told who changed what, and nothing is done."""
    said = agreed(yes) if yes else when(QMessageBox)
    press(where, words)
    assert f"{HER}在" in said[0]


def agreed(words: str) -> list[str]:
    """Agree in the next message box, and read the one after it."""
    said: list[str] = []

    def agree(box: Any) -> None:
        press(box, words)
        when(QMessageBox, lambda next_one: said.append(next_one.text()))

    when(QMessageBox, agree)
    return said
