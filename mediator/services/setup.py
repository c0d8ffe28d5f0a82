"""Setting up a data folder (首次设置), opening it (登录), and letting more people in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal, trouble
from mediator.domain.office import Office
from mediator.domain.people import Staff
from mediator.domain.wording import clean_name
from mediator.services import offices, phrases
from mediator.services.transaction import transaction, troubles
from mediator.store import folder as store
from mediator.store import keyfile
from mediator.store.folder import Folder


def check(office: Mapping[str, object]) -> Office:
    """Refuse an office that could not be set up; the office as it would be."""
    return offices.fill(Office(), office)


def found(path: Path, login: str, password: str, office: Mapping[str, object]) -> Engine:
    """Set up a new data folder with its office and first user, wholly or not at all."""
    name = clean_name(login)
    if not name:
        raise Refusal("请填写使用人的姓名。")
    check(office)

    def furnish(engine: Engine) -> None:
        with transaction(engine) as session:
            offices.found(session, office)
            offices.person(session, name, login=name)
            phrases.seed(session)

    with usable(path):
        return store.create(Folder(path), name, password, furnish)


def enter(path: Path, login: str, password: str) -> tuple[Engine, str]:
    """Open a data folder; return it with the name of the person. Those who left are refused."""
    name = login.strip()
    with usable(path):
        engine = store.open_folder(Folder(path), name, password)
        with Session(engine) as session:
            offices.own(session)
            person = session.scalars(select(Staff).where(Staff.login == name)).first()
    if person is not None and person.left_on is not None and person.left_on <= date.today():
        engine.dispose()
        raise Refusal(f"{person.name}已经离岗，不能再登录；如有误，请同事在“设置”里改正离岗日期。")
    return engine, person.name if person is not None else name


@contextmanager
def usable(path: Path) -> Iterator[None]:
    """What the system says of a folder that cannot be used becomes one sentence."""
    try:
        with troubles():
            yield
    except OSError as error:
        raise Refusal(f"数据文件夹“{path}”用不了：{trouble(error)}。") from None


def logins(path: Path) -> list[str]:
    """The log-in names of a data folder."""
    return keyfile.logins(Folder(path).keys)


def is_set_up(path: Path) -> bool:
    """Whether there is data in a folder."""
    return Folder(path).exists


def change_password(path: Path, login: str, old: str, new: str) -> None:
    """Give a user a new password; the old one must be right."""
    with usable(path):
        store.change_password(Folder(path), login, old, new)


def add_user(path: Path, engine: Engine, name: str, password: str, *, by: str, by_password: str) -> None:
    """Let one more person in, under their name."""
    name = clean_name(name)
    with usable(path), transaction(engine) as session:
        person = offices.person(session, name)
        if person.login:
            raise Refusal(f"{person.name}本来就能登录，不用再加。")
        person.login = name
        session.flush()
        store.add_login(Folder(path), name, password, by, by_password)


def remove_user(path: Path, engine: Engine, name: str) -> None:
    """A person who left can no longer log in; the last one who can stays."""
    with usable(path), transaction(engine) as session:
        person = session.scalars(select(Staff).where(Staff.name == name)).first()
        if person is None or person.login is None:
            return
        store.remove_login(Folder(path), person.login)
        person.login = None
