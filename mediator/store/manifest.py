"""What a backup says of itself (备份说明): written last, so that a folder without it is no backup.

One JSON document with a SHA-256 of its own. It names no person: counts, sizes and the office alone.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from mediator.domain.errors import Refusal

FORMAT = 1
NAME = "manifest.json"
DATABASE = "backup.db"
"""Not the name that a data folder gives it, so that nobody works in a backup by mistake."""
PREFIX = "mediator-backup-"
LARGEST = 2**20
"""Bytes of a manifest that is read."""
_MOST_FOLDERS = 10_000


@dataclass(frozen=True)
class Piece:
    """One file of a backup: how many bytes, and their SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What is in a backup."""

    office_uid: str
    office_name: str
    made_at: datetime
    program: str
    schema: str
    """Version of the database's shape."""
    counts: Mapping[str, int]
    """Rows of every table."""
    entry_id: int
    """The newest audit entry, and its hash: the head of the chain."""
    entry_hash: str
    files: Mapping[str, Piece]
    checkpoint: Mapping[str, str | int] = field(default_factory=dict)
    """检查点: how far the chain had come when it was begun, signed by the office; what it means knows who signed it."""

    @property
    def cases(self) -> int:
        """How many cases, in 件."""
        return self.counts.get("case", 0)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(piece.size for piece in self.files.values())

    def write(self) -> bytes:
        """The document."""
        body = {"format": FORMAT, **asdict(self), "made_at": self.made_at.isoformat(timespec="seconds")}
        return json.dumps(body | {"digest": _digest(body)}, ensure_ascii=False, indent=1).encode()


@dataclass(frozen=True)
class Copy:
    """备份: a whole copy of a data folder, lying somewhere."""

    path: Path
    manifest: Manifest

    @property
    def database(self) -> Path:
        """The encrypted database in it; never opened but to read."""
        return self.path / DATABASE

    @property
    def keys(self) -> Path:
        """The key file of that day: it opens with the passwords of that day."""
        return self.path / "keys.json"


def found(path: Path) -> Copy:
    """The backup at a path, its folder or any file in it; Refusal if it is none or files are missing."""
    folder = path if path.is_dir() else path.parent
    copy = _copy(folder)
    if copy is None:
        raise Refusal(f"“{path}”不是备份，或者已经损坏；请选名字以 {PREFIX} 开头的文件夹。")
    return copy


def listed(place: Path) -> list[Copy]:
    """The backups that lie directly in a place, the newest first; none if it cannot be read."""
    try:
        folders = sorted(place.glob(PREFIX + "*"))[:_MOST_FOLDERS]
    except OSError:
        return []
    copies = [copy for folder in folders if not folder.is_symlink() and (copy := _copy(folder))]
    return sorted(copies, key=lambda copy: copy.manifest.made_at, reverse=True)


def _copy(folder: Path) -> Copy | None:
    try:
        path = folder / NAME
        if path.stat().st_size > LARGEST:
            return None
        manifest = _read(path.read_bytes())
        whole = all((folder / name).stat().st_size == piece.size for name, piece in manifest.files.items())
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return Copy(folder, manifest) if whole and DATABASE in manifest.files else None


def _read(data: bytes) -> Manifest:
    body = json.loads(data)
    if body.pop("digest") != _digest(body) or body.pop("format") != FORMAT:
        raise ValueError
    body["made_at"] = datetime.fromisoformat(body["made_at"])
    body["files"] = {name: Piece(**piece) for name, piece in body["files"].items() if Path(name).name == name}
    manifest = Manifest(**body)
    numbers = (
        manifest.entry_id,
        *manifest.counts.values(),
        *(piece.size for piece in manifest.files.values()),
    )
    if not all(type(number) is int for number in numbers):
        raise ValueError
    if not all(type(value) in (str, int) for value in manifest.checkpoint.values()):
        raise ValueError
    return manifest


def _digest(body: object) -> str:
    words = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()
