"""The paper recovery key (恢复密钥) and the superior's (上级恢复公钥): ways back in when nobody knows a password."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.calendar import in_words
from mediator.domain.codes import Action
from mediator.domain.errors import Refusal, trouble
from mediator.domain.people import Staff
from mediator.domain.roles import Power
from mediator.domain.wording import clean_line
from mediator.paper import foot
from mediator.paper.blocks import Block, Gap, Note, Paper, Para, Picture, Title
from mediator.services import access, accounts, key_changes, offices
from mediator.services.printouts import Printout
from mediator.services.setup import entered, usable
from mediator.services.transaction import reading, transaction
from mediator.store import folder as store
from mediator.store import keyfile, passwords, recovery, superior
from mediator.store.engine import key_of
from mediator.store.folder import Folder
from mediator.store.keyfile import Kind, Private, Slot

GROUPS_IN_A_LINE = 3
QR_MM = 45.0
_LARGEST = 10_000
"""Bytes of a file with a key in it."""


@dataclass(frozen=True)
class WaysBack:
    """What can open the data besides passwords."""

    paper_on: str
    """When the recovery key on paper was made, empty if there is none."""
    superior: str
    """Name of the superior's key, empty if there is none."""


def new() -> str:
    """A new recovery key; it counts once it was adopted."""
    return recovery.new()


def check_typed(recovery_key: str, typed: str) -> None:
    """Refuse unless the key typed back is the one on the paper."""
    if recovery.read(typed) != recovery.read(recovery_key):
        raise Refusal("输入的恢复密钥和纸上的不一样，请照着纸上重新输入。")


def lines(recovery_key: str) -> list[str]:
    """A recovery key as it is shown: three groups a line."""
    groups = recovery_key.split("-")
    starts = range(0, len(groups), GROUPS_IN_A_LINE)
    return ["   ".join(groups[start : start + GROUPS_IN_A_LINE]) for start in starts]


def printout(recovery_key: str, office: str, on: date) -> Printout:
    """恢复密钥 on one page, with a code for a scanner."""
    code = foot.png(recovery_key)
    digest = sha256(code).hexdigest()
    body: list[Block] = [
        Title("数据恢复密钥"),
        Para(f"单位：{office}", indent=False),
        Para(f"日期：{in_words(on)}", indent=False),
        Gap(4),
        *(Title(line) for line in lines(recovery_key)),
        Gap(4),
        Picture(digest, height=QR_MM),
        Para("一、所有人的密码都忘了，或者唯一的系统管理员不在时，用它可以重新设密码，打开数据。"),
        Para("二、谁拿到它，谁就能打开全部数据。请装进信封封好，锁在单位的保险柜里，不要拍照，不要存进手机和电脑。"),
        Para("三、用过一次就作废，程序会给出新的，请把这一张销毁，换上新的。"),
        Para("四、登录时点“用恢复密钥”，照上面逐组输入，横线和空格可以不输。"),
        Note("字符里没有字母 I、L、O、U：看着像的，是数字 1 和 0。"),
    ]  # fmt: skip
    return Printout(Paper("recovery", "数据恢复密钥", tuple(body), "", office), pictures={digest: code})


def ways_back(path: Path) -> WaysBack:
    """What there is besides passwords."""
    keys = keyfile.read(Folder(path).keys)
    papers, superiors = keys.of(Kind.RECOVERY), keys.of(Kind.SUPERIOR)
    return WaysBack(papers[0].made_at if papers else "", superiors[0].login if superiors else "")


def adopt(session: Session, path: Path, recovery_key: str) -> None:
    """Let a new recovery key count; the one before opens nothing any more."""
    access.need(session, Power.ACCOUNTS)
    key = accounts.key(session)
    slot = store.paper_slot(recovery_key, key)
    with usable(path):
        key_changes.announce(session, path, "换了恢复密钥")
        store.put(Folder(path), key, slot)


