"""Passages worded by hand (改写措辞): kept as what the program says → what is to stand there instead.

Nothing instead ("") leaves the passage out; the program's own words keep it so where the office words it otherwise.
A passage is found by its words, not by its place: where the case has changed so that the program says something else
now, the hand-made words no longer fit anywhere and are given back to be looked at (``unplaced``), never silently used.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from mediator.paper.blocks import Block, Cell, Grid, Heading, Note, Paper, Para, Text, plain, runs

Wording = Mapping[str, str]

_SENTENCE = "，。；？！"
"""Marks of which a sentence has at least one."""
_SHORT = 50
"""Letters up to which a box of a table without such a mark holds a name, a number or an address."""


def passages(paper: Paper, known: Collection[str] = ()) -> list[str]:
    """What may be worded otherwise, each once: paragraphs, headings, remarks, and boxes of a table that hold sentences.

    A box with a name, a number, an address is left out: it is put right in the case. ``known`` ones are never left out.
    """
    found = (words for words, boxed in _texts(paper) if words in known or not (boxed and _bare(words)))
    return list(dict.fromkeys(words for words in found if words.strip()))


def times(paper: Paper, passage: str) -> int:
    """How often a passage stands in a paper; all of them are worded otherwise together."""
    return sum(words == passage for words, _boxed in _texts(paper))


def reworded(paper: Paper, wording: Wording) -> Paper:
    """The paper with the passages that were worded by hand in the place of the program's."""
    if not wording:
        return paper
    made = (_block(block, wording) for block in paper.blocks)
    return replace(paper, blocks=tuple(block for block in made if block is not None))


def lost(paper: Paper, wording: Wording) -> list[str]:
    """The passages worded by hand which the paper, as the program words it now, no longer has."""
    there = {words for words, _boxed in _texts(paper)}
    return [passage for passage, words in wording.items() if passage not in there and words != passage]


def unplaced(paper: Paper, wording: Wording) -> list[str]:
    """The words by hand for such passages; of one that was left out, what it was."""
    return [wording[passage] or f"（删去）{passage}" for passage in lost(paper, wording)]


def _bare(words: str) -> bool:
    return len(words) <= _SHORT and not any(mark in words for mark in _SENTENCE)


def _texts(paper: Paper) -> Iterator[tuple[str, bool]]:
    """Every passage, and whether it stands in a box of a table."""
    for block in paper.blocks:
        if isinstance(block, Para | Heading | Note):
            yield plain(block.text), False
        elif isinstance(block, Grid):
            yield from ((plain(cell.text), True) for row in block.rows for cell in row if not cell.label)


def _block(block: Block, wording: Wording) -> Block | None:
    """A block with its words by hand; None if it is left out. A box of a table stays, empty."""
    if isinstance(block, Para | Heading | Note):
        left_out = wording.get(plain(block.text)) == ""
        return None if left_out else replace(block, text=_text(block.text, wording))
    if isinstance(block, Grid):
        return replace(block, rows=tuple(tuple(_cell(cell, wording) for cell in row) for row in block.rows))
    return block


def _cell(cell: Cell, wording: Wording) -> Cell:
    return cell if cell.label else replace(cell, text=_text(cell.text, wording))


def _text(text: Text, wording: Wording) -> Text:
    words = plain(text)
    given = wording.get(words, words)
    return text if given == words else runs(given)
