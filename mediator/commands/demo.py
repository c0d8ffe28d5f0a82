"""mediator demo: a new data folder with practice cases (练习数据)."""

import sys

from mediator.commands.command import Command, Given, period
from mediator.commands.parser import Parser, whole


def _options(parser: Parser) -> None:
    parser.add_argument("--cases", type=whole, metavar="N", help="案件数")
    parser.add_argument("--seed", type=whole, metavar="N", help="同一个数总是得出同样的案件")
    period(parser, required=False)


def _run(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import demo, setup
    from mediator.store import place

    asked = {"cases": given.cases, "seed": given.seed, "since": given.since, "until": given.until}
    at = data.folder(given)
    with setup.usable(at.path):
        place.check(at.path)
        demo.make(
            at,
            progress=_count if sys.stderr.isatty() else None,
            **{name: value for name, value in asked.items() if value is not None},
        )
    words = f"已建好练习数据“{at.path}”，用户名 {demo.LOGIN}，密码 {demo.PASSWORD}。"
    say.say(given, {"data": str(at.path), "user": demo.LOGIN}, [words])
    return 0


def _count(done: int, of: int) -> None:
    print(f"\r{done} / {of} 件", end="" if done < of else "\n", file=sys.stderr, flush=True)


DEMO = Command("demo", "新建一个有练习案件的数据文件夹，用户名和密码都是 practice", _run, _options)
