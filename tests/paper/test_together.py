"""At the foot of a table: who signs, the seal and what is said of the figures stand on the page of its last row."""

from io import BytesIO

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from mediator.paper import docx, pdf
from mediator.paper.blocks import (
    Listing,
    Note,
    Paper,
    Para,
    Seal,
    Signature,
    Signatures,
    Title,
    dumps,
    led,
    loads,
)
from mediator.paper.tables import listing

ROLES = ("制表人", "审核人", "签发人")
SAID = ("结账情况：未结账。", "核对：" + "两件是一人来访，对方没有到场。" * 6)


def table(rows: int, *, small: bool = True) -> Listing:
    return Listing(
        ("项目", "本期"), tuple((f"第{n}项", str(n)) for n in range(rows)), (3, 1), ("left", "right"), small
    )


def paper(rows: int, *, together: bool = True, lying: bool = False, said: tuple[str, ...] = SAID) -> Paper:
    places = Signatures(tuple(map(Signature, ROLES)), together)
    notes = tuple(map(Note, said))
    return Paper(
        "x", "表", (Title("表"), table(rows), *notes, places, Seal("䶮村调委会", "2026年4月2日")), lying=lying
    )


def words_of_pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [document[n].get_textpage().get_text_range() for n in range(len(document))]


@pytest.mark.parametrize("lying", [False, True], ids=["upright", "lying"])
def test_wherever_the_table_ends_its_last_row_is_on_the_page_that_is_signed(lying: bool) -> None:
    for rows in range(1, 70):
        *_, last = words_of_pages(pdf.write(paper(rows, lying=lying)))
        assert all(role in last for role in ROLES) and "（印章）" in last, rows
        assert f"第{rows - 1}项" in last and "结账情况" in last, rows


def test_without_being_told_so_they_are_parted_where_much_would_stay_empty() -> None:
    parted = [
        rows for rows in range(1, 70)
        if f"第{rows - 1}项" not in words_of_pages(pdf.write(paper(rows, together=False)))[-1]
    ]  # fmt: skip
    assert parted, "else the test above shows nothing"


def test_the_places_stand_side_by_side() -> None:
    with pypdfium2.PdfDocument(pdf.write(paper(3))) as document:
        text = document[0].get_textpage()
        words = text.get_text_range()
        boxes = [text.get_charbox(words.index(role)) for role in ROLES]
    feet = [bottom for _, bottom, _, _ in boxes]
    assert max(feet) - min(feet) < 3, "the feet of the characters differ a little"
    assert [left for left, *_ in boxes] == sorted(left for left, *_ in boxes)


def test_more_words_than_a_page_has_room_for_do_not_stay() -> None:
    long = ("说" * 390, "明" * 20)
    assert led(paper(3, said=long).blocks) == frozenset({3})
    assert led(paper(3).blocks) == frozenset({1, 2, 3})
    assert led(paper(3, together=False).blocks) == frozenset()
    assert led((Para("甲"), Signatures((Signature("甲"),), True))) == frozenset({0})


def test_word_is_told_to_keep_them_on_one_page() -> None:
    body = Document(BytesIO(docx.write(paper(4)))).element.body
    kept = {
        "".join(text.text or "" for text in line.iter(qn("w:t"))): line.find(f".//{qn('w:keepNext')}")
        is not None
        for line in body.iter(qn("w:p"))
    }
    assert [kept[words] for words in ("第2项", "第3项", SAID[0], SAID[1], "制表人：", "签发人：")] == [
        False,
        *[True] * 5,
    ]


def test_a_small_table_has_narrow_rows() -> None:
    small, roomy = (listing(table(3, small=small), 400)[1].heights for small in (True, False))
    assert sum(small) < 0.8 * sum(roomy)
    sizes = {
        run.font.size.pt
        for line in Document(BytesIO(docx.write(paper(2)))).tables[0].rows
        for cell in line.cells for run in cell.paragraphs[0].runs if run.font.size
    }  # fmt: skip
    assert sizes == {10.5}


def test_what_papers_of_before_did_not_have_is_kept_only_where_it_says_something() -> None:
    assert loads(dumps(paper(2))) == paper(2)
    plain = Paper("x", "表", (table(2, small=False), Signatures((Signature("甲"),))))
    assert "small" not in dumps(plain) and "together" not in dumps(plain)
