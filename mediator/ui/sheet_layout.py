"""How the columns of a list share the room there is: as wide as what stands in them while there is room for that.

Where there is too little, heads take two lines; where that is not enough, two columns that belong together become one.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from unicodedata import east_asian_width

from mediator.ui.words_model import Heading

_NARROW = 0.58
"""What a Latin letter or a digit is wide, in Chinese letters."""
_MOST, _FEWEST = 16, 3
"""Letters that a column has room for."""
_ROOMY, _LEAST = 8, 5
"""Letters that it keeps when it gives up room for others, in one line and in two."""
_HALVED = 5
"""Letters from which on a heading may take two lines."""

Row = tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """What is to be shown: rows of words under heads, and what is known of the columns."""

    heads: Row
    rows: tuple[Row, ...]
    numbers: Collection[int]
    """The columns of numbers, which stand on the right and are never cut."""
    free: int
    """The column that takes the room that is left."""
    uncut: Collection[str] = ()
    """Heads of the columns that are never cut."""
    under: Sequence[tuple[str, str]] = ()
    """Heads of two columns each, of which the second may stand under the first."""

    @cached_property
    def widest(self) -> list[int]:
        """The letters that what stands in each column takes, within reason."""
        return [
            min(_MOST, max([_FEWEST, *(_letters(row[n]) for row in self.rows)]))
            for n in range(len(self.heads))
        ]


@dataclass(frozen=True)
class Column:
    """A column on the screen: which of those given stand in it, one under another; widths in Chinese letters."""

    head: str
    places: tuple[int, ...]
    letters: int
    least: int
    number: bool = False
    free: bool = False

    @property
    def heading(self) -> Heading:
        """It as the table knows it."""
        return Heading(self.head, 0 if self.free else self.letters, self.number)


def arranged(content: Content, holds: Callable[[Sequence[Heading]], bool]) -> list[Column]:
    """The columns in the first way that ``holds``, or else in the last."""
    found: list[Column] = []
    for way in (_in_one_line, _under_broken_heads, _in_two_lines):
        found = _fitted(way(content), holds)
        if holds(_headings(found)):
            break
    return found


def _in_one_line(content: Content) -> list[Column]:
    return [_single(content, n, head) for n, head in enumerate(content.heads)]


def _under_broken_heads(content: Content) -> list[Column]:
    return [_single(content, n, _broken(head, content.widest[n])) for n, head in enumerate(content.heads)]


def _in_two_lines(content: Content) -> list[Column]:
    place = {head: n for n, head in enumerate(content.heads)}
    below = {place[upper]: place[lower] for upper, lower in content.under if {upper, lower} <= place.keys()}
    return [
        _pair(content, n, below[n]) if n in below else _alone(content, n, deep=bool(below))
        for n in range(len(content.heads))
        if n not in below.values()
    ]


def _single(content: Content, n: int, head: str) -> Column:
    """A column whose words take one line."""
    letters = max(_letters(head), content.widest[n])
    least = letters if _whole(content, n) else min(letters, max(_ROOMY, _letters(head)))
    return Column(head, (n,), letters, least, n in content.numbers, n == content.free)


def _pair(content: Content, upper: int, lower: int) -> Column:
    both = (upper, lower)
    wide = [min(_MOST, max(3, _letters(content.heads[n]), content.widest[n])) for n in both]
    least = [
        letters if _whole(content, n) else min(letters, _LEAST) for n, letters in zip(both, wide, strict=True)
    ]
    head = "\n".join(content.heads[n] for n in both)
    return Column(
        head, both, max(wide), max(least), all(n in content.numbers for n in both), content.free in both
    )


def _alone(content: Content, n: int, *, deep: bool) -> Column:
    """A column among pairs: where rows are two lines ``deep``, its words may take both."""
    single = _single(content, n, _broken(content.heads[n], content.widest[n]))
    least = single.least
    if not _whole(content, n):
        least = min(single.letters, max(_LEAST, _letters(single.head)))
    elif deep and n not in content.numbers:
        least = max(ceil(single.letters / 2) + 1, _letters(single.head))
    return replace(single, least=least)


def _fitted(columns: list[Column], holds: Callable[[Sequence[Heading]], bool]) -> list[Column]:
    """The widest columns give up a letter after the other until there is room for all."""
    while not holds(_headings(columns)):
        giving = [column for column in columns if column.letters > column.least and not column.free]
        if not giving:
            break
        widest = max(giving, key=lambda column: column.letters)
        columns = [replace(each, letters=each.letters - 1) if each is widest else each for each in columns]
    return columns


def _headings(columns: Sequence[Column]) -> list[Heading]:
    return [column.heading for column in columns]


def _whole(content: Content, n: int) -> bool:
    return n in content.numbers or content.heads[n] in content.uncut


def _letters(words: str) -> int:
    lines = words.split("\n")
    return ceil(max(sum(1 if east_asian_width(c) in "WFA" else _NARROW for c in line) for line in lines))


def _broken(head: str, cells: int) -> str:
    """A heading wider than its cells in two lines: before its unit in brackets, or in the middle."""
    if len(head) < _HALVED or _letters(head) <= cells:
        return head
    at = head.find("（")
    middle = at if at > 1 else (len(head) + 1) // 2
    return f"{head[:middle]}\n{head[middle:]}"
