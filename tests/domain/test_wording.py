"""Text as people type and paste it: what is real stays to the last character, what nobody meant goes."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import mediator.domain.case  # noqa: F401 - the models know each other by name
from mediator.domain.errors import Refusal
from mediator.domain.fields import field_of
from mediator.domain.people import Party
from mediator.domain.wording import (
    clean,
    clean_line,
    clean_name,
    half_width,
    ideographs,
    numeral,
    prose,
    unended,
)

RARE = "王𬎆𪚥㛃䶮𠅤𣲘𫖮𫛭"
HAN = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF, categories=["Lo"]),
    st.sampled_from(RARE),
    st.builds(chr, st.integers(0x20000, 0x2A6DF)),  # extension B
    st.builds(chr, st.integers(0x30000, 0x3134A)),  # extension G
    st.builds(chr, st.integers(0x31350, 0x323AF)),  # extension H
)
TEXT = st.text(st.characters(codec=None))
NAME = field_of(Party.name)


@pytest.mark.parametrize(
    "dropped",
    ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\udfff", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c",
     "\ufeff", "\ufffe", "\uffff", "\u200b", "\u2060", "\u00ad"],
    ids=lambda char: f"U+{ord(char):04X}",
)  # fmt: skip
def test_what_nobody_can_see_or_meant_is_dropped(dropped: str) -> None:
    assert clean(f"{dropped}漏{dropped}水{dropped}") == "漏水"
    assert clean_name(f"王{dropped}𬎆") == "王𬎆"


@pytest.mark.parametrize(
    "kept",
    ["\ue000", "\U000f0000", "\U0010fffd", "\u200d", "\u200c", "\ufe0f", "\U000e0100", "\u2f00", "\uf900", "\U0002f800", "ﬁ",
     "Å", "é", "é", "①", "㎡", "…", "　", "\n", "\t"],
    ids=lambda char: f"U+{ord(char[0]):04X}",
)  # fmt: skip
def test_what_is_real_is_kept_as_typed(kept: str) -> None:
    """Private use too: names that no standard has yet are typed with it. No form is changed into another."""
    assert clean(f"甲{kept}乙") == f"甲{kept}乙"


@given(TEXT)
@example("\r\n\ud800\u202e\x00\ufeff ")
def test_clean_text_is_clean(text: str) -> None:
    done = clean(text)
    assert clean(done) == done
    done.encode()
    assert not any(unicodedata.category(char) == "Cc" for char in done if char not in "\n\t")
    assert done == done.strip()
    line = clean_line(text)
    assert clean_line(line) == line
    assert "\n" not in line and "  " not in line


@given(st.text(HAN | st.sampled_from("·，。！“”（）") | st.characters(categories=["Lo", "Ll"]), min_size=1))
def test_no_letter_or_mark_is_lost(text: str) -> None:
    assert clean(text) == text.strip()


def test_line_ends_become_one_kind() -> None:
    assert clean("一\r\n二\r三\n四") == "一\n二\n三\n四"
    assert clean_line(" 一\r\n 二\u2028三\t四 ") == "一 二 三 四"


@pytest.mark.parametrize("mark", "·•‧・･．⋅∙●")
def test_every_dot_in_a_chinese_name_is_the_one_interpunct(mark: str) -> None:
    assert clean_name(f"阿依古丽{mark}买买提") == "阿依古丽\u00b7买买提"
    assert clean_name(f"阿依古丽 {mark} 买买提") == "阿依古丽\u00b7买买提"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("𪚥.㛃 . 䶮", "𪚥·㛃·䶮"),
        ("王 𬎆", "王𬎆"),
        ("　王　𬎆　", "王𬎆"),
        ("滨江(集团)有限公司", "滨江（集团）有限公司"),
        ("滨江（集团）有限公司", "滨江（集团）有限公司"),
        ("3.15维权站", "3.15维权站"),
        ("滨江No.1饭店", "滨江No.1饭店"),
        ("J.K.罗琳", "J.K.罗琳"),
        ("ABC DEF 公司", "ABC DEF公司"),
        ("John  Smith", "John Smith"),
        ("Ali • Khan (Jr.)", "Ali • Khan (Jr.)"),
        ("བསྟན་འཛིན", "བསྟན་འཛིན"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_names(typed: str, name: str) -> None:
    assert clean_name(typed) == name


@given(st.text(HAN, min_size=1, max_size=50))
@example("".join(chr(c) for c in range(0x20000, 0x20032)))
@example("".join(chr(c) for c in range(0x31350, 0x31382)))
def test_fifty_characters_of_any_extension_are_a_name(name: str) -> None:
    assert clean_name(name) == name
    assert NAME.read(name) == name


@given(TEXT | st.text("王𬎆𪚥 Ab.．·•()（）\u3000\u200b\n"))
def test_a_clean_name_stays_as_it_is(text: str) -> None:
    name = clean_name(text)
    assert clean_name(name) == name
    assert "\n" not in name


def test_a_name_beyond_the_limit_is_refused_and_says_how_long_it_is() -> None:
    assert NAME.read("𬎆" * 100) == "𬎆" * 100
    with pytest.raises(Refusal, match="有 101 个字") as refusal:
        NAME.read("𬎆" * 101)
    assert "姓名或名称" in str(refusal.value)


def test_half_width_is_for_figures_only() -> None:
    assert half_width("２０２６．１．４　Ａ（ｘ）：％") == "2026.1.4 A(x):%"
    assert half_width("王𬎆，。“”￥ー") == "王𬎆,。“”￥ー"
    assert "".join(map(half_width, map(chr, range(0xFF01, 0xFF5F)))) == "".join(map(chr, range(0x21, 0x7F)))


def test_every_character_is_a_word_of_its_own() -> None:
    assert ideographs(" 王𬎆 Abc\n１") == "王 𬎆 a b c １"
    assert ideographs("") == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "零"), (1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (25, "二十五"), (99, "九十九"), (100, "100")],
)  # fmt: skip
def test_numerals(number: int, words: str) -> None:
    assert numeral(number) == words


def test_words_go_on_without_their_full_stop() -> None:
    assert unended("修好水管。；\n") == "修好水管"
    assert unended("修好水管。即日完成") == "修好水管。即日完成"
    assert unended("。") == ""


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("赔偿,道歉;修好:水管!", "赔偿，道歉；修好：水管！"),
        ("3,000元,14:30前付清", "3,000元，14:30前付清"),
        ("见附件(三张)", "见附件（三张）"),
        ("A(b), c", "A(b), c"),
        ("滨江路 12 号(3 栋)", "滨江路 12 号（3 栋）"),
        ("", ""),
    ],
)
def test_marks_between_chinese_characters_are_full_width(typed: str, set_as: str) -> None:
    assert prose(typed) == set_as
    assert prose(set_as) == set_as
