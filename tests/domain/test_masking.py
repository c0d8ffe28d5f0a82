"""Numbers with stars in them: what stays to be seen, and what never does."""

import pytest

from mediator.domain import masking


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("000000199001010016", "000***********0016"),
        (" 00000019900101001X ", "000***********001X"),
        ("91000000MA00000009", "910***********0009"),
        ("H12345678", "H12**5678"),
        ("E1234567", "E12*4567"),
        ("1234567", "*******"),
        ("12", "**"),
        ("", ""),
    ],
)
def test_a_number_keeps_three_and_four_characters(number: str, shown: str) -> None:
    assert masking.masked_id(number) == shown


@pytest.mark.parametrize(
    ("phones", "shown"),
    [
        ("13000000000", "130****0000"),
        ("13000000000、000-12345678", "130****0000、000*****5678"),
        ("13000000000/13111112222", "130****0000/131****2222"),
        ("5551234", "*******"),
        ("", ""),
    ],
)
def test_every_phone_of_several_is_masked(phones: str, shown: str) -> None:
    assert masking.masked_phone(phones) == shown


def test_of_a_name_the_first_character_is_left() -> None:
    names = ("林淑芬", "𬎆英", "阿卜杜热合曼江·买买提", "")
    assert [masking.masked_name(name) for name in names] == ["林**", "𬎆**", "阿**", ""]


@pytest.mark.parametrize("number", ["000000199001010016", "13000000000", "00000019900101001x"])
def test_a_number_in_words_is_seen_and_nothing_else_is(number: str) -> None:
    words = "王𬎆，{}，（2026）滨江人调字第001号，110-20260301-0007，2026-03-01 签，补贴 1300000 元"
    assert masking.has_number(words.format(number))
    assert not masking.has_number(words.format("000***********0016"))
