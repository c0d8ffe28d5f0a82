"""What may serve as a password."""

import pytest

from mediator.domain.errors import Refusal
from mediator.store import passwords

NAMES = ("王𬎆", "滨江社区人民调解委员会")


@pytest.mark.parametrize(
    "password", ["wo jia zhu zai bin jiang", "滨江的桥修了三年才好", "Tr0ubador&3x", "2026 nian de chuntian"]
)
def test_a_sentence_or_something_long_will_do(password: str) -> None:
    assert passwords.check(password, *NAMES) == password


@pytest.mark.parametrize(("password", "words"), [
    ("", "密码太短"), ("Kq7!mZ2$x", "密码太短"), ("aaaaaaaaaaaa", "密码太简单"), ("abababababab", "密码太简单"),
    ("1234567890", "密码太简单"), ("0987654321", "密码太简单"), ("qwertyuiop", "密码太简单"), ("123456 654321", "密码太简单"),
    ("abcdefg1234567", "密码太简单"), ("PassWord123", "密码太简单"), ("woaini1314520", "密码太简单"),
    ("滨江社区人民调解委员会", "姓名或单位名称"), ("滨江社区人民调解委员会2026", "姓名或单位名称"), ("王𬎆王𬎆王𬎆王𬎆王𬎆王𬎆1a", "姓名或单位名称"),
])  # fmt: skip
def test_what_is_easily_guessed_is_refused(password: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        passwords.check(password, *NAMES)
