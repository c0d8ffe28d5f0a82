"""What is copied out of the program: a number is taken off the clipboard again, other words stay."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from mediator.ui import clipboard
from mediator.ui.clipboard import HINTS, Clipboard
from mediator.ui.line_edit import LineEdit

NUMBER = "000000199001010016"


@pytest.fixture
def board(qapp: QApplication) -> Iterator[Clipboard]:
    made = Clipboard(qapp, mine=lambda: True)
    made.timer.setInterval(60)
    yield made
    made.board.clear()
    delete(made)


def copied(qtbot: QtBot, words: str) -> str:
    """Copy words out of a field with the keyboard; what then lies on the clipboard."""
    line = LineEdit()
    qtbot.addWidget(line)
    line.setText(words)
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    return QGuiApplication.clipboard().text()


@pytest.mark.parametrize("words", [NUMBER, "13000000000", f"王𬎆 {NUMBER}"])
def test_a_number_is_kept_from_histories_and_taken_off(qtbot: QtBot, board: Clipboard, words: str) -> None:
    assert clipboard.STAYS_S == 20
    assert copied(qtbot, words) == words
    data = board.board.mimeData()
    assert {name: bytes(data.data(name).data()) for name in HINTS} == HINTS
    qtbot.waitUntil(lambda: board.board.text() == "", timeout=2_000)


def test_other_words_stay_and_are_not_marked(qtbot: QtBot, board: Clipboard) -> None:
    copied(qtbot, NUMBER)
    assert copied(qtbot, "（2026）滨江人调字第001号") == "（2026）滨江人调字第001号"
    assert not any(board.board.mimeData().hasFormat(name) for name in HINTS)
    qtbot.wait(150)
    assert board.board.text() == "（2026）滨江人调字第001号"


def test_the_time_runs_anew_for_another_number(qtbot: QtBot, board: Clipboard) -> None:
    board.timer.setInterval(300)
    copied(qtbot, NUMBER)
    qtbot.wait(200)
    copied(qtbot, "13000000001")
    qtbot.wait(200)
    assert board.board.text() == "13000000001"
    qtbot.waitUntil(lambda: board.board.text() == "", timeout=2_000)


def test_what_another_program_copied_is_left_alone(qtbot: QtBot, board: Clipboard) -> None:
    board.mine = lambda: False
    copied(qtbot, NUMBER)
    qtbot.wait(150)
    assert board.board.text() == NUMBER
    assert not any(board.board.mimeData().hasFormat(name) for name in HINTS)


def test_a_long_text_stays_but_no_history_keeps_it(qtbot: QtBot, board: Clipboard) -> None:
    words = "楼上水管爆裂，楼下吊顶、地板和衣柜被泡坏。" * 4 + NUMBER
    copied(qtbot, words)
    assert board.board.mimeData().hasFormat("CanIncludeInClipboardHistory")
    qtbot.wait(150)
    assert board.board.text() == words
