from datetime import date, datetime

import pytest

from mediator.domain import wording
from mediator.domain.codes import Satisfaction
from mediator.forms import words


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("漏水,修好;再付:3,000元", "漏水，修好；再付：3,000元"),
        ("共12,600.05元,分2期", "共12,600.05元，分2期"),
        ("14:30到,17:05走", "14:30到，17:05走"),
        ("损失(含误工)", "损失（含误工）"),
        ("共计(15000)元", "共计（15000）元"),
        ("f(x), (a) ok", "f(x), (a) ok"),
        ("他问:“能修吗?”", "他问：“能修吗？”"),
        ("王𬎆,𪚥某", "王𬎆，𪚥某"),
        ("1. 道歉;\n2. 付款", "1. 道歉；\n2. 付款"),
    ],
)
def test_marks_beside_chinese_characters_become_full_width(typed: str, printed: str) -> None:
    assert wording.prose(typed) == printed


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (28, "二十八"),
        (99, "九十九"),
        (100, "100"),
    ],
)
def test_numbers_in_chinese_words(number: int, said: str) -> None:
    assert wording.numeral(number) == said


@pytest.mark.parametrize(("number", "said"), [(1, "一"), (2, "两"), (3, "三"), (12, "十二"), (22, "二十二")])
def test_two_things_are_counted_otherwise(number: int, said: str) -> None:
    assert wording.counted(number) == said


def test_moments_are_as_exact_as_what_is_known() -> None:
    assert words.moment(datetime(2026, 3, 5, 14, 5)) == "2026年3月5日14时5分"
    assert words.moment(datetime(2026, 3, 5, 9, 0)) == "2026年3月5日9时"
    assert words.moment(datetime(2026, 3, 5)) == words.day(date(2026, 3, 5)) == "2026年3月5日"
    assert words.day(None).split() == ["年", "月", "日"]
    assert words.moment(None).split() == ["年", "月", "日", "时", "分"]


def test_a_day_to_be_written_in_the_middle_of_a_box_stands_in_the_middle() -> None:
    assert words.middle(words.day(None)).startswith("年")
    assert words.middle("2026年3月5日") == "2026年3月5日"


def test_the_chosen_box_is_filled() -> None:
    assert words.boxes(Satisfaction, Satisfaction.FAIR).split() == ["□满意", "■基本满意", "□不满意"]
    assert "■" not in words.boxes(Satisfaction, None)
