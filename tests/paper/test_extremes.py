"""What nobody writes, until somebody does: very long texts, forty parties, unseen characters."""

from collections import Counter
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from mediator.paper import docx, pdf, text
from mediator.paper.blocks import (
    Block,
    Cell,
    Cut,
    Gap,
    Grid,
    Heading,
    Lines,
    Listing,
    Note,
    Number,
    PageBreak,
    Paper,
    Para,
    Picture,
    Seal,
    Signature,
    Signatures,
    Title,
    closing,
)  # fmt: skip

Read = Callable[[bytes], list[str]]
MM = 72 / 25.4
LONG = "".join(chr(0x4E00 + n % 5000) for n in range(20000))
NAME = "阿卜杜勒买买提" * 7 + "𪚥"
HOSTILE = (
    "张\u202e三\x00\u200b\ufeff欠\u2066款\t5\u00a0元\r\n李\u3164\u115f\u034f四\U000e0100\ufe0f甲\u2800\u0007"
)
DAY = Para("2026年11月21日", align="right", indent=False)


def parties(count: int) -> Grid:
    rows: list[tuple[Cell, ...]] = []
    for n in range(count):
        role = "申请人" if n % 3 else "被申请人"
        rows.append(
            (Cell(role, label=True), Cell("姓名", label=True), Cell(f"{NAME}{n}"), Cell("男", label=True))
        )
        rows.append((Cell("住址", label=True), Cell(f"江畔路{n}号" * 9, span=3)))
    return Grid(tuple(rows), (14, 10, 30, 8))


EXTREMES: dict[str, tuple[Block, ...]] = {
    "a paragraph": (Para(LONG),),
    "a remark": (Note(LONG),),
    "a heading": (Heading(LONG),),
    "a title": (Title(LONG[:5000]),),
    "a number": (Number(LONG[:5000]),),
    "a box": (Grid(((Cell("事实", label=True), Cell(LONG, align="justify", height=40)),), (1, 5)),),
    "a caption of a box": (Grid(((Cell(LONG[:5000], label=True), Cell("乙")),), (1, 3)),),
    "a row": (Listing(("序号", "内容"), (("1", LONG), ("2", "短")), (1, 4), ("center", "left")),),
    "a head": (Listing((LONG[:3000], "内容"), (("1", "甲"), ("2", "乙")), (1, 4), ("center", "left")),),
    "a role": (Para("前"), Signatures((Signature(LONG[:3000], fingerprint=True), Signature("记录人"))), DAY),
    "words under a line": (Para("前"), Signatures((Signature("甲", LONG[:3000]), Signature("记录人")))),
    "an office": (Para("前"), Seal(LONG[:2000], "2026年")),
    "a caption": (Picture("0" * 64, LONG[:3000], 500),),
    "a cutting line": (Cut(LONG[:2000]),),
    "forty parties": (parties(40),),
    "names": (parties(1), Signatures((Signature(f"申请人{NAME}", fingerprint=True), Signature(NAME))), DAY),
    "unseen characters": (
        Title(HOSTILE), Para(HOSTILE), Grid(((Cell(HOSTILE, label=True), Cell(HOSTILE)),), (1, 3)),
        Signatures((Signature(HOSTILE, HOSTILE),)), Seal(HOSTILE, HOSTILE), Picture("0", HOSTILE), Cut(HOSTILE),
    ),
}  # fmt: skip


def paper(*blocks: Block) -> Paper:
    return Paper("x", "x", blocks)


def counted(words: str) -> Counter[str]:
    return Counter(char for char in words if not char.isspace() and char not in "|：_（）［］图-")


@pytest.mark.parametrize("what", EXTREMES)
def test_all_of_it_is_printed_inside_the_margins(what: str) -> None:
    with pypdfium2.PdfDocument(pdf.write(paper(*EXTREMES[what]))) as document:
        words = ""
        for page in document:
            layer = page.get_textpage()
            words += layer.get_text_range()
            boxes = [layer.get_charbox(n) for n in range(layer.count_chars())]
            boxes = [box for box in boxes if box[2] > box[0]]
            assert min(box[0] for box in boxes) > 20 * MM and max(box[2] for box in boxes) < 190 * MM
            assert min(box[1] for box in boxes) > 15 * MM and max(box[3] for box in boxes) < 275 * MM

    assert not counted(text.write(paper(*EXTREMES[what]))) - counted(words)


@pytest.mark.parametrize("what", EXTREMES)
def test_all_of_it_is_in_the_file_of_the_word_processor(what: str) -> None:
    written = docx.write(paper(*EXTREMES[what]))

    words = "".join(
        part.text or "" for part in Document(BytesIO(written)).element.body.iter() if part.tag[-2:] == "}t"
    )
    assert not counted(text.write(paper(*EXTREMES[what]))) - counted(words)


