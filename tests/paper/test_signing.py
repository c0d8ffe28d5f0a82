"""Many hands on little paper: places two to a row, a seal beside the hand, what stays on one page."""

from collections.abc import Callable
from io import BytesIO

import pypdfium2
import pytest
from docx import Document
from docx.table import Table

from mediator.paper import docx, pdf
from mediator.paper.arrange import Row, arranged
from mediator.paper.blocks import (
    Block,
    Cell,
    Gap,
    Grid,
    Heading,
    Listing,
    Paper,
    Para,
    Seal,
    Signature,
    Signatures,
    Title,
)  # fmt: skip
from mediator.paper.styles import BODY, LEFT, NOTE, SEAL_HEIGHT, TEXT_HEIGHT, TEXT_WIDTH

Read = Callable[[bytes], list[str]]
DAY = Para("2026年11月21日", align="right", indent=False)
COMPANY = "被申请人滨江绿野农业发展有限公司"
HEAD = Signature("法定代表人（负责人）车万里", f"{COMPANY}的法定代表人")
AGENT = Signature("委托代理人印小满", f"{COMPANY}的委托代理人", fingerprint=True)
NAMES = ("牛建国", "白玉兰", "石大勇", "岳桂花", "冉启明", "阳春生", "苟永福", "母秀莲")
WORKERS = tuple(Signature(f"申请人{name}", fingerprint=True) for name in NAMES)


def paper(*blocks: Block) -> Paper:
    return Paper("x", "x", blocks)


def spot(made: Paper, words: str, page: int = 0) -> tuple[float, float]:
    """Left and lower edge of the first of the words on a page, points."""
    with pypdfium2.PdfDocument(pdf.write(made)) as document:
        layer = document[page].get_textpage()
        box = layer.get_charbox(layer.get_text_range().index(words))
        return box[0], box[1]


def strokes(made: Paper, page: int = 0) -> list[tuple[float, float, float, float]]:
    """Left, lower, right and upper edge of the strokes on a page, from the top down."""
    with pypdfium2.PdfDocument(pdf.write(made)) as document:
        found = [item.get_bounds() for item in document[page].get_objects() if item.type == 2]
    return sorted(found, key=lambda box: (-round(box[1]), box[0]))


def roles(*blocks: Block, dense: bool = False) -> list[list[str]]:
    """The roles in each row, for a type whose characters are all as wide as they are high."""
    items = arranged(blocks, lambda text: len(text) * BODY.size, dense)
    return [
        [spot.place.role for column in item.columns for spot in column]
        for item in items
        if isinstance(item, Row)
    ]


def test_up_to_six_have_a_line_each_and_more_stand_two_to_a_row() -> None:
    assert roles(Signatures(WORKERS[:6])) == [[f"申请人{name}"] for name in NAMES[:6]]
    assert roles(Signatures(WORKERS[:7])) == [
        ["申请人牛建国", "申请人白玉兰"],
        ["申请人石大勇", "申请人岳桂花"],
        ["申请人冉启明", "申请人阳春生"],
        ["申请人苟永福"],
    ]


def test_a_role_too_long_for_half_a_line_takes_a_full_one() -> None:
    long = Signature("被申请人阿卜杜热合曼江·买买提吐尔逊", fingerprint=True)

    assert roles(Signatures((*WORKERS[:3], long, *WORKERS[3:6]))) == [
        ["申请人牛建国", "申请人白玉兰"],
        ["申请人石大勇"],
        ["被申请人阿卜杜热合曼江·买买提吐尔逊"],
        ["申请人岳桂花", "申请人冉启明"],
        ["申请人阳春生"],
    ]


def test_one_with_a_fingerprint_and_one_without_do_not_share_a_row() -> None:
    assert roles(Signatures((Signature("记录人"), *WORKERS[:2])), dense=True) == [
        ["记录人"],
        ["申请人牛建国", "申请人白玉兰"],
    ]


def test_parties_and_staff_are_not_mixed_in_a_row() -> None:
    staff = [Signatures((Signature(role),)) for role in ("人民调解员马秀英", "记录人")]
    three = Signatures((*WORKERS[:2], Signature("委托代理人印小满")))

    assert roles(three, *staff, dense=True) == [
        ["申请人牛建国", "申请人白玉兰"],
        ["委托代理人印小满"],
        ["人民调解员马秀英", "记录人"],
    ]


