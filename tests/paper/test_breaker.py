import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.paper.atoms import BOXES, NOT_FIRST, NOT_LAST, atoms
from mediator.paper.blocks import Run
from mediator.paper.breaker import Glyph, balanced, lines

TEXT = (
    "2026年10月12日19时30分，王𬎆（男，45岁）与“阿卜杜勒·买买提𪚥”因漏水发生争吵；《人民调解法》第三十一条：“有约束力。”"
    "赔偿￥12,345.60元、25,800.00元，账户6222000000000000000，证件00000019810101001X，占37.5%……其余！？——【完】〔2026〕3号。"
)


def shape(char: str, bold: bool, underline: bool) -> Glyph:
    return Glyph(char, 5.0 if char.isascii() else 10.0, None, underline)


def set_(text: str, width: float, indent: float = 0) -> list[str]:
    return ["".join(g.char for g in line.glyphs) for line in lines((Run(text),), shape, width, indent)]


def test_no_line_begins_or_ends_with_the_wrong_mark() -> None:
    for width in range(100, 400, 7):
        for line in set_(TEXT, width, 20)[1:]:
            assert line[0] not in NOT_FIRST, (width, line)
        for line in set_(TEXT, width, 20)[:-1]:
            assert line[-1] not in NOT_LAST, (width, line)


def test_numbers_stay_whole() -> None:
    whole = (
        "2026年",
        "￥12,345.60元",
        "25,800.00元",
        "6222000000000000000",
        "00000019810101001X",
        "37.5%",
        "3号",
    )
    for width in range(110, 400, 7):
        result = set_(TEXT, width)
        for number in whole:
            assert any(number in line for line in result), (width, number, result)


def test_a_number_keeps_its_sign() -> None:
    assert atoms("-25.0%") == ["-25.0%"]
    assert atoms("+10 -3件（-0.05）") == ["+10", " ", "-3件", "（-0.05）"]
    assert atoms("2026-03-05") == ["2026-03-05"]


def test_nothing_is_lost_and_nothing_is_too_wide() -> None:
    for width in range(60, 400, 7):
        result = lines((Run(TEXT),), shape, width, 20)
        assert "".join(g.char for line in result for g in line.glyphs) == TEXT
        assert all(line.start + line.width <= width + 0.01 for line in result), width


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert set_("x" * 300, 100) == ["x" * 20] * 15
    assert set_("王" + "。" * 30, 100)[1:] == ["。" * 10, "。" * 10, "。"]


def test_blanks_to_fill_in_are_not_dropped() -> None:
    blank = lines((Run("于"), Run("      ", underline=True)), shape, 30)

    assert sum(len(line.glyphs) for line in blank) == 7
    assert set_("王𬎆      李四", 30) == ["王𬎆", "李四"]


def test_every_line_end_begins_a_new_paragraph() -> None:
    result = lines((Run("一\n\n二三四"),), shape, 40, 20)

    assert [(len(line.glyphs), line.start, line.ends) for line in result] == [
        (1, 20, True),
        (0, 20, True),
        (2, 20, False),
        (1, 0, True),
    ]


def test_a_closing_mark_is_not_parted_from_room_to_write() -> None:
    for blanks in range(3, 30):
        text = (Run("编号"), Run("　" * blanks, underline=True), Run("），协议"))
        parts = ["".join(glyph.char for glyph in line.glyphs) for line in lines(text, shape, 100)]
        assert not any(part[0] in NOT_FIRST for part in parts), (blanks, parts)
        assert sum(part.count("　") for part in parts) == blanks


DAYS = (
    "　　　　年　　月　　日",
    "2026年　　月　　日",
    "2026年3月5日　　时　　分",
    "　　　　年　　月　　日　　时　　分",
)


@pytest.mark.parametrize("day", DAYS)
def test_a_day_to_be_filled_in_stays_in_one_piece(day: str) -> None:
    for before in range(30):
        assert any(day in line for line in set_("案" * before + f"，于{day}止。", 200, 20)), before


def test_a_day_that_is_known_is_broken_as_ever() -> None:
    assert atoms("2026年3月5日14时30分") == ["2026年", "3月", "5日", "14时", "30分"]
    assert atoms("2026年3月5日 起") == ["2026年", "3月", "5日", " ", "起"]


def test_a_day_wider_than_the_line_is_broken_between_its_parts() -> None:
    assert set_("　　　　年　　月　　日　　时　　分", 110) == ["　　　　年　　月　　日", "　　时　　分"]
    assert set_("　　　　年　　月　　日", 50) == ["　　　　年", "　　月", "　　日"]


def test_a_box_to_tick_keeps_its_words() -> None:
    chosen = ("□达成书面协议", "■未达成协议", "☐终止调解、转交法院", "☑其他。")
    for width in range(110, 400, 10):
        result = set_("　".join(chosen), width)
        assert all(any(words in line for line in result) for words in chosen), (width, result)
        assert all(line[0] in BOXES for line in result), (width, result)


def test_the_words_of_a_box_are_broken_only_at_a_comma() -> None:
    text = "□申请调解，要求终止调解；□接受委托移送，经当事人同意，调解双方纠纷"

    assert atoms(text)[:5] == [
        "□申请调解，",
        "要求终止调解；",
        "□接受委托移送，",
        "经当事人同意，",
        "调解双方纠纷",
    ]
    assert atoms("愿意，调解□") == ["愿", "意，", "调", "解", "□"]


def test_a_box_whose_words_are_longer_than_the_line_stays_with_the_first_of_them() -> None:
    assert set_("甲乙丙□" + "丁" * 12, 40, 0) == ["甲乙丙", "□丁丁丁", "丁丁丁丁", "丁丁丁丁", "丁"]


def test_marks_written_above_stay_with_their_letter() -> None:
    assert atoms("国e\u0301国\u0308") == ["国", "e\u0301", "国\u0308"]


def test_a_caption_is_broken_evenly() -> None:
    assert [len(line.glyphs) for line in balanced((Run("单位或住址"),), shape, 40)] == [3, 2]
    assert [len(line.glyphs) for line in balanced((Run("姓名"),), shape, 40)] == [2]


@given(
    st.text("国。，（《“”2a .,￥\n年月日时□　\u0301𪚥", max_size=80), st.integers(0, 200), st.integers(0, 40)
)
def test_any_text_in_any_width_is_broken_without_loss(text: str, width: int, indent: int) -> None:
    result = "".join(set_(text, width, indent))

    assert "".join(result.split()) == "".join(text.split())
