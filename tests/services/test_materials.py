"""Pictures and PDFs laid to a case: limits, kept once, refused where damaged; taken off, their bytes stay."""

import os
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from test_road import BY, TODAY, settle

from mediator.domain.case import Case
from mediator.domain.codes import EventKind, MaterialKind, Stage
from mediator.domain.errors import Refusal
from mediator.domain.papers import Content, IssuedPaper, Material
from mediator.forms.register import by_code
from mediator.services import agreements, cases, materials, papers, progress

EVIDENCE, VOUCHER, SCAN = MaterialKind.EVIDENCE, MaterialKind.VOUCHER, MaterialKind.SCAN


def picture(colour: str = "red", size: tuple[int, int] = (40, 30), form: str = "JPEG") -> bytes:
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, form)
    return file.getvalue()


def pdf(pages: int = 2) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(200, 300))
    for _ in range(pages):
        canvas.rect(20, 20, 60, 90, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def padded(data: bytes, size: int) -> bytes:
    """A JPEG with so many bytes: what follows its end is not looked at."""
    return data + b"\x00" * (size - len(data))


def add(session: Session, case: Case, data: bytes, name: str = "吊顶 (1).jpg", **more: object) -> Material:
    kind = more.pop("kind", EVIDENCE)
    file = materials.admit(data, name)
    made = materials.add(session, case, file, kind, by=BY, **more)  # type: ignore[arg-type]
    session.flush()
    return made


def contents(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Content)) or 0


def issued(session: Session, case: Case) -> IssuedPaper:
    paper = papers.issue(session, case, by_code("agreement"), None, by=BY, today=TODAY)
    session.flush()
    return paper


@pytest.fixture
def case(session: Session) -> Case:
    made: Case = settle(session)
    return made


def close(session: Session, case: Case, *to: Stage) -> None:
    agreements.put(session, case, {"performance": "full", "performed_on": "2026-04-04"}, by=BY)
    for stage in to:
        progress.advance(session, case, stage, by=BY, on=date(2026, 4, 5), today=TODAY, reason="已履行")


def test_what_is_laid_to_a_case_is_kept_with_what_is_said_of_it(session: Session, case: Case) -> None:
    data = picture()
    made = add(session, case, data, caption="2月28日拍的吊顶", provider="周文谦", kind=VOUCHER)
    session.expire_all()
    stored = cases.load(session, case.id).materials
    assert [(m.kind, m.caption, m.provider, m.file_name) for m in stored] == [
        (VOUCHER, "2月28日拍的吊顶", "周文谦", "吊顶 (1).jpg")
    ]
    assert (made.media, made.size, made.added_by) == ("image/jpeg", len(data), BY)
    assert materials.content(session, made.digest) == data
    assert materials.found(session, [made.digest, "0" * 64]) == {made.digest: data}
    event = case.events[-1]
    assert (event.kind, event.detail) == (EventKind.ADDED, "履行凭证：吊顶 (1).jpg")


def test_what_it_is_is_seen_by_its_content(session: Session, case: Case) -> None:
    assert add(session, case, pdf(), "收条.jpg").media == "application/pdf"
    assert add(session, case, picture(form="PNG"), "收条.PDF").media == "image/png"
    kept = add(session, case, picture("green", form="BMP"), "旧图.bmp")
    assert (kept.media, kept.size) == ("image/png", len(materials.content(session, kept.digest)))
    assert {materials.SUFFIXES[m.media] for m in case.materials} == {"pdf", "png"}


def test_the_same_bytes_are_kept_once(session: Session, case: Case) -> None:
    first = add(session, case, picture())
    assert add(session, case, picture(), "另一个名字.jpg") is first
    other = add(session, case, picture(), kind=VOUCHER)
    assert [m.id for m in case.materials] == [first.id, other.id]
    assert contents(session) == 1


def test_bytes_stay_for_what_may_be_found_again(session: Session, case: Case) -> None:
    second = settle(session)
    mine = add(session, case, picture())
    twin = add(session, case, picture(), kind=VOUCHER)
    theirs = add(session, second, picture())
    materials.drop(session, case, mine.id, by=BY)
    materials.drop(session, case, twin.id, by=BY)
    materials.drop(session, second, theirs.id, by=BY)
    assert (case.materials, second.materials, contents(session)) == ([], [], 1)
    assert (case.events[-1].kind, case.events[-1].detail) == (EventKind.REMOVED, "履行凭证：吊顶 (1).jpg")
    assert materials.content(session, theirs.digest) == picture()
    session.execute(delete(Content))
    with pytest.raises(Refusal, match="读不出来"):
        materials.content(session, theirs.digest)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空文件"),
        (b"hello", "“不是图.jpg”"),
        (picture()[:150], "“不是图.jpg”"),
        (pdf()[:60], "“不是图.jpg”"),
        (b"PK\x03\x04 a document of a word processor", "“不是图.jpg”"),
    ],
    ids=["empty", "words", "half a picture", "half a pdf", "docx"],
)
def test_what_cannot_be_shown_is_refused_in_one_sentence(
    session: Session, case: Case, data: bytes, words: str
) -> None:
    with pytest.raises(Refusal, match=words) as refusal:
        add(session, case, data, "不是图.jpg")
    assert str(refusal.value).count("。") == 1
    assert (case.materials, contents(session)) == ([], 0)


