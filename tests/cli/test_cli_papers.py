"""mediator papers: the files it writes and what it says of papers that cannot be issued."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from running import CASE, FIRST, Runs, put, refused

from mediator.forms.register import FORMS


def words_of(path: Path) -> str:
    if path.suffix == ".docx":
        return ZipFile(BytesIO(path.read_bytes())).read("word/document.xml").decode("utf-8")
    with pypdfium2.PdfDocument(path.read_bytes()) as file:
        return "".join(page.get_textpage().get_text_range() for page in file)


def test_all_papers_that_can_be_issued_are_written(at: Runs, settled: str, tmp_path: Path) -> None:
    ran = at("papers", settled, "--to", tmp_path / "文书" / "三月", "--as", "both")
    assert ran.status == 0, ran.err
    stems = [
        f"{settled}-{title}"
        for title in (
            "人民调解受理登记表", "人民调解当事人权利义务告知书", "人民调解记录-1", "人民调解记录-2", "人民调解协议书",
        )
    ]  # fmt: skip
    written = sorted(path.name for path in (tmp_path / "文书" / "三月").iterdir())
    assert sorted(ran.out.splitlines()) == written
    assert {f"{stem}.{suffix}" for stem in stems for suffix in ("pdf", "docx")} <= set(written)
    for suffix in ("pdf", "docx"):
        text = words_of(tmp_path / "文书" / "三月" / f"{stems[-1]}.{suffix}")
        assert "阿依古丽·买买提" in text.replace("\r\n", "") and "壹万伍仟元零伍分" in text.replace(
            "\r\n", ""
        )
    assert "《人民调解口头协议登记表》没有出：" in ran.err


def test_one_form_again_is_the_same_paper(at: Runs, settled: str, tmp_path: Path) -> None:
    def once() -> bytes:
        ran = at("papers", settled, "--to", tmp_path, "--form", "agreement", "--json")
        assert ran.document == {"files": [f"{settled}-人民调解协议书.pdf"], "lacking": [], "by_hand": []}
        return (tmp_path / f"{settled}-人民调解协议书.pdf").read_bytes()

    assert once() == once()
    assert len(at("case", "show", settled, "--json").document["papers"]) == 1


def test_the_whole_file_is_one_pdf_in_the_order_of_the_bound_file(
    at: Runs, settled: str, tmp_path: Path
) -> None:
    ran = at("papers", settled, "--to", tmp_path, "--form", "dossier")
    assert ran.out == f"{settled}-卷宗.pdf\n"
    text = words_of(tmp_path / f"{settled}-卷宗.pdf").replace("\r\n", "")
    places = [text.index(title) for title in ("人民调解受理登记表", "权利义务告知书", "人民调解协议书")]
    assert places == sorted(places)


def test_a_form_asked_for_that_lacks_something_is_refused_and_nothing_is_issued(
    at: Runs, settled: str, tmp_path: Path, snapshot: Callable[[], bytes]
) -> None:
    before = snapshot()
    place = tmp_path / "p"
    refused(at("papers", settled, "--to", place, "--form", "agreement", "oral"), "口头协议登记表》还不能出具")
    refused(at("papers", settled, "--to", place, "--form", "revisit"), "回访记录》还不能出具", "还没有回访")
    refused(at("papers", settled, "--to", place, "--form", "divorce"), "divorce", "agreement")
    assert not place.exists()
    assert snapshot() == before


def test_nothing_is_issued_where_nothing_can_be_written(
    at: Runs, settled: str, tmp_path: Path, snapshot: Callable[[], bytes]
) -> None:
    before = snapshot()
    (tmp_path / "file").touch()
    (tmp_path / "p" / f"{settled}-人民调解协议书.pdf").mkdir(parents=True)
    refused(at("papers", settled, "--to", tmp_path / "file" / "p"), "写不进去")
    refused(at("papers", settled, "--to", tmp_path / "p", "--form", "agreement"), "不是普通文件")
    assert snapshot() == before


def test_a_character_no_font_has_is_named(at: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediator.services.papers.unprintable", lambda paper: ["𪚥", "䶮"])
    at("case", "new", put(tmp_path / "c.json", CASE))
    ran = at("papers", FIRST, "--to", tmp_path, "--form", "application")
    assert ran.status == 0
    assert "《人民调解申请书》里的“𪚥、䶮”没有字体可印" in ran.err


def test_every_form_is_listed(run: Runs) -> None:
    listed = run("papers", "--list", "--json").document["forms"]
    assert [(form["code"], form["title"], form["standing"]) for form in listed] == [
        (form.code, form.title, form.standing) for form in FORMS
    ]
    assert "settled" in listed[-1]["stages"] and "registered" not in listed[-1]["stages"]
    assert len(run("papers", "--list").out.splitlines()) == len(FORMS)
