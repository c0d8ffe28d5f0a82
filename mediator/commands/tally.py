"""mediator tally: a table (统计表) counted for a period, written as a file, or what is behind one of its numbers."""

from typing import TYPE_CHECKING

from mediator.commands.command import Command, Given, period, target
from mediator.commands.parser import Parser, Usage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from mediator.tallies.tally import Tally

TO = "存成文件，格式看后缀：xlsx、pdf、docx、json 或 csv"


def _options(parser: Parser) -> None:
    parser.add_argument(
        "table", nargs="?", metavar="TABLE", help="统计表、清单的代码，或 subsidy、analysis，见 --list"
    )
    period(parser, required=False)
    target(parser, TO)
    parser.add_argument("--compare", action="store_true", help="加上上期、上年同期和增减")
    parser.add_argument(
        "--drill", metavar="COLUMN", help="列出这个数字背后的案件或排查，写指标的代码，见 --list"
    )
    parser.add_argument("--questioned", action="store_true", help="列出没有对上的各项核对和有关案件")
    parser.add_argument(
        "--list", action="store_true", help="列出全部统计表（连同以前的表式）和各项指标的单位、口径"
    )


def _run(given: Given) -> int:
    if given.list:
        from mediator.commands import tally_list

        return tally_list.run(given)
    from mediator.commands import drilled, lists, questioned

    if given.table in lists.TITLES:
        return lists.run(given)
    if not (given.table and given.since and given.until):
        raise Usage("请写明表号、--from 和 --until，或用 --list 列出全部统计表。")
    chosen = [name for name in ("drill", "questioned", "to") if getattr(given, name)]
    if len(chosen) > 1:
        raise Usage(f"{' 和 '.join(f'--{name}' for name in chosen)} 不能一起用；请只留一个。")
    if given.questioned:
        return questioned.run(given)
    return drilled.run(given) if given.drill else _count(given)


def _count(given: Given) -> int:
    from mediator.commands import data, files, say, tally_words
    from mediator.services import comparing, figures, judging
    from mediator.tallies import register

    table = register.of(given.table, given.until)
    suffix = files.suffix(given.to) if given.to else ""
    with data.at_work(given) as session:
        tally = figures.shown(session, table, given.since, given.until)
        made = comparing.compared(session, tally) if given.compare else judging.judged(session, tally)
        if given.to:
            files.keep(session, given.to, table.title, figures.write(made, suffix))
    say.say(given, figures.as_document(made), files.saved(given.to) or tally_words.lines(made))
    return 0


def keep(session: "Session", given: Given, tally: "Tally", parts: "list[Tally]") -> None:
    """Write a sum, with the parts it is made of, to the file named."""
    from mediator.commands import files
    from mediator.services import carrying

    content = carrying.write_sum(tally, parts, files.suffix(given.to))
    files.keep(session, given.to, f"{tally.table.title}（汇总）", content)


TALLY = Command("tally", "统计一个报告期，或列出一个数字背后的案件", _run, _options)
