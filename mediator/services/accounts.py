"""Accounts (账号): who may log in, in which roles, and when they last did."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine, func, or_, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.codes import Action, Role
from mediator.domain.errors import Refusal
from mediator.domain.people import Staff
from mediator.domain.roles import Power, apart
from mediator.domain.wording import clean_name
from mediator.services import access, key_age, key_changes, names, offices
from mediator.services.setup import usable
from mediator.store import folder as store
from mediator.store import history, keyfile, passwords
from mediator.store.engine import key_of
from mediator.store.folder import Folder


@dataclass(frozen=True)
class Account:
    """账号: one who works or worked here, and how far the program lets them in."""

    person: Staff
    open: bool
    """Whether there is a password that opens the data."""
    last_at: datetime | None
    """Last log-in."""

    @property
    def state(self) -> str:
        """In words: 能登录, 已停用, 不登录, 还没有角色."""
        if self.person.login is None:
            return "不登录"
        if self.open and not self.person.held:
            return "还没有角色"
        return "能登录" if self.open else "已停用"


def listed(session: Session, path: Path) -> list[Account]:
    """Everybody, those still there first."""
    slots = set(keyfile.logins(Folder(path).keys))
    came = (
        select(Entry.by, func.max(Entry.at))
        .where(Entry.action.in_((Action.LOGGED_IN, Action.UNLOCKED)))
        .group_by(Entry.by)
    )
    known, last = names.bearers(session), dict[int, datetime]()
    for name, at in session.execute(came):
        if name in known:
            last[known[name]] = max(at, last.get(known[name], at))
    people = session.scalars(select(Staff).order_by(Staff.left_on.is_not(None), Staff.name))
    return [Account(one, one.login in slots, last.get(one.id)) for one in people]


def users(session: Session, path: Path) -> tuple[list[tuple[str, str]], str]:
    """Log-in names with the names of the people, for whoever may come in; and the log-in name of who is at work."""
    slots = keyfile.logins(Folder(path).keys)
    names: dict[str, str] = {
        one.login: one.name
        for one in session.scalars(select(Staff).where(Staff.login.is_not(None)))
        if one.login
    }
    person = access.at_work(session)
    return [(login, names.get(login, login)) for login in slots], (person.login or "") if person else ""


def add(session: Session, path: Path, name: str, password: str) -> Staff:
    """Let one more person in, under their name; as a mediator, unless they have other roles."""
    access.need(session, Power.ACCOUNTS)
    name, folder, names = clean_name(name), Folder(path), (offices.own(session).name,)
    if not name:
        raise Refusal("请填写工作人员的姓名。")
    known = session.scalars(select(Staff).where(Staff.name == name)).first()
    if known is not None and known.login:
        raise Refusal(f"{name}已经有账号，不用再加；密码忘了请用“重设密码”。")
    if known is not None:
        _check_here(known)
    held = (known.held if known else None) or frozenset({Role.MEDIATOR})
    passwords.check(password, name, *names)
    if session.scalars(select(Staff.id).where(Staff.login == name)).first() is not None:
        raise Refusal(f"用户名“{name}”已经有人用了，请换一个。")
    with usable(path):
        key_changes.announce(session, path, f"给{name}开了账号（{told(held)}）")
        person = offices.person(session, name, login=name)
        person.held = held
        session.flush()
        if name in keyfile.logins(folder.keys):  # left by a program that was cut off
            store.remove_login(folder, name, key(session))
        store.add_login(folder, name, password, key(session), *names)
    return person


def reset(session: Session, path: Path, name: str, password: str) -> Staff:
    """Give somebody who has an account a new password, also where it was disabled."""
    access.need(session, Power.ACCOUNTS)
    person = find(session, name)
    login = login_of(person)
    _check_here(person)
    names = (person.name, offices.own(session).name)
    passwords.check(password, login, *names)
    with usable(path):
        key_changes.announce(session, path, f"重设了{person.name}的密码")
        store.reset_password(Folder(path), login, password, key(session), *names)
    return person


def change_own(session: Session, path: Path, old: str, new: str) -> None:
    """A new password of one's own; the old one must be right."""
    person = access.at_work(session)
    if person is None:
        raise Refusal("不知道是谁的密码，请重新登录后再改。")
    login, names = login_of(person), (person.name, offices.own(session).name)
    with usable(path):
        data_key = keyfile.unlock(Folder(path).keys, login, old)
        passwords.check(new, login, *names)
        key_changes.announce(session, path, "改了自己的密码")
        store.reset_password(Folder(path), login, new, data_key, *names)


