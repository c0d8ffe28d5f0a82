"""mediator tally: a table (统计表) counted for a period, written as a file, or the cases behind one of its numbers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mediator.commands.case import row_document, row_line
from mediator.commands.command import Command, Given, period, target
from mediator.commands.parser import Parser, Usage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from mediator.services.listing import Row
    from mediator.tallies.tally import Tally

_AT_ONCE = 500
TO = "存成文件，格式看后缀：xlsx、pdf、docx、json 或 csv"


def _options(parser: Parser) -> None:
    parser.add_argument(
        "table", nargs="?", metavar="TABLE", help="统计表、清单的代码，或 subsidy、analysis，见 --list"
    )
    period(parser, required=False)
    target(parser, TO)
    parser.add_argument("--compare", action="store_true", help="加上上期、上年同期和增减")
    parser.add_argument("--drill", metavar="COLUMN", help="列出这个数字背后的案件，写指标的代码，见 --list")
    parser.add_argument("--list", action="store_true", help="列出全部统计表和各项指标的单位、口径")


def _run(given: Given) -> int:
    if given.list:
        return _list(given)
    from mediator.commands import lists

    if given.table in lists.TITLES:
        return lists.run(given)
    if not (given.table and given.since and given.until):
        raise Usage("请写明表号、--from 和 --until，或用 --list 列出全部统计表。")
    if given.drill and given.to:
        raise Usage("--drill 和 --to 不能一起用；请去掉一个。")
    return _drill(given) if given.drill else _count(given)


def _count(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import comparing, figures
    from mediator.tallies import register

    table = register.of(given.table, given.until)
    with data.at_work(given) as session:
        tally = figures.shown(session, table, given.since, given.until)
        whole = comparing.compared(session, tally) if given.compare else tally
    if given.to:
        _write(given, figures.write(whole, _suffix(given)))
    say.say(given, figures.as_document(whole), saved(given) or lines(tally))
    return 0


def _write(given: Given, content: bytes) -> None:
    from mediator.commands import files

    files.make(given.to.parent)
    files.write(given.to, [content])


def _suffix(given: Given) -> str:
    return str(given.to.suffix.lower().removeprefix("."))


def keep(given: Given, tally: "Tally", parts: "list[Tally]") -> None:
    """Write a table, or a sum with the parts it is made of, to the file named."""
    from mediator.services import carrying, figures

    suffix = _suffix(given)
    _write(given, carrying.write_sum(tally, parts, suffix) if parts else figures.write(tally, suffix))


def saved(given: Given) -> list[str]:
    """Where the table was written, if it was."""
    return [f"已存成“{given.to}”。"] if given.to else []


def lines(tally: "Tally") -> Iterator[str]:
    """A table in words: label, value and unit of every column, then what the checks say."""
    yield f"{tally.table.title} {tally.reporter.name} {tally.period}（{tally.basis.label}）"
    for heading in tally.headings:
        value = heading.shown(tally.values[heading.name])
        yield "\t".join((heading.group, heading.label, value, heading.unit.shown))
    for check in tally.checks():
        yield f"{check.verdict.label}：{check.words}。"


def _drill(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.tallies import register

    table = register.of(given.table, given.until)
    with data.at_work(given) as session:
        rows = list(_behind(session, given))
    document = {"table": table.code, "column": given.drill, "cases": [row_document(row) for row in rows]}
    say.say(given, document, map(row_line, rows))
    return 0


def _behind(session: "Session", given: Given) -> "Iterator[Row]":
    """All cases behind a number, in the order of the days that count them."""
    from mediator.domain.errors import Refusal
    from mediator.services import listing, offices
    from mediator.tallies import count, register

    table, basis = register.of(given.table, given.until), offices.own(session).basis
    column = table.column(given.drill)
    if not column.opens_cases:
        raise Refusal(f"“{column.label}”数的不是案件，没有案件可以列出。")
    ids = session.scalars(count.drill(table, given.drill, basis, given.since, given.until)).all()
    for start in range(0, len(ids), _AT_ONCE):
        some = list(ids[start : start + _AT_ONCE])
        yield from sorted(listing.of_ids(session, some), key=lambda row: some.index(row.id))


def _list(given: Given) -> int:
    from mediator.commands import say
    from mediator.tallies.register import TABLES

    document = [
        {
            "code": table.code,
            "title": table.title,
            "edition": table.edition,
            "columns": [
                {"code": c.name, "label": c.label, "group": c.group, "unit": c.unit.value, "definition": c.definition}
                for c in table.columns
            ],
        }
        for table in TABLES
    ]  # fmt: skip
    words = [
        line
        for table in TABLES
        for line in (
            f"{table.code}\t{table.title}\t表式版本 {table.edition}",
            *("\t".join((c.name, c.label, c.unit.shown, c.definition)) for c in table.columns),
        )
    ]
    from mediator.commands import lists

    also = [{"code": code, "title": title} for code, title in lists.TITLES.items()]
    words += [f"{code}\t{title}" for code, title in lists.TITLES.items()]
    say.say(given, {"tables": document, "lists": also}, words)
    return 0


TALLY = Command("tally", "统计一个报告期，或列出一个数字背后的案件", _run, _options)
