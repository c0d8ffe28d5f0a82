"""Writes a paper as DOCX, for offices that must change or file it with a word processor."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from itertools import groupby
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Draft
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt

from mediator.paper import docx_foot, docx_inserts, docx_signing, docx_tables
from mediator.paper.blocks import (
    Align,
    Block,
    Chart,
    Cut,
    Gap,
    Grid,
    Heading,
    Lines,
    Listing,
    Note,
    Number,
    PageBreak,
    Paper,
    Para,
    Picture,
    Seal,
    Signatures,
    Text,
    Title,
    closing,
    led,
    plain,
    runs,
)
from mediator.paper.docx_xml import element, names, paragraph, words
from mediator.paper.faces import DECLARED
from mediator.paper.foot import PLAIN, Foot
from mediator.paper.photo import Pictures, unknown
from mediator.paper.styles import (
    AROUND_TABLE,
    BODY,
    BOTTOM,
    FOOT,
    HEADING,
    LEFT,
    MM,
    NOTE,
    RIGHT,
    TITLE,
    TOP,
    Style,
    page,
)


def write(paper: Paper, pictures: Pictures = unknown, foot: Foot = PLAIN) -> bytes:
    """Return the paper as DOCX; the same paper and pictures give the same bytes. Raises NoFontError."""
    draft = Document()
    _plain_styles(draft)
    _page(draft, paper, foot)
    body = draft.element.body
    for made in _blocks(paper, draft, pictures):
        body.insert(len(body) - 1, made)
    _properties(draft, paper)
    file = BytesIO()
    draft.save(file)
    return _undated(file)


def _blocks(paper: Paper, draft: Draft, pictures: Pictures) -> Iterator[BaseOxmlElement]:
    """Give the content; what stands before places to sign keeps to them, and so does the date after them."""
    blocks, width = paper.blocks, page(paper.lying).text_width
    ends, bound = closing(blocks), led(blocks)
    signing = [isinstance(block, Signatures | Seal) or n in ends for n, block in enumerate(blocks)]
    for places, neighbours in groupby(range(len(blocks)), signing.__getitem__):
        if places:
            yield docx_signing.group([blocks[n] for n in neighbours])
            yield docx_tables.parting(keep=False)
            continue
        for number in neighbours:
            block = blocks[number]
            after = next((block for block in blocks[number + 1 :] if not isinstance(block, Gap)), None)
            keep = number in bound or isinstance(after, Signatures | Seal)
            if isinstance(block, Picture):
                yield from docx_inserts.picture(block, pictures, draft.part, keep)
            elif isinstance(block, Chart):
                from mediator.paper import docx_chart

                yield from docx_chart.chart(block, draft.part, keep)
            else:
                yield from _block(block, keep, width)
            if isinstance(block, Grid | Listing | Lines):
                yield docx_tables.parting(keep, 1 if isinstance(after, Grid | Listing) else AROUND_TABLE)


def _block(block: Block, keep: bool, width: float) -> Iterator[BaseOxmlElement]:
    match block:
        case Title(text):
            yield from _text(text, TITLE, "center", keep=True)
            yield paragraph(Style("仿宋", 10, 12), keep=True)
        case Heading(text):
            yield from _text(text, HEADING, "left", indent=2, keep=True)
        case Number(text):
            yield from _text(text, BODY, "right", keep=True)
        case Para(text, align, indent):
            set_in = 2 if indent and align in ("justify", "left") else 0
            yield from _text(text, BODY, align, indent=set_in, keep=keep)
        case Note(text):
            yield from _text(text, NOTE, "justify", keep=keep)
        case Listing() | Grid(rows=(_, *_)):
            yield docx_tables.ruled(block, keep, width)
        case Cut():
            yield from docx_inserts.cut(block)
        case Lines(count) if count > 0:
            yield docx_signing.writing_lines(block, keep)
        case Gap(mm):
            yield paragraph(Style("仿宋", 1, mm * MM), keep=keep)
        case PageBreak():
            yield paragraph(Style("仿宋", 1, 1), element("r", element("br", type="page")))


def _text(
    text: Text, style: Style, align: Align, *, indent: int = 0, keep: bool = False
) -> Iterator[BaseOxmlElement]:
    """Give the paragraphs of a text; what ends in a colon stays with what it leads to."""
    for part in docx_tables.paragraphs(runs(text)):
        leads = plain(tuple(part)).endswith("：")
        yield paragraph(style, *words(part, style), align=align, indent=indent, keep=keep or leads)


def _page(draft: Draft, paper: Paper, foot: Foot) -> None:
    section, on = draft.sections[0], page(paper.lying)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Pt(on.width), Pt(on.height)
    section.left_margin, section.right_margin = Pt(LEFT), Pt(RIGHT)
    section.top_margin, section.bottom_margin = Pt(TOP), Pt(BOTTOM)
    section.header_distance = section.footer_distance = Pt(FOOT)
    docx_foot.fill(section, paper.number, foot, on)


def _plain_styles(draft: Draft) -> None:
    """Make 仿宋 the font of everything, instead of a theme that differs from machine to machine."""
    for fonts in draft.styles.element.iter(qn("w:rFonts")):
        for name, value in names(DECLARED["仿宋"]).attrib.items():
            fonts.set(name, value)
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{name}"), None)
    for language in draft.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _properties(draft: Draft, paper: Paper) -> None:
    """Name the paper; leave out who wrote it on which machine and when."""
    core = draft.core_properties
    core.title, core.subject, core.language = paper.title[:255], paper.number[:255], "zh-CN"
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.created = core.modified = datetime(2000, 1, 1)
    core.revision = 1


def _undated(file: BytesIO) -> bytes:
    """Return the archive without the time at which its parts were packed."""
    target = BytesIO()
    with ZipFile(file) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, (2000, 1, 1, 0, 0, 0)), old.read(name), ZIP_DEFLATED)
    return target.getvalue()
