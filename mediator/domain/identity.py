"""Identity numbers (证件号码): what can be read from them and what looks wrong.

A number that looks wrong is a warning, never a bar: it can be kept with a reason.
"""

import re
from dataclasses import dataclass
from datetime import date

from stdnum.cn import uscc

from mediator.domain.calendar import age_on
from mediator.domain.codes import IdKind, Sex
from mediator.domain.wording import half_width

ADULT = 18
"""周岁 at which a person has full capacity (民法典 第十七条)."""
EARNING = 16
"""周岁 from which one who lives on their own work has full capacity (民法典 第十八条第二款)."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_PHONE = re.compile(r"(\+?86)?1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}")
"""A mobile phone, or a landline with its area code."""
_SHAPES = {
    IdKind.HK_MACAO: (re.compile(r"[HM][0-9]{8}([0-9]{2})?"), "应为字母 H 或 M 加 8 位数字"),
    IdKind.TAIWAN: (re.compile(r"[0-9]{8}([0-9]{2})?|[A-Z][0-9]{9}"), "应为 8 位数字"),
    IdKind.FOREIGN_RESIDENCE: (
        re.compile(r"[A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X]"),
        "应为 3 个字母加 12 位数字，或 9 开头的 18 位",
    ),
    IdKind.PASSPORT: (re.compile(r"[A-Z0-9]{5,20}"), "应为 5 至 20 位字母和数字"),
}


@dataclass(frozen=True)
class Facts:
    """What an 18-digit number says of its holder."""

    birth_on: date
    sex: Sex


def normal(number: str) -> str:
    """A number with blanks dropped, full-width characters made plain and letters made capital."""
    return "".join(half_width(number).split()).upper()


def whole_number(words: str) -> str:
    """证件号码 or 电话号码 if such a number stands whole in what somebody looks for; empty if there is only part of one."""
    parts = [normal(words), *map(normal, words.split())]
    if any(_EIGHTEEN.fullmatch(part) for part in parts):
        return "证件号码"
    return "电话号码" if any(_PHONE.fullmatch(part) for part in parts) else ""


def check_digit(seventeen: str) -> str:
    """The 18th character of an identity number (GB 11643, ISO 7064 mod 11-2)."""
    return _CHECKS[sum(int(d) * w for d, w in zip(seventeen, _WEIGHTS, strict=True)) % 11]


def facts(kind: IdKind, number: str) -> Facts | None:
    """Birthday and sex read from an 18-digit number of the kinds that carry them; None if they cannot be read."""
    if kind not in (IdKind.RESIDENT, IdKind.HMT_RESIDENCE, IdKind.FOREIGN_RESIDENCE):
        return None
    if not _EIGHTEEN.fullmatch(number):
        return None
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return Facts(birth, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


def doubt(kind: IdKind, number: str, today: date) -> str | None:
    """One sentence on what looks wrong with a number, or None. The area code is no ground for doubt."""
    if kind is IdKind.NONE:
        return "选了“无证件”，却填了号码，请核对。" if number else None
    if not number:
        return None
    if kind in (IdKind.RESIDENT, IdKind.HMT_RESIDENCE):
        return _doubt_resident(kind, number, today)
    if kind is IdKind.CREDIT_CODE:
        return (
            None
            if uscc.is_valid(number)
            else "统一社会信用代码的校验位不对或位数不是 18 位，请对照执照核对。"
        )
    if kind in _SHAPES:
        shape, words = _SHAPES[kind]
        if not shape.fullmatch(number):
            return f"{kind.label}号码{words}，请核对。"
    return None


def _doubt_resident(kind: IdKind, number: str, today: date) -> str | None:
    if re.fullmatch(r"[0-9]{15}", number):
        return "这是 15 位旧号码，请换成 18 位，或注明原因后保留。"
    if not _EIGHTEEN.fullmatch(number):
        return f"{kind.label}号码应为 18 位，最后一位可以是 X，现在是 {len(number)} 位，请核对。"
    found = facts(kind, number)
    if found is None or not 0 <= age_on(found.birth_on, today) <= 130:
        return f"{kind.label}号码里的出生日期 {number[6:14]} 不对，请核对。"
    if kind is IdKind.HMT_RESIDENCE and number[:2] not in ("81", "82", "83"):
        return "港澳台居民居住证号码应以 81、82 或 83 开头，请核对。"
    if check_digit(number[:17]) != number[17]:
        if number.endswith("000"):
            return "末三位是 000 且校验位不对，多半是电子表格把号码取整了，请对照证件重填。"
        return "最后一位校验位不对，请对照证件核对。"
    return None
