"""Writes a paper as DOCX, for offices that must change or file it with a word processor."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from itertools import groupby
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Draft
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt

from mediator.paper import docx_signing, docx_tables
from mediator.paper.blocks import (
    Align,
    Block,
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
    Run,
    Seal,
    Signatures,
    Text,
    Title,
    runs,
)
from mediator.paper.docx_xml import element, field, names, paragraph, stop, tab, twips, words
from mediator.paper.faces import DECLARED
from mediator.paper.styles import (
    AROUND_TABLE,
    BODY,
    BOTTOM,
    FOOT,
    FOOTER,
    HEADING,
    LEFT,
    MM,
    NOTE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    TEXT_WIDTH,
    TITLE,
    TOP,
    Style,
)


def write(paper: Paper) -> bytes:
    """Return the paper as DOCX; the same paper gives the same bytes. Raises NoFontError."""
    draft = Document()
    _plain_styles(draft)
    _page(draft, paper.number)
    body = draft.element.body
    for made in _blocks(paper):
        body.insert(len(body) - 1, made)
    _properties(draft, paper)
    file = BytesIO()
    draft.save(file)
    return _undated(file)


def _blocks(paper: Paper) -> Iterator[BaseOxmlElement]:
    """Give the content; what stands before places to sign keeps to them."""
    blocks = paper.blocks
    for signing, neighbours in groupby(
        range(len(blocks)), lambda n: isinstance(blocks[n], Signatures | Seal)
    ):
        if signing:
            group = [block for n in neighbours if isinstance(block := blocks[n], Signatures | Seal)]
            yield docx_signing.group(group)
            yield docx_tables.parting(keep=False)
            continue
        for number in neighbours:
            after = next((block for block in blocks[number + 1 :] if not isinstance(block, Gap)), None)
            keep = isinstance(after, Signatures | Seal)
            yield from _block(blocks[number], keep)
            if isinstance(blocks[number], Grid | Listing | Lines):
                yield docx_tables.parting(keep, 1 if isinstance(after, Grid | Listing) else AROUND_TABLE)


def _block(block: Block, keep: bool) -> Iterator[BaseOxmlElement]:
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
            yield docx_tables.ruled(block, keep)
        case Lines(count) if count > 0:
            yield docx_signing.writing_lines(block, keep)
        case Gap(mm):
            yield paragraph(Style("仿宋", 1, mm * MM), keep=keep)
        case PageBreak():
            yield paragraph(Style("仿宋", 1, 1), element("r", element("br", type="page")))


def _text(
    text: Text, style: Style, align: Align, *, indent: int = 0, keep: bool = False
) -> Iterator[BaseOxmlElement]:
    for part in docx_tables.paragraphs(runs(text)):
        yield paragraph(style, *words(part, style), align=align, indent=indent, keep=keep)


def _page(draft: Draft, number: str) -> None:
    section = draft.sections[0]
    section.page_width, section.page_height = Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT)
    section.left_margin, section.right_margin = Pt(LEFT), Pt(RIGHT)
    section.top_margin, section.bottom_margin = Pt(TOP), Pt(BOTTOM)
    section.header_distance = section.footer_distance = Pt(FOOT)
    foot = section.footer
    foot.is_linked_to_previous = False
    page = [*words([Run("第 ")], FOOTER), *field("PAGE", FOOTER), *words([Run(" 页 共 ")], FOOTER)]
    page += [*field("NUMPAGES", FOOTER), *words([Run(" 页")], FOOTER)]
    line = paragraph(FOOTER, *words([Run(number)], FOOTER), tab(), *page)
    stop(line, "center", twips(TEXT_WIDTH / 2))
    foot.paragraphs[0]._p.getparent().replace(foot.paragraphs[0]._p, line)


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
