"""Where a line of Chinese may be cut (标点避头尾, after GB/T 15834 and common usage)."""

import re
import unicodedata

NOT_FIRST = frozenset("，。、；：？！,.;:?!)]}）】〕》〉」』”’％%‰℃…—～·々ー°′″〗｝］＞＂＇")
"""Characters that do not begin a line."""

NOT_LAST = frozenset("([{（【〔《〈「『“‘〖｛［＜＄￥¥$#＃№")
"""Characters that do not end a line."""

_UNIT = "年月日时分秒元角万亿号条款项件人份次页周岁个天"
_WORD = re.compile(
    rf"""[￥¥$]?[0-9A-Za-z]+(?:[.,:/@_'&+*~-]+[0-9A-Za-z]+)*(?:[%‰℃]|[{_UNIT}])?""",
    re.VERBOSE,
)


def atoms(text: str) -> list[str]:
    """Cut a line's text into the pieces between which it may be broken.

    A number keeps its unit and its currency sign, a Latin word stays whole, closing marks stay with what they
    close and opening marks with what they open.
    """
    pieces: list[str] = []
    place = 0
    while place < len(text):
        word = _WORD.match(text, place)
        piece = word.group() if word else text[place]
        place += len(piece)
        if pieces and together(pieces[-1][-1], piece[0]):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def together(before: str, after: str) -> bool:
    """Tell whether two neighbouring characters stay on one line."""
    if before.isspace():
        return False
    return after in NOT_FIRST or before in NOT_LAST or unicodedata.category(after) in ("Mn", "Mc", "Me")
