"""mediator case: one dispute (案件) shown, found, entered, or taken a step further."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.command import Command, Given, period
from mediator.commands.parser import Parser
from mediator.domain.codes import Stage
from mediator.domain.errors import Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from mediator.services.listing import Row, Wanted


def stage(text: str) -> Stage:
    """A stage by its code or its Chinese name; Refusal if there is none."""
    text = text.strip()
    for entry in Stage:
        if text in (entry.value, entry.label):
            return entry
    known = "、".join(f"{entry.value}（{entry.label}）" for entry in Stage)
    raise Refusal(f"没有“{text[:30]}”这个阶段；可用的有：{known}。")


def _number(parser: Parser) -> None:
    parser.add_argument("number", metavar="NUMBER", help="如 “（2026）滨江人调字第001号”")


def _show_options(parser: Parser) -> None:
    _number(parser)
    parser.add_argument(
        "--reason", default="", metavar="TEXT", help="敏感案件不是您的，确需查看时写明理由，会记入审计记录"
    )


def _list_options(parser: Parser) -> None:
    parser.add_argument("--stage", type=stage, metavar="STAGE", help="只列这个阶段的，写代码或名称")
    period(parser, required=False)
    parser.add_argument("--find", default="", metavar="TEXT", help="卷号、姓名、地点、事由里的任意几个字")


def _new_options(parser: Parser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="案件 JSON，与 case show --json 给出的相同")


def _advance_options(parser: Parser) -> None:
    _number(parser)
    parser.add_argument("stage", type=stage, metavar="STAGE", help="转到哪个阶段，写代码或名称")
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="FILE",
        help="JSON 文件：这一步的 on（日期）、outcome（结果）、reason（原因）和要补记的各项；"
        "不写 on 就按今天办，以后各步的日期不能比它早，补录以前的案件请每一步都写 on",
    )  # fmt: skip


def _show(given: Given) -> int:
    from mediator.commands import case_words, data, say
    from mediator.services import cases, documents, sensitive

    with data.at_work(given) as session:
        case = sensitive.opened(session, given.reason, lambda: cases.get(session, given.number))
        document = documents.as_document(case)
        lines = case_words.lines(case)
    warnings = cases.doubts(case, date.today())
    _warn(given, warnings)
    say.say(given, {**document, "warnings": warnings}, lines)
    return 0


def _list(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import searching
    from mediator.services.listing import Wanted

    if given.since and given.until and given.since > given.until:
        raise Refusal(f"开始日期 {given.since} 晚于结束日期 {given.until}，请改正。")
    wanted = Wanted(words=given.find, stage=given.stage, since=given.since, until=given.until)
    with data.at_work(given) as session:
        searching.tell(session, wanted)
        rows = list(_pages(session, wanted))
    say.say(given, {"cases": [row_document(row) for row in rows]}, map(row_line, rows))
    return 0


def _new(given: Given) -> int:
    from mediator.commands import data, files, say
    from mediator.services import cases, documents

    raw = files.read_json(given.file)
    raw.pop("warnings", None)
    with data.at_work(given) as session:
        case = documents.register(session, raw, by=data.who(session, given), today=date.today())
        warnings = cases.doubts(case, date.today())
    _warn(given, warnings)
    say.say(given, {"number": case.number, "warnings": warnings}, [case.number])
    return 0


def _advance(given: Given) -> int:
    from mediator.commands import data, files, say
    from mediator.services import cases, documents

    raw = files.read_json(given.file) if given.file else {}
    with data.at_work(given) as session:
        case = cases.get(session, given.number)
        by = data.who(session, given)
        documents.advance(session, case, given.stage, raw, by=by, today=date.today())
        warnings = cases.doubts(case, date.today())
    _warn(given, warnings)
    document = {"number": case.number, "stage": case.stage.value, "warnings": warnings}
    say.say(given, document, [f"{case.number} 已转到“{case.stage.label}”。"])
    return 0


def row_document(row: "Row") -> dict[str, str | None]:
    """A case in a list, as JSON."""
    return {
        "number": row.number,
        "registered_on": row.registered_on.isoformat(),
        "applicants": row.applicants,
        "respondents": row.respondents,
        "kind": row.kind and row.kind.value,
        "stage": row.stage.value,
        "outcome": row.outcome and row.outcome.value,
        "due_on": row.due_on and row.due_on.isoformat(),
    }


def row_line(row: "Row") -> str:
    """A case in a list: number, day, parties, kind, stage, with tabs between."""
    parties = " / ".join(names for names in (row.applicants, row.respondents) if names)
    kind = row.kind.label if row.kind else ""
    return "\t".join((row.number, row.registered_on.isoformat(), parties, kind, row.stage.label))


def _pages(session: "Session", wanted: "Wanted") -> "Iterator[Row]":
    from mediator.services import listing

    rows = listing.find(session, wanted, limit=1000)
    while rows:
        yield from rows
        rows = listing.find(session, wanted, before=rows[-1].id, limit=1000)


def _warn(given: Given, warnings: list[str]) -> None:
    from mediator.commands import say

    if not given.json:
        for words in warnings:
            say.warn(words)


CASE = Command(
    "case",
    "案件：查看、查找、登记、办理",
    parts=(
        Command("show", "显示一个案件的全部内容", _show, _show_options),
        Command("list", "列出案件，新的在前，一件一行", _list, _list_options),
        Command("new", "按 JSON 文件登记一个案件，给出卷号", _new, _new_options),
        Command("advance", "把案件转到下一个阶段", _advance, _advance_options),
    ),
)
