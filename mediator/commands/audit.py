"""mediator audit: the chain of audit entries (审计记录) checked, taken out, listed."""

from typing import TYPE_CHECKING, Any

from mediator.commands.command import Command, Given, period, target
from mediator.commands.parser import Parser, whole
from mediator.domain.errors import Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from mediator.services.checkpoints import Passing
    from mediator.services.entries import Row, Wanted


def _verify_options(parser: Parser) -> None:
    parser.add_argument(
        "--since", type=whole, metavar="N", default=1, help="从第几条核对起，不写则从第一条起"
    )
    parser.add_argument(
        "--passes", action="append", default=[], metavar="CODE|FILE",
        help="再核对现在的记录是否经过以前的检查点：纸上的校验码（可以连“第几条”一起写），或 checkpoint.json、备份里的 manifest.json",
    )  # fmt: skip


def _list_options(parser: Parser) -> None:
    period(parser, required=False)
    parser.add_argument("--by", metavar="NAME", default="", help="只列这位经手人的")
    parser.add_argument("--action", metavar="CODE", help="只列这种操作，写代码，如 printed")
    parser.add_argument("--case", metavar="NUMBER", default="", help="只列这个卷号的")
    parser.add_argument(
        "--limit", type=whole, metavar="N", default=1000, help="最多列几条，最新的在前；不写则 1000"
    )


def _export_options(parser: Parser) -> None:
    target(parser, "写到哪个文件夹，要已经在那里；在里面新建一个", required=True)


def _verify(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import audit, checkpoints

    with data.at_work(given) as session:
        found = audit.verify(session, given.since)
        passed = [_passing(session, word) for word in given.passes]
        code = checkpoints.short(session)
        audit.checked(session, found)
    document = {
        "since": found.since, "until": found.until, "broken": found.broken, "destroyed": found.destroyed,
        "words": found.words, "code": code, "passes": [{"holds": p.holds, "words": p.words} for p in passed],
    }  # fmt: skip
    say.say(given, document, [found.words, *(p.words for p in passed), f"现在的校验码：{code}"])
    if found.wrong or not all(p.holds for p in passed):
        raise Refusal("审计记录没有通过核对；请保留现在的数据，和以前的备份比较。")
    return 0


def _passing(session: "Session", word: str) -> "Passing":
    from pathlib import Path

    from mediator.services import checkpoints

    if Path(word).is_file():
        return checkpoints.passing(session, checkpoints.read(Path(word)))
    return checkpoints.passing_short(session, word)


def _export(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.domain.roles import Power
    from mediator.services import access, audit_export, checkpoints
    from mediator.services.transaction import transaction

    with data.opened(given) as engine:
        by = data.person(engine, given)
        with transaction(engine, by) as session:
            access.need(session, Power.AUDIT)
            point = checkpoints.checkpoint(session)
        with transaction(engine, by) as session:
            folder = audit_export.export(session, point, given.to)
    say.warn("导出的文件没有加密，里面有工作人员的姓名、卷号和写下的原因，请妥善保管。")
    say.say(
        given,
        {"to": str(folder), "checkpoint": point.document},
        [f"已导出到“{folder}”，共 {point.size} 条。"],
    )
    return 0


def _list(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import entries
    from mediator.services.transaction import reading

    wanted = _wanted(given)
    with data.opened(given) as engine, reading(engine, data.person(engine, given)) as session:
        rows = entries.page(session, entries.look_for(session, wanted), limit=given.limit)
    say.say(given, {"entries": [_document(row) for row in rows]}, map(_line, rows))
    return 0


def _wanted(given: Given) -> "Wanted":
    from mediator.domain.codes import Action
    from mediator.services.entries import Wanted

    known = {code for action in Action for code in (action.value, action.label)}
    if given.action and given.action not in known:
        raise Refusal(f"没有“{given.action[:20]}”这种操作，可选的有：{'、'.join(a.value for a in Action)}。")
    action = next((a for a in Action if given.action in (a.value, a.label)), None)
    return Wanted(given.by, action, given.since, given.until, given.case)


def _document(row: "Row") -> dict[str, Any]:
    return {
        "id": row.id, "at": row.at.isoformat(), "clock_suspect": row.suspect, "by": row.by, "action": row.action.value,
        "case": row.number, "words": row.words, "medium": row.medium,
    }  # fmt: skip


def _line(row: "Row") -> str:
    return "\t".join((str(row.id), row.when, row.by, row.action.label, row.number, row.words, row.medium))


AUDIT = Command(
    "audit",
    "核对、导出或列出审计记录",
    parts=(
        Command("verify", "逐条核对审计记录有没有缺少、被改动", _verify, _verify_options),
        Command("export", "把全部审计记录连同核对程序导出到一个新文件夹", _export, _export_options),
        Command("list", "列出审计记录，最新的在前", _list, _list_options),
    ),
)
