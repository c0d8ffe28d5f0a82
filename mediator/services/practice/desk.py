"""Papers on the desk (练习文书): for some practice cases what the file should have is issued, signed and laid to it."""

import struct
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import MaterialKind, Stage
from mediator.domain.errors import Refusal
from mediator.services import cases, materials, papers, signing

EACH = 2
"""Cases of each stage."""
_HOUR = time(10, 0)
_WIDE, _HIGH = 480, 320


def lay_out(session: Session, by: str, until: date) -> None:
    """Issue papers for the newest cases of each stage, as of the last day of the practice data."""
    for case_id in _chosen(session):
        case = cases.load(session, case_id)
        try:
            papers.issue_all(session, case, papers.chosen(session, []), by=by, today=until)
        except Refusal:  # nothing can be issued yet
            continue
        if case.stage in (Stage.PERFORMED, Stage.REVISITED, Stage.CLOSED):
            _sign(session, case, by, until)
        materials.add(
            session, case, materials.admit(_photo(case_id), "现场照片.png"), MaterialKind.EVIDENCE, by=by, caption="现场照片",
            reason="补记",
        )  # fmt: skip
        _date(case, datetime.combine(until, _HOUR))
        session.flush()


def _chosen(session: Session) -> Iterator[int]:
    for stage in Stage:
        if stage is not Stage.ARCHIVED:
            newest = select(Case.id).where(Case.stage == stage).order_by(Case.id.desc()).limit(EACH)
            yield from session.scalars(newest)


def _sign(session: Session, case: Case, by: str, until: date) -> None:
    for paper in papers.newest(case):
        numbers = [place.number for place in signing.places(paper)]
        signing.sign(
            session, case, paper, numbers, min(case.concluded_on or until, until), by=by, today=until
        )


def _date(case: Case, at: datetime) -> None:
    """Put everything on the last day of the practice data: the same seed gives the same folder."""
    case.changed_at = at
    for paper in case.papers:
        paper.issued_at = at
    for kept in case.particulars:
        kept.changed_at = at
    for material in case.materials:
        material.added_at = at
    for event in case.events:
        event.at = min(event.at, at)


def _photo(seed: int) -> bytes:
    """A small picture in one colour running into another, as PNG."""
    red, green = 40 + seed * 53 % 150, 60 + seed * 31 % 120
    row = b"".join(bytes((red, green, 90 + x * 120 // _WIDE)) for x in range(_WIDE))
    head = struct.pack(">IIBBBBB", _WIDE, _HIGH, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress((b"\0" + row) * _HIGH, 9)), (b"IEND", b""))
    chunks = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
