"""mediator papers: the files it writes and what it says of papers that cannot be issued."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from running import CASE, FIRST, Runs, put, refused

from mediator.commands import files
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
    assert "口头协议" not in ran.err  # the case was settled in writing


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
    at: Runs, settled: str, tmp_path: Path, snapshot: Callable[[], list[str]]
) -> None:
    before = snapshot()
    place = tmp_path / "p"
    refused(at("papers", settled, "--to", place, "--form", "agreement", "oral"), "口头协议登记表》还不能出具")
    refused(at("papers", settled, "--to", place, "--form", "revisit"), "回访记录》还不能出具", "还没有回访")
    refused(at("papers", settled, "--to", place, "--form", "divorce"), "divorce", "papers --list")
    assert not place.exists()
    assert snapshot() == before


def test_nothing_is_issued_where_nothing_can_be_written(
    at: Runs, settled: str, tmp_path: Path, snapshot: Callable[[], list[str]]
) -> None:
    before = snapshot()
    (tmp_path / "file").touch()
    (tmp_path / "p" / f"{settled}-人民调解协议书.pdf").mkdir(parents=True)
    refused(at("papers", settled, "--to", tmp_path / "file" / "p"), "写不进去")
    refused(at("papers", settled, "--to", tmp_path / "p", "--form", "agreement"), "不是普通文件")
    assert snapshot() == before


def test_a_character_no_font_has_is_named(at: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediator.services.printouts.unprintable", lambda paper: ["𪚥", "䶮"])
    at("case", "new", put(tmp_path / "c.json", CASE))
    ran = at("papers", FIRST, "--to", tmp_path, "--form", "application")
    assert ran.status == 0
    assert "《人民调解申请书》里的“𪚥、䶮”没有字体可印" in ran.err


def test_every_form_is_listed(run: Runs) -> None:
    listed = run("papers", "--list", "--json").document["forms"]
    assert [(form["code"], form["title"], form["standing"]) for form in listed] == [
        (form.code, form.title, form.standing.label) for form in FORMS
    ]
    revisit = next(form for form in listed if form["code"] == "revisit")
    assert "settled" in revisit["stages"] and "registered" not in revisit["stages"]
    declined = next(form for form in listed if form["code"] == "declined")
    assert {ask["key"] for ask in declined["asks"]} and declined["group"] == "决定和通知"
    assert len(run("papers", "--list").out.splitlines()) == len(FORMS)


def test_a_notice_is_filled_in_from_a_file_and_numbered(at: Runs, settled: str, tmp_path: Path) -> None:
    said = put(tmp_path / "f.json", {"service": {"document": "人民调解协议书"}})
    asked = next(f for f in at("papers", "--list", "--json").document["forms"] if f["code"] == "service")[
        "asks"
    ]
    assert "document" in {ask["key"] for ask in asked}
    ran = at("papers", settled, "--to", tmp_path, "--form", "service", "--fill", said)
    assert ran.status == 0, ran.err
    assert "人民调解协议书" in words_of(tmp_path / f"{settled}-送达回证.pdf")
    bad = put(tmp_path / "b.json", {"service": {"colour": "红"}})
    refused(at("papers", settled, "--to", tmp_path, "--form", "service", "--fill", bad), "没有“colour”这一项")


def test_blank_forms_need_no_case(at: Runs, tmp_path: Path, snapshot: Callable[[], list[str]]) -> None:
    before = snapshot()
    ran = at("papers", "--blank", "--form", "agreement", "cover", "--to", tmp_path)
    assert ran.out.splitlines() == ["空白-人民调解协议书.pdf", "空白-卷宗封面.pdf"]
    assert "None" not in words_of(tmp_path / "空白-人民调解协议书.pdf")
    assert snapshot() == before


def test_the_office_keeps_its_own_papers(at: Runs, settled: str, tmp_path: Path) -> None:
    said = put(tmp_path / "f.json", {"register": {"since": "2026-03-01", "until": "2026-03-31"}})
    ran = at("papers", "--form", "register", "--fill", said, "--to", tmp_path)
    assert ran.status == 0, ran.err
    assert settled in words_of(tmp_path / ran.out.strip()).replace("\r\n", "")
    refused(at("papers", "--form", "agreement", "--to", tmp_path), "请写明卷号")


def test_a_file_is_checked_before_it_is_archived(at: Runs, settled: str, tmp_path: Path) -> None:
    before = at("papers", settled, "--check", "--json").document["gaps"]
    assert any("缺《人民调解协议书》" in gap for gap in before)
    at("papers", settled, "--to", tmp_path)
    after = at("papers", settled, "--check").out
    assert "缺《人民调解协议书》" not in after and "没有登记签名盖章" in after


def test_whole_files_of_a_period_come_one_after_another(at: Runs, settled: str, tmp_path: Path) -> None:
    at("case", "advance", settled, "closed", put(tmp_path / "s.json", {
        "on": "2026-04-20", "reason": "对方迟迟不付", "agreement": {"performance": "none"},
    }))  # fmt: skip
    at("papers", settled, "--to", tmp_path / "one", "--form", "record")
    ran = at(
        "papers",
        "--form",
        "dossier",
        "--from",
        "2026-04-01",
        "--until",
        "2026-04-30",
        "--to",
        tmp_path / "all",
    )
    assert ran.out == f"{settled}-卷宗.pdf\n"
    assert "卷内目录" in words_of(tmp_path / "all" / f"{settled}-卷宗.pdf")


def test_a_notice_begun_keeps_its_number_however_often_it_is_written(
    at: Runs, settled: str, tmp_path: Path
) -> None:
    for _ in range(3):
        at("papers", settled, "--to", tmp_path, "--form", "accepted", "accepted")
    kept = [paper["number"] for paper in at("case", "show", settled, "--json").document["papers"]]
    assert len(kept) == 1 and kept[0].endswith("1号")
    assert len(list(tmp_path.glob("*.pdf"))) == 1


def test_answers_of_the_wrong_kind_or_for_another_form_are_refused(
    at: Runs, settled: str, tmp_path: Path, snapshot: Callable[[], list[str]]
) -> None:
    before = snapshot()
    for said, part in (
        ({"service": {"document": ["a", {"b": 1}]}}, "不是列表"),
        ({"service": {"document": True}}, "true"),
        ({"meeting": {}}, "这次没有要出"),
        ({"service": "x"}, "JSON 对象"),
    ):
        bad = put(tmp_path / "bad.json", said)
        refused(at("papers", settled, "--to", tmp_path / "p", "--form", "service", "--fill", bad), part)
    assert snapshot() == before
    assert not (tmp_path / "p").exists() or not list((tmp_path / "p").iterdir())


def test_a_period_that_ends_before_it_begins_is_refused(at: Runs, settled: str, tmp_path: Path) -> None:
    days = ("--from", "2026-12-31", "--until", "2026-01-01")
    refused(at("papers", "--form", "dossier", *days, "--to", tmp_path), "晚于结束日期")


def test_files_written_aside_are_gone_when_what_they_tell_of_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), files.staging() as aside:
        files.write_aside(aside, tmp_path / "a.pdf", [b"a"])
        assert [path.name for path in tmp_path.iterdir()] == ["a.pdf.part"]
        raise RuntimeError("the transaction failed")
    assert list(tmp_path.iterdir()) == []
