"""What comes out of the printer: A4, whole, in its own proportions, the pages and copies asked for."""

from pathlib import Path

import pypdfium2
import pytest
from driving import answer, press, put_up
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediator.paper import pdf
from mediator.paper.blocks import Paper, Para
from mediator.ui import preview, printing
from mediator.ui.preview import PreviewDialog


@pytest.fixture(scope="module")
def long() -> bytes:
    return pdf.write_all(
        [Paper("record", "人民调解记录", tuple(Para("王𬎆说，水管是旧的。" * 60) for _ in range(8)))]
    )


def printed(long: bytes, to: Path, first: int = 0, last: int = 0) -> pypdfium2.PdfDocument:
    printer = printing.printer_for("记录", 3)
    assert printer.copyCount() == 3
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(to))
    if last:
        printer.setFromTo(first, last)
    printing.print_pages(printer, long)
    return pypdfium2.PdfDocument(to)


def test_all_pages_come_out_on_a4(long: bytes, tmp_path: Path, qtbot: QtBot) -> None:
    document = printed(long, tmp_path / "全部.pdf")
    assert len(document) == printing.number_of_pages(long) > 2
    wide, high = document[0].get_size()
    assert (round(wide), round(high)) == (595, 842)
    document.close()


def test_a_page_that_lies_is_printed_lying(tmp_path: Path, qtbot: QtBot) -> None:
    words = (Para("王𬎆说，水管是旧的。" * 60),)
    papers = [Paper("x", "清单", words, lying=lying) for lying in (True, False, True, True)]
    document = printed(pdf.write_all(papers), tmp_path / "横竖.pdf")
    sizes = [(round(wide), round(high)) for wide, high in map(document.get_page_size, range(len(document)))]
    assert sizes == [(842, 595), (595, 842), (842, 595), (842, 595)]
    drawn = [
        document[n].render(scale=0.2).to_pil().convert("L").point(lambda v: v < 200, "1").getbbox()
        for n in range(4)
    ]
    assert all(box and box[2] > 0.8 * wide / 5 for box, (wide, _) in zip(drawn, sizes, strict=True)), (
        "over its whole width"
    )
    document.close()


def test_a_range_of_pages_is_honoured(long: bytes, tmp_path: Path, qtbot: QtBot) -> None:
    document = printed(long, tmp_path / "一页.pdf", 2, 2)
    assert len(document) == 1
    document.close()


def test_one_page_is_made_at_a_time(long: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    take = pypdfium2.PdfDocument.__getitem__

    def counted(document: pypdfium2.PdfDocument, n: int) -> object:
        made.append(n)
        return take(document, n)

    monkeypatch.setattr(pypdfium2.PdfDocument, "__getitem__", counted)
    one = printing.pages(long, 30)
    next(one)
    assert made == [0]
    one.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("sheet", [QRect(0, 0, 2550, 3300), QRect(10, 20, 2000, 3508), QRect(0, 0, 500, 500)])
def test_a_page_is_never_stretched(sheet: QRect) -> None:
    place = printing.placed(QSize(2480, 3508), sheet)
    assert sheet.contains(place)
    assert place.width() / place.height() == pytest.approx(2480 / 3508, rel=0.01)
    assert place.width() == sheet.width() or place.height() == sheet.height()


def test_a_printer_is_set_to_a4(qtbot: QtBot) -> None:
    printer = printing.printer_for("记录", 1)
    assert printer.pageLayout().pageSize().id() is QPageSize.PageSizeId.A4


def test_a_file_is_kept_with_its_suffix(
    long: bytes, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = put_up(qtbot, PreviewDialog(owner, None, "记录", long, b"PK", "(2026)第001号-记录"))
    offered: list[str] = []

    def where(_parent: QWidget, name: str, _kind: str) -> Path:
        offered.append(name)
        return tmp_path / "王𬎆.pdf"

    monkeypatch.setattr(preview, "ask_where_to_save", where)
    seen = answer()
    press(dialog, "存为 PDF")
    assert offered == ["(2026)第001号-记录.pdf"]
    assert (tmp_path / "王𬎆.pdf").read_bytes() == long
    assert "已存到" in seen[0]


@pytest.mark.parametrize(
    ("typed", "path"), [("张三", "张三.pdf"), ("张三.赔偿", "张三.赔偿.pdf"), ("a.PDF", "a.PDF")]
)
def test_the_suffix_is_always_there(
    typed: str, path: str, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mediator.ui import file_choice

    owner = QWidget()
    qtbot.addWidget(owner)
    monkeypatch.setattr(file_choice, "_chosen", lambda _dialog, _words: [tmp_path / typed])
    if not typed.endswith("PDF"):
        assert file_choice.ask_where_to_save(owner, "记录.pdf", "PDF 文件") == tmp_path / path
        (tmp_path / path).touch()
        answer(lambda box: press(box, "取消"))
        assert file_choice.ask_where_to_save(owner, "记录.pdf", "PDF 文件") is None
    else:
        assert file_choice.ask_where_to_save(owner, "记录.pdf", "PDF 文件") == tmp_path / path
