"""Pictures and cutting lines in a word-processor file."""

from collections.abc import Iterator
from io import BytesIO

from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.story import StoryPart
from docx.shared import Pt

from mediator.paper.blocks import Cut, Picture, Text, runs
from mediator.paper.docx_tables import SIDES, box, parting, row_shape, table
from mediator.paper.docx_xml import element, paragraph, stop, tab, twips, width_of, words
from mediator.paper.photo import Photo, Pictures
from mediator.paper.picture import ABSENT, empty, find
from mediator.paper.styles import CUT_HEIGHT, NOTE, PICTURE_AIR, TEXT_WIDTH, Style


def picture(block: Picture, pictures: Pictures, part: StoryPart, keep: bool) -> Iterator[BaseOxmlElement]:
    """Give a picture (or its empty box) and its caption; `keep`: they stay with what follows."""
    found = find(block, pictures)
    yield paragraph(Style(NOTE.role, 1, PICTURE_AIR), keep=True)
    if found is None:
        yield _box(block)
        yield parting(keep)
        return
    yield _shown(found, block, part, keep or bool(block.caption))
    if block.caption:
        yield paragraph(NOTE, *_words(block.caption), align="center", keep=keep)


def _shown(found: Photo, block: Picture, part: StoryPart, keep: bool) -> BaseOxmlElement:
    inline = part.new_pic_inline(BytesIO(found.jpeg), Pt(found.width), Pt(found.height))
    inline.docPr.set("descr", block.caption)
    for side in ("distT", "distB", "distL", "distR"):  # left out, LibreOffice puts 9 points there
        inline.set(side, "0")
    return paragraph(NOTE, element("r", element("drawing", inline)), align="center", keep=keep, grows=True)


def _box(block: Picture) -> BaseOxmlElement:
    """Return the empty box of a picture that cannot be shown, with the words that say so, and the caption below.

    The caption is a row of it: LibreOffice loses rows of a table that is bound as a whole to what follows.
    """
    wide, high = empty(block)
    left, right = twips((TEXT_WIDTH - wide) / 2), twips((TEXT_WIDTH + wide) / 2)
    made = table([0, left, right, twips(TEXT_WIDTH)], ruled=False)
    line = paragraph(NOTE, *_words(ABSENT), align="center", keep=bool(block.caption))
    sides = [box(left, [paragraph(NOTE)]) for _ in range(2)]
    middle = box(right - left, [line], lines=dict.fromkeys(SIDES, "single"))
    made.append(element("tr", row_shape(high, whole=True), sides[0], middle, sides[1]))
    if block.caption:
        caption = paragraph(NOTE, *_words(block.caption), align="center")
        made.append(element("tr", row_shape(0, whole=False), box(twips(TEXT_WIDTH), [caption], span=3)))
    return made


def cut(block: Cut) -> Iterator[BaseOxmlElement]:
    """Give a dashed line over the whole width, its words in the middle; words too long stand below it."""
    inside = 0 < width_of(block.words, NOTE) < TEXT_WIDTH / 2
    style = Style(NOTE.role, NOTE.size, CUT_HEIGHT)
    line = paragraph(style, *([tab(), *_words(f" {block.words} ")] if inside else []), tab())
    for kind, position in ((("center", TEXT_WIDTH / 2),) if inside else ()) + (("right", TEXT_WIDTH),):
        stop(line, kind, twips(position), leader="hyphen")
    yield line
    if block.words and not inside:
        yield paragraph(NOTE, *_words(block.words), align="center")


def _words(text: Text) -> Iterator[BaseOxmlElement]:
    return words(runs(text), NOTE)
