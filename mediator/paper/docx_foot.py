"""The foot of every page of a word-processor file."""

from io import BytesIO

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.story import StoryPart
from docx.section import Section
from docx.shared import Pt

from mediator.paper.blocks import Run
from mediator.paper.docx_xml import element, field, paragraph, stop, tab, twips, width_of, words
from mediator.paper.foot import Foot, png
from mediator.paper.styles import CODE, CODE_FOOT, FOOTER, LEFT, MARK, MM, Page


def fill(section: Section, number: str, foot: Foot, on: Page) -> None:
    """Put the number on the left, the page number in the middle, the code or "draft" on the right.

    A long number has a line of its own above them.
    """
    footer = section.footer
    footer.is_linked_to_previous = False
    page = [*words([Run("第 ")], FOOTER), *field("PAGE", FOOTER), *words([Run(" 页 共 ")], FOOTER)]
    page += [*field("NUMPAGES", FOOTER), *words([Run(" 页")], FOOTER)]
    beside = width_of(number, FOOTER) < on.text_width / 3
    line = paragraph(
        FOOTER, *words([Run(number if beside else "")], FOOTER), tab(), *(page if foot.paged else [])
    )
    stop(line, "center", twips(on.text_width / 2))
    if foot.words:
        stop(line, "right", twips(on.text_width - (CODE + 1.5 * MM if foot.mark else 0)))
        line.extend([tab(), *words([Run(foot.words)], MARK if foot.mark else FOOTER)])
    if foot.mark:
        line.append(element("r", element("drawing", _code(footer.part, foot.mark, on))))
    old = footer.paragraphs[0]._p
    if not beside:
        old.addprevious(paragraph(FOOTER, *words([Run(number)], FOOTER)))
    old.getparent().replace(old, line)


def _code(part: StoryPart, mark: str, on: Page) -> BaseOxmlElement:
    """Return the code as a picture at a fixed place of the page."""
    inline = part.new_pic_inline(BytesIO(png(mark)), Pt(CODE), Pt(CODE))
    inline.docPr.set("descr", mark)
    left, top = Pt(LEFT + on.text_width - CODE), Pt(on.height - CODE_FOOT - CODE)
    anchor: BaseOxmlElement = parse_xml(
        f"""<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2"
            behindDoc="0" locked="1" layoutInCell="0" allowOverlap="1">
          <wp:simplePos x="0" y="0"/>
          <wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>
          <wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>
        </wp:anchor>"""
    )
    extent, *rest = list(inline)
    anchor.append(extent)
    anchor.append(parse_xml(f"<wp:wrapNone {nsdecls('wp')}/>"))
    anchor.extend(rest)
    return anchor