def disable(session: Session, path: Path, name: str) -> Staff:
    """Shut an account: its password opens nothing any more; a new one opens it again."""
    access.need(session, Power.ACCOUNTS)
    person = find(session, name)
    login = login_of(person)
    keep_an_administrator(session, path, person)
    with usable(path):
        key_changes.announce(session, path, f"停用了{person.name}的账号")
        store.remove_login(Folder(path), login, key(session))
    return person


def set_roles(session: Session, path: Path, name: str, roles: frozenset[Role]) -> Staff:
    """Give somebody these roles and no others."""
    access.need(session, Power.ACCOUNTS)
    person = find(session, name)
    if not roles:
        raise Refusal(f"请至少给{person.name}一个角色。")
    if roles == person.held:
        return person
    if Role.ADMINISTRATOR not in roles:
        keep_an_administrator(session, path, person)
    both = "；" + apart(roles).split("；")[0] if apart(roles) else ""
    history.note(session, Action.ACCOUNT, f"{person.name}的角色改为{told(roles)}{both}")
    person.held = roles
    session.flush()
    return person


def find(session: Session, name: str) -> Staff:
    """The person of that name; Refusal if there is none."""
    name = clean_name(name)
    person = session.scalars(select(Staff).where(Staff.name == name)).first()
    if person is None:
        raise Refusal(f"单位里没有“{name}”这个人，请核对姓名。")
    return person


def login_of(person: Staff) -> str:
    """The log-in name of a person; Refusal if they have none."""
    if person.login is None:
        raise Refusal(f"{person.name}没有账号。")
    return person.login


def key(session: Session) -> bytes:
    """The data key of the database a session works on."""
    bind = session.get_bind()
    assert isinstance(bind, Engine)
    return key_of(bind)


def told(roles: frozenset[Role]) -> str:
    """Roles in words."""
    return "、".join(role.label for role in Role if role in roles)


def keep_an_administrator(session: Session, path: Path, person: Staff) -> None:
    """Refuse what would leave nobody who can log in and manage accounts."""
    if Role.ADMINISTRATOR not in person.held:
        return
    slots, here = (
        set(keyfile.logins(Folder(path).keys)),
        or_(Staff.left_on.is_(None), Staff.left_on > date.today()),
    )
    others = session.scalars(select(Staff).where(Staff.id != person.id, Staff.login.is_not(None), here))
    if not any(one.login in slots and Role.ADMINISTRATOR in one.held for one in others):
        raise Refusal(f"{person.name}是唯一能登录的系统管理员；请先让另一位同事担任，再作这一改动。")


def doubt(session: Session, path: Path) -> str:
    """What is wrong with the list of those who can log in; empty if it is as it was last saved."""
    if keyfile.whole(Folder(path).keys, key(session)):
        return key_age.doubt(session, path)
    there = "、".join(keyfile.logins(Folder(path).keys))
    return (
        f"密钥文件里能登录的人和上次保存的不一样，可能被人动过。现在的名单是：{there}。"
        "请系统管理员核对，没有问题就点“名单无误”。"
    )


def confirm_list(session: Session, path: Path) -> None:
    """Take the list of those who can log in as it is now for right."""
    access.need(session, Power.ACCOUNTS)
    there = "、".join(keyfile.logins(Folder(path).keys))
    with usable(path):
        key_changes.announce(session, path, f"核对了能登录的人：{there}", sure=False)
        store.confirm(Folder(path), key(session), key_age.known(session))
        key_age.settle(session)


def _check_here(person: Staff) -> None:
    if person.left_on is not None and person.left_on <= date.today():
        raise Refusal(f"{person.name}已经离岗，不能登录；如有误，请先改正离岗日期。")
