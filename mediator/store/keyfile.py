"""The key file (密钥文件): the random data key, sealed once for each one who may open the data.

A slot (密钥槽) holds the data key sealed to a public key (HPKE, RFC 9180). What differs is where the private half comes
from: for a user it is Argon2id of the password, for the paper it is the recovery key itself, a superior keeps a file.
So a changed password reseals one slot and the database is never rewritten for it; and when there is a new data key it
can be sealed to everybody anew without anybody's password. The list of slots carries a code (MAC) under the data key:
a slot that somebody took out or put in by hand is noticed as soon as the data is open.

The file has a twin, written after it: a cut of power during a change leaves the old password or the new one, never
neither, and a file that is lost or damaged (a digest tells) is made good from the other. Neither keeps a password that
was changed or a user who was taken off.
"""

import hashlib
import hmac
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mediator.domain.errors import Refusal
from mediator.domain.wording import clean_line

FORMAT = 1
MEMORY_KIB = 65_536
ROUNDS = 3
LANES = 1
Private = X25519PrivateKey
"""What opens a slot."""
_SEAL = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_seen: "dict[Path, Keys]" = {}
"""Every key file as this program last read or wrote it: should file and twin be lost while it runs, this is left."""


class Wrong(Refusal):
    """The password is not the right one, or there is no such user (用户名或密码不对)."""

    def __init__(self) -> None:
        super().__init__("用户名或密码不对，请重新输入；密码区分大小写。")


class Kind(Enum):
    """密钥槽种类: whose a slot is."""

    USER = "user"
    RECOVERY = "recovery"
    SUPERIOR = "superior"


@dataclass(frozen=True)
class Slot:
    """The data key as one of those can open it who may; the cost of Argon2id is kept so that it can be raised later."""

    kind: str
    login: str
    """Log-in name of a user, name of a superior's key; empty for the paper."""
    public: str
    sealed: str
    made_at: str
    salt: str = ""
    memory_kib: int = 0
    rounds: int = 0
    lanes: int = 0

    def open(self, private: Private) -> bytes:
        """The data key; Wrong if the private key is not the right one."""
        if _public(private) != self.public:
            raise Wrong
        try:
            return _SEAL.decrypt(b64decode(self.sealed), private, self._bound())
        except (InvalidTag, ValueError):
            raise Wrong from None

    def private(self, password: str) -> Private:
        """The private key that a password gives in this slot."""
        return _stretched(password, b64decode(self.salt), self.memory_kib, self.rounds, self.lanes)

    def resealed(self, key: bytes) -> "Slot":
        """The same slot for another data key; what opened it opens it still."""
        public = X25519PublicKey.from_public_bytes(b64decode(self.public))
        return replace(self, sealed=_text(_SEAL.encrypt(key, public, self._bound())))

    def _bound(self) -> bytes:
        """What a seal holds for: this slot and no other."""
        return _canonical(asdict(replace(self, sealed="")))


@dataclass(frozen=True)
class Keys:
    """The key file as it was read."""

    key_id: str
    """Moment at which the data key was made, and a random part; another data key has another."""
    generation: int
    """How often the file was written."""
    slots: tuple[Slot, ...]
    mac: str

    def signed(self, key: bytes) -> "Keys":
        """The same with the code that only who has the data key can make."""
        secret = HKDF(SHA256(), 32, None, b"mediator slots").derive(key)
        mac = hmac.new(secret, _canonical(asdict(replace(self, mac=""))), hashlib.sha256).hexdigest()
        return replace(self, mac=mac)

    def is_signed(self, key: bytes) -> bool:
        """Whether the code in it was made by somebody who has the data key."""
        return hmac.compare_digest(self.mac, self.signed(key).mac)

    def of(self, kind: Kind) -> list[Slot]:
        """The slots of one kind."""
        return [slot for slot in self.slots if slot.kind == kind.value]


_ROOM = 2**17
"""Bytes: more than file and twin ever take."""
_again: set[Path] = set()


def new_key() -> bytes:
    """A new random data key of 32 bytes."""
    return secrets.token_bytes(32)


def new_id() -> str:
    """A name for a new data key: when it was made, and a random part."""
    return f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def lock(login: str, password: str, key: bytes) -> Slot:
    """A new slot that opens with this password; the log-in name is kept without blanks around it."""
    login = clean_line(login)
    if not login:
        raise Refusal("请填写用户名。")
    salt = secrets.token_bytes(16)
    public = _public(_stretched(password, salt, MEMORY_KIB, ROUNDS, LANES))
    blank = Slot(Kind.USER.value, login, public, "", _now(), _text(salt), MEMORY_KIB, ROUNDS, LANES)
    return blank.resealed(key)


def seal(kind: Kind, name: str, public: X25519PublicKey, key: bytes) -> Slot:
    """A new slot that opens with a private key kept elsewhere."""
    return Slot(kind.value, name, _text(public.public_bytes_raw()), "", _now()).resealed(key)


def unlock(path: Path, login: str, password: str) -> bytes:
    """The data key for a user; Wrong if there is no such user or the password is wrong (the same words)."""
    for slot in read(path).of(Kind.USER):
        if slot.login == clean_line(login):
            return slot.open(slot.private(password))
    raise Wrong


def unlock_with(path: Path, kind: Kind, private: Private) -> bytes:
    """The data key for who has a private key; Wrong if no slot of that kind is its own."""
    for slot in read(path).of(kind):
        if slot.public == _public(private):
            return slot.open(private)
    raise Wrong


def logins(path: Path) -> list[str]:
    """The log-in names that have a slot."""
    return [slot.login for slot in read(path).of(Kind.USER)]


