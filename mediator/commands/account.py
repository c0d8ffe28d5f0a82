"""mediator account: who may log in (账号), in which roles, and the ways back when a password is forgotten."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.command import Command, Given, target, without_backup
from mediator.commands.parser import Parser
from mediator.domain.calendar import parse_day
from mediator.domain.codes import Role
from mediator.domain.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

NEW_PASSWORD = "MEDIATOR_NEW_PASSWORD"
RECOVERY_KEY = "MEDIATOR_RECOVERY_KEY"
PUBLIC, PRIVATE = "恢复公钥.pem", "恢复私钥.pem"


def role(text: str) -> Role:
    """A role by its code or its Chinese name; Refusal names those there are."""
    for entry in Role:
        if text.strip() in (entry.value, entry.label, entry.label.split("（")[0]):
            return entry
    known = "、".join(f"{entry.value}（{entry.label.split('（')[0]}）" for entry in Role)
    raise Refusal(f"没有“{text[:30]}”这个角色；可用的有：{known}。")


def _name(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME", help="同事的姓名")


def _roles_options(parser: Parser) -> None:
    _name(parser)
    parser.add_argument(
        "roles", nargs="+", type=role, metavar="ROLE", help="角色，写代码或名称；没有写的就不再担任"
    )


def _remove_options(parser: Parser) -> None:
    _name(parser)
    parser.add_argument("--to", dest="heir", default="", metavar="NAME", help="没有办结的案件交给谁")
    parser.add_argument("--on", type=parse_day, default=None, metavar="DATE", help="离岗日期，不写就是今天")
    parser.add_argument("--new-key", action="store_true", help="离岗的人不可信任：用新的数据密钥重写全部数据")
    _new_key_options(parser)


def _new_key_options(parser: Parser) -> None:
    parser.add_argument("--superior", default="", metavar="NAME",
                        help="换密钥以后仍让这个上级的恢复私钥能打开，照设的时候的名称写；不写就取消")  # fmt: skip
    without_backup(parser)


def _recover_options(parser: Parser) -> None:
    _name(parser)
    parser.add_argument("--superior", type=Path, metavar="FILE",
                        help="上级的恢复私钥文件，私钥的密码取自 MEDIATOR_PASSWORD 或当场输入；"
                             f"不写则用纸上的恢复密钥，取自 {RECOVERY_KEY} 或当场输入")  # fmt: skip


def _superior_options(parser: Parser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="上级给的恢复公钥文件")
    parser.add_argument("--name", default="", metavar="NAME", help="上级单位的名称")
    parser.add_argument("--drop", action="store_true", help="不再让上级能打开")


def _pair_options(parser: Parser) -> None:
    target(parser, "写到哪个文件夹，没有就新建", required=True)


def _list(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import accounts

    at = data.folder(given).path
    with data.at_work(given) as session:
        found = accounts.listed(session, at)
    document = [
        {
            "name": one.person.name, "login": one.person.login, "state": one.state,
            "roles": [entry.value for entry in Role if entry in one.person.held],
            "last_at": one.last_at and one.last_at.isoformat(),
            "left_on": one.person.left_on and one.person.left_on.isoformat(),
        }
        for one in found
    ]  # fmt: skip
    lines = ["\t".join((
        one.person.name, "已离岗" if one.person.left_on else one.state, accounts.told(one.person.held),
        f"上次登录 {one.last_at:%Y-%m-%d %H:%M}" if one.last_at else "",
    )) for one in found]  # fmt: skip
    say.say(given, {"accounts": document}, lines)
    return 0


def _roles(given: Given) -> int:
    from mediator.domain.roles import apart
    from mediator.services import accounts

    roles = frozenset(given.roles)
    words = f"{given.name}的角色改为{accounts.told(roles)}。{apart(roles)}"
    return _do(given, words, lambda s, at: accounts.set_roles(s, at, given.name, roles))


def _add(given: Given) -> int:
    from mediator.services import accounts

    password = _new_password(given.name)
    return _do(given, f"{given.name}可以登录了。", lambda s, at: accounts.add(s, at, given.name, password))


def _reset(given: Given) -> int:
    from mediator.services import accounts

    password = _new_password(given.name)
    return _do(
        given, f"{given.name}的密码已重设。", lambda s, at: accounts.reset(s, at, given.name, password)
    )


def _disable(given: Given) -> int:
    from mediator.services import accounts

    return _do(given, f"{given.name}的账号已停用。", lambda s, at: accounts.disable(s, at, given.name))


def _confirm(given: Given) -> int:
    from mediator.services import accounts

    return _do(given, "能登录的人的名单已确认。", accounts.confirm_list)


def _do(given: Given, words: str, verb: "Callable[[Session, Path], object]") -> int:
    from mediator.commands import data, say

    with data.at_work(given) as session:
        verb(session, data.folder(given).path)
    say.say(given, {"done": words}, [words])
    return 0


def _remove(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import leaving

    at = data.folder(given).path
    with data.at_work(given) as session:
        handed = len(leaving.open_cases(session, given.name))
        leaving.leave(session, at, given.name, given.on or date.today(), given.heir)
    words = f"{given.name}已离岗，交出 {handed} 件未办结的案件。"
    say.say(given, {"name": given.name, "handed_over": handed}, [words])
    return _new_key(given) if given.new_key else 0


def _new_key(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import leaving, recovery

    fresh = recovery.new()
    with data.opened(given) as engine:
        by = data.person(engine, given)
        data.back_up_first(given, engine, "换数据密钥")
        say.warn(_before(fresh))
        leaving.change_key(
            data.folder(given).path, engine, by, tell=say.warn, paper=fresh, superior=given.superior
        ).dispose()
    if not given.json:
        kept = (
            f"“{given.superior}”的恢复私钥继续有效。"
            if given.superior
            else "上级恢复公钥（如果设过）已取消。"
        )
        say.say(given, {}, [
            "数据密钥换好了，大家的密码不变；换之前的数据在“换密钥之前”里。", f"旧的恢复密钥作废，新的已生效。{kept}",
        ])  # fmt: skip
    return 0


def _before(fresh: str) -> str:
    """What is said of a new recovery key before it counts: should that come to nothing, the one before counts still."""
    return f"新的恢复密钥是：{fresh}。请现在就抄下来封好，锁进保险柜，不要留在电脑里；下面说“已生效”才算数，没有说，旧的仍然有效。"


def _recover(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import recovery
    from mediator.store import place

    at = data.folder(given).path
    place.check(at)
    if given.superior:
        pem = recovery.read_file(given.superior)
        engine, name = recovery.come_back_by_superior(
            at, pem, data.password(), given.name, _new_password(given.name)
        )
        fresh = ""
    else:
        typed, fresh = data.typed(RECOVERY_KEY, "恢复密钥："), recovery.new()
        password = _new_password(given.name)
        recovery.check(at, typed)
        say.warn(_before(fresh))
        engine, name = recovery.come_back(at, typed, given.name, password, fresh)
    engine.dispose()
    words = [f"{name}的密码已重设。"]
    words += [f"用过的恢复密钥作废，新的已生效：{fresh}"] if fresh else []
    say.say(given, {"name": name, "recovery_key": fresh}, words)
    return 0


def _paper(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import recovery

    fresh = recovery.new()
    with data.at_work(given) as session:
        say.warn(_before(fresh))
        recovery.adopt(session, data.folder(given).path, fresh)
    words = [f"新的恢复密钥是：{fresh}", "已生效，旧的作废。请抄下来封好，锁进保险柜，不要留在电脑里。"]
    say.say(given, {"recovery_key": fresh}, words)
    return 0


def _superior(given: Given) -> int:
    from mediator.services import recovery

    if given.drop:
        return _do(given, "上级的恢复公钥已取消。", recovery.drop_superior)
    if given.file is None:
        raise Refusal("请写明上级给的恢复公钥文件，或用 --drop 取消。")
    pem = recovery.read_file(given.file)
    words = "上级的恢复公钥已设好；持有恢复私钥的上级能打开这里的数据。"
    return _do(given, words, lambda s, at: recovery.set_superior(s, at, given.name, pem))


def _pair(given: Given) -> int:
    from mediator.commands import data, files, say
    from mediator.services import recovery

    private, public = recovery.new_pair(data.typed(NEW_PASSWORD, "恢复私钥的密码：", new=True))
    folder = files.make(given.to)
    files.write_all([(folder / PRIVATE, [private]), (folder / PUBLIC, [public])])
    words = f"“{PUBLIC}”发给下级单位；“{PRIVATE}”和它的密码分开锁好，丢了就帮不了下级。"
    say.say(given, {"to": str(folder), "files": [PRIVATE, PUBLIC]}, [words])
    return 0


def _new_password(name: str) -> str:
    from mediator.commands import data

    return data.typed(NEW_PASSWORD, f"{name}的新密码：", new=True)


ACCOUNT = Command(
    "account",
    f"账号：谁能登录、担任什么角色，忘了密码怎么办；新密码取自 {NEW_PASSWORD} 或当场输入",
    parts=(
        Command("list", "列出人员、账号状态、角色和上次登录", _list),
        Command("roles", "改一位同事的角色", _roles, _roles_options),
        Command("add", "让一位同事也能登录", _add, _name),
        Command("reset", "给一位同事重设密码，停用的账号也由此恢复", _reset, _name),
        Command("disable", "停用一位同事的账号", _disable, _name),
        Command("remove", "办理离岗：停用账号，未办结的案件交给别人", _remove, _remove_options),
        Command(
            "new-key",
            "用新的数据密钥重写全部数据，大家的密码不变；恢复密钥也换新的",
            _new_key,
            _new_key_options,
        ),
        Command("recover", "用恢复密钥或上级的恢复私钥给一位同事设新密码", _recover, _recover_options),
        Command("paper", "做一张新的恢复密钥，旧的作废", _paper),
        Command("superior", "设上级的恢复公钥，或取消", _superior, _superior_options),
        Command("pair", "上级用：做一对恢复密钥文件", _pair, _pair_options),
        Command("confirm", "核对过能登录的人，确认名单无误", _confirm),
    ),
)