def test_two_in_a_row_have_a_line_and_a_box_each() -> None:
    made = paper(Para("同意。"), Signatures(WORKERS))
    left, right = (spot(made, f"申请人{name}") for name in NAMES[:2])
    drawn = strokes(made)
    lines = [box for box in drawn if box[3] - box[1] < 2]
    boxes = [box for box in drawn if box[3] - box[1] > 40]

    assert left[1] == pytest.approx(right[1]) and right[0] - left[0] > TEXT_WIDTH / 2
    assert len(lines) == len(boxes) == 8
    for line, box in zip(lines, boxes, strict=True):
        assert line[2] - line[0] > 40 * 72 / 25.4 and 0 < box[0] - line[2] < 12
        assert line[0] > LEFT - 1 and box[2] < LEFT + TEXT_WIDTH + 1
    assert lines[0][1] == pytest.approx(lines[1][1]) and lines[0][2] < lines[1][0]


def test_two_to_a_row_are_two_to_a_row_in_the_word_processor() -> None:
    notes = Signatures((*WORKERS[:6], HEAD, AGENT))
    (table,) = Document(BytesIO(docx.write(paper(Para("同意。"), notes, DAY)))).tables
    rows = [cells(table, number) for number in range(len(table.rows))]

    assert [row for row in rows if row] == [
        ["申请人牛建国：", "指印", "申请人白玉兰：", "指印"],
        ["申请人石大勇：", "指印", "申请人岳桂花：", "指印"],
        ["申请人冉启明：", "指印", "申请人阳春生：", "指印"],
        ["法定代表人（负责人）车万里："],
        [f"{COMPANY}的法定代表人"],
        ["委托代理人印小满：", "指印"],
        [f"{COMPANY}的委托代理人"],
        ["2026年11月21日"],
    ]


def cells(table: Table, row: int) -> list[str]:
    """The words in a row of a table, each cell once."""
    found = table.rows[row]._tr.tc_lst
    words = ("".join(part.text or "" for part in cell.iter() if part.tag.endswith("}t")) for cell in found)
    return [word for word in words if word]


def test_two_to_a_row_also_where_that_saves_a_page() -> None:
    places = Signatures(WORKERS[:4])
    counts = {}
    for length in range(0, 800, 28):
        made = paper(Para("同" * length), places, DAY)
        counts[length] = len(pdf.lay(made))
    second = min(length for length, count in counts.items() if count > 1)
    loose, tight = (paper(Para("同" * length), places, DAY) for length in (0, second - 28))

    assert spot(loose, "申请人牛")[1] > spot(loose, "申请人白")[1], "there is room to stand one under another"
    assert spot(tight, "申请人牛")[1] == spot(tight, "申请人白")[1], "one page only side by side"


def test_the_seal_of_a_body_stands_beside_who_signs_for_it() -> None:
    beside = paper(
        Para("同意。"), Signatures((HEAD, AGENT)), Seal(COMPANY, ""), Signatures((Signature("记录人"),))
    )
    seal, head, agent = (spot(beside, word) for word in ("被申请人滨江", "法定", "委托"))
    under = paper(Para("同意。"), Signatures((HEAD, AGENT)), Seal(COMPANY, "今日"))

    assert agent[1] < seal[1] < head[1] and seal[0] > LEFT + TEXT_WIDTH * 0.6
    assert all(line[2] < seal[0] for line in strokes(beside)[:3])
    assert spot(under, "（印章）")[1] < spot(under, f"{COMPANY}的委")[1], "with a date it is another seal"
    saved = height(under) + 13 * 72 / 25.4 - height(beside)
    assert saved > SEAL_HEIGHT - NOTE.leading


def height(made: Paper) -> float:
    """Height of all that stands on the pages of a paper, points."""
    return sum(part.height for sheet in pdf.lay(made) for part in sheet)


@pytest.mark.parametrize(
    "blocks",
    [
        (Signatures((Signature("监护人马秀莲", "牛大的监护人"), HEAD, WORKERS[0])), Seal(COMPANY, "")),
        (Signatures((HEAD,)), Seal(COMPANY, "2026年")),
        (Signatures((HEAD,)), Seal(COMPANY * 3, "")),
        (Signatures((Signature("负责人" * 9),)), Seal(COMPANY, "")),
        (Signatures((HEAD,)), Para("好", align="right"), Seal(COMPANY, "")),
    ],
)
def test_a_seal_stands_below_if_it_is_not_of_whom_stands_before_it_or_has_no_room(
    blocks: tuple[Block, ...],
) -> None:
    items = arranged(blocks, lambda text: len(text) * BODY.size)

    assert isinstance(items[-1], Seal)
    assert all(item.seal is None for item in items if isinstance(item, Row))


def test_the_seal_is_one_cell_beside_the_rows_in_the_word_processor() -> None:
    made = paper(Para("同意。"), Signatures((HEAD, AGENT)), Seal(COMPANY, ""), DAY)
    (table,) = Document(BytesIO(docx.write(made))).tables
    xml = table._tbl.xml

    assert [cells(table, number) for number in range(3)] == [
        ["法定代表人（负责人）车万里：", "被申请人滨江绿野农业发展有限公司（印章）"],
        [f"{COMPANY}的法定代表人"],
        ["委托代理人印小满：", "指印"],
    ]
    assert xml.count('<w:vMerge w:val="restart"/>') == 1
    assert xml.count('<w:vMerge w:val="continue"/>') == len(table.rows) - 2


