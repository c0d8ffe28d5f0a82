"""mediator office: the particulars of the committee (调委会), and the first set-up without a window."""

from pathlib import Path

from mediator.commands.command import Command, Given
from mediator.commands.parser import Parser


def _options(parser: Parser) -> None:
    parser.add_argument("file", type=Path, metavar="文件", help="JSON 文件，写要改的各项；新建时要有 name、region、case_pattern")


def _set(given: Given) -> int:
    from mediator.commands import data, files, say
    from mediator.domain.office import Office
    from mediator.services import offices, outline

    raw = files.read_json(given.file)
    outline.check(raw, Office, "uid")
    at = data.folder(given)
    with data.readable(at):
        fresh = not at.exists
    if fresh:
        _found(given, raw)
        say.say(given, {"data": str(at.path), "created": True}, [f"已建好数据文件夹“{at.path}”。"])
        return 0
    with data.at_work(given) as session:
        offices.amend(session, raw)
    say.say(given, {"data": str(at.path), "created": False}, ["调委会信息已改好。"])
    return 0


def _found(given: Given, raw: dict[str, object]) -> None:
    """Set up a new data folder with its office; whatever is wrong is refused before anything is made."""
    from sqlalchemy.orm import Session

    from mediator.commands import data
    from mediator.services import offices
    from mediator.store.folder import create

    offices.found(Session(), raw)
    at = data.folder(given)
    login, password = data.login(given), data.password(new=True)
    with data.readable(at):
        engine = create(at, login, password)
    with data.transaction(engine) as session:
        offices.found(session, raw)
    engine.dispose()


def _show(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import offices

    with data.at_work(given) as session:
        office = offices.own(session)
    say.say(given, offices.as_document(office), say.told(office))
    return 0


OFFICE = Command(
    "office",
    "查看或填写调委会信息：名称、地区代码、卷号样式、统计口径",
    parts=(
        Command("set", "按 JSON 文件填写调委会信息；文件夹还没有数据时，用所给的用户名和密码新建", _set, _options),
        Command("show", "显示调委会信息", _show),
    ),
)
