"""mediator demo: a new data folder with practice cases (练习数据)."""

from datetime import date

from mediator.commands.command import Command, Given, period
from mediator.commands.parser import Parser, whole


def _options(parser: Parser) -> None:
    parser.add_argument("--cases", type=whole, default=150, metavar="N", help="案件数，不写则为 150")
    parser.add_argument("--seed", type=whole, default=1, metavar="N", help="同一个数总是得出同样的案件")
    period(parser, required=False)
    parser.set_defaults(since=date(2025, 1, 1), until=date(2026, 10, 31))


def _run(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import demo

    at = data.folder(given)
    with data.usable(at):
        demo.make(at, cases=given.cases, seed=given.seed, since=given.since, until=given.until)
    say.say(given, {"data": str(at.path), "cases": given.cases}, [f"已建好“{at.path}”。"])
    return 0


DEMO = Command("demo", "新建一个有练习案件的数据文件夹，用户名和密码都是 practice", _run, _options)
