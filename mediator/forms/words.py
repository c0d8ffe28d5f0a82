"""Words as papers write them: room to write, days, boxes to tick, Chinese numerals, full-width punctuation."""

from datetime import date, datetime, time

from mediator.domain.calendar import in_words
from mediator.domain.codes import Code
from mediator.paper.blocks import Run


def room(width: int = 10) -> Run:
    """An underlined place to write something in by hand, as wide as so many characters."""
    return Run("\u3000" * width, underline=True)


def day(on: date | None) -> str:
    """2026年3月5日, or room to write a day."""
    return in_words(on) if on else "\u3000" * 4 + "年" + "\u3000" * 2 + "月" + "\u3000" * 2 + "日"


def moment(at: datetime | None) -> str:
    """2026年3月5日14时30分, or room to write it; midnight means that only the day is known."""
    if at is None:
        return f"{day(None)}\u3000\u3000时\u3000\u3000分"
    if at.time() == time(0):
        return day(at)
    return f"{day(at)}{at.hour}时" + (f"{at.minute}分" if at.minute else "")


def middle(words: str) -> str:
    """Words for the middle of a box, where a day to be written needs no room of its own before the year."""
    return words.lstrip("\u3000")


def boxes(codes: type[Code], chosen: Code | None) -> str:
    """The entries of a list, each with a box, the chosen one filled: □满意 ■基本满意 □不满意."""
    offered = [entry for entry in codes if entry.retired_on is None or entry is chosen]
    return "\u3000".join(("■" if entry is chosen else "□") + entry.label for entry in offered)
