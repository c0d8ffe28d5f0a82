"""Money (金额): whole 分 inside, 元 for people; never a float."""

import re
from decimal import Context, Decimal, Inexact

from mediator.domain.errors import Refusal
from mediator.domain.wording import half_width

MOST = 10**15
"""Largest amount accepted, in 分 (ten thousand billion 元): above it a slip of the hand is certain."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_FIGURE = r"-?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)"
_SHAPE = re.compile(rf"(?:人民币|RMB|¥)?\s*({_FIGURE})\s*(亿|万|千|百)?\s*(?:元|圆|块)?(?:人民币)?整?")
_EXACT = Context(prec=28, traps=[Inexact])
_SCALE = {None: 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def parse_yuan(text: str) -> int:
    """Read an amount as people write it ("1.5万", "人民币5,000元", "800.00") and return whole 分.

    Raises Refusal if it is no amount, is below zero, above ``MOST``, or finer than one 分.
    """
    plain = half_width(text).replace("\uffe5", "\u00a5").strip()
    match = _SHAPE.fullmatch(plain)
    if not match:
        raise Refusal(f"金额“{text.strip()[:40]}”看不懂，请写成数字，例如 15000 或 1.5万。")
    amount, in_fen = Decimal(match[1].replace(",", "")), 100 * _SCALE[match[2]]
    if not 0 <= amount <= MOST // in_fen:
        raise Refusal(f"金额“{text.strip()[:40]}”超出可记的范围，请核对。")
    try:
        return int(_EXACT.to_integral_exact(_EXACT.multiply(amount, in_fen)))
    except Inexact:
        raise Refusal(f"金额“{text.strip()[:40]}”比一分还细，请写到分为止。") from None


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
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        high, low = divmod(number, size)
        if high:
            words = _whole(high) + unit
            return words + ("零" if low < size // 10 else "") + _whole(low) if low else words
    return _group(number)


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
