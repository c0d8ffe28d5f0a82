"""mediator handbook: what the program knows of the field, printed from its declarations."""

from mediator.commands.command import Command, Given, target
from mediator.commands.parser import Parser
from mediator.domain.errors import Refusal


def _options(parser: Parser) -> None:
    target(parser, "存成哪个文件，格式看后缀：md、txt 或 html", required=True)


def _run(given: Given) -> int:
    from mediator.commands import files, say
    from mediator.services import handbook

    writers = {".md": handbook.markdown, ".txt": handbook.markdown, ".html": handbook.html}
    suffix = given.to.suffix.lower()
    if suffix not in writers:
        raise Refusal(f"手册不能存成“{given.to.name}”；请用 .md、.txt 或 .html 作后缀。")
    files.make(given.to.parent)
    files.write(given.to, [writers[suffix]().encode()])
    say.say(given, {"file": str(given.to)}, [f"已存成“{given.to}”。"])
    return 0


HANDBOOK = Command("handbook", "打印手册：阶段、文书、统计口径、字段和代码表", _run, _options)
