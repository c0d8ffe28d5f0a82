"""更正单: what a correction reports of a closed period, both figures beside one another, to be signed and sealed."""

from mediator.domain.amounts import yuan
from mediator.domain.calendar import in_words
from mediator.domain.figures import Closing
from mediator.domain.periods import days
from mediator.domain.wording import unended
from mediator.paper.blocks import Align, Block, Listing, Note, Paper, Para, Seal, Signature, Signatures, Title
from mediator.services import closings
from mediator.services.closing_chain import called, notes_of
from mediator.services.closings import Difference
from mediator.services.frozen import frozen, is_zero
from mediator.tallies.table import Unit

TITLE = "统计数据更正单"
_HEAD = ("组别", "项目", "单位", "原报数", "更正数", "增减", "涉及案件", "更正原因")
_WIDTHS = (13, 18, 7, 14, 14, 13, 13, 20)
_ALIGN: tuple[Align, ...] = ("left", "left", "center", "right", "right", "right", "left", "left")
_SIGNERS = ("制表人", "审核人", "负责人")


def slip(before: Closing, after: Closing) -> Paper:
    """The slip of a correction: every item that changed with both figures, the difference and the reason."""
    was, now = frozen(before), frozen(after)
    changes = closings.between(before, after)
    rows = tuple(_row(change, after.reason) for change in changes)
    body: list[Block] = [
        Title(TITLE),
        _line(f"填报单位：{now.reporter.name}"),
        _line(f"统计表：{now.table.title}（表式版本 {now.table.edition}，{now.basis.label}）"),
        _line(f"报告期：{days(now.since, now.until)}"),
        _line(f"{called(after)}，代替{in_words(before.closed_at.date())}{called(before)}的数字。"),
        Listing(_HEAD, rows, _WIDTHS, _ALIGN),
        Para(f"更正原因：{unended(after.reason)}。"),
    ]
    if any(change.heading.unit is Unit.FEN for change in changes):
        body.append(Note("金额按元列出，统计表里折成万元。"))
    if is_zero(was) or is_zero(now):
        body.append(Note(f"原报{_zero(is_zero(was))}，更正后{_zero(is_zero(now))}。"))
    body += [Note(f"核实说明：{words}——{unended(note)}。") for words, note in notes_of(after).items()]
    body += [
        Note(f"校验值：原报 {before.digest[:16]}，更正后 {after.digest[:16]}。"),
        Signatures(tuple(Signature(role) for role in _SIGNERS)),
        Seal(now.reporter.name, in_words(after.closed_at.date())),
    ]
    return Paper(f"correction-{after.table}", TITLE, tuple(body), "", now.reporter.name)


def _line(words: str) -> Para:
    return Para(words, align="left", indent=False)


def _row(change: Difference, reason: str) -> tuple[str, ...]:
    unit = change.heading.unit
    shown = yuan if unit is Unit.FEN else str
    sign = "+" if change.now > change.was else "-" if change.now < change.was else ""
    return (
        change.heading.group,
        change.label,
        "元" if unit is Unit.FEN else unit.value,
        shown(change.was),
        shown(change.now),
        sign + shown(abs(change.now - change.was)),
        _cases(change),
        _reason(reason, change.heading.label),
    )


def _cases(change: Difference) -> str:
    """How many cases are counted no more, and how many have come."""
    counts = (("减少", len(change.gone)), ("增加", len(change.come)))
    return "，".join(f"{words} {count} 件" for words, count in counts if count)


def _reason(reason: str, label: str) -> str:
    """Why this item changed: the line of the reason that begins with its name, else what is said of all of them."""
    for line in reason.splitlines():
        item, colon, words = line.partition("：")
        if colon and item.strip() == label and words.strip():
            return words.strip()
    return "见更正原因"


def _zero(zero: bool) -> str:
    return "为零报告" if zero else "有数"
