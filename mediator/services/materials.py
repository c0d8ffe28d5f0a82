"""Pictures and PDFs laid to a file (材料): evidence, proofs of identity, scans of signed papers."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import EventKind, MaterialKind
from mediator.domain.errors import Refusal, trouble
from mediator.domain.papers import Content, IssuedPaper, Material
from mediator.domain.wording import clean_line
from mediator.paper import media
from mediator.services import admitting, merging
from mediator.services.cases import fill, guard, touch, trace

MOST_BYTES = 20 * 1024 * 1024
"""Bytes of one file."""
MOST_OF_CASE = 200 * 1024 * 1024
"""Bytes of all materials of one case."""
SUFFIXES = {
    "image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif", "image/webp": "webp", "application/pdf": "pdf",
}  # fmt: skip
"""How the name of a file ends, by what it is."""


@dataclass(frozen=True)
class Admitted:
    """A file that was looked into (隔离核对) and may be laid to a case: its name, what is kept of it, what that is."""

    file_name: str
    data: bytes
    media: str
    pages: int


def read(path: Path) -> Admitted:
    """A file that is to be laid to a case; Refusal if it cannot be read, is too large, or holds no picture and no PDF.

    That takes up to ``admitting.SECONDS``: it is done before the transaction, which then is short.
    """
    try:
        if not path.is_file():
            raise Refusal(f"“{path.name}”不是文件，请选照片或 PDF 文件。")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refusal(f"“{path.name}”读不出来：{trouble(error)}。") from None
    return admit(data, path.name)


def admit(data: bytes, file_name: str) -> Admitted:
    """The same for bytes that are at hand already."""
    if len(data) > MOST_BYTES:
        raise Refusal(f"“{file_name}”超过 20 MB，请缩小后再加。")
    return Admitted(file_name, *admitting.kept(data, file_name))


def add(
    session: Session, case: Case, file: Admitted, kind: MaterialKind, *, by: str,
    caption: str = "", provider: str = "", paper: IssuedPaper | None = None, reason: str = "",
) -> Material:  # fmt: skip
    """Lay a file to a case, or to one issued paper as its signed scan.

    The same file laid to the same place again stays the one it is.
    """
    guard(case, reason if paper is None else "签署件扫描")
    digest = hashlib.sha256(file.data).hexdigest()
    place = (digest, kind, paper.id if paper else None)
    same = [m for m in case.materials if (m.digest, m.kind, m.paper_id) == place]
    if same:
        return same[0]
    if sum(m.size for m in case.materials) + len(file.data) > MOST_OF_CASE:
        raise Refusal("这个案件的材料合起来超过 200 MB，请先缩小或删去用不着的。")
    if session.scalar(select(Content.id).where(Content.digest == digest)) is None:
        session.add(Content(digest=digest, data=file.data))
        session.flush()
    made = Material(
        kind=kind, paper_id=paper.id if paper else None, file_name=clean_line(file.file_name)[:200], media=file.media,
        size=len(file.data), pages=file.pages, digest=digest, added_at=datetime.now().replace(microsecond=0), added_by=by,
    )  # fmt: skip
    fill(made, {"caption": caption, "provider": provider})
    _check_scan(made)
    case.materials.append(made)
    trace(case, EventKind.ADDED, f"{kind.label}：{made.file_name}", by=by, reason=reason)
    touch(session, case)
    return made


def amend(
    session: Session, case: Case, wanted: int, raw: Mapping[str, object], *, by: str, reason: str = "",
    was: Mapping[str, object] | None = None,
) -> Material:  # fmt: skip
    """Change what is said of a material: its caption, kind or provider; ``was`` as in ``cases.fill``."""
    guard(case, reason)
    made = _of_id(session, case, wanted)
    changed = fill(made, raw, was)
    _check_scan(made)
    if changed:
        words = "、".join(field.label for field in changed)
        trace(case, EventKind.CHANGED, f"{made.file_name}（{words}）", by=by, reason=reason)
        touch(session, case)
    return made


def drop(
    session: Session, case: Case, wanted: int, *, by: str, reason: str = "",
    was: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    """Take a material off a case, if it is still as it was seen; its bytes stay, so that it can be found again (找回)."""
    guard(case, reason)
    gone = _of_id(session, case, wanted)
    merging.unchanged(gone, was, "删除")
    case.materials.remove(gone)
    trace(case, EventKind.REMOVED, f"{gone.kind.label}：{gone.file_name}", by=by, reason=reason)
    touch(session, case)


def check_again(case: Case, made: Material) -> None:
    """Refuse to have a removed material on a case again that it has by now anyway, or that is too much for it."""
    place = (made.digest, made.kind, made.paper_id)
    if any((one.digest, one.kind, one.paper_id) == place for one in case.materials if one is not made):
        raise Refusal(f"“{made.file_name}”已经另外加过一次了，不用找回。")
    if sum(one.size for one in case.materials) > MOST_OF_CASE:
        raise Refusal("找回以后，这个案件的材料合起来超过 200 MB，请先删去用不着的。")


def content(session: Session, digest: str) -> bytes:
    """The bytes of a material; Refusal if they are gone or not what they were."""
    data = session.scalar(select(Content.data).where(Content.digest == digest))
    if data is None or hashlib.sha256(data).hexdigest() != digest:
        raise Refusal("这份材料的内容读不出来，可能已损坏；请用备份里的数据核对。")
    return data


def found(session: Session, digests: Iterable[str]) -> dict[str, bytes]:
    """The bytes of those materials that are there, by their digest."""
    rows = select(Content.digest, Content.data).where(Content.digest.in_(list(digests)))
    return dict(session.execute(rows).all())


def glances(session: Session, material: Material, pixels: int) -> Iterator[bytes]:
    """Each page of a material as an upright JPEG, its longer side at most so many pixels; b"" for one that is damaged.

    Refusal if none of it can be read.
    """
    try:
        yield from media.pictures(content(session, material.digest), material.media, pixels)
    except media.MediaError as error:
        raise Refusal(str(error)) from None


def glance(session: Session, material: Material, pixels: int) -> bytes:
    """The first page of a material as an upright JPEG, its longer side at most so many pixels; Refusal if there is none."""
    page = next(glances(session, material, pixels), b"")
    if not page:
        raise Refusal("这份材料的第一页显示不出来，可以“存为文件”后用别的程序打开看。")
    return page


def scans(case: Case, paper: IssuedPaper) -> list[Material]:
    """The scans of the signed paper, in the order they were added."""
    return [material for material in case.materials if material.paper_id == paper.id]


def _check_scan(material: Material) -> None:
    if material.kind is MaterialKind.SCAN and material.paper_id is None:
        raise Refusal("签署件的扫描要在“文书”里对着那一份文书加，这里请选别的材料类别。")
    if material.kind is not MaterialKind.SCAN and material.paper_id is not None:
        raise Refusal("这是一份文书的签署件扫描，材料类别不能改；放错了请删除，再另外加一次。")


def _of_id(session: Session, case: Case, wanted: int) -> Material:
    found = next((material for material in case.materials if material.id == wanted), None)
    if found is None:
        merging.gone(session, Material, wanted)
    return found