def check(path: Path, recovery_key: str) -> str:
    """Refuse a recovery key that does not open this folder; return the name of the office."""
    private = recovery.private(recovery_key)
    with usable(path):
        _key(path, Kind.RECOVERY, private)
        engine = store.open_with(Folder(path), Kind.RECOVERY, private)
        with reading(engine, "") as session:
            name = offices.own(session).name
        engine.dispose()
    return name


def come_back(path: Path, recovery_key: str, login: str, password: str, fresh: str) -> tuple[Engine, str]:
    """With the recovery key give a user a new password; ``fresh`` takes the place of the key that was used.

    Both in one writing of the key file: wholly or not at all.
    """
    words = "用恢复密钥重设了{}的密码，并换了新的恢复密钥"
    return _reset(
        path, Kind.RECOVERY, recovery.private(recovery_key), login, password, words,
        lambda key: [store.paper_slot(fresh, key)],
    )  # fmt: skip


def come_back_by_superior(
    path: Path, pem: bytes, pem_password: str, login: str, password: str
) -> tuple[Engine, str]:
    """With the private key of the superior give a user a new password."""
    private = superior.read_private(pem, pem_password)
    return _reset(
        path, Kind.SUPERIOR, private, login, password, "上级用恢复私钥重设了{}的密码", lambda key: []
    )


def new_pair(password: str) -> tuple[bytes, bytes]:
    """A key pair for a superior: the file to be locked away, which opens with the password, and the one to be handed out."""
    return superior.new_pair(password)


def read_file(path: Path) -> bytes:
    """A key file of a superior; Refusal if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except OSError as error:
        raise Refusal(f"文件“{path.name}”读不了：{trouble(error)}。") from None


def check_public(pem: bytes) -> None:
    """Refuse a file that holds no public key of a superior."""
    superior.read_public(pem)


def set_superior(session: Session, path: Path, name: str, pem: bytes) -> None:
    """Let the superior's key open the data too; off until an office wants it."""
    access.need(session, Power.ACCOUNTS)
    name = clean_line(name)
    if not name:
        raise Refusal("请填写上级单位的名称。")
    public = superior.read_public(pem)
    key = accounts.key(session)
    with usable(path):
        key_changes.announce(session, path, f"设了上级恢复公钥（{name}）")
        store.put(Folder(path), key, keyfile.seal(Kind.SUPERIOR, name, public, key))


def drop_superior(session: Session, path: Path) -> None:
    """The superior's key opens nothing any more."""
    access.need(session, Power.ACCOUNTS)
    with usable(path):
        key_changes.announce(session, path, "取消了上级恢复公钥")
        store.drop_superior(Folder(path), accounts.key(session))


def _reset(
    path: Path, kind: Kind, private: Private, login: str, password: str, words: str,
    more: Callable[[bytes], list[Slot]],
) -> tuple[Engine, str]:  # fmt: skip
    folder, login = Folder(path), clean_line(login)
    with usable(path):
        _key(path, kind, private)
        engine = store.open_with(folder, kind, private)
    try:
        with reading(engine, "") as session:
            person = session.scalars(select(Staff).where(Staff.login == login)).first()
            name = person.name if person else login
            if person is None and login not in keyfile.logins(folder.keys):
                raise Refusal(f"没有“{login}”这个用户，请从名单里选。")
            passwords.check(password, name, login, offices.own(session).name)
        key = key_of(engine)
        with usable(path), transaction(engine, name) as session:
            key_changes.announce(session, path, words.format(name))
            store.put(folder, key, keyfile.lock(login, password, key), *more(key))
        entered(path, engine, login, name, Action.LOGGED_IN)
    except BaseException:
        engine.dispose()
        raise
    return engine, name


def _key(path: Path, kind: Kind, private: Private) -> bytes:
    try:
        return keyfile.unlock_with(Folder(path).keys, kind, private)
    except keyfile.Wrong:
        what = {Kind.RECOVERY: "恢复密钥", Kind.SUPERIOR: "恢复私钥"}[kind]
        raise Refusal(f"这个{what}打不开这里的数据：可能已经换过，或是别的单位的；请核对。") from None
