import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediator.paper import docx, pdf, text
from mediator.paper.blocks import (
    Block,
    Cell,
    Gap,
    Grid,
    Heading,
    Listing,
    Note,
    PageBreak,
    Paper,
    Para,
    Seal,
    Signature,
    Signatures,
    Title,
    dumps,
)  # fmt: skip
from mediator.paper.pieces import WASTE
from mediator.paper.styles import TEXT_HEIGHT

Read = Callable[[bytes], list[str]]
SIGNERS = Signatures((Signature("申请人（签名）", fingerprint=True), Signature("人民调解员（签名）")))
SEAL = Seal("江畔社区人民调解委员会", "2026年11月21日")


def paper(*blocks: Block) -> Paper:
    return Paper("test", "文书", blocks)


def bare(words: str) -> str:
    return "".join(words.split())


def test_every_name_and_amount_can_be_copied_out(
    agreement: Paper, names: tuple[str, ...], read: Read
) -> None:
    words = bare("".join(read(pdf.write(agreement))))

    for wanted in (
        *names,
        "人民币壹万贰仟叁佰肆拾伍元陆角整",
        "（2026）滨江人调字第001号",
        "第1页共",
    ):
        assert wanted in words


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler")
def test_poppler_reads_the_same_names(names: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf.write(paper(Para("，".join(names)))))

    out = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", tmp_path / "a.pdf", "-"], capture_output=True, check=True
    )

    assert bare("，".join(names)) in bare(out.stdout.decode())


def test_many_rare_characters_of_one_font(read: Read) -> None:
    rare = "".join(chr(code) for code in range(0x20000, 0x20000 + 700))

    sheets = read(pdf.write(paper(Para(rare))))

    assert "".join(bare(sheet).split("第")[0] for sheet in sheets) == rare


def test_every_font_is_embedded(agreement: Paper) -> None:
    written = pdf.write(agreement)

    assert b"Helvetica" not in written
    assert written.count(b"/FontFile2") >= 6


def test_the_same_paper_gives_the_same_bytes_in_another_process(agreement: Paper) -> None:
    code = (
        "import hashlib, sys; from mediator.paper import blocks, docx, pdf; "
        "kept = blocks.loads(sys.stdin.buffer.read().decode()); "
        "print(hashlib.sha256(pdf.write(kept) + docx.write(kept)).hexdigest())"
    )
    env = os.environ | {"PYTHONHASHSEED": "5", "PYTHONPATH": str(Path(__file__).parents[2])}
    kept = dumps(agreement).encode()
    out = subprocess.run([sys.executable, "-c", code], input=kept, env=env, capture_output=True, check=True)

    here = hashlib.sha256(pdf.write(agreement) + docx.write(agreement)).hexdigest()

    assert out.stdout.decode().strip() == here


TAILS: dict[str, tuple[Block, ...]] = {
    "one long paragraph": (),
    "short paragraphs": (Para("一、付款。"), Para("二、道歉。"), Para("三、两清。")),
    "a heading": (Heading("三、履行方式"),),
    "a gap": (Para("本协议一式三份。"), Gap(8)),
    "a form": (Grid(((Cell("备注", label=True), Cell("无")),), (1, 4)),),
    "a list": (Listing(("序号", "姓名"), (("1", "王𬎆"), ("2", "𪚥")), (1, 3), ("center", "left")),),
}


