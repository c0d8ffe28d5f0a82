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
from mediator.commands.command import Given
from mediator.domain.errors import Refusal
from mediator.services import offices
from mediator.services.setup import usable
from mediator.services.transaction import transaction
from mediator.store.folder import Folder, open_folder


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
    known = os.environ.get("MEDIATOR_PASSWORD")
    if known is not None:
        return known
    if not (sys.stdin and sys.stdin.isatty()):
        raise Refusal("没有密码；请写在环境变量 MEDIATOR_PASSWORD 里，或在终端里运行并当场输入。")
    try:
        typed = getpass.getpass("新密码：" if new else "密码：")
        if new and getpass.getpass("再输一遍：") != typed:
            raise Refusal("两次输入的密码不一样，什么也没有建；请重新运行。")
    except EOFError:
        raise Refusal("没有输入密码，什么也没有做；请重新运行。") from None
    return typed


@contextmanager
def opened(given: Given) -> Iterator[Engine]:
    """The database of the data folder, open for a while."""
    at, name = folder(given), login(given)
    with usable(at.path):
        engine = open_folder(at, name, password())
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def at_work(given: Given) -> Iterator[Session]:
    """The data folder opened for one command, which is one transaction."""
    with opened(given) as engine, transaction(engine) as session:
        yield session


def who(session: Session, given: Given) -> str:
    """The name of the person at work, as history keeps it."""
    return offices.name_of(session, login(given))