def read(path: Path) -> Keys:
    """The key file, or its twin if it cannot be read; Refusal if neither can."""
    for copy in copies(path):
        keys = _keys(_body(copy))
        if keys:
            _seen[path.absolute()] = keys
            return keys
    raise Refusal("数据文件夹里的密钥文件打不开或已损坏，请从备份中恢复 keys.json。")


def write(path: Path, slots: Sequence[Slot], key: bytes, *, key_id: str = "", after: int = 0) -> None:
    """Write the slots durably, the file first and then its twin; a new data key comes with its ``key_id``.

    ``after`` is how often it had been written already, where an older file stands in its place.
    """
    known = next(filter(None, (_keys(_body(copy)) for copy in copies(path))), None)
    keys = Keys(
        key_id or (known.key_id if known else new_id()),
        max(known.generation if known else 0, after) + 1,
        tuple(slots),
        "",
    ).signed(key)
    _lay(path, keys)


def written_again(path: Path, key: bytes) -> bool:
    """Write the key file as this program last saw it where neither it nor its twin can be read; whether that was done.

    Refusal if it was never seen.
    """
    if any(_body(copy) for copy in copies(path)):
        return False
    keys = _seen.get(path.absolute())
    if keys is None or not keys.is_signed(key):
        raise Refusal("数据文件夹里的密钥文件不见了或已损坏；请不要关闭程序，先从备份里找回 keys.json。")
    _lay(path, keys)
    _again.add(path.absolute())
    return True


def was_written_again(path: Path) -> bool:
    """Whether this program had to write a key file again."""
    return path.absolute() in _again


def whole(path: Path, key: bytes) -> bool:
    """Whether the list of slots is as it was last written by somebody who had the data key."""
    return read(path).is_signed(key)


def mark(path: Path, key: bytes) -> str:
    """A short name for the list of slots as it stands: another list, or one that nobody vouches for, has another."""
    told = [asdict(slot) for slot in read(path).slots]
    return hashlib.sha256(_canonical({"slots": told, "whole": whole(path, key)})).hexdigest()[:12]


def mend(path: Path) -> None:
    """Make file and twin alike again, after damage or a change that was cut off."""
    let_room(path)
    good = next((copy.read_bytes() for copy in copies(path) if _body(copy)), b"")
    for copy in copies(path):
        if good and (not copy.is_file() or copy.read_bytes() != good):
            _put(copy, good)


def copies(path: Path) -> tuple[Path, Path]:
    """The key file and its twin."""
    return path, path.with_suffix(".copy.json")


def files(path: Path) -> list[Path]:
    """Every file that ``write`` leaves, also when it is cut off."""
    return [*copies(path), *map(_fresh, copies(path)), _room(path)]


def hold_room(path: Path) -> None:
    """Take the room on the disk that the key file needs to be written once more, before it is changed."""
    try:
        _write(_room(path), secrets.token_bytes(_ROOM))
    except OSError:
        let_room(path)
        raise


def let_room(path: Path) -> None:
    """Let that room go: for the key file, or because it is not needed any more."""
    _room(path).unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Make new names in a folder outlast a cut of power; Windows does so by itself and has no call for it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lay(path: Path, keys: Keys) -> None:
    """Write file and twin."""
    body: dict[str, Any] = {"format": FORMAT, **asdict(keys)}
    words = json.dumps(body | {"digest": _digest(body)}, indent=1).encode()
    try:
        for copy in copies(path):
            _write(_fresh(copy), words)
    except OSError:  # a full disk leaves what was there, and as much room as there was
        for copy in copies(path):
            _fresh(copy).unlink(missing_ok=True)
        raise
    for copy in copies(path):
        os.replace(_fresh(copy), copy)
        settle(copy.parent)
    _seen[path.absolute()] = keys


def _put(copy: Path, words: bytes) -> None:
    _write(_fresh(copy), words)
    os.replace(_fresh(copy), copy)
    settle(copy.parent)


def _write(path: Path, words: bytes) -> None:
    with path.open("wb") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())


def _body(path: Path) -> dict[str, Any]:
    """What one file holds; nothing if it is not there or damaged."""
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(document, dict) or document.pop("digest", None) != _digest(document):
        return {}
    return document


def _keys(body: dict[str, Any]) -> Keys | None:
    """The key file that a body is, None if it is none; Refusal if a newer program wrote it."""
    if not body:
        return None
    if body.pop("format") != FORMAT:
        raise Refusal("密钥文件来自更新版本的程序，请先升级本程序再打开。")
    slots = tuple(Slot(**slot) for slot in body["slots"])
    return Keys(body["key_id"], body["generation"], slots, body["mac"])


def _room(path: Path) -> Path:
    return path.with_suffix(".room")


def _fresh(copy: Path) -> Path:
    return copy.with_suffix(".part")


def _digest(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _canonical(body: dict[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def _public(private: Private) -> str:
    return _text(private.public_key().public_bytes_raw())


def _text(part: bytes) -> str:
    return b64encode(part).decode()


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")


def stretched(password: str, salt: bytes, memory_kib: int, rounds: int, lanes: int) -> bytes:
    """32 bytes that only the password gives, at the cost told (Argon2id, RFC 9106)."""
    secret = password.encode("utf-8", "surrogatepass")
    return hash_secret_raw(secret, salt, rounds, memory_kib, lanes, 32, Type.ID)


def _stretched(password: str, salt: bytes, memory_kib: int, rounds: int, lanes: int) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(stretched(password, salt, memory_kib, rounds, lanes))
