"""An agreement as PDF, beside a plain page of the same words."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from io import BytesIO
from random import Random

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Outcome
from mediator.forms.case_file.agreement import AGREEMENT
from mediator.paper import fonts, pdf, text
from mediator.paper.blocks import Paper
from mediator.services import cases, papers
from mediator.services.demo import LOGIN, PASSWORD
from mediator.store.folder import Folder, open_folder
from tests.bench.clock import Line, p95, timed

RUNS = 40
TODAY = date(2026, 11, 1)


def agreements(folder: Folder) -> Iterator[Line]:
    """Written agreements of all sizes, laid out and set."""
    engine = open_folder(folder, LOGIN, PASSWORD)
    with Session(engine) as session:
        written = session.scalars(select(Case.id).where(Case.outcome == Outcome.WRITTEN)).all()
        drafts = [
            papers.draft(session, cases.load(session, case_id), AGREEMENT, None, today=TODAY)
            for case_id in Random(3).sample(written, RUNS)
        ]
    engine.dispose()
    pdf.write(drafts[0])
    registerFont(TTFont("plain", fonts.chain("仿宋").fonts[0].path))
    times = [timed(partial(pdf.write, paper)) for paper in drafts]
    bare = [timed(partial(_plain, paper)) for paper in drafts]
    yield Line(f"an agreement as PDF (p95 of {RUNS})", p95(times), p95(bare))


def _plain(paper: Paper) -> None:
    canvas = Canvas(BytesIO())
    for page in _pages(text.write(paper).splitlines()):
        canvas.setFont("plain", 14)
        for number, line in enumerate(page):
            canvas.drawString(60, 780 - 24 * number, line)
        canvas.showPage()
    canvas.save()


def _pages(lines: list[str]) -> Iterator[list[str]]:
    short = [line[start : start + 32] for line in lines for start in range(0, max(1, len(line)), 32)]
    for start in range(0, len(short), 30):
        yield short[start : start + 30]
