"""Pictures and PDFs laid to a file (材料): evidence, proofs of identity, scans of signed papers."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import EventKind, MaterialKind
from mediator.domain.errors import Refusal, trouble
from mediator.domain.papers import Content, IssuedPaper, Material
from mediator.domain.wording import clean_line
from mediator.paper import media
from mediator.services import admitting
from mediator.services.cases import fill, guard, touch, trace

MOST_BYTES = 20 * 1024 * 1024
"""Bytes of one file."""
MOST_OF_CASE = 200 * 1024 * 1024
"""Bytes of all materials of one case."""
SUFFIXES = {
    "image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif", "image/webp": "webp", "application/pdf": "pdf",
}  # fmt: skip
"""How the name of a file ends, by what it is."""


def read(path: Path) -> bytes:
    """The bytes of a file that is to be laid to a case; Refusal if it cannot be read or is too large."""
    try:
        if not path.is_file():
            raise Refusal(f"“{path.name}”不是文件，请选照片或 PDF 文件。")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refusal(f"“{path.name}”读不出来：{trouble(error)}。") from None
    _check_size(data, path.name)
    return data


def add(
    session: Session, case: Case, data: bytes, file_name: str, kind: MaterialKind, *, by: str,
    caption: str = "", provider: str = "", paper: IssuedPaper | None = None, reason: str = "",
) -> Material:  # fmt: skip
    """Lay a file to a case, or to one issued paper as its signed scan; Refusal says what is wrong with it.

    The same file laid to the same place again stays the one it is.
    """
    guard(case, reason if paper is None else "签署件扫描")
    _check_size(data, file_name)
    kept, found, pages = admitting.kept(data, file_name)
    digest = hashlib.sha256(kept).hexdigest()
    place = (digest, kind, paper.id if paper else None)
    same = [m for m in case.materials if (m.digest, m.kind, m.paper_id) == place]
    if same:
        return same[0]
    if sum(m.size for m in case.materials) + len(kept) > MOST_OF_CASE:
        raise Refusal("这个案件的材料合起来超过 200 MB，请先缩小或删去用不着的。")
    if session.scalar(select(Content.id).where(Content.digest == digest)) is None:
        session.add(Content(digest=digest, data=kept))
        session.flush()
    made = Material(
        kind=kind, paper_id=paper.id if paper else None, file_name=clean_line(file_name)[:200], media=found,
        size=len(kept), pages=pages, digest=digest, added_at=datetime.now().replace(microsecond=0), added_by=by,
    )  # fmt: skip
    fill(made, {"caption": caption, "provider": provider})
    _check_scan(made)
    case.materials.append(made)
    trace(case, EventKind.ADDED, f"{kind.label}：{made.file_name}", by=by, reason=reason)
    touch(session, case)
    return made


def amend(
    session: Session, case: Case, wanted: int, raw: Mapping[str, object], *, by: str, reason: str = ""
) -> Material:
    """Change what is said of a material: its caption, kind or provider."""
    guard(case, reason)
    made = _of_id(case, wanted)
    changed = fill(made, raw)
    _check_scan(made)
    if changed:
        words = "、".join(field.label for field in changed)
        trace(case, EventKind.CHANGED, f"{made.file_name}（{words}）", by=by, reason=reason)
        touch(session, case)
    return made


def drop(session: Session, case: Case, wanted: int, *, by: str, reason: str = "") -> None:
    """Take a material off a case; its bytes go when no other material has them."""
    guard(case, reason)
    gone = _of_id(case, wanted)
    case.materials.remove(gone)
    trace(case, EventKind.REMOVED, f"{gone.kind.label}：{gone.file_name}", by=by, reason=reason)
    touch(session, case)
    if not session.scalar(select(func.count()).where(Material.digest == gone.digest)):
        session.execute(delete(Content).where(Content.digest == gone.digest))


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


def _check_size(data: bytes, file_name: str) -> None:
    if len(data) > MOST_BYTES:
        raise Refusal(f"“{file_name}”超过 20 MB，请缩小后再加。")


def _check_scan(material: Material) -> None:
    if material.kind is MaterialKind.SCAN and material.paper_id is None:
        raise Refusal("签署件的扫描要在“文书”里对着那一份文书加，这里请选别的材料类别。")
    if material.kind is not MaterialKind.SCAN and material.paper_id is not None:
        raise Refusal("这是一份文书的签署件扫描，材料类别不能改；放错了请删除，再另外加一次。")


def _of_id(case: Case, wanted: int) -> Material:
    for material in case.materials:
        if material.id == wanted:
            return material
    raise Refusal("这份材料已经不在了，可能刚被别人删去；请刷新后再试。")
