"""Seeing a paper before it is printed: soon, however long it is, and the Word file only if it is asked for."""

from pathlib import Path

import pytest
from driving import answer, press, put_up
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediator.domain.errors import Refusal
from mediator.paper import pdf
from mediator.paper.blocks import Paper, Para
from mediator.ui import preview
from mediator.ui.page_view import KEPT, PageView
from mediator.ui.preview import PreviewDialog

PAGES = 60


@pytest.fixture(scope="module")
def long() -> bytes:
    return pdf.write_all([Paper("record", "人民调解记录", (Para("王𬎆说，水管是旧的。"),))] * PAGES)


@pytest.fixture
def view(qtbot: QtBot, long: bytes) -> PageView:
    return put_up(qtbot, PageView(long), 700, 600)


def test_only_pages_near_are_drawn_and_never_too_many_kept(view: PageView, qtbot: QtBot) -> None:
    assert len(view.sheets) == PAGES
    qtbot.waitUntil(lambda: set(view.near()) <= set(view.drawn))
    assert len(view.drawn) < 5
    bar = view.verticalScrollBar()
    for place in range(0, bar.maximum(), 1500):
        bar.setValue(place)
        qtbot.waitUntil(lambda: set(view.near()) <= set(view.drawn))
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: PAGES - 1 in view.drawn)
    assert len(view.drawn) <= KEPT
    assert view.sheets[0].pixmap().isNull()
    assert not view.sheets[-1].pixmap().isNull()


def test_empty_sheets_have_the_size_of_their_pages(view: PageView) -> None:
    first, second = view.sheets[0].geometry(), view.sheets[1].geometry()
    assert first.height() / first.width() == pytest.approx(842 / 595, rel=0.01)
    assert second.top() > first.bottom()
    assert view.widget().height() > PAGES * first.height()


def test_pages_are_as_wide_as_the_window(view: PageView, qtbot: QtBot) -> None:
    before = view.sheets[0].width()
    view.resize(900, 600)
    qtbot.waitUntil(lambda: view.sheets[0].width() == before + 200)
    qtbot.waitUntil(lambda: 0 in view.drawn)
    assert view.sheets[0].pixmap().width() <= before + 200


def test_what_is_no_pdf_is_refused(qtbot: QtBot) -> None:
    with pytest.raises(Refusal, match="打不开"):
        PageView(b"%PDF-1.4 broken")


def test_the_word_file_is_made_when_it_is_asked_for(
    qtbot: QtBot, long: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    made: list[int] = []

    def docx() -> bytes:
        made.append(1)
        return b"PK word"

    dialog = PreviewDialog(owner, None, "记录", long, docx, "记录")
    dialog.show()
    assert made == []
    monkeypatch.setattr(preview, "ask_where_to_save", lambda *_args: tmp_path / "记录.docx")
    answer()
    press(dialog, "存为 Word")
    assert (tmp_path / "记录.docx").read_bytes() == b"PK word"
    assert made == [1]


def test_what_has_no_word_file_offers_none(qtbot: QtBot, long: bytes) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = PreviewDialog(owner, None, "卷宗", long, None, "卷宗")
    dialog.show()
    with pytest.raises(AssertionError, match="no button"):
        press(dialog, "存为 Word")
