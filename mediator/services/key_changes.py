"""Changes of the key file (密钥文件): told in the audit before they are made, so that none is ever made in silence.

The key file lies beside the database and cannot change in one transaction with it. So an entry of its own, kept first,
says what is about to be changed and how the list of slots stood; the entry of the change itself follows with the
transaction. Where that one is missing the program was cut off between the two, and at the next log-in the list of slots
tells whether the change was made.
"""

import re
from pathlib import Path

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.codes import Action
from mediator.domain.errors import Refusal, trouble
from mediator.services.transaction import BY, transaction
from mediator.store import folder as store
from mediator.store import history, keyfile
from mediator.store.engine import key_of
from mediator.store.folder import Folder
from mediator.store.keyfile import Keys

_AHEAD = re.compile(r"先记：(.*)（改前密钥文件 (\w+)）", re.DOTALL)
_SETTLED = re.compile(r"补记第 (\d+) 条：.*", re.DOTALL)


def announce(session: Session, path: Path, words: str, *, sure: bool = True) -> None:
    """Say that the key file is about to be changed, before, and with this transaction that it was, in the same words.

    To be called before the session writes anything: the entry before it is kept at once, by a transaction of its own.
    ``sure``: Refusal if somebody has changed the list of slots by hand. If the transaction comes to nothing, the key
    file is what it was; the room to write it once more is taken beforehand, so that a full disk does not stand in the way.
    """
    engine, folder = session.get_bind(), Folder(path)
    assert isinstance(engine, Engine)
    key = key_of(engine)
    before = store.checked(folder, key) if sure else keyfile.read(folder.keys)
    ahead(engine, path, session.info.get(BY, ""), words)
    history.note(session, Action.ACCOUNT, words)
    keyfile.hold_room(folder.keys)
    event.listen(session, "after_commit", lambda _session: keyfile.let_room(folder.keys), once=True)
    event.listen(session, "after_rollback", lambda _session: _put_back(folder, before, key), once=True)


def _put_back(folder: Folder, before: Keys, key: bytes) -> None:
    """The key file as it was; Refusal if not even that can be written."""
    try:
        keyfile.let_room(folder.keys)
        store.put_back(folder, before, key)
    except OSError as error:
        raise Refusal(
            f"密钥文件没能改回原样：{trouble(error)}；请腾出空间，重新登录，按提示核对能登录的人。"
        ) from None


def ahead(engine: Engine, path: Path, by: str, words: str) -> None:
    """Keep an entry that says what is about to be done to the key file."""
    with transaction(engine, by) as session:
        mark = keyfile.mark(Folder(path).keys, key_of(engine))
        history.note(session, Action.ACCOUNT, f"先记：{words}（改前密钥文件 {mark}）")


def settle(session: Session, path: Path) -> None:
    """Say of every change that was announced, and not told of since, whether it was made."""
    entries = session.execute(
        select(Entry.id, Entry.by, Entry.detail).where(Entry.action == Action.ACCOUNT).order_by(Entry.id)
    )
    waiting: dict[int, tuple[str, str, str]] = {}
    marks: dict[int, str] = {}
    for number, by, detail in entries:
        if said := _AHEAD.fullmatch(detail):
            waiting[number] = (by, said[1], said[2])
            marks[number] = said[2]
        elif said := _SETTLED.fullmatch(detail):
            waiting.pop(int(said[1]), None)
        else:
            told = [n for n, (whose, words, _) in waiting.items() if whose == by and words == detail]
            waiting.pop(told[-1] if told else 0, None)
    if not waiting:
        return
    bind = session.get_bind()
    assert isinstance(bind, Engine)
    now = keyfile.mark(Folder(path).keys, key_of(bind))
    for number, (by, words, mark) in waiting.items():
        after = next((later for n, later in marks.items() if n > number), now)
        became = "密钥文件没有改，这件事没有做成" if after == mark else "密钥文件已经改好"
        history.note(session, Action.ACCOUNT, f"补记第 {number} 条：{by}{words}，当时程序中断，{became}")
