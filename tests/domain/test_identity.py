"""Identity numbers: a slip of the hand is noticed, a strange but right number is not doubted."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import mediator.domain.case  # noqa: F401 - the models know each other by name
from mediator.domain.codes import IdKind, PartyType, Proxy, Sex
from mediator.domain.identity import check_digit, doubt, facts, normal
from mediator.domain.people import Party, Representative

TODAY = date(2026, 11, 21)
RESIDENT, CREDIT = IdKind.RESIDENT, IdKind.CREDIT_CODE
AREAS = st.sampled_from(["000000", "000101", "990000", "999999"])
"""None was ever given to a place, so that no number here is anybody's."""
BIRTHS = st.dates(date(1900, 1, 1), TODAY)


def numbered(area: str, birth: date, serial: int) -> str:
    """A number with the check digit of ISO 7064 by its own definition: Σ digit·2^(18-place) ≡ 1 (mod 11)."""
    first = f"{area}{birth:%Y%m%d}{serial:03d}"
    rest = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(first)) % 11
    return first + "0123456789X"[(1 - rest) % 11]


NUMBERS = st.builds(numbered, AREAS, BIRTHS, st.integers(0, 999))


@given(NUMBERS)
@example(numbered("000000", date(2000, 2, 29), 1))
@example(numbered("000000", date(1990, 1, 1), 0))
def test_a_right_number_is_not_doubted_whatever_its_area(number: str) -> None:
    assert check_digit(number[:17]) == number[17]
    assert doubt(RESIDENT, number, TODAY) is None


@given(NUMBERS, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_digit_is_noticed(number: str, place: int, digit: str) -> None:
    wrong = number[:place] + digit + number[place + 1 :]
    assert (doubt(RESIDENT, wrong, TODAY) is None) is (wrong == number)


@given(NUMBERS, st.integers(0, 16))
def test_two_neighbours_changed_over_are_noticed(number: str, place: int) -> None:
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert (doubt(RESIDENT, wrong, TODAY) is None) is (wrong == number)


@given(NUMBERS, st.integers(0, 17))
def test_a_lost_or_doubled_digit_is_noticed(number: str, place: int) -> None:
    assert doubt(RESIDENT, number[:place] + number[place + 1 :], TODAY)
    assert doubt(RESIDENT, number[: place + 1] + number[place:], TODAY)


@given(AREAS, BIRTHS, st.integers(0, 999))
def test_birthday_and_sex_are_read(area: str, birth: date, serial: int) -> None:
    found = facts(RESIDENT, numbered(area, birth, serial))
    assert found is not None
    assert (found.birth_on, found.sex) == (birth, Sex.MALE if serial % 2 else Sex.FEMALE)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("000000190002290010", "出生日期 19000229"),  # 1900 was no leap year
        ("000000202602290010", "出生日期 20260229"),
        ("000000199013010010", "出生日期 19901301"),
        ("000000189001010010", "出生日期 18900101"),  # older than anybody
        ("000000999912310010", "出生日期 99991231"),
        ("000000000000000000", "出生日期 00000000"),
        ("000000900101001", "15 位旧号码"),
        ("00000019900101001", "现在是 17 位"),
        ("0000001990010100160", "现在是 19 位"),
        ("00000019900101001Y", "应为 18 位"),
        ("00000019900101X016", "应为 18 位"),
        ("身份证丢失", "现在是 5 位"),
        ("٠٠٠٠٠٠١٩٩٠٠١٠١٠٠١٦", "应为 18 位"),
    ],
)
def test_what_cannot_be_is_named(number: str, words: str) -> None:
    said = doubt(RESIDENT, number, TODAY)
    assert said and words in said and said.endswith("。")


def test_somebody_born_tomorrow_is_doubted_and_today_not() -> None:
    assert doubt(RESIDENT, numbered("000000", TODAY, 1), TODAY) is None
    assert doubt(RESIDENT, numbered("000000", TODAY + timedelta(1), 1), TODAY)


@given(BIRTHS, st.integers(0, 99))
def test_a_rounded_number_is_told_from_a_slip(birth: date, serial: int) -> None:
    number = numbered("990100", birth, serial * 10)
    assume(number[17] != "0")
    said = doubt(RESIDENT, number[:15] + "000", TODAY)
    assert said is None or "取整" in said
    assert (said is None) is (check_digit(number[:15] + "00") == "0")


@pytest.mark.parametrize("start", ["81", "82", "83"])
def test_residence_permits_are_known_by_their_start(start: str) -> None:
    number = numbered(f"{start}0000", date(1985, 6, 7), 12)
    assert doubt(IdKind.HMT_RESIDENCE, number, TODAY) is None
    found = facts(IdKind.HMT_RESIDENCE, number)
    assert found and (found.birth_on, found.sex) == (date(1985, 6, 7), Sex.FEMALE)
    elsewhere = numbered("840000", date(1985, 6, 7), 12)
    assert "81、82 或 83" in str(doubt(IdKind.HMT_RESIDENCE, elsewhere, TODAY))


