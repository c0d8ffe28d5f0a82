"""Setting up a data folder (首次设置), opening it (登录), and knowing again who has it open (解锁)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.codes import Action, Role
from mediator.domain.errors import Refusal, trouble
from mediator.domain.office import Office
from mediator.domain.people import Staff
from mediator.domain.safety import Policy
from mediator.domain.wording import clean_line, clean_name
from mediator.services import access, key_age, key_changes, offices, phrases, policy
from mediator.services.transaction import reading, transaction, troubles
from mediator.store import folder as store
from mediator.store import history, keyfile, passwords, tries
from mediator.store.engine import key_of
from mediator.store.folder import Folder

PASSWORD_RULE = passwords.RULE
"""What a password must be, in words."""


def check(office: Mapping[str, object]) -> Office:
    """Refuse an office that could not be set up; the office as it would be."""
    return offices.fill(Office(), office)


def check_password(password: str, *names: str) -> None:
    """Refuse a password that is no good; ``names``: of the person and the office."""
    passwords.check(password, *names)


def found(
    path: Path, login: str, password: str, office: Mapping[str, object], *, recovery_key: str = "",
    backup_folder: Path | None = None,
) -> Engine:  # fmt: skip
    """Set up a new data folder with its office and first user, wholly or not at all.

    The first user has every role until there are others. Automatic backups go to ``backup_folder``, if there is one.
    """
    name = clean_name(login)
    if not name:
        raise Refusal("请填写使用人的姓名。")
    check(office)
    passwords.check(password, name, str(office.get("name", "")))

    def furnish(engine: Engine) -> None:
        with transaction(engine, name) as session:
            offices.found(session, office)
            offices.person(session, name, login=name).held = frozenset(Role)
            phrases.seed(session)
            if backup_folder is not None:
                policy.amend(session, {Policy.backup_folder.key: str(backup_folder)})

    with usable(path):
        return store.create(Folder(path), name, password, furnish, recovery_key=recovery_key)


def enter(path: Path, login: str, password: str, *, how: str = "") -> tuple[Engine, str]:
    """Open a data folder; return it with the name of the person. Those who left are refused.

    Wrong passwords are counted, and told to the audit with the log-in. ``how`` they came in, if not by the window.
    """
    login = clean_line(login)
    with usable(path), counted(path, login, Folder(path).keys):
        engine = store.open_folder(Folder(path), login, password)
    try:
        with usable(path), reading(engine, "") as session:
            offices.own(session)
            name = _welcome(session, login)
        entered(path, engine, login, name, Action.LOGGED_IN, how)
    except BaseException:
        engine.dispose()
        raise
    return engine, name


def again(path: Path, engine: Engine, login: str, password: str) -> str:
    """Know by the password who sits down at data that is open already; return the name of the person."""
    login = clean_line(login)
    with suppress(Refusal):
        mend_keys(path, engine)
    with usable(path), counted(path, login, Folder(path).keys):
        key = keyfile.unlock(Folder(path).keys, login, password)
    if key != key_of(engine):
        raise Refusal("数据换过密钥了，请关闭本程序，重新打开再登录。")
    with reading(engine, "") as session:
        return _welcome(session, login)


def mend_keys(path: Path, engine: Engine) -> None:
    """Write the key file again as it was last seen, where it went while the data are open; Refusal if that cannot be."""
    with usable(path):
        keyfile.written_again(Folder(path).keys, key_of(engine))


def entered(path: Path, engine: Engine, login: str, name: str, action: Action, how: str = "") -> None:
    """Write into the audit that somebody came in, what wrong passwords there were before, and what was cut off.

    A full disk keeps nobody out: what could not be written about wrong passwords is written the next time.
    """
    with suppress(Refusal):
        untold = tries.untold(path)
        with transaction(engine, name) as session:
            history.note(session, action, how)
            for whose, times in untold.items():
                moments = "、".join(f"{moment:%m-%d %H:%M}" for moment in times)
                words = f"{whose} 输错密码 {len(times)} 次：{moments}"
                history.note(session, Action.LOG_IN_FAILED, words)
            key_changes.settle(session, path)
            key_age.look(session, path)
        tries.forget(path, login)


def note(engine: Engine, name: str, action: Action, detail: str = "") -> None:
    """Write into the audit that somebody locked, unlocked or left; a full disk does not stop that."""
    with suppress(Refusal), transaction(engine, name) as session:
        history.note(session, action, detail)


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


@contextmanager
def counted(path: Path, login: str, keys: Path) -> Iterator[None]:
    """Let a user wait who was wrong too often, and count it if this password is wrong too.

    It is kept in the folder ``path``; ``keys`` is the key file that the password is tried on.
    """
    now = datetime.now()
    tries.check(path, login, now)
    try:
        yield
    except keyfile.Wrong:
        if login in keyfile.logins(keys):
            tries.failed(path, login, now)
        raise


def _welcome(session: Session, login: str) -> str:
    """The name of the person behind a log-in name; Refusal if they have left, or have no role yet."""
    person = session.scalars(select(Staff).where(Staff.login == login)).first()
    name = person.name if person is not None else login
    if person is not None and person.left_on is not None and person.left_on <= date.today():
        raise Refusal(f"{name}已经离岗，不能再登录；如有误，请同事在“设置”里改正离岗日期。")
    access.check_roles(session, person, name)
    return name
