"""Money (金额): whole 分 inside, 元 for people; never a float."""

import re
from decimal import Decimal

from mediator.domain.errors import Refusal
from mediator.domain.wording import half_width

MOST = 10**15
"""Largest amount accepted, in 分 (ten thousand billion 元): above it a slip of the hand is certain."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_SHAPE = re.compile(
    r"(?:人民币|RMB|¥)?\s*(-?(?:\d[\d,]*\.?\d*|\.\d+))\s*(亿|万|千|百)?\s*(?:元|圆|块)?(?:人民币)?整?"
)
_SCALE = {None: 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def parse_yuan(text: str) -> int:
    """Read an amount as people write it ("1.5万", "人民币5,000元", "800.00") and return whole 分.

    Raises Refusal if it is no amount, is below zero, or is finer than one 分.
    """
    plain = half_width(text).replace("\uffe5", "\u00a5").strip()
    match = _SHAPE.fullmatch(plain)
    if not match:
        raise Refusal(f"金额“{text.strip()[:40]}”看不懂,请写成数字,例如 15000 或 1.5万。")
    yuan = Decimal(match[1].replace(",", "")) * _SCALE[match[2]]
    fen = yuan * 100
    if fen != fen.to_integral_value():
        raise Refusal(f"金额“{text.strip()[:40]}”比一分还细,请写到分为止。")
    if not 0 <= fen <= MOST:
        raise Refusal(f"金额“{text.strip()[:40]}”超出可记的范围,请核对。")
    return int(fen)


def yuan(fen: int) -> str:
    """Write 分 as 元 with two decimals and no separators: the form for files ("15000.00")."""
    return f"{fen // 100}.{fen % 100:02d}"


def figures(fen: int) -> str:
    """Write 分 for people: thousands apart, decimals only where there are any ("15,000" or "0.50")."""
    return f"{fen // 100:,}" + (f".{fen % 100:02d}" if fen % 100 else "")


def capital(fen: int) -> str:
    """Write 分 in capital words (大写), as on cheques: 1500000 → "壹万伍仟元整"."""
    whole, cents = divmod(fen, 100)
    words = _whole(whole) + "元" if whole else ""
    jiao, fen_left = divmod(cents, 10)
    if not cents:
        return (words or "零元") + "整"
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif whole:
        words += "零"
    return words + (_DIGITS[fen_left] + "分" if fen_left else "")


def _whole(number: int) -> str:
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    words = ""
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if not group:
            continue
        if words and (group < 1000 or groups[index + 1] == 0):
            words += "零"
        words += _group(group) + _group_unit(index)
    return words


def _group_unit(index: int) -> str:
    return "万" * (index % 2) + "亿" * (index // 2)


def _group(number: int) -> str:
    words = ""
    pending_zero = False
    for digit, unit in zip(f"{number:04d}", ("仟", "佰", "拾", ""), strict=True):
        if digit == "0":
            pending_zero = bool(words)
            continue
        words += ("零" if pending_zero else "") + _DIGITS[int(digit)] + unit
        pending_zero = False
    return words