@pytest.mark.parametrize(
    ("kind", "number", "good"),
    [
        (IdKind.HK_MACAO, "H12345678", True),
        (IdKind.HK_MACAO, "M1234567801", True),
        (IdKind.HK_MACAO, "K12345678", False),
        (IdKind.HK_MACAO, "H1234567", False),
        (IdKind.TAIWAN, "12345678", True),
        (IdKind.TAIWAN, "1234567", False),
        (IdKind.FOREIGN_RESIDENCE, "ABC123456789012", True),
        (IdKind.FOREIGN_RESIDENCE, numbered("911000", date(1980, 3, 4), 7), True),
        (IdKind.FOREIGN_RESIDENCE, "ABCD12345678901", False),
        (IdKind.PASSPORT, "E12345678", True),
        (IdKind.PASSPORT, "E-1", False),
        (IdKind.OTHER, "军字第00000号", True),
        (IdKind.NONE, "", True),
        (IdKind.NONE, "1", False),
        *((kind, "", True) for kind in IdKind),
    ],
)
def test_other_documents(kind: IdKind, number: str, good: bool) -> None:
    assert (doubt(kind, number, TODAY) is None) is good


def test_only_kinds_that_carry_a_birthday_tell_it() -> None:
    number = numbered("000000", date(1990, 1, 1), 1)
    telling = {kind for kind in IdKind if facts(kind, number)}
    assert telling == {IdKind.RESIDENT, IdKind.HMT_RESIDENCE, IdKind.FOREIGN_RESIDENCE}


CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(body: str) -> str:
    """The 17 characters with the check character of GB 32100: weights 3^n, modulus 31."""
    total = sum(CREDIT_CHARACTERS.index(char) * 3**place for place, char in enumerate(body))
    return body + CREDIT_CHARACTERS[-total % 31]


CREDIT_CODES = st.builds(
    lambda head, rest: credit_code(head + "000000" + rest),
    st.sampled_from(["91", "92", "52", "11", "54"]),
    st.text(CREDIT_CHARACTERS, min_size=9, max_size=9),
)


@given(CREDIT_CODES, st.integers(0, 17), st.sampled_from(CREDIT_CHARACTERS + "IOSVZ"))
def test_one_wrong_character_of_a_credit_code_is_noticed(code: str, place: int, char: str) -> None:
    assert doubt(CREDIT, code, TODAY) is None
    wrong = code[:place] + char + code[place + 1 :]
    assert (doubt(CREDIT, wrong, TODAY) is None) is (wrong == code)


@pytest.mark.parametrize(
    "code", ["9", "统一社会信用代码", "91000000" + "A" * 11, " " * 18, "91000000ⅩⅩⅩⅩⅩⅩⅩⅩⅩⅩ"]
)
def test_what_is_no_credit_code_is_doubted(code: str) -> None:
    assert "统一社会信用代码" in str(doubt(CREDIT, code, TODAY))


@given(st.text(max_size=25), st.sampled_from(list(IdKind)))
def test_any_text_is_passed_or_doubted_in_one_sentence(text: str, kind: IdKind) -> None:
    facts(kind, normal(text))
    said = doubt(kind, normal(text), TODAY)
    assert said is None or (said.endswith("。") and said.count("。") == 1)


@pytest.mark.parametrize("person", [Party, Representative])
def test_a_number_is_kept_plain_however_it_was_typed(person: type[Party] | type[Representative]) -> None:
    numbers = (numbered("000000", date(1990, 1, 1), serial) for serial in range(100))
    number = next(number for number in numbers if number.endswith("X"))
    typed = f" {number[:6]} {number[6:14]}\u3000{number[14:17]}ｘ "
    someone = person(name="王𬎆", id_number=typed)
    assert someone.id_number == number
    assert someone.id_doubt(TODAY) is None


def test_a_doubt_is_silent_once_a_reason_is_given() -> None:
    party = Party(name="王𬎆", id_number="000000199001010017")
    assert party.id_doubt(TODAY)
    party.id_reason = "旧证尚未换发"
    assert party.id_doubt(TODAY) is None


def test_facts_fill_a_person_but_not_a_body() -> None:
    number = numbered("000000", date(2010, 3, 1), 22)
    child = Party(name="𪚥某", id_number=number)
    child.fill_from_id(TODAY)
    assert (child.birth_on, child.sex) == (date(2010, 3, 1), Sex.FEMALE)
    body = Party(name="滨江菜市场", type=PartyType.LEGAL, id_number=number)
    body.fill_from_id(TODAY)
    assert (body.birth_on, body.sex) == (None, None)


def test_a_minor_lacks_a_guardian_until_one_is_entered() -> None:
    birthday = date(2026, 11, 21)
    party = Party(name="𪚥某", birth_on=date(2008, 11, 21))
    assert not party.is_minor(birthday) and not party.lacks_guardian(birthday)
    eve = birthday - timedelta(1)
    assert party.is_minor(eve) and party.lacks_guardian(eve)
    party.representatives.append(Representative(name="甲", proxy=Proxy.AGENT))
    assert party.lacks_guardian(eve)
    party.representatives.append(Representative(name="乙", proxy=Proxy.GUARDIAN))
    assert not party.lacks_guardian(eve)
    assert not Party(name="不知生日").is_minor(eve)
    assert not Party(name="公司", type=PartyType.LEGAL, birth_on=date(2020, 1, 1)).is_minor(eve)


def test_one_who_lives_on_their_own_work_needs_no_guardian_from_sixteen() -> None:
    worker = Party(name="㛃某", birth_on=date(2009, 11, 21), earns=True)
    assert worker.lacks_guardian(TODAY - timedelta(366 + 1)) is True
    assert worker.lacks_guardian(TODAY) is False
    worker.earns = False
    assert worker.lacks_guardian(TODAY) is True
