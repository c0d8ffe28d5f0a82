"""操作记录表: who did what to a case and when, to be printed and signed. It names fields and things, never what stood in them."""

from datetime import date

from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.calendar import in_words
from mediator.domain.case import Case
from mediator.paper.blocks import Align, Block, Listing, Note, Paper, Para, Seal, Signature, Signatures, Title
from mediator.services import checkpoints, offices, steps

TITLE = "操作记录表"
SIGNERS = ("制表人", "核对人")
_HEAD = ("序号", "时间", "经手人", "操作", "内容")
_WIDTHS = (12.0, 26.0, 19.0, 18.0, 69.0)
_ALIGN: tuple[Align, ...] = ("center", "center", "center", "center", "left")


def paper(session: Session, case: Case, today: date | None = None) -> Paper:
    """The paper of one case, the oldest step first."""
    office = offices.own(session)
    size, head = checkpoints.reached(session)
    steps_done = [entry for entry in reversed(steps.of_case(session, case.id)) if entry.id <= size]
    number = case.number or "未编号"
    count = f"到{in_words(today or date.today())}为止，共 {len(steps_done)} 条。"
    code = checkpoints.printed(size, head)
    blocks: list[Block] = [
        Title(TITLE),
        Para(f"单位：{office.name}", align="left", indent=False),
        Para(f"卷号：{number}", align="left", indent=False),
        Para(count, align="left", indent=False),
        Listing(_HEAD, tuple(_line(n, entry) for n, entry in enumerate(steps_done, 1)), _WIDTHS, _ALIGN),
        Note("本表按审计记录列出，只写改了哪些项目，不写改前改后的内容。"),
        *([Note(f"{code}（用“设置—审计”里的“核对”可以验证）。")] if code else []),
        Signatures(tuple(Signature(role) for role in SIGNERS)),
        Seal(office.name, "　　　　年　　月　　日"),
    ]
    return Paper("timeline", TITLE, tuple(blocks), case.number, office.name)


def told(entry: Entry) -> str:
    """What was done, with the reason if one was given."""
    return steps.in_words(entry) + (f"。原因：{entry.reason}" if entry.reason else "")


def _line(number: int, entry: Entry) -> tuple[str, ...]:
    at = f"{entry.at:%Y-%m-%d}\n{entry.at:%H:%M}" + ("\n时钟可疑" if entry.clock_suspect else "")
    return str(number), at, entry.by, entry.action.label, told(entry)
