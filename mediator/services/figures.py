"""Figures (统计): a table counted for a period, the cases behind a number, and the table as a file."""

import json
from datetime import date

from sqlalchemy.orm import Session

from mediator.domain.calendar import in_words
from mediator.domain.codes import Basis
from mediator.domain.errors import Refusal
from mediator.paper.blocks import Block, Listing, Note, Paper, Para, Signature, Signatures, Title
from mediator.services import listing, offices
from mediator.tallies import count as counting
from mediator.tallies import shape
from mediator.tallies.table import Table
from mediator.tallies.tally import Tally

SUFFIXES = ("xlsx", "pdf", "docx", "json", "csv")


def count(session: Session, table: Table, since: date, until: date) -> Tally:
    """Count a table for this office, by the day the office chose (口径)."""
    return counting.count(session, table, offices.own(session).basis, since, until)


def behind(
    session: Session, table: Table, column: str, basis: Basis, since: date, until: date, *, limit: int = 1000
) -> list[listing.Row]:
    """The cases behind a number, by the same expression that counted them."""
    ids = session.scalars(counting.drill(table, column, basis, since, until).limit(limit)).all()
    return listing.of_ids(session, ids)


def write(tally: Tally, suffix: str) -> bytes:
    """The table as a file of the kind named by its suffix."""
    from mediator.exchange import spreadsheet
    from mediator.services.papers import as_docx, as_pdf

    if suffix == "xlsx":
        return spreadsheet.xlsx(tally)
    if suffix == "csv":
        return spreadsheet.csv_text(tally)
    if suffix == "json":
        return json.dumps(shape.to_json(tally), ensure_ascii=False, indent=1).encode()
    if suffix == "pdf":
        return as_pdf([as_paper(tally)])
    if suffix == "docx":
        return as_docx(as_paper(tally))
    raise Refusal(f"不能存成 .{suffix[:20]} 文件，请用 {'、'.join(SUFFIXES)} 之一。")


def as_paper(tally: Tally) -> Paper:
    """The table as a paper to be signed and sealed, every figure with its definition (口径)."""
    rows = tuple(
        (h.group, h.label, h.shown(tally.values[h.name]), h.unit.shown, tally.definition(h))
        for h in tally.headings
    )
    body: list[Block] = [
        Title(tally.table.title),
        Para(f"填报单位：{tally.reporter.name}", align="left", indent=False),
        Para(f"报告期：{tally.period}（表式版本 {tally.table.edition}）", align="left", indent=False),
        Listing(
            ("组别", "项目", "数量", "单位", "口径"),
            rows,
            (16, 22, 14, 9, 39),
            ("left", "left", "right", "center", "left"),
        ),
        *(Note(f"核对：{check.words}（{check.verdict.label}）。") for check in tally.checks()),
        Signatures((Signature("制表人"), Signature("审核人"), Signature("负责人（签字并盖章）"))),
    ]
    return Paper(f"tally-{tally.table.code}", tally.table.title, tuple(body), "", tally.reporter.name)


def month_before(today: date) -> tuple[date, date]:
    """The last whole month before a day: what is usually reported."""
    until = date.fromordinal(today.replace(day=1).toordinal() - 1)
    return until.replace(day=1), until


def file_name(tally: Tally, suffix: str) -> str:
    """A file name for a table: what, and for when."""
    return f"{tally.table.title}-{in_words(tally.since)}至{in_words(tally.until)}.{suffix}"
