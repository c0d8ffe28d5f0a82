"""Files that come as ledgers: every kind an office has, and every kind nobody should open."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_ledgers import here
from openpyxl.worksheet.worksheet import Worksheet

from mediator.domain.codes import Kind, Outcome, Referrer, Source
from mediator.domain.errors import Refusal
from mediator.exchange import ledger_archive
from mediator.exchange.ledger import Ledger, read_ledger
from mediator.exchange.ledger_choices import Choices, choose, read_choices
from mediator.exchange.ledger_words import Loose

TODAY = date(2026, 11, 21)
HEADINGS: list[Any] = [
    "序号",
    "受理日期",
    "申请人",
    "被申请人",
    "纠纷类型",
    "简要情况",
    "调解结果",
    "涉及金额",
]
FIRST: list[Any] = [1, "2026.1.4", "王𬎆", "𪚥大福", "邻里", "楼上漏水", "达成口头协议", 800]
SECOND: list[Any] = [
    2,
    datetime(2026, 2, 8),
    "阿依古丽•买买提",
    "䶮记粮油店",
    "合同纠纷",
    "欠货款",
    "正在调解",
    None,
]


def book(
    fill: Callable[[Worksheet], None] = lambda sheet: None, rows: tuple[list[Any], ...] = (FIRST, SECOND)
) -> bytes:
    """A workbook as an office keeps it: title rows, headings in the third, rows, a total and a foot."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["滨江社区矛盾纠纷登记台账"])
    sheet.merge_cells("A1:H1")
    sheet.append(["填报单位：（盖章）", None, None, None, "填报时间："])
    for row in (HEADINGS, *rows, [], ["合计", len(rows)], ["填表人：", None, "审核人："]):
        sheet.append(row)
    fill(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(tmp_path: Path, data: bytes, name: str = "台账.xlsx", choices: Choices | None = None) -> Ledger:
    path = tmp_path / name
    path.write_bytes(data)
    return read_ledger(path, today=TODAY, choices=choices)


def repacked(data: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """The same archive with its entries changed or added to."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
    return out.getvalue()


def same(name: str, content: bytes) -> bytes:
    return content


def test_a_workbook_is_read_between_its_title_and_its_foot(tmp_path: Path) -> None:
    ledger = read(tmp_path, book())
    assert (ledger.sheet, ledger.heading_row) == ("Sheet", 3)
    assert [entry.row for entry in ledger.ready] == [4, 5]
    assert ledger.refused == ()
    assert ledger.skipped == {"空行": 1, "合计行": 1, "表尾行": 1}
    assert ledger.mapping["respondent_name"] == "被申请人"
    assert ledger.ready[1].parties[0]["name"] == "阿依古丽·买买提"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_tables_in_every_encoding_and_with_every_mark(tmp_path: Path, encoding: str, mark: str) -> None:
    lines = [
        ["登记台账"],
        HEADINGS,
        [1, "2026/1/4", "王𬎆", '"𪚥大福\n㛃文"', "邻里", '"漏水，噪音；占道"', "达成口头协议", '"1,200"'],
    ]
    text = "\r\n".join(mark.join(map(str, line)) for line in lines)
    (entry,) = read(tmp_path, text.encode(encoding), "台账.csv").ready
    assert [party["name"] for party in entry.parties] == ["王𬎆", "𪚥大福", "㛃文"]
    assert entry.case["summary"] == "漏水，噪音；占道"
    assert entry.agreement is not None
    assert entry.agreement["amount"] == 120_000


def test_hidden_rows_and_sheets_are_read_and_said(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[5].hidden = True
        extra = sheet.parent.create_sheet("旧年")  # type: ignore[union-attr]
        extra.append(HEADINGS)
        extra.append(FIRST)
        extra.sheet_state = "hidden"

    ledger = read(tmp_path, book(hide))
    assert len(ledger.ready) == 2
    assert ledger.notes == (
        "有 1 行在表格里是隐藏的，一并读了。",
        "只读了工作表“Sheet”，没有读的还有：旧年（隐藏）。",
    )
    assert [e.row for e in read(tmp_path, book(hide), choices=Choices(sheet="旧年")).ready] == [2]
    with pytest.raises(Refusal, match="没有工作表“新年”"):
        read(tmp_path, book(hide), choices=Choices(sheet="新年"))


def test_a_book_of_26_sheets(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for n in range(25):
            sheet.parent.create_sheet(f"表{n}").append(["说明", "无"])  # type: ignore[union-attr]

    ledger = read(tmp_path, book(fill))
    assert (ledger.sheet, len(ledger.ready)) == ("Sheet", 2)
    assert "表24" in ledger.notes[0]


def test_a_case_written_over_merged_rows_is_refused_not_halved(tmp_path: Path) -> None:
    ledger = read(tmp_path, book(lambda sheet: sheet.merge_cells("C4:C5")))
    assert [(r.row, "合并了单元格" in r.reason) for r in ledger.refused] == [(4, True), (5, True)]
    beside = read(tmp_path, book(lambda sheet: sheet.merge_cells("J4:J5")))
    assert len(beside.ready) == 2


def test_formulas_give_their_values_or_a_reason(tmp_path: Path) -> None:
    def unworked(sheet: Worksheet) -> None:
        sheet["H4"] = "=400*2"

    (refused,) = read(tmp_path, book(unworked)).refused
    assert refused.row == 4
    assert "公式" in refused.reason
    worked = repacked(
        book(unworked),
        lambda n, b: b.replace(b"<f>400*2</f><v></v>", b"<f>400*2</f><v>800</v>").replace(
            b"<f>400*2</f><v />", b"<f>400*2</f><v>800</v>"
        ),
    )
    (first, _) = read(tmp_path, worked).ready
    assert first.agreement is not None
    assert first.agreement["amount"] == 80_000


def test_a_size_stated_too_small_cuts_nothing_off(tmp_path: Path) -> None:
    data = repacked(book(), lambda n, b: b.replace(b'<dimension ref="A1:H8"', b'<dimension ref="A1:B2"'))
    assert len(read(tmp_path, data).ready) == 2


XML_BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


def bomb() -> bytes:
    return repacked(book(), same, **{"xl/worksheets/zero.xml": b"\0" * (ledger_archive.MOST_UNPACKED // 4)})


def encrypted_flag() -> bytes:
    data = bytearray(book())
    start = data.find(b"PK\x01\x02")
    data[start + 8] |= 1
    return bytes(data)


def overlapping() -> bytes:
    """Two names for the same bytes."""
    data = bytearray(book())
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


BAD = {
    "空.xlsx": (b"", "是空的"),
    "空白.csv": (b" \r\n", "是空的"),
    "半截.xlsx": (book()[:900], "已损坏"),
    "只有头.xlsx": (b"PK\x03\x04" + b"\0" * 40, "已损坏"),
    "坏表.xlsx": (repacked(book(), lambda n, b: b[:-40] if "sheet1" in n else b), "已损坏"),
    "远行.xlsx": (repacked(book(), lambda n, b: b.replace(b'<row r="8"', b'<row r="99999999999"')), "已损坏"),
    "炸弹.xlsx": (bomb(), "内容太大"),
    "多.xlsx": (repacked(book(), same, **{f"x/{n}": b"" for n in range(2_000)}), "内容太大"),
    "实体.xlsx": (repacked(book(), same, **{"xl/bomb.xml": XML_BOMB}), "不是 xlsx"),
    "加密.xlsx": (encrypted_flag(), "有密码保护"),
    "重叠.xlsx": (overlapping(), "结构不正常"),
    "密码.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "有密码保护"),
    "旧.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "旧格式"),
    "宏.xlsm": (book(), "带宏"),
    "改名.xlsx": (repacked(book(), same, **{"xl/vbaProject.bin": b"1"}), "有宏"),
    "文档.xlsx": (repacked(book(), same).replace(b"xl/workbook.xml", b"xl/wordbook.xml"), "不是 xlsx"),
    "网页.xls": ("<html><table><tr><td>受理日期</td></tr></table></html>".encode(), "内容是网页"),
    "网页.csv": (b"\xef\xbb\xbf\r\n<table>", "内容是网页"),
    "图片.jpg": (b"\xff\xd8\xff\xe0" + b"\0" * 99, "既不是 xlsx 也不是 csv"),
    "二进制.csv": (bytes(range(256)), "不是能读的文字表格"),
    "引号.csv": (",".join(HEADINGS).encode() + b'\n1,"2026', "引号不成对"),
    "别的.csv": ("甲，乙\n1,2\n".encode(), "找不到表头"),
    "只有表头.csv": (",".join(HEADINGS).encode(), "没有案件"),
    "缺栏.csv": (",".join(HEADINGS[:4]).encode(), "没有“纠纷类型”这一栏"),
    "太宽.csv": (",".join(["序号"] * 300).encode(), "超过 256 栏"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_a_ledger_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    data, words = BAD[name]
    with pytest.raises(Refusal, match=words) as refusal:
        read(tmp_path, data, name)
    assert str(refusal.value).startswith(f"台账“{name}”")
    assert str(refusal.value).endswith("。")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.xlsx", tmp_path):
        with pytest.raises(Refusal, match="读不出来"):
            read_ledger(path, today=TODAY)


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediator.exchange.ledger_sheets.MOST_ROWS", 4)
    monkeypatch.setattr("mediator.exchange.sandbox._answer", here)
    with pytest.raises(Refusal, match="超过 4 行"):
        read(tmp_path, book())


WHOLE = book()
"""Made once: the time of making stands in it, and the same damage must mean the same bytes."""


@given(st.data())
def test_a_damaged_workbook_is_refused_or_read_but_never_breaks(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    broken = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("mediator.exchange.sandbox._answer", here)
            read(tmp_path_factory.mktemp("l"), bytes(broken[: data.draw(st.integers(0, len(broken)))]))
    except Refusal as refusal:
        assert str(refusal).endswith("。")


def test_choices_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "对照.json"
    path.write_text(
        json.dumps({"申请人": "甲", "sheet": "二月", "words": {"outcome": {"已化解": "达成书面协议"}}})
    )
    choices = read_choices(path)
    assert (choices.columns, choices.sheet) == ({"applicant_name": "甲"}, "二月")
    assert choices.results == {"已化解": Outcome.WRITTEN}


@pytest.mark.parametrize(
    "text", ["", "[1]", "{", '{"甲乙": "丙"}', '{"words": 3}', '{"words": {"summary": {}}}', "[" * 99_999,
             '{"words": {"kind": {"吵架": "没有这类"}}}', '{"words": {"source": {"来": 7}}}'],
)  # fmt: skip
def test_choices_that_make_no_sense_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "对照.json"
    path.write_text(text)
    with pytest.raises(Refusal, match="对照"):
        read_choices(path)


def test_every_meaning_a_word_can_be_given() -> None:
    sources = {"转": "police", "自": "主动调解", "委": "接受委托移送调解"}
    choices = choose(
        {"words": {"案件来源": sources, "kind": {"吵": "邻里纠纷"}, "调解结果": {"": "正在调解"}}}
    )
    assert choices.origins == {
        "转": (Source.REFERRAL, Referrer.POLICE),
        "自": (Source.INITIATIVE, None),
        "委": (Source.REFERRAL, Referrer.OTHER),
    }
    assert choices.kinds == {"吵": Kind.NEIGHBOUR}
    assert choices.results == {"": Loose.OPEN}
