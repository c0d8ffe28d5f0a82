"""The key file (密钥文件): the random data key, locked once for each user by that user's password.

Each slot holds the data key under AES-256-GCM, the key of which is Argon2id of the password. A changed password
rewraps one slot; the database itself is never rewritten for it. The file has a twin, written after it: a cut of power
during a change leaves the old password or the new one, never neither, and a file that is lost or damaged (a digest
tells) is made good from the other. Neither keeps a password that was changed or a user who was taken off.
"""

import hashlib
import json
import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mediator.domain.errors import Refusal
from mediator.domain.wording import clean_line

FORMAT = 1
MEMORY_KIB = 65_536
ROUNDS = 3
LANES = 1
LEAST_PASSWORD = 8
_WRONG = "用户名或密码不对，请重新输入；密码区分大小写。"


@dataclass(frozen=True)
class Slot:
    """One user's lock on the data key; the cost of Argon2id is kept so that it can be raised later."""

    login: str
    salt: str
    nonce: str
    wrapped: str
    memory_kib: int
    rounds: int
    lanes: int

    def open(self, password: str) -> bytes:
        """The data key; Refusal if the password is not the right one."""
        key = _derive(password, b64decode(self.salt), self.memory_kib, self.rounds, self.lanes)
        try:
            return AESGCM(key).decrypt(b64decode(self.nonce), b64decode(self.wrapped), self.login.encode())
        except InvalidTag:
            raise Refusal(_WRONG) from None


def new_key() -> bytes:
    """A new random data key of 32 bytes."""
    return secrets.token_bytes(32)


def lock(login: str, password: str, key: bytes) -> Slot:
    """A new slot that opens with this password; the log-in name is kept without blanks around it."""
    login = clean_line(login)
    if not login:
        raise Refusal("请填写用户名。")
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapped = AESGCM(_derive(password, salt, MEMORY_KIB, ROUNDS, LANES)).encrypt(nonce, key, login.encode())
    return Slot(login, _text(salt), _text(nonce), _text(wrapped), MEMORY_KIB, ROUNDS, LANES)


def check_password(password: str) -> str:
    """Return a password fit for use; Refusal names what is wrong with it."""
    if len(password) < LEAST_PASSWORD:
        raise Refusal(f"密码太短，至少要 {LEAST_PASSWORD} 个字符，可以用一句容易记的话。")
    if len(set(password)) < 4:
        raise Refusal("密码太简单，请不要只用几个重复的字符。")
    return password


def read(path: Path) -> list[Slot]:
    """The slots of a key file, or of its twin if it cannot be read; Refusal if neither can."""
    for copy in copies(path):
        slots = _slots(copy)
        if slots:
            return slots
    raise Refusal("数据文件夹里的密钥文件打不开或已损坏，请从备份中恢复 keys.json。")


def write(path: Path, slots: list[Slot]) -> None:
    """Write the slots durably, the file first and then its twin."""
    body = {"format": FORMAT, "slots": [asdict(slot) for slot in slots]}
    words = json.dumps(body | {"digest": _digest(body)}, indent=1)
    for copy in copies(path):
        fresh = _fresh(copy)
        with fresh.open("w", encoding="utf-8") as file:
            file.write(words)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, copy)
        settle(path.parent)


def mend(path: Path) -> None:
    """Make file and twin alike again, after damage or a change that was cut off."""
    slots = read(path)
    if any(_slots(copy) != slots for copy in copies(path)):
        write(path, slots)


def copies(path: Path) -> tuple[Path, Path]:
    """The key file and its twin."""
    return path, path.with_suffix(".copy.json")


def files(path: Path) -> list[Path]:
    """Every file that ``write`` leaves, also when it is cut off."""
    return [*copies(path), *map(_fresh, copies(path))]


def settle(folder: Path) -> None:
    """Make new names in a folder outlast a cut of power; Windows does so by itself and has no call for it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unlock(path: Path, login: str, password: str) -> bytes:
    """The data key for a user; Refusal if there is no such user or the password is wrong (the same words)."""
    for slot in read(path):
        if slot.login == clean_line(login):
            return slot.open(password)
    raise Refusal(_WRONG)


def logins(path: Path) -> list[str]:
    """The log-in names that have a slot."""
    return [slot.login for slot in read(path)]


def _slots(path: Path) -> list[Slot]:
    """The slots of one file, none if it is not there or damaged; Refusal if a newer program wrote it."""
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    if not isinstance(document, dict) or document.pop("digest", None) != _digest(document):
        return []
    if document["format"] != FORMAT:
        raise Refusal("密钥文件来自更新版本的程序，请先升级本程序再打开。")
    return [Slot(**slot) for slot in document["slots"]]


def _fresh(copy: Path) -> Path:
    return copy.with_suffix(".part")


def _digest(body: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _text(part: bytes) -> str:
    return b64encode(part).decode()


def _derive(password: str, salt: bytes, memory_kib: int, rounds: int, lanes: int) -> bytes:
    secret = password.encode("utf-8", "surrogatepass")
    return hash_secret_raw(secret, salt, rounds, memory_kib, lanes, 32, Type.ID)
