"""Bound files, Word files and previews; beside them what an office would do otherwise: a template and LibreOffice."""

import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Outcome, Stage
from mediator.forms.case_file.agreement import AGREEMENT
from mediator.paper import docx as word
from mediator.paper import pdf, text
from mediator.paper.blocks import Paper
from mediator.services import cases, dossier, papers
from mediator.services.demo import LOGIN, PASSWORD
from mediator.store.folder import Folder, open_folder
from tests.bench.clock import Line, p95, timed

RUNS, MANY = 20, 60
TODAY = date(2026, 11, 1)


def files(folder: Folder) -> Iterator[Line]:
    """Whole files of closed cases, one by one and in a batch; nothing of it is kept."""
    with _open(folder) as session:
        ids = _closed(session, RUNS + MANY)
        one = ids[:RUNS]
        for case_id in ids:
            case = cases.load(session, case_id)
            papers.issue_all(session, case, papers.chosen(session, []), by="", today=TODAY)
        dossier.write(session, cases.load(session, one[0]), today=TODAY)
        times = [timed(partial(_bind, session, case_id)) for case_id in one]
        sets = [[papers.kept(p) for p in papers.newest(cases.load(session, case_id))] for case_id in one]
        bare = [timed(partial(pdf.write_all, papers_)) for papers_ in sets]
        count = sum(map(len, sets)) / len(sets)
        yield Line(f"a whole file of {count:.0f} papers (p95 of {RUNS})", p95(times), p95(bare), 1500)
        session.expunge_all()
        before = _memory()
        whole = timed(lambda: [None for _ in dossier.each(session, ids[RUNS:], today=TODAY)])
        yield Line(f"{MANY} files in a batch, each", whole / MANY, p95(bare))
        yield Line(f"memory added by {MANY} files", _memory() - before, before, unit="MB")


def word_files(folder: Folder) -> Iterator[Line]:
    """An agreement for Word, its first preview, and the same by a template and LibreOffice."""
    with _open(folder) as session:
        wanted = select(Case.id).where(Case.outcome == Outcome.WRITTEN).limit(RUNS)
        drafts = [
            papers.draft(session, cases.load(session, i), AGREEMENT, None, today=TODAY)
            for i in session.scalars(wanted)
        ]
    word.write(drafts[0])
    times = [timed(partial(word.write, paper)) for paper in drafts]
    bare = [timed(partial(_plain_word, paper)) for paper in drafts]
    yield Line(f"an agreement as DOCX (p95 of {RUNS})", p95(times), p95(bare), 150)
    shown = [timed(partial(_preview, paper)) for paper in drafts]
    yield Line(f"an agreement set and its first page shown (p95 of {RUNS})", p95(shown), p95(bare), 500)
    if shutil.which("soffice"):
        other = timed(partial(_by_template, drafts[0]))
        yield Line(
            "an agreement as PDF, beside template and LibreOffice",
            timed(partial(pdf.write, drafts[0])),
            other,
        )


@contextmanager
def _open(folder: Folder) -> Iterator[Session]:
    engine = open_folder(folder, LOGIN, PASSWORD)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def _closed(session: Session, count: int) -> list[int]:
    wanted = select(Case.id).where(Case.stage == Stage.CLOSED, Case.outcome == Outcome.WRITTEN)
    return list(session.scalars(wanted.order_by(Case.id).limit(count)))


def _bind(session: Session, case_id: int) -> None:
    session.expire_all()
    dossier.write(session, cases.load(session, case_id), today=TODAY)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _plain_word(paper: Paper) -> None:
    draft = docx.Document()
    for line in text.write(paper).splitlines():
        draft.add_paragraph(line)
    draft.save(BytesIO())


def _preview(paper: Paper) -> None:
    with pypdfium2.PdfDocument(pdf.write(paper)) as document:
        document[0].render(scale=1.5)


def _by_template(paper: Paper) -> None:
    """What an office would do otherwise: fill a Word template with the same words and have LibreOffice make the PDF."""
    from docxtpl import DocxTemplate

    with tempfile.TemporaryDirectory() as place:
        template = Path(place, "template.docx")
        draft = docx.Document()
        draft.add_paragraph("{%p for line in lines %}")
        draft.add_paragraph("{{ line }}")
        draft.add_paragraph("{%p endfor %}")
        draft.save(str(template))
        filled = DocxTemplate(template)
        filled.render({"lines": text.write(paper).splitlines()}, autoescape=True)
        filled.save(Path(place, "filled.docx"))
        order = [
            "soffice",
            f"-env:UserInstallation=file://{place}/profile",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        subprocess.run([*order, "--outdir", place, f"{place}/filled.docx"], check=True, capture_output=True)
