"""Setting up a data folder (首次设置), opening it (登录), and letting more people in."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.office import Office
from mediator.services import offices
from mediator.store import folder as store
from mediator.store import keyfile
from mediator.store.folder import Folder


def check(office: Mapping[str, object]) -> None:
    """Refuse an office that could not be set up."""
    offices.fill(Office(), office)


def found(path: Path, login: str, password: str, office: Mapping[str, object]) -> Engine:
    """Set up a new data folder with its office and first user; nothing is left behind if that cannot be done."""
    check(office)
    if not login:
        raise Refusal("请填写使用人的姓名。")
    engine = store.create(Folder(path), login, password)
    with Session(engine) as session, session.begin():
        offices.found(session, office)
        offices.person(session, login, login=login)
    return engine


def enter(path: Path, login: str, password: str) -> tuple[Engine, str]:
    """Open a data folder; return it with the name of the person."""
    engine = store.open_folder(Folder(path), login.strip(), password)
    with Session(engine) as session:
        return engine, offices.name_of(session, login.strip())


def logins(path: Path) -> list[str]:
    """The log-in names of a data folder."""
    return keyfile.logins(Folder(path).keys)


def is_set_up(path: Path) -> bool:
    """Whether there is data in a folder."""
    return Folder(path).exists


def change_password(path: Path, login: str, old: str, new: str) -> None:
    """Give a user a new password; the old one must be right."""
    store.change_password(Folder(path), login, old, new)


def add_user(path: Path, engine: Engine, name: str, password: str, *, by: str, by_password: str) -> None:
    """Let one more person in, under their name."""
    store.add_login(Folder(path), name, password, by, by_password)
    with Session(engine) as session, session.begin():
        offices.person(session, name, login=name)
