"""The foot of papers: the code by which they are checked, the word "draft", page numbers of a bound file."""

from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mediator.paper import docx, foot, pdf
from mediator.paper.blocks import Lines, PageBreak, Paper, Para
from mediator.paper.foot import DRAFT, Foot, mark_of, modules, read_mark

Read = Callable[[bytes], list[str]]
MM = 72 / 25.4
NUMBER = "（2026）滨江人调字第001号"
DIGEST = sha256(b"words").hexdigest()
MARK = mark_of(NUMBER, DIGEST)
SHEET = Paper("x", "文书", (Para("甲"), PageBreak(), Lines(40)), number=NUMBER)


def words_in(written: bytes, page: int, left: float, bottom: float, right: float, top: float) -> str:
    """The words in a part of a page, measured in mm from its lower left corner."""
    with pypdfium2.PdfDocument(written) as document:
        place = {"left": left * MM, "bottom": bottom * MM, "right": right * MM, "top": top * MM}
        return "".join(document[page].get_textpage().get_text_bounded(**place).split())


def places(written: bytes, page: int) -> list[tuple[float, ...]]:
    """The boxes of all characters of a page, mm."""
    with pypdfium2.PdfDocument(written) as document:
        words = document[page].get_textpage()
        return [tuple(side / MM for side in words.get_charbox(n)) for n in range(words.count_chars())]


@given(st.text(max_size=60), st.binary(max_size=9))
def test_a_scanned_code_gives_back_what_was_put_in(number: str, words: bytes) -> None:
    digest = sha256(words).hexdigest()

    assert read_mark(f"\n{mark_of(number, digest)} ") == (number, digest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.cn",
        "RMTJ1||",
        f"RMTJ2|a|{DIGEST}",
        f"RMTJ1|a|{DIGEST}0",
        f"x{MARK}",
        f"RMTJ1|{DIGEST}",
    ],
)
def test_another_code_is_not_taken_for_ours(text: str) -> None:
    assert read_mark(text) is None


def test_the_text_of_a_code_has_a_form_that_is_kept() -> None:
    assert f"RMTJ1|（2026）滨江人调字第001号|{DIGEST}" == MARK
    assert mark_of("", DIGEST.upper()) == f"RMTJ1||{DIGEST}"
    assert read_mark(mark_of("长" * 900, DIGEST)) == ("长" * 60, DIGEST)
    with pytest.raises(ValueError, match="SHA-256"):
        mark_of(NUMBER, "12ab")


def test_the_code_is_printed_on_every_page_and_can_be_read() -> None:
    """Every dark and light place of the drawn code is where it should be, free of all other ink."""
    written = pdf.write(SHEET, foot=Foot(MARK))
    wanted = modules(MARK)
    side = 14 / len(wanted)
    with pypdfium2.PdfDocument(written) as document:
        assert len(document) == 3
        for page in document:
            seen = page.render(scale=8).to_pil().convert("L")
            left, top = 80 / MM + 448 / MM - 14, 297 - 10 - 14

            def dark(x: float, y: float, seen: Image.Image = seen) -> bool:
                value = seen.getpixel((round(x * MM * 8), round(y * MM * 8)))
                assert isinstance(value, int)
                return value < 128

            for row, line in enumerate(wanted):
                found = [dark(left + (n + 0.5) * side, top + (row + 0.5) * side) for n in range(len(line))]
                assert found == line, row
            quiet = [top - 1.2, top + 15.2]
            assert not any(dark(left + n, y) for n in range(14) for y in quiet)


def test_the_code_keeps_clear_of_the_edge_and_of_the_page_number(read: Read) -> None:
    written = pdf.write(SHEET, foot=Foot(MARK))

    assert words_in(written, 1, 155, 9, 186, 24) == DIGEST[:8]
    assert words_in(written, 1, 90, 9, 150, 24) == "第2页共3页"
    assert words_in(written, 1, 20, 9, 90, 24) == NUMBER
    digits = [box for box in places(written, 1) if box[0] > 150 and box[3] < 24]
    assert len(digits) == 8
    assert all(box[2] < 210 - 23.7 - 14 for box in digits), "beside the code, not under it"


def test_the_code_is_in_the_file_once() -> None:
    one, three = (len(pdf.write_all([SHEET] * count, feet=[Foot(MARK)] * count)) for count in (1, 3))

    assert three < one + 9000


def test_a_draft_says_so_on_every_page(read: Read) -> None:
    written = pdf.write(SHEET, foot=Foot(draft=True))

    assert all(words_in(written, page, 155, 9, 187, 24) == DRAFT for page in range(3))
    assert DRAFT not in "".join(read(pdf.write(SHEET)))


def test_each_paper_has_the_foot_that_is_its_own(read: Read) -> None:
    written = pdf.write_all([SHEET, SHEET], feet=[Foot(draft=True), Foot(MARK, first=12)])
    sheets = ["".join(sheet.split()) for sheet in read(written)]

    assert [DRAFT in sheet for sheet in sheets] == [True] * 3 + [False] * 3
    assert [DIGEST[:8] in sheet for sheet in sheets] == [False] * 3 + [True] * 3
    with pytest.raises(ValueError):
        pdf.write_all([SHEET, SHEET], feet=[Foot()])


def test_pages_of_a_bound_file_are_stamped_in_the_outer_corner() -> None:
    written = pdf.write(SHEET, foot=Foot(first=99))

    assert [words_in(written, page, 150, 280, 200, 297) for page in range(3)] == ["99", "100", "101"]
    assert [words_in(written, page, 90, 9, 150, 24) for page in (0, 2)] == ["第1页共3页", "第3页共3页"]
    boxes = [box for box in places(written, 2) if box[1] > 280]
    assert max(box[2] for box in boxes) == pytest.approx(195, abs=1)
    assert words_in(pdf.write(SHEET), 0, 0, 275, 210, 297) == ""


def test_a_cover_has_no_page_number(read: Read) -> None:
    assert "页" not in "".join(read(pdf.write(SHEET, foot=Foot(paged=False))))


def test_a_long_number_does_not_run_into_the_page_number() -> None:
    long = Paper("x", "x", (Para("甲"),), number="滨江街道江畔社区人民调解委员会（2026）人调字第一百二十三号")
    written = pdf.write(long, foot=Foot(MARK))

    assert words_in(written, 0, 20, 9, 92, 26) == long.number
    assert words_in(written, 0, 95, 9, 150, 26) == "第1页共1页"
    assert min(box[1] for box in places(written, 0)) > 15


def test_the_word_processor_gets_the_same_foot() -> None:
    with ZipFile(BytesIO(docx.write(SHEET, foot=Foot(MARK)))) as archive:
        marked = archive.read("word/footer1.xml").decode()
        code = archive.read("word/media/image1.png")
    with ZipFile(BytesIO(docx.write(SHEET, foot=Foot(draft=True)))) as archive:
        draft = archive.read("word/footer1.xml").decode()
        assert not any("media" in name for name in archive.namelist())

    image = Image.open(BytesIO(code)).convert("L")
    side = image.width // len(modules(MARK))
    assert code == foot.png(MARK)
    assert [
        [image.getpixel((x * side + 1, y * side + 1)) == 0 for x in range(len(line))]
        for y, line in enumerate(modules(MARK))
    ] == modules(MARK)
    assert DIGEST[:8] in marked and "<wp:anchor" in marked and "NUMPAGES" in marked
    assert DRAFT in draft and "<wp:anchor" not in draft
    with ZipFile(BytesIO(docx.write(SHEET))) as archive:
        assert DRAFT not in archive.read("word/footer1.xml").decode()