def test_unseen_characters_are_in_neither_file(read: Read) -> None:
    sheet = paper(*EXTREMES["unseen characters"])
    with ZipFile(BytesIO(docx.write(sheet))) as archive:
        body = archive.read("word/document.xml").decode()
    printed = "".join(read(pdf.write(sheet)))

    for char in HOSTILE:
        if (
            char in "\t\u00a0\u2800\r\n"
            or not char.isprintable()
            or char in "\u3164\u115f\u034f\ufe0f\U000e0100"
        ):
            assert char in "\t\r\n" or char not in body.replace("\n", ""), ascii(char)
            assert char in "\r\n" or char not in printed, ascii(char)
    assert "李四甲" in body and "张三欠款 5 元" in body


@pytest.mark.parametrize("signers", [1, 4, 40])
def test_the_date_stays_with_the_last_signature(signers: int, read: Read) -> None:
    places = Signatures(tuple(Signature(f"第{n}人（签名）", fingerprint=n == 1) for n in range(signers)))
    office = Para("江畔调委会", align="right", indent=False)
    for length in range(0, 400 if signers < 9 else 40, 9):
        sheets = read(pdf.write(paper(Para("正文。" * length), places, office, DAY)))
        last = [sheet for sheet in sheets if "2026年11月21日" in sheet]
        assert len(last) == 1 and "江畔调委会" in last[0], length
        assert f"第{signers - 1}人（签名）" in last[0], length


def test_only_what_directly_follows_places_to_sign_ends_them() -> None:
    places, seal = Signatures((Signature("甲"),)), Seal("调委会", "今日")

    assert closing((DAY, places, DAY, DAY, Para("后"), DAY, seal, DAY)) == {2, 3, 7}
    assert closing((places, Para("左", align="left"), DAY)) == set()


def test_the_date_is_a_row_with_the_places_to_sign_in_the_word_processor() -> None:
    places = Signatures((Signature("甲", fingerprint=True), Signature("乙")))
    draft = Document(BytesIO(docx.write(paper(Para("前"), places, DAY, Para("后")))))
    (table,) = draft.tables
    rows = [row.cells[0].text for row in table.rows]

    assert rows == ["甲：", "", "乙：", "2026年11月21日"]
    kept = [
        all("keepNext" in line._p.xml for cell in row.cells for line in cell.paragraphs) for row in table.rows
    ]
    assert kept == [True, True, True, False]
    assert table.rows[3].cells[0].paragraphs[0].alignment == 2, "on the right"


WORDS = "甲乙丙丁戊己庚辛壬癸子丑寅卯"


def block(kind: int, word: str) -> Block:
    """A block of a kind that says a word."""
    places = Signatures((Signature(word), Signature(f"{word}后", "注", fingerprint=True)))
    kinds: tuple[Block, ...] = (
        Title(word), Heading(word), Number(word), Para(word), Para(word * 400), Note(word), places, Gap(90),
        Para(word, align="right"), Grid(((Cell(word, label=True), Cell(word * 900)),), (1, 3)), Lines(4),
        Listing((word, "额"), ((word, "1"),) * 30, (1, 2), ("left", "right")), Seal(word, "今日"), PageBreak(),
        PageBreak(), Picture("0", word, 70), Cut(word),
    )  # fmt: skip
    return kinds[kind]


@given(st.lists(st.integers(0, 16), max_size=14))
def test_in_whatever_order_blocks_stand_all_are_printed(kinds: list[int]) -> None:
    sheet = paper(*(block(kind, word) for kind, word in zip(kinds, WORDS, strict=False)))
    with pypdfium2.PdfDocument(pdf.write(sheet)) as document:
        printed = "".join(page.get_textpage().get_text_range() for page in document)

    assert not counted(text.write(sheet)) - counted(printed)


def test_a_page_that_begins_with_places_to_sign_has_them(read: Read) -> None:
    places = Signatures((Signature("甲（签名）"),))

    sheets = read(pdf.write(paper(Para("前"), PageBreak(), Para("后"), places, DAY)))

    assert "前" in sheets[0] and "后" not in sheets[0]
    assert all(word in sheets[1] for word in ("后", "甲（签名）", "11月21日"))


def test_a_break_after_a_title_is_kept(read: Read) -> None:
    sheets = read(pdf.write(paper(Title("卷宗"), PageBreak(), Heading("目录"), PageBreak(), Para("后"))))

    assert [sheet.split()[0] for sheet in sheets] == ["卷宗", "目录", "后"]
