"""Where a line of Chinese may be cut (标点避头尾, after GB/T 15834 and common usage)."""

import re
import unicodedata

NOT_FIRST = frozenset("，。、；：？！,.;:?!)]}）】〕》〉」』”’％%‰℃…—～·々ー°′″〗｝］＞＂＇")
"""Characters that do not begin a line."""

NOT_LAST = frozenset("([{（【〔《〈「『“‘〖｛［＜＄￥¥$#＃№")
"""Characters that do not end a line."""

WIDE = "\u3000"
"""A blank as wide as a character: room to write on, or air between words."""

BOXES = frozenset("□■☐☑")
"""Boxes to tick (选项框)."""

_UNIT = "年月日时分秒元角万亿号条款项件人份次页周岁个天"
_WORD = re.compile(
    rf"""(?:[￥¥$]|(?<![^\s（(])[+-](?=[0-9]))?[0-9A-Za-z]+(?:[.,:/@_'&+*~-]+[0-9A-Za-z]+)*(?:[%‰℃]|[{_UNIT}])?""",
    re.VERBOSE,
)
_ROOM = re.compile(rf"{WIDE}{{2,4}}[{_UNIT}]")
"""A little room to write a number in, with its unit."""
_YEAR, _OTHER = (rf"(?:[0-9]{{1,{most}}}|{WIDE}+| {{2,}})" for most in (4, 2))
_DATE = re.compile(rf"{_YEAR}年{_OTHER}月{_OTHER}日(?:{_OTHER}时(?:{_OTHER}分)?)?")
_CLAUSE = re.compile("[□■☐☑]?[^\\s□■☐☑，。；]+[，。；]?")


def atoms(text: str, phrases: bool = True) -> list[str]:
    """Cut a line's text into the pieces between which it may be broken.

    A number, or the room to write one, keeps its unit, a number its currency sign or the sign before it, a Latin word
    stays whole, closing marks stay with what they close and opening marks with what they open. With `phrases` a day that has to be filled
    in (　　年　　月　　日) and a box to tick with its words up to a comma (□未达成协议), and from one to the next, are one
    piece too.
    """
    pieces: list[str] = []
    place = 0
    choice = False
    while place < len(text):
        choice = phrases and (text[place] in BOXES or (choice and text[place - 1] == "，"))
        phrase = _phrase(text, place, choice) if phrases else None
        word = phrase or _WORD.match(text, place) or _ROOM.match(text, place)
        piece = word.group() if word else text[place]
        place += len(piece)
        if pieces and together(pieces[-1][-1], piece[0]):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _phrase(text: str, place: int, choice: bool) -> re.Match[str] | None:
    if choice:
        return _CLAUSE.match(text, place)
    day = _DATE.match(text, place)
    return day if day and any(char.isspace() for char in day.group()) else None


def together(before: str, after: str) -> bool:
    """Tell whether two neighbouring characters stay on one line."""
    if before.isspace():
        return before == WIDE and after in NOT_FIRST
    if before in BOXES:
        return not after.isspace()
    return after in NOT_FIRST or before in NOT_LAST or unicodedata.category(after) in ("Mn", "Mc", "Me")
