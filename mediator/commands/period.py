"""mediator period: a table closed for a period (结账), corrected (更正), and what has changed since."""

from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.command import Command, Given, period, target
from mediator.commands.parser import Parser, Usage
from mediator.domain.errors import Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from mediator.domain.figures import Closing

_SLIP = "更正单存成文件，格式看后缀：pdf 或 docx"
_NOTES = "写明核实情况的 JSON 文件，键是核对的原话，值是说明"


def _close_options(parser: Parser) -> None:
    parser.add_argument(
        "table", metavar="TABLE", help="统计表的代码，见 tally --list；subsidy 是以案定补核算表"
    )
    period(parser)
    parser.add_argument("--notes", type=Path, metavar="FILE.json", help=_NOTES)


def _correct_options(parser: Parser) -> None:
    _close_options(parser)
    parser.add_argument(
        "--reason", default="", metavar="TEXT", help="更正原因；分项写的，一行一项，如“调解成功：漏记一件”"
    )
    target(parser, _SLIP)


def _show_options(parser: Parser) -> None:
    parser.add_argument("table", nargs="?", metavar="TABLE", help="统计表的代码；不写则列出全部结账")
    period(parser, required=False)
    target(parser, _SLIP)


def _close(given: Given) -> int:
    from mediator.commands import data, period_tables, period_words, say

    notes = _notes(given)
    with data.at_work(given) as session:
        closing = period_tables.close(session, given, data.who(session, given), notes)
        document, line = period_words.document(closing), period_words.line(closing)
    say.say(given, document, [line])
    return 0


def _correct(given: Given) -> int:
    from mediator.commands import data, files, period_tables, period_words, say

    _check_slip(given)
    notes = _notes(given)
    with files.staging() as aside, data.at_work(given) as session:
        known = period_tables.kept(session, given)
        if not known:
            raise Refusal("这个报告期还没有结账，不需要更正；请核对表号和报告期，或者先结账。")
        closing = period_tables.correct(session, known[0], given.reason, data.who(session, given), notes)
        changed = period_tables.changed(session, known[0], closing)
        document = period_words.document(closing) | {"differences": changed}
        lines = [period_words.line(closing), *period_words.lines(changed)]
        _write_slip(session, aside, given, [closing, *known])
    say.say(given, document, [*lines, *_saved(given)])
    return 0


def _show(given: Given) -> int:
    from mediator.commands import data, files, say
    from mediator.services import closing_chain

    if not given.table and (given.since or given.until or given.to):
        raise Usage("请写明表号，或去掉 --from、--until 和 --to。")
    if given.table and not (given.since and given.until):
        raise Usage("请写明 --from 和 --until，或去掉表号，列出全部结账。")
    _check_slip(given)
    with files.staging() as aside, data.at_work(given) as session:
        document, lines = _period(session, aside, given) if given.table else _all(session)
        broken, missing = _broken(session), closing_chain.missing(session)
    say.say(given, document | {"broken": broken, "missing": missing}, [*lines, *_saved(given)])
    for words in broken:
        say.warn(f"这次结账的内容与结账时不符，可能被改动过，请与备份核对：{words}。")
    if missing:
        say.warn(f"有 {missing} 次结账的记录不见了，可能被删除过，请与备份核对。")
    return 0


def _all(session: "Session") -> "tuple[dict[str, object], list[str]]":
    """Every closing, the newest first."""
    from mediator.commands import period_words
    from mediator.services import closing_chain

    known = closing_chain.history(session)
    document: dict[str, object] = {"closings": [period_words.document(closing) for closing in known]}
    return document, [period_words.line(closing) for closing in known] or ["还没有结过账。"]


def _period(
    session: "Session", aside: dict[Path, Path], given: Given
) -> "tuple[dict[str, object], list[str]]":
    """One period: its closings, and what has changed since the last; while it is open, what the checks say."""
    from mediator.commands import period_tables, period_words

    known = period_tables.kept(session, given)
    _write_slip(session, aside, given, known)
    if not known:
        checks = period_tables.checks(session, given)
        lines = ["这个报告期还没有结账。", *(f"{check['label']}：{check['words']}。" for check in checks)]
        return {"closings": [], "differences": [], "checks": checks}, lines
    changed = period_tables.changed(session, known[0], None)
    lines = [period_words.line(closing) for closing in known]
    lines += list(period_words.lines(changed)) or ["现在统计的数字和结账时一样。"]
    return {"closings": [period_words.document(c) for c in known], "differences": changed}, lines


def _broken(session: "Session") -> list[str]:
    """The closings that are not what they were, told without what they say."""
    from mediator.domain.periods import days
    from mediator.services import closing_chain

    return [
        f"{closing.table} {days(closing.since, closing.until)} {closing_chain.called(closing)}"
        for closing in closing_chain.broken(session)
    ]


def _notes(given: Given) -> dict[str, str]:
    """The explanations written in a file, by the sentences they explain."""
    from mediator.commands import files

    notes = files.read_json(given.notes) if given.notes else {}
    for words, note in notes.items():
        if not isinstance(note, str):
            raise Refusal(f"说明文件里“{words[:60]}”后面应写一句话；请对照说明改正。")
    return {words: str(note) for words, note in notes.items()}


def _check_slip(given: Given) -> None:
    from mediator.commands import files

    if given.to and files.suffix(given.to) not in ("pdf", "docx"):
        raise Refusal(f"更正单不能存成“{given.to.suffix[:20]}”文件，请用 .pdf 或 .docx。")


def _write_slip(session: "Session", aside: dict[Path, Path], given: Given, known: "list[Closing]") -> None:
    """Write the slip of the last correction aside where it was asked for, the newest closing first."""
    if not given.to:
        return
    from mediator.commands import files, period_tables
    from mediator.services import outgoing
    from mediator.services.printouts import Printout, as_docx, as_pdf

    if len(known) < 2:
        raise Refusal("这个报告期没有更正过，没有更正单；请去掉 --to。")
    made = Printout(period_tables.slip(session, known[1], known[0]))
    outgoing.exported(session, made.paper.title, given.to)
    content = as_pdf([made]) if files.suffix(given.to) == "pdf" else as_docx(made)
    files.make(given.to.parent)
    files.write_aside(aside, given.to, [content])


def _saved(given: Given) -> list[str]:
    return [f"更正单已存成“{given.to}”。"] if given.to else []


PERIOD = Command(
    "period",
    "结账、更正一个报告期，或看结账以后有哪些变动",
    parts=(
        Command("close", "把一个报告期的统计表连同背后的案件冻结下来", _close, _close_options),
        Command("correct", "结账以后数字有变动的，写明原因更正", _correct, _correct_options),
        Command("show", "列出结账和更正，以及现在与结账时不同的数字", _show, _show_options),
    ),
)
