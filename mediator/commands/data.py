"""The data folder as a command meets it: whose it is, opened with a password, worked on in a transaction."""

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

import mediator.store.models  # noqa: F401 - every model must be known before the first is used
from mediator import paths
from mediator.commands import say
from mediator.commands.command import Given
from mediator.domain.errors import Refusal
from mediator.services import backups, concerns, offices, setup
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
        if swap.planned(at):
            raise Refusal("窗口里已经安排换用另一份数据，现在改的会不见；请先关闭窗口再运行。")
        cut_off = one.log_missing(at)
    engine, who = setup.enter(at, name, password(), how="命令行")
    if cut_off:
        say.warn(one.LOG_MISSING)
    with reading(engine, who) as session:
        for concern in concerns.look(session, at, datetime.now()):
            say.warn(concern.words + ("命令行里用 check --clock-is-right 确认。" if concern.of_clock else ""))
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


def back_up_first(given: Given, engine: Engine, what: str) -> None:
    """Make a backup before ``what`` is done, if one is needed; without one only where that was asked for."""
    by = person(engine, given)
    try:
        backups.before(engine, folder(given).path, what, by=by)
    except backups.Unprotected as why:
        if not given.without_backup:
            raise Refusal(f"{str(why)[:-1]}；要不备份就{what}，请加上 --without-backup。") from None
        say.warn(str(why))
        backups.gone_without(engine, what, by=by)


def person(engine: Engine, given: Given) -> str:
    """The name of the person whose password opened the folder."""
    with reading(engine, "") as session:
        return who(session, given)


def who(session: Session, given: Given) -> str:
    """The name of the person at work, as history keeps it."""
    return offices.name_of(session, login(given))
