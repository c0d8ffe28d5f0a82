"""更正单: what a correction reports of a closed period, both figures beside one another, to be signed and sealed."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from mediator.domain.amounts import yuan
from mediator.domain.calendar import in_words
from mediator.domain.figures import Closing
from mediator.domain.periods import days
from mediator.domain.wording import unended
from mediator.paper.blocks import Align, Block, Listing, Note, Paper, Para, Seal, Signature, Signatures, Title
from mediator.paper.styles import UPRIGHT
from mediator.services import closings
from mediator.services.closing_chain import called, check_code, notes_of
from mediator.services.closings import Difference
from mediator.services.correction_cases import cases_in_words
from mediator.services.frozen import frozen
from mediator.services.table_room import fits
from mediator.tallies.table import Unit
from mediator.tallies.tally import Tally

TITLE = "统计数据更正单"
_HEAD = ("组别", "项目", "单位", "原报数", "更正数", "增减")
_WIDTHS = (15.0, 27.0, 7.0, 14.0, 14.0, 14.0)
_ALIGN: tuple[Align, ...] = ("left", "left", "center", "right", "right", "right")
_SIGNERS = ("制表人", "审核人", "负责人")


def slip(session: Session, before: Closing, after: Closing) -> Paper:
    """The slip of a correction: every figure that changed with both values, why, and because of which cases."""
    was, now = frozen(before), frozen(after)
    changes = closings.between(session, before, after)
    table = _table([change for change in changes if change.was != change.now], after.reason)
    body: list[Block] = [
        Title(TITLE),
        _line(f"填报单位：{now.reporter.name}"),
        _line(f"统计表：{now.table.title}（表式版本 {now.table.edition}，{now.counted_by}）"),
        _line(f"报告期：{days(now.since, now.until)}"),
        _line(_instead(before, after)),
        *([table] if table else []),
        *(_line(words) for words in _why(after.reason, changes)),
        *(Note(words) for words in _remarks(was, now, changes)),
        *(Note(words) for words in cases_in_words(session, changes)),
        *(Note(f"核实说明：{words}——{unended(note)}。") for words, note in notes_of(after).items()),
        Note(f"校验值：原报 {before.digest[:16]}，更正后 {after.digest[:16]}。"),
        *([Note(check_code(after))] if check_code(after) else []),
        Signatures(tuple(Signature(role) for role in _SIGNERS), together=True),
        Seal(now.reporter.name, in_words(after.closed_at.date())),
    ]
    lying = table is not None and not fits(table, UPRIGHT.text_width)
    return Paper(f"correction-{after.table}", TITLE, tuple(body), "", now.reporter.name, lying=lying)


def _line(words: str) -> Para:
    return Para(words, align="left", indent=False)


def _instead(before: Closing, after: Closing) -> str:
    """Which closing it is, and of which one it takes the place."""
    day, was = in_words(after.closed_at.date()), in_words(before.closed_at.date())
    return f"{called(after)}，{day}由{after.closed_by}经手，代替{was}{called(before)}的数字。"


def _table(changes: Sequence[Difference], reason: str) -> Listing | None:
    """The figures that changed; a column of reasons only where they were written item by item."""
    if not changes:
        return None
    reasons = _reasons(reason, changes)
    rows = [_row(change) for change in changes]
    if not reasons:
        return Listing(_HEAD, tuple(rows), _WIDTHS, _ALIGN, small=True)
    told = [(*row, reasons.get(change.heading.label, "")) for row, change in zip(rows, changes, strict=True)]
    return Listing((*_HEAD, "更正原因"), tuple(told), (*_WIDTHS, 26.0), (*_ALIGN, "left"), small=True)


def _row(change: Difference) -> tuple[str, ...]:
    unit = change.heading.unit
    shown = yuan if unit is Unit.FEN else str
    sign = "+" if change.now > change.was else "-"
    return (
        change.heading.group,
        change.label,
        "元" if unit is Unit.FEN else unit.value,
        shown(change.was),
        shown(change.now),
        sign + shown(abs(change.now - change.was)),
    )


def _reasons(reason: str, changes: Sequence[Difference]) -> dict[str, str]:
    """By the name of an item why it changed: the line of the reason that begins with it."""
    labels = {change.heading.label for change in changes}
    parts = (line.partition("：") for line in reason.splitlines())
    return {
        item.strip(): words.strip() for item, _, words in parts if item.strip() in labels and words.strip()
    }


def _why(reason: str, changes: Sequence[Difference]) -> Iterator[str]:
    """The reason, without the lines that stand beside their items."""
    own = _reasons(reason, [change for change in changes if change.was != change.now])
    rest = [line.strip() for line in reason.splitlines() if line.partition("：")[0].strip() not in own]
    if words := unended("；".join(unended(line) for line in rest if line)):
        yield f"更正原因：{words}。"


def _remarks(was: Tally, now: Tally, changes: Sequence[Difference]) -> Iterator[str]:
    if any(change.heading.unit is Unit.FEN for change in changes):
        yield "金额按元列出，统计表里折成万元。"
    if was.is_zero or now.is_zero:
        yield f"原报{_zero(was)}，更正后{_zero(now)}。"
    if unmoved := sum(change.was == change.now for change in changes):
        yield f"另有 {unmoved} 项数字不变，背后的案件有增有减，见涉及案件。"


def _zero(tally: Tally) -> str:
    return "为零报告" if tally.is_zero else "有数"
