"""Finding the headings among the title rows, and which column tells what."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mediator.domain.codes import Side
from mediator.domain.people import Party
from mediator.domain.wording import half_width
from mediator.exchange.ledger_headings import ALL, PARTICULARS
from mediator.exchange.ledger_sheets import Cell, Row

_FEWEST = 3
"""Headings a row must have to be the row of headings."""

_KNOWN = {word: (rank, h.code) for h in ALL.values() for rank, word in reversed(list(enumerate(h.words)))}
_BARE = {
    word: attribute
    for attribute, words in PARTICULARS.items()
    for word in words
    if attribute != Party.name.key
}
_NAMES = {f"{side.value}_{Party.name.key}": side for side in Side}
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_ABOUT = re.compile(r"(?:基本)?(?:情况|信息)$")
_CHOSEN = -1


@dataclass(frozen=True)
class Column:
    """One column that is taken: where it stands and what is written above it."""

    index: int
    heading: str
    in_wan: bool = False
    """Whether the heading says that amounts are in 万元."""


@dataclass(frozen=True)
class Layout:
    """表头: the row of headings (the lower one of two) and the columns by code of what they tell."""

    row: int
    columns: dict[str, Column]
    not_taken: tuple[str, ...]


def plain(text: str) -> str:
    """A heading without blanks, brackets and signs: "申请人 (甲方)*" → "申请人"."""
    bare = _ASIDE.sub("", half_width(text))
    return "".join(c for c in bare if c.isalnum())


def find_headings(rows: Mapping[int, Row], chosen: Mapping[str, str]) -> Layout | None:
    """The row, or two rows, with the most known headings; ``chosen`` gives codes the words to look for instead."""
    best: Layout | None = None
    for number, row in rows.items():
        for last, texts in ((number, _single(row)), (number + 1, _double(row, rows.get(number + 1)))):
            layout = _lay_out(last, texts, chosen)
            if best is None or len(layout.columns) > len(best.columns):
                best = layout
    if best is None or len(best.columns) < _FEWEST:
        return None
    titles = (cell for number, row in rows.items() if number < best.row for cell in row)
    return _in_wan(best) if any("万元" in _words(cell) for cell in titles) else best


def _in_wan(layout: Layout) -> Layout:
    """The same where a title row says 单位:万元; a heading that names 元 itself is believed."""
    columns = {
        code: replace(column, in_wan=column.in_wan or "元" not in column.heading)
        for code, column in layout.columns.items()
    }
    return replace(layout, columns=columns)


def _single(row: Row) -> list[tuple[str, str]]:
    return [("", _words(cell)) for cell in row]


def _double(upper: Row, lower: Row | None) -> list[tuple[str, str]]:
    """Headings over two rows: a group, written once over its columns, and what it is divided into."""
    if lower is None:
        return []
    width = max(len(upper), len(lower))
    group, texts = "", []
    for above, below in zip(_padded(upper, width), _padded(lower, width), strict=True):
        group = above or group
        texts.append((group, below) if below else ("", above))
    return texts


def _padded(row: Row, width: int) -> Iterator[str]:
    return (_words(row[n]) if n < len(row) else "" for n in range(width))


def _words(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _lay_out(number: int, texts: list[tuple[str, str]], chosen: Mapping[str, str]) -> Layout:
    wanted = {plain(heading): code for code, heading in chosen.items() if heading}
    found: dict[str, tuple[int, Column]] = {}
    side = Side.APPLICANT
    for index, (group, text) in enumerate(texts):
        match = _match(group, text, wanted, chosen, side)
        if match is None:
            continue
        rank, code = match
        side = _NAMES.get(code, side)
        if code not in found or rank < found[code][0]:
            found[code] = rank, Column(index, text, "万元" in group + text)
    columns = {code: column for code, (_, column) in found.items()}
    taken = {column.index for column in columns.values()}
    left = tuple(text for n, (_, text) in enumerate(texts) if text and n not in taken)
    return Layout(number, columns, left)


def _match(
    group: str, text: str, wanted: Mapping[str, str], chosen: Mapping[str, str], side: Side
) -> tuple[int, str] | None:
    joined, own = plain(group + text), plain(text)
    for words in (joined, own):
        if words in wanted:
            return _CHOSEN, wanted[words]
    for words in (joined, _ABOUT.sub("", plain(group)) + own, own):
        if words in _KNOWN and _KNOWN[words][1] not in chosen:
            return _KNOWN[words]
    if own in _BARE and (code := f"{side.value}_{_BARE[own]}") not in chosen:
        return 0, code
    return None
