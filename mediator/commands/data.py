"""The data folder as a command meets it: whose it is, opened with a password, worked on in a transaction."""

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

import mediator.store.models  # noqa: F401 - every model must be known before the first is used
from mediator import paths
from mediator.commands import say
from mediator.commands.command import Given
from mediator.domain.errors import Refusal
from mediator.services import accounts, offices, setup
from mediator.services.transaction import reading, transaction
from mediator.store import one, place, swap
from mediator.store.folder import Folder


def folder(given: Given) -> Folder:
    """The data folder named, or the usual one."""
    return Folder(given.data or paths.data())


def login(given: Given) -> str:
    """The log-in name; Refusal if there is none."""
    name: str = given.user or os.environ.get("MEDIATOR_USER", "")
    if not name:
        raise Refusal("不知道是哪个用户；请用 --user 或环境变量 MEDIATOR_USER 写明用户名。")
    return name


def password(*, new: bool = False) -> str:
    """The password from the environment or typed at a prompt, a new one twice."""
    return typed("MEDIATOR_PASSWORD", "新密码：" if new else "密码：", new=new)


def typed(variable: str, prompt: str, *, new: bool = False) -> str:
    """Something secret from the environment or typed at a prompt, a new one twice."""
    known = os.environ.get(variable)
    if known is not None:
        return known
    what = prompt.removesuffix("：")
    if not (sys.stdin and sys.stdin.isatty()):
        raise Refusal(f"没有{what}；请写在环境变量 {variable} 里，或在终端里运行并当场输入。")
    try:
        words = getpass.getpass(prompt)
        if new and getpass.getpass("再输一遍：") != words:
            raise Refusal("两次输入的不一样，什么也没有做；请重新运行。")
    except EOFError:
        raise Refusal(f"没有输入{what}，什么也没有做；请重新运行。") from None
    return words


@contextmanager
def opened(given: Given) -> Iterator[Engine]:
    """The database of the data folder, open for a while."""
    at, name = folder(given).path, login(given)
    with setup.usable(at):
        swap.finish(at)
        place.check(at)
    engine, who = setup.enter(at, name, password(), for_one_command=True)
    with reading(engine, who) as session:
        doubt = accounts.doubt(session, at)
    if doubt:
        say.warn(doubt)
    try:
        yield engine
    finally:
        engine.dispose()
        one.closed_in_order(at)


@contextmanager
def at_work(given: Given) -> Iterator[Session]:
    """The data folder opened for one command, which is one transaction."""
    with opened(given) as engine, transaction(engine, person(engine, given)) as session:
        yield session


def person(engine: Engine, given: Given) -> str:
    """The name of the person whose password opened the folder."""
    with reading(engine, "") as session:
        return who(session, given)


def who(session: Session, given: Given) -> str:
    """The name of the person at work, as history keeps it."""
    return offices.name_of(session, login(given))
