"""Papers written as files (输出文书): PDF to be seen and printed, DOCX for Word or WPS."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.errors import Refusal
from mediator.domain.papers import IssuedPaper
from mediator.domain.people import Party
from mediator.forms.register import by_code
from mediator.paper import media, text
from mediator.paper.blocks import Paper, Picture
from mediator.paper.foot import Foot, mark_of, read_mark
from mediator.services import materials, papers, sensitive

PDFIUM = media.PDFIUM
"""Held by whoever calls pdfium, which is not made for several threads."""


@dataclass(frozen=True)
class Printout:
    """A paper with all it takes to print it."""

    paper: Paper
    digest: str = ""
    """SHA-256 of its words once it is issued; empty for a draft or a blank form."""
    draft: bool = False
    pictures: dict[str, bytes] = field(default_factory=dict)
    """The pictures on it by their digest."""

    @property
    def foot(self) -> Foot:
        """What is added in its foot: the mark of an issued paper, or the word that it is a draft."""
        return Foot(mark_of(self.paper.number, self.digest) if self.digest else "", self.draft)


def of_issued(session: Session, issued: IssuedPaper) -> Printout:
    """An issued paper, with its mark at the foot.

    Refusal if it is a register (登记簿) that names people of a case hidden from the person at work: what left the house is
    shown as it was or not at all.
    """
    paper = papers.kept(issued)
    if issued.case_id is None and by_code(issued.form).among is not None:
        _check_names(session, paper)
    return of_paper(session, paper, digest=issued.digest)


def _check_names(session: Session, paper: Paper) -> None:
    drawn = sensitive.veil(session)
    if drawn is None:
        return
    words = text.write(paper)
    rows = session.execute(
        select(Case.number, Party.name).join(Party, Party.case_id == Case.id).where(drawn.hides)
    )
    if any(number in words and name and name in words for number, name in rows):
        raise Refusal(
            f"《{paper.title}》里有您看不到的案件的姓名，不能打开；请负责人打开，或自己重新出具一份：看不到的姓名会遮住。"
        )


def of_paper(session: Session, paper: Paper, *, digest: str = "", draft: bool = False) -> Printout:
    """A paper with its pictures; one whose bytes are gone is left out, and room is left for the original."""
    wanted = [block.digest for block in paper.blocks if isinstance(block, Picture)]
    return Printout(paper, digest, draft, materials.found(session, wanted))


def as_pdf(made: list[Printout]) -> bytes:
    """Papers one after another in one PDF; Refusal if this machine has no Chinese font at all."""
    from mediator.paper import pdf
    from mediator.paper.fonts import NoFontError

    try:
        pictures = {digest: data for one in made for digest, data in one.pictures.items()}
        return pdf.write_all([one.paper for one in made], pictures.get, [one.foot for one in made])
    except NoFontError as error:
        raise Refusal(str(error)) from None


def as_docx(made: Printout) -> bytes:
    """One paper for Word or WPS; Refusal if this machine has no Chinese font at all."""
    from mediator.paper import docx
    from mediator.paper.fonts import NoFontError

    try:
        return docx.write(made.paper, made.pictures.get, made.foot)
    except NoFontError as error:
        raise Refusal(str(error)) from None


def checked(session: Session, mark: str) -> IssuedPaper:
    """The issued paper whose code (二维码) was read, of several with the same words the last one that is not void.

    Refusal if the code is none of ours or no such paper left here.
    """
    read = read_mark(mark)
    if read is None:
        raise Refusal("这不是本程序文书上的二维码，请对准文书右下角的码再扫一次。")
    same = select(IssuedPaper).where(IssuedPaper.digest == read[1])
    issued = session.scalars(same.order_by(IssuedPaper.void_reason != "", IssuedPaper.id.desc())).first()
    if issued is None:
        raise Refusal(f"本单位没有出具过这份文书（编号 {read[0] or '空'}），它可能是别处出的，或内容被改过。")
    if issued.case is not None:
        sensitive.check(session, issued.case)
    return issued


def unprintable(paper: Paper) -> list[str]:
    """Characters of a paper that no font on this machine has; room is left to write them by hand."""
    from mediator.paper import fonts, text

    return fonts.missing(text.write(paper))


def file_name(number: str, title: str, place: int, suffix: str) -> str:
    """A file name for a paper: number of the case, title, and a running number where there are several."""
    several = f"-{place}" if place else ""
    stem = "-".join(words for words in (number[:60], title[:60]) if words)
    plain = "".join("_" if c in '\\/:*?"<>|' else c for c in f"{stem}{several}")
    return f"{plain}.{suffix}"