def test_a_file_has_a_limit(session: Session, case: Case) -> None:
    limit = materials.MOST_BYTES
    assert add(session, case, padded(picture(), limit)).size == limit
    with pytest.raises(Refusal, match=r"“大图\.jpg”超过 20 MB"):
        add(session, case, padded(picture(), limit + 1), "大图.jpg")


def test_all_files_of_a_case_have_a_limit(session: Session, case: Case) -> None:
    first = add(session, case, picture())
    first.size = materials.MOST_OF_CASE - len(picture("blue"))
    add(session, case, picture("blue"))
    with pytest.raises(Refusal, match="200 MB"):
        add(session, case, picture("green"))
    assert len(case.materials) == 2
    assert add(session, case, picture("blue")) is case.materials[1]


def test_an_archived_case_takes_nothing_and_loses_nothing(session: Session, case: Case) -> None:
    made = add(session, case, picture())
    paper = issued(session, case)
    close(session, case, Stage.CLOSED, Stage.ARCHIVED)
    for act in (
        lambda: add(session, case, picture("blue"), reason="补"),
        lambda: add(session, case, picture("blue"), kind=SCAN, paper=paper),
        lambda: materials.amend(session, case, made.id, {"caption": "x"}, by=BY, reason="补"),
        lambda: materials.drop(session, case, made.id, by=BY, reason="补"),
    ):
        with pytest.raises(Refusal, match="已经归档"):
            act()
    assert (case.materials, made.caption) == ([made], "")


def test_a_closed_case_asks_for_the_reason_but_not_for_a_scan(session: Session, case: Case) -> None:
    paper = issued(session, case)
    close(session, case, Stage.CLOSED)
    with pytest.raises(Refusal, match="写明原因"):
        add(session, case, picture())
    made = add(session, case, picture(), reason="当事人后来才交")
    assert case.events[-1].reason == "当事人后来才交"
    with pytest.raises(Refusal, match="写明原因"):
        materials.drop(session, case, made.id, by=BY)
    scan = add(session, case, picture("blue"), kind=SCAN, paper=paper)
    assert materials.scans(case, paper) == [scan]


def test_a_scan_belongs_to_its_paper(session: Session, case: Case) -> None:
    paper = issued(session, case)
    with pytest.raises(Refusal, match="“文书”"):
        add(session, case, picture(), kind=SCAN)
    scan = add(session, case, picture(), kind=SCAN, paper=paper)
    loose = add(session, case, picture())
    assert materials.scans(case, paper) == [scan]
    with pytest.raises(Refusal, match="不能改"):
        materials.amend(session, case, scan.id, {"kind": "evidence"}, by=BY)
    with pytest.raises(Refusal, match="“文书”"):
        materials.amend(session, case, loose.id, {"kind": "scan"}, by=BY)


def test_what_is_said_of_a_material_can_be_changed(session: Session, case: Case) -> None:
    made = add(session, case, picture())
    materials.amend(session, case, made.id, {"caption": "吊顶", "kind": "voucher", "provider": "王𬎆"}, by=BY)
    assert (made.caption, made.kind, made.provider) == ("吊顶", VOUCHER, "王𬎆")
    assert case.events[-1].detail == "吊顶 (1).jpg（材料类别、材料说明、提供人）"
    with pytest.raises(Refusal, match="已经不在了"):
        materials.amend(session, case, 999, {}, by=BY)


def test_the_first_page_is_shown_upright_and_small(session: Session, case: Case) -> None:
    file = BytesIO()
    turned = Image.Exif()
    turned[274] = 6
    Image.new("RGB", (900, 300), "red").save(file, "JPEG", exif=turned)
    for data, size in ((file.getvalue(), (100, 300)), (pdf(), (200, 300))):
        shown = materials.glance(session, add(session, case, data), 300)
        assert Image.open(BytesIO(shown)).size == size


def test_a_material_damaged_since_is_said_to_be(session: Session, case: Case) -> None:
    made = add(session, case, picture())
    row = session.scalars(select(Content)).one()
    row.data = b"x" + row.data[1:]
    session.flush()
    with pytest.raises(Refusal, match="备份"):
        materials.glance(session, made, 300)


def test_files_are_read_with_a_limit_and_trouble_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "收条 1.jpg"
    file.write_bytes(picture())
    assert materials.read(file) == materials.Admitted("收条 1.jpg", picture(), "image/jpeg", 1)
    with file.open("r+b") as opened:
        os.truncate(opened.fileno(), materials.MOST_BYTES + 1)
    for path, words in ((file, "超过 20 MB"), (tmp_path / "没有.jpg", "“没有.jpg”"), (tmp_path, "不是文件")):
        with pytest.raises(Refusal, match=words):
            materials.read(path)
