"""Things typed one a line, the parts of each set apart by a comma or a bar: 马秀英，5月25日前，核对考勤表."""

import re

from mediator.domain.wording import prose

_BAR = re.compile(r"\s*[|｜\t]\s*")
_COMMA = re.compile(r"\s*[，,](?!\d{3})\s*")
_ADVICE = re.compile(r"[，,；;。]?\s*(?=建议)")


def typed(text: str) -> list[str]:
    """The lines, empty ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def parts(line: str, count: int, main: int) -> tuple[str, ...]:
    """So many parts of a line; what is too much goes to the main one.

    A line that has too few stands whole in its main part: better all in one box than something in a wrong one.
    """
    barred = _BAR.search(line)
    found = (_BAR if barred else _COMMA).split(line)
    if len(found) < count:
        found = [line if place == main else "" for place in range(count)]
    end = len(found) - (count - main - 1)
    middle = ("｜" if barred else "，").join(found[main:end])
    return tuple(prose(part) for part in (*found[:main], middle, *found[end:]))


def advised(line: str) -> tuple[str, str]:
    """A risk and what is advised: parted by a bar, else before the word 建议."""
    found = (_BAR if _BAR.search(line) else _ADVICE).split(line, maxsplit=1)
    return prose(found[0]), prose(found[1]) if len(found) > 1 else ""
