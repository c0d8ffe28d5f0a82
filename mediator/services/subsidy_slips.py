"""更正单 of an account of pay per case: every case that is paid otherwise, with both amounts."""

from mediator.domain.amounts import yuan
from mediator.domain.calendar import in_words
from mediator.domain.figures import Closing
from mediator.domain.periods import days
from mediator.domain.wording import unended
from mediator.paper.blocks import Block, Listing, Note, Paper, Para, Seal, Signature, Signatures, Title
from mediator.services import subsidy_closings
from mediator.services.closing_chain import called, check_code, notes_of
from mediator.services.subsidies import TITLE as ACCOUNT
from mediator.services.subsidies import Entry
from mediator.services.subsidy_closings import Change

TITLE = "以案定补更正单"
_HEAD = ("卷号", "原核算", "更正后", "原补贴（元）", "更正后补贴（元）", "增减（元）")


def slip(before: Closing, after: Closing) -> Paper:
    """The slip of a correction, to be signed and sealed."""
    was, now = subsidy_closings.frozen(before), subsidy_closings.frozen(after)
    changes = subsidy_closings.between(was, now)
    rows = [_row(change) for change in changes]
    rows.append(("合计", "", "", yuan(was.amount), yuan(now.amount), _signed(now.amount - was.amount)))
    body: list[Block] = [
        Title(TITLE),
        Para(f"填报单位：{now.office}", align="left", indent=False),
        Para(f"核算表：{ACCOUNT}，核算期：{days(now.since, now.until)}", align="left", indent=False),
        Para(f"{called(after)}，代替{in_words(before.closed_at.date())}{called(before)}的金额。"),
        Listing(
            _HEAD, tuple(rows), (26, 24, 24, 14, 14, 14), ("left", "left", "left", "right", "right", "right")
        ),
        Para(f"更正原因：{unended(after.reason)}。"),
        *(Note(f"核实说明：{words}——{unended(note)}。") for words, note in notes_of(after).items()),
        Note(f"校验值：原报 {before.digest[:16]}，更正后 {after.digest[:16]}。"),
        *([Note(check_code(after))] if check_code(after) else []),
        Signatures(tuple(Signature(role) for role in ("核算人", "审核人", "负责人"))),
        Seal(now.office, in_words(after.closed_at.date())),
    ]
    return Paper("correction-subsidy", TITLE, tuple(body), "", now.office)


def _row(change: Change) -> tuple[str, ...]:
    was, now = (entry.amount if entry else 0 for entry in (change.was, change.now))
    told = (_told(change.was), _told(change.now))
    return change.entry.number, *told, yuan(was), yuan(now), _signed(now - was)


def _told(entry: Entry | None) -> str:
    return f"{entry.mediator}，{entry.level.label}，{entry.result}" if entry else "没有计入"


def _signed(fen: int) -> str:
    return f"{'+' if fen > 0 else '-' if fen < 0 else ''}{yuan(abs(fen))}"