def test_a_group_of_rows_is_not_torn_over_two_pages(read: Read) -> None:
    rows = [
        (Cell(f"{what}{n}", label=True), Cell(f"甲{n}" * (40 if what == "住址" else 1)))
        for n in range(12)
        for what in ("姓名", "电话", "住址", "证件")
    ]
    for length in range(0, 600, 41):
        body = (Title("书"), Para("文" * length), Heading("申请人"), Grid(tuple(rows), (1, 4), (4,) * 12))
        sheets = read(pdf.write(paper(*body)))
        bares = ["".join(sheet.split()) for sheet in sheets]
        for n in range(12):
            assert sum(f"姓名{n}甲" in bare or f"证件{n}甲" in bare for bare in bares) == 1, (length, n)
        assert not any(sheet.split("第")[0].rstrip().endswith("申请人") for sheet in sheets)
    loose = read(pdf.write(paper(Para("文" * 500), Grid(tuple(rows), (1, 4)))))
    assert loose != read(pdf.write(paper(Para("文" * 500), Grid(tuple(rows), (1, 4), (4,) * 12))))


def test_a_group_higher_than_a_page_goes_on_over_it(read: Read) -> None:
    rows = tuple((Cell(f"第{n}行", label=True), Cell("甲" * 200)) for n in range(9))
    sheets = read(pdf.write(paper(Para("前"), Grid(rows, (1, 4), (9,)))))

    assert len(sheets) == 3 and "前" in sheets[0] and "第1行" in sheets[0]
    assert "".join(sheets).count("甲") == 1800


def test_rows_of_a_group_keep_to_one_another_in_the_word_processor() -> None:
    rows = tuple((Cell(f"第{n}行", label=True), Cell("甲")) for n in range(5))
    (table,) = Document(BytesIO(docx.write(paper(Grid(rows, (1, 4), (2, 2)), Para("后"))))).tables

    assert ["keepNext" in row._tr.xml for row in table.rows] == [True, False, True, False, False]


def test_many_places_are_parted_rather_than_half_a_page_left_empty(read: Read) -> None:
    """The first two stay with the text, the last two with one another."""
    places = Signatures(
        tuple(Signature(f"第{n}位申请人及其代表（签名）", fingerprint=True) for n in range(6))
    )
    seen = set()
    for mm in range(60, 230, 2):
        made = paper(Para("始"), Gap(mm), Para("文" * 50), places, DAY)
        sheets, laid = read(pdf.write(made)), pdf.lay(made)
        assert all(sum(part.height for part in sheet) > TEXT_HEIGHT * 0.7 for sheet in laid[:-1]), mm
        counts = tuple(sum(f"第{n}位" in sheet for n in range(6)) for sheet in sheets if "位申请人" in sheet)
        assert counts[-1] >= 2 and counts[0] >= 2, (mm, counts)
        seen.add(counts)
    assert (6,) in seen and {(2, 4), (4, 2)} & seen


LEADS: dict[str, tuple[Block, ...]] = {
    "a paragraph": (Para("一、付款。"),),
    "a long paragraph": (Para("付款。" * 99),),
    "a gap": (Gap(3), Para("一、付款。")),
    "a list": (Listing(("序号",), (("付款",),), (1,), ("left",)),),
}


@pytest.mark.parametrize("after", LEADS)
def test_a_sentence_that_leads_to_what_follows_does_not_end_a_page(after: str, read: Read) -> None:
    for count in range(18, 28):
        lines = "\n".join(f"第{number}条" for number in range(count))
        sheets = read(pdf.write(paper(Para(lines), Para("达成如下协议："), *LEADS[after])))
        (sheet,) = (sheet for sheet in sheets if "如下协议：" in sheet)
        assert "付款" in sheet or "序号" in sheet, count


def test_a_leading_line_inside_a_paragraph_does_not_end_a_page_either(read: Read) -> None:
    for count in range(18, 28):
        lines = "\n".join(f"第{number}条" for number in range(count))
        sheets = read(pdf.write(paper(Para(f"{lines}\n协议如下：\n付款\n道歉\n两清"))))
        assert any("如下：\n付款" in sheet for sheet in sheets), count


def test_a_leading_sentence_keeps_to_the_next_in_the_word_processor() -> None:
    body = (Para("甲方：\n乙方无话。"), Para("达成如下协议："), Para("一、付款。"), Para("完。"))
    lines = Document(BytesIO(docx.write(paper(*body)))).paragraphs

    assert [line.paragraph_format.keep_with_next for line in lines] == [True, None, True, None, None]
