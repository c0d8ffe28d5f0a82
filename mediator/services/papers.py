"""Papers (文书): laid out from the case, kept as issued, written as PDF or DOCX."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import EventKind
from mediator.domain.errors import Missing, Refusal
from mediator.domain.records import IssuedPaper
from mediator.forms.form import Form, Sheet, gaps, lay, subjects
from mediator.forms.register import FORMS, by_code
from mediator.paper import blocks
from mediator.paper.blocks import Paper
from mediator.services.cases import event, guard, touch
from mediator.services.offices import own

DOSSIER = "dossier"
"""Asks for every paper of the case in one file, in the order of the bound file (卷宗)."""


def sheet(session: Session, case: Case, subject: object | None, today: date) -> Sheet:
    """What a paper of this case is made of."""
    return Sheet(case, own(session), today, subject)


def draft(session: Session, case: Case, form: Form, subject: object | None, *, today: date) -> Paper:
    """The paper as it would be issued now; gaps are left as room to write."""
    return lay(form, sheet(session, case, subject, today))


def issue(
    session: Session, case: Case, form: Form, subject: object | None, *, by: str, today: date
) -> IssuedPaper:
    """Issue a paper and keep its words; the same words again are the same paper. Missing names what lacks."""
    made = sheet(session, case, subject, today)
    lacking = gaps(form, made)
    if lacking:
        raise Missing(f"{case.number} 的《{form.title}》还不能出具", lacking)
    kept = blocks.dumps(lay(form, made))
    digest = hashlib.sha256(kept.encode()).hexdigest()
    for issued in case.papers:
        if issued.digest == digest:
            return issued
    guard(case, "出具文书")
    issued = IssuedPaper(
        form=form.code, subject_id=getattr(subject, "id", None), number=case.number,
        issued_at=datetime.now().replace(microsecond=0), issued_by=by, blocks=kept, digest=digest,
    )  # fmt: skip
    case.papers.append(issued)
    case.events.append(event(EventKind.ISSUED, by, detail=form.title))
    touch(session, case)
    return issued


def kept(issued: IssuedPaper) -> Paper:
    """An issued paper with the words it left the house with."""
    return blocks.loads(issued.blocks)


def possible(session: Session, case: Case, today: date) -> list[tuple[Form, object | None, list[str]]]:
    """Every paper this case may have: the form, what it is about, and what it still lacks."""
    return [
        (form, subject, gaps(form, sheet(session, case, subject, today)))
        for form in FORMS
        for subject in subjects(form, case)
    ]


def chosen(codes: Iterable[str]) -> list[Form]:
    """The forms of the codes; all of them where none is named."""
    named = [code for code in codes if code != DOSSIER]
    return [by_code(code) for code in named] or list(FORMS)


def as_pdf(papers: list[Paper]) -> bytes:
    """Papers one after another in one PDF; Refusal if this machine has no Chinese font at all."""
    from mediator.paper import pdf
    from mediator.paper.fonts import NoFontError

    try:
        return pdf.write_all(papers)
    except NoFontError as error:
        raise Refusal(str(error)) from None


def as_docx(paper: Paper) -> bytes:
    """One paper for Word or WPS; Refusal if this machine has no Chinese font at all."""
    from mediator.paper import docx
    from mediator.paper.fonts import NoFontError

    try:
        return docx.write(paper)
    except NoFontError as error:
        raise Refusal(str(error)) from None


def unprintable(paper: Paper) -> list[str]:
    """Characters of a paper that no font on this machine has; room is left to write them by hand."""
    from mediator.paper import fonts, text

    return fonts.missing(text.write(paper))


def file_name(case: Case, title: str, number: int, suffix: str) -> str:
    """A file name for a paper: number of the case, title, and a running number where there are several."""
    several = f"-{number}" if number else ""
    plain = "".join("_" if c in '\\/:*?"<>|' else c for c in f"{case.number}-{title}{several}")
    return f"{plain}.{suffix}"


def issue_all(session: Session, case: Case, forms: list[Form], *, by: str, today: date) -> list[IssuedPaper]:
    """Issue every paper of these forms that lacks nothing; Refusal if there is none."""
    wanted = [entry for entry in possible(session, case, today) if entry[0] in forms]
    ready = [(form, subject) for form, subject, lacking in wanted if not lacking]
    if not ready:
        lacking = sorted({gap for _form, _subject, gaps_ in wanted for gap in gaps_})
        raise (
            Missing(f"{case.number} 现在还没有可以出具的文书", lacking)
            if lacking
            else Refusal("没有这样的文书。")
        )
    return [issue(session, case, form, subject, by=by, today=today) for form, subject in ready]
