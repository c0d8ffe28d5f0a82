"""mediator office: the particulars of the committee (调委会), and the first set-up without a window."""

from pathlib import Path

from mediator.commands.command import Command, Given
from mediator.commands.parser import Parser


def _options(parser: Parser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE",
        help="JSON 文件，只写要改的各项；新建时至少要有 name、region、case_pattern，没有 type（调委会类型）的按名称定",
    )  # fmt: skip


def _set(given: Given) -> int:
    from mediator.commands import data, files, say
    from mediator.domain.office import Office
    from mediator.services import offices, outline, setup
    from mediator.store import place

    raw = files.read_json(given.file)
    outline.check(raw, Office, "uid")
    at = data.folder(given)
    with setup.usable(at.path):
        fresh = not setup.is_set_up(at.path)
        place.check(at.path)
    if fresh:
        office = setup.check(raw)
        login, password = data.login(given), data.password(new=True)
        setup.found(at.path, login, password, raw).dispose()
    else:
        with data.at_work(given) as session:
            office = offices.amend(session, raw)
    words = ["调委会信息已改好。"]
    if fresh:
        words = [f"已建好数据文件夹“{at.path}”，第一个用户是“{data.login(given)}”。"]
        by_name = "（按名称定的，不对的请在文件里写明 type，再运行一次）" if "type" not in raw else ""
        words.append(f"调委会类型：{office.type.label}{by_name}。")
    say.say(given, {"data": str(at.path), "created": fresh, "type": office.type.value}, words)
    return 0


def _show(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import offices

    with data.at_work(given) as session:
        office = offices.own(session)
    say.say(given, offices.as_document(office), say.told(office))
    return 0


OFFICE = Command(
    "office",
    "调委会信息：名称、地区代码、卷号样式、统计口径",
    parts=(
        Command("set", "按 JSON 文件填写；文件夹里还没有数据时，用所给的用户名和密码新建", _set, _options),
        Command("show", "显示调委会信息", _show),
    ),
)
