"""Money: read as people write it, kept whole, written in figures and capital words that say the same."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mediator.domain.amounts import MOST, capital, figures, parse_yuan, yuan
from mediator.domain.errors import Refusal

FEN = st.one_of(
    st.integers(0, MOST),
    st.integers(0, 20_000_000),
    st.builds(lambda digits, zeros: min(digits * 10**zeros, MOST), st.integers(0, 1_000), st.integers(0, 13)),
    st.builds(lambda a, b: min(10**a + 10**b, MOST), st.integers(0, 14), st.integers(0, 14)),
)

DIGITS = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1_000, "万": 10_000, "亿": 100_000_000}


def spoken(words: str) -> int:
    """分 of capital words, read by the rule of spoken numbers: a unit multiplies all that is smaller before it."""
    whole, _, rest = words.rpartition("元")
    parts: list[int] = []
    for word in whole:
        if word in UNITS:
            smaller = 0
            while parts and parts[-1] < UNITS[word]:
                smaller += parts.pop()
            parts.append((smaller or 1) * UNITS[word])
        elif DIGITS[word]:
            parts.append(DIGITS[word])
    fen = 100 * sum(parts)
    for digit, unit in re.findall(r"(.)([角分])", rest):
        fen += DIGITS[digit] * (10 if unit == "角" else 1)
    return fen


@given(FEN)
@example(100_010_000_000_000)
@example(100_000_001_000_000)
@example(MOST)
def test_capital_words_say_the_amount(fen: int) -> None:
    words = capital(fen)
    assert spoken(words) == fen
    assert re.fullmatch(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*元?[零壹贰叁肆伍陆柒捌玖角分]*整?", words)
    assert "零零" not in words
    assert not re.search("零[拾佰仟万亿角分]|[万亿]{2}.*亿", words)
    assert words.endswith("整") is (fen % 100 == 0)


@given(FEN)
def test_figures_and_file_form_read_back(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == parse_yuan(figures(fen)) == fen
    assert parse_yuan(f"人民币{figures(fen)}元整") == fen
    assert re.fullmatch(r"\d{1,3}(,\d{3})*(\.\d\d)?", figures(fen))
    assert re.fullmatch(r"\d+\.\d\d", yuan(fen))


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角"),
        (100, "壹元整"),
        (101, "壹元零壹分"),
        (110, "壹元壹角"),
        (1_000, "壹拾元整"),
        (1_500_000, "壹万伍仟元整"),
        (10_050, "壹佰元伍角"),
        (16_800_032, "壹拾陆万捌仟元叁角贰分"),
        (140_950, "壹仟肆佰零玖元伍角"),
        (600_714, "陆仟零柒元壹角肆分"),
        (100_000_000, "壹佰万元整"),
        (1_000_050_000, "壹仟万零伍佰元整"),
        (10_000_000_100, "壹亿零壹元整"),
        (100_010_000_000_000, "壹万零壹亿元整"),
        (100_000_001_000_000, "壹万亿零壹万元整"),
        (MOST, "壹拾万亿元整"),
    ],
)
def test_capital_words_as_on_cheques(fen: int, words: str) -> None:
    assert capital(fen) == words


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1.5万", 1_500_000),
        ("人民币5,000元", 500_000),
        ("800.00", 80_000),
        ("１５，０００．５０", 1_500_050),
        ("￥3,000.05", 300_005),
        ("¥ 12", 1_200),
        ("RMB 99", 9_900),
        ("  0.1万元整 ", 100_000),
        ("2百", 20_000),
        ("3千元", 300_000),
        ("1.23456789亿", 12_345_678_900),
        ("15000元人民币", 1_500_000),
        ("500块", 50_000),
        ("7圆", 700),
        (".5", 50),
        ("5.", 500),
        ("0", 0),
        ("-0", 0),
        ("0001", 100),
        ("5,000\u00a0元", 500_000),
        ("1." + "0" * 60, 100),
        ("10000000000000", MOST),
    ],
)
def test_amounts_as_people_write_them(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *((text, "看不懂") for text in (
            "", "元", "一万五", "1.5万5千", "NaN", "Infinity", "1e5", "0x10", "1_000", "1..5", "1.5.5", "--5", "+5",
            "1,5000", "1,50", "12,34,567", "1,,000", ",500", "5,000,", "五千元", "约5000", "5000左右", "待定", "1.5 万 6",
        )),
        *((text, "超出") for text in ("-5", "-0.01", "9" * 5_000, "10000000000000.01", "100001亿")),
        *((text, "比一分还细") for text in (
            "0.001", "1.005", "0.0000001万", "1." + "0" * 40 + "1", "9999999999999.99999999999999999999",
        )),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_what_was_typed(text: str, words: str) -> None:
    with pytest.raises(Refusal, match=words) as refusal:
        parse_yuan(text)
    assert text.strip()[:40] in str(refusal.value)
    assert len(str(refusal.value)) < 100


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        assert 0 <= parse_yuan(text) <= MOST
    except Refusal as refusal:
        assert str(refusal).endswith("。")
