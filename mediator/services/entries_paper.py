"""审计记录清单: the entries that somebody looks for, as a paper."""

from sqlalchemy.orm import Session

from mediator.paper.blocks import Align, Listing, Note, Paper, Para, Signature, Signatures, Title
from mediator.services import checkpoints, entries, offices
from mediator.services.checkpoints import Checkpoint
from mediator.services.entries import Row, Wanted

TITLE = "审计记录清单"
MOST = 1000
"""Entries that are printed; more are for the export."""
_HEAD = ("编号", "时间", "经手人", "操作", "内容")
_WIDTHS = (13.0, 26.0, 19.0, 19.0, 67.0)
_ALIGN: tuple[Align, ...] = ("center", "center", "center", "center", "left")


def paper(session: Session, wanted: Wanted, most: int = MOST, point: Checkpoint | None = None) -> Paper:
    """The newest entries found as a paper, those up to a point where one is given; it says so if there are more."""
    office = offices.own(session)
    size, head = (point.size, point.head) if point else checkpoints.reached(session)
    found = entries.page(session, entries.look_for(session, wanted), size + 1, most + 1)
    shown = found[:most]
    count = f"最近的 {most} 条，以前的没有列出" if len(found) > most else f"共 {len(shown)} 条"
    code = checkpoints.printed(size, head)
    blocks = (
        Title(TITLE),
        Para(f"单位：{office.name}", align="left", indent=False),
        Para(f"范围：{wanted.words}；{count}。", align="left", indent=False),
        Listing(_HEAD, tuple(_line(row) for row in shown), _WIDTHS, _ALIGN)
        if shown
        else Para("没有符合条件的记录。"),
        *([Note(f"{code}。")] if code else []),
        Signatures((Signature("打印人"), Signature("核对人"))),
    )
    return Paper("audit", TITLE, blocks, "", office.name)


def _line(row: Row) -> tuple[str, ...]:
    at = f"{row.at:%Y-%m-%d}\n{row.at:%H:%M:%S}" + ("\n时钟可疑" if row.suspect else "")
    words = row.about + (f"；去向：{row.medium}" if row.medium else "")
    return str(row.id), at, row.by, row.action.label, words
