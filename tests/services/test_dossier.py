"""The bound file: every paper in the office's order, photos and scans in it, and a contents list that tells the truth."""

import re
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from sqlalchemy.orm import Session
from test_papers import issue, sign_all
from test_road import BY, TODAY, settle

from mediator.domain.case import Case
from mediator.domain.codes import MaterialKind
from mediator.domain.errors import Refusal
from mediator.services import dossier, form_settings, materials, papers, parts, printouts


def photo(colour: str, size: tuple[int, int] = (900, 600)) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    return file.getvalue()


def pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as file:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in file]


def filled(session: Session) -> Case:
    case: Case = settle(session)
    parts.put(
        session, case, "sessions", {"held_at": "2026-03-04T14:00", "record": "各说各的。\n" * 90}, by=BY
    )
    for n, colour in enumerate(("red", "green", "blue")):
        file = materials.admit(photo(colour), f"照片{n}.jpg")
        materials.add(session, case, file, MaterialKind.EVIDENCE, by=BY)
    session.flush()
    papers.issue_all(session, case, papers.chosen(session, []), by=BY, today=TODAY)
    return case


def test_the_contents_list_names_the_page_each_paper_begins_on(session: Session) -> None:
    case = filled(session)
    found = pages(dossier.write(session, case, today=TODAY))
    contents = next(page for page in found if "卷内目录" in page)
    inside = [page for page in found[found.index(contents) + 1 :] if "备考表" not in page]
    for title in ("人民调解受理登记表", "人民调解当事人权利义务告知书", "人民调解证据材料", "人民调解协议书"):
        said = re.search(rf"{title}\n?\s*(\d+)", contents)
        assert said, (title, contents)
        assert title in inside[int(said[1]) - 1]
    assert len(found) > 9
    assert sum("第 1 页 共" in page for page in inside) == len(papers.newest(case))


def test_the_order_is_the_offices(session: Session) -> None:
    case = filled(session)
    codes = [form.code for form in form_settings.forms(session)]
    codes.remove("agreement")
    codes.insert(codes.index("acceptance"), "agreement")
    form_settings.arrange(session, codes)
    contents = next(page for page in pages(dossier.write(session, case, today=TODAY)) if "卷内目录" in page)
    assert contents.index("人民调解协议书") < contents.index("人民调解受理登记表")
    form_settings.choose(session, "identity", {"standing": "不入卷"})
    contents = next(page for page in pages(dossier.write(session, case, today=TODAY)) if "卷内目录" in page)
    assert "当事人身份证明" not in contents


def test_a_signed_scan_stands_in_the_place_of_its_paper_when_asked_for(session: Session) -> None:
    case = filled(session)
    agreement = next(p for p in case.papers if p.form == "agreement")
    sign_all(session, case, agreement, date(2026, 3, 5))
    scan = materials.admit(photo("gray", (1240, 1754)), "扫描.jpg")
    materials.add(session, case, scan, MaterialKind.SCAN, by=BY, paper=agreement)
    printed = "".join(pages(dossier.write(session, case, today=TODAY)))
    scanned = "".join(pages(dossier.write(session, case, today=TODAY, scans=True)))
    words = "自愿达成如下协议"
    assert words in printed and words not in scanned
    assert scanned.count("人民调解协议书") == 1  # in the contents list only


def test_a_file_is_the_same_bytes_again(session: Session) -> None:
    case = filled(session)
    assert dossier.write(session, case, today=TODAY) == dossier.write(session, case, today=TODAY)


def test_there_is_nothing_to_bind_before_a_paper_is_issued(session: Session) -> None:
    with pytest.raises(Refusal, match="还没有出具过文书"):
        dossier.write(session, settle(session), today=TODAY)


def test_the_code_of_an_issued_paper_finds_it_again(session: Session) -> None:
    case = settle(session)
    issued = issue(session, case, "agreement")
    mark = printouts.of_issued(session, issued).foot.mark
    assert case.number in mark
    assert printouts.checked(session, mark) is issued
    with pytest.raises(Refusal, match="没有出具过这份文书"):
        printouts.checked(session, mark[:-1] + ("0" if mark[-1] != "0" else "1"))
    with pytest.raises(Refusal, match="不是本程序"):
        printouts.checked(session, "https://example.invalid/")