@pytest.mark.parametrize("tail", TAILS)
def test_places_to_sign_are_never_alone_on_a_page(tail: str, read: Read) -> None:
    parted = 0
    for length in range(0, 1500, 53):
        body = (Title("协议书"), Para("漏水赔偿" * (length // 4) + "完。"), *TAILS[tail])
        made = paper(*body, SIGNERS, SEAL)
        sheets = ["".join(sheet.splitlines()[:-1]) for sheet in read(pdf.write(made))]
        signed = [sheet for sheet in sheets if "（签名）" in sheet]

        assert "申请人（签名）" in signed[0]
        assert "人民调解员（签名）" in signed[-1] and "2026年11月21日" in signed[-1], length
        before = signed[0][: signed[0].index("申请人（签名）")]
        assert len(before) > 6 or not length, (length, before)
        empty = [1 - sum(part.height for part in sheet) / TEXT_HEIGHT for sheet in pdf.lay(made)[:-1]]
        assert all(share < WASTE + 0.02 for share in empty), (length, empty)
        parted += len(signed) > 1
    assert 1 <= parted <= 6, "parted only where much of a page would stay empty"


def test_two_lines_go_over_with_the_places_to_sign(read: Read) -> None:
    """With a page just full, the last two lines of the only paragraph are carried over."""
    for count in range(15, 24):
        lines = "\n".join(f"第{number}条" for number in range(count))
        sheets = read(pdf.write(paper(Para(lines), SIGNERS, SEAL)))
        (first,) = (sheet for sheet in sheets if "申请人（签名）" in sheet)
        assert len([line for line in first.splitlines() if line.endswith("条")]) >= 2, count


def test_forty_signers_are_parted_between_places_only(read: Read) -> None:
    signers = Signatures(
        tuple(Signature(f"第{n}位当事人（签名）", fingerprint=n % 3 == 0) for n in range(40))
    )
    sheets = read(pdf.write(paper(Para("全体当事人同意。"), signers, SEAL)))

    assert "同意" in sheets[0] and "第0位" in sheets[0]
    assert "第39位" in sheets[-1] and "2026年11月21日" in sheets[-1]
    words = "".join(sheets)
    assert all(words.count(f"第{n}位当事人（签名）") == 1 for n in range(40))
    assert words.count("指印") == 14


def test_a_seal_is_not_left_alone_below_a_high_box(read: Read) -> None:
    for signers in range(8, 16):
        names = Signatures(tuple(Signature(f"第{n}位（签名）") for n in range(signers)))
        box = Grid(((Cell("意见", label=True), Cell("同意。", height=75)),), (1, 4))
        sheets = read(pdf.write(paper(Para("经过调解。" * 40), box, names, SEAL)))
        assert all("（签名）" in sheet for sheet in sheets if "2026年11月21日" in sheet)
        assert all("意见" in sheet for sheet in sheets if "第0位" in sheet)


def test_a_long_statement_is_whole(read: Read) -> None:
    statement = "".join(chr(0x4E00 + n % 5000) for n in range(20000))
    form = Grid(((Cell("事实", label=True), Cell(statement)),), (1, 5))

    for block in (Para(statement), form):
        sheets = read(pdf.write(paper(block)))
        foots = [f"第{n}页共{len(sheets)}页" for n in range(1, len(sheets) + 1)]
        words = "".join(bare(sheet).removesuffix(foot) for sheet, foot in zip(sheets, foots, strict=True))
        assert words.replace("事实", "") == statement


def test_the_head_of_a_list_stands_on_every_page(read: Read) -> None:
    rows = tuple((str(n), "王𬎆") for n in range(1, 120))
    sheets = read(pdf.write(paper(Listing(("序号", "姓名"), rows, (1, 3), ("center", "left")))))

    assert len(sheets) > 3
    assert all(sheet.startswith("序号") for sheet in sheets)


def test_an_empty_paper_is_one_page(read: Read) -> None:
    assert [bare(sheet) for sheet in read(pdf.write(paper()))] == ["第1页共1页"]
    assert len(read(pdf.write(paper(PageBreak(), Gap(400), Note("完"))))) == 1


def test_several_papers_have_page_numbers_of_their_own(read: Read) -> None:
    sheets = read(pdf.write_all([paper(Para("甲"), PageBreak(), Para("乙")), paper(Para("丙"))]))

    assert [bare(sheet) for sheet in sheets] == ["甲第1页共2页", "乙第2页共2页", "丙第1页共1页"]


def test_a_character_without_a_font_leaves_room_for_the_pen() -> None:
    with pypdfium2.PdfDocument(pdf.write(paper(Para("甲\U0010abcd乙", indent=False)))) as document:
        page = document[0]
        words = page.get_textpage()
        left, right = (words.get_charbox(words.get_text_range().index(char)) for char in "甲乙")
        rules = [item for item in page.get_objects() if item.type == 2]

    assert 16 < right[0] - left[2] < 22
    assert len(rules) == 1


def test_nothing_stands_in_the_margins(agreement: Paper) -> None:
    long = Paper("x", "x", (*agreement.blocks, Para("w" * 300), Note("。" * 500)), number="长" * 20)
    with pypdfium2.PdfDocument(pdf.write(long)) as document:
        for page in document:
            words = page.get_textpage()
            boxes = [words.get_charbox(n) for n in range(words.count_chars())]
            assert min(box[0] for box in boxes) > 15 * 72 / 25.4
            assert max(box[2] for box in boxes) < (210 - 15) * 72 / 25.4
            assert min(box[1] for box in boxes) > 15 * 72 / 25.4


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), words=st.text(max_size=300), share=st.integers(1, 5))
def test_any_text_can_be_set(
    data: st.DataObject, words: str, share: int, blocks: st.SearchStrategy[Block]
) -> None:
    worst = (
        Title(words),
        Grid(((Cell(words, label=True), Cell(words, align="justify", height=20)),), (1, share)),
        Signatures((Signature(words, words, True),)),
        Seal(words, words),
    )
    made = Paper(words, words, (*data.draw(st.lists(blocks, max_size=6)), *worst), words, words)

    assert pdf.write(made).startswith(b"%PDF")
    assert Document(BytesIO(docx.write(made)))
    assert text.write(made)
