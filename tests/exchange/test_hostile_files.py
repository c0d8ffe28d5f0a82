"""Files made to do harm, or to be taken for what they are not: one sentence each, in bounded time, and nothing opened."""

import io
import json
import time
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

import openpyxl
import pytest
from made_ledgers import GOOD, TODAY, number
from openpyxl.worksheet.worksheet import Worksheet

from mediator.domain.errors import Refusal
from mediator.exchange.ledger import Ledger, read_ledger
from mediator.exchange.ledger_apart import _cell, _sheets, _written
from mediator.exchange.ledger_sheets import Cell

HEADS = list(GOOD)
LINE = list(GOOD.values())
SLOW = 20.0
"""Seconds: far more than any of these takes, far less than a room apart is given."""


def book(fill: Callable[[Worksheet], None] = lambda sheet: None) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    for row in (HEADS, LINE):
        sheet.append(row)
    fill(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


BOOK = book()


def packed(
    change: Callable[[str, bytes], bytes] = lambda name, content: content, method: int = zipfile.ZIP_DEFLATED,
    more: Mapping[str, bytes] | None = None,
) -> bytes:  # fmt: skip
    """The same book, its parts changed and others added to it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (more or {}).items():
            new.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def in_sheet(old: bytes, new: bytes) -> bytes:
    assert any(old in part for part in parts().values())
    return packed(lambda name, content: content.replace(old, new) if "sheet1" in name else content)


def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read(tmp_path: Path, data: bytes, name: str = "台账.xlsx") -> Ledger:
    path = tmp_path / name
    path.write_bytes(data)
    return read_ledger(path, today=TODAY)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><x>&j;</x>"
)
QUADRATIC = b'<!DOCTYPE x [<!ENTITY a "' + b"h" * 50_000 + b'">]><x>' + b"&a;" * 20_000 + b"</x>"
OUTSIDE = b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'
WITHIN = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
OTHER_NAME = b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet1.bin"


def renamed_sheet(head: bytes) -> bytes:
    """The sheet under a name that does not say XML, with a document type in front."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts().items():
            body = head + content.removeprefix(b'<?xml version="1.0"?>') if "sheet1" in name else content
            new.writestr(name.replace("sheet1.xml", "sheet1.bin"), body.replace(b"sheet1.xml", b"sheet1.bin"))
    return out.getvalue()


STRANGE = {name: packed(more={name: b"x"}) for name in (
    "../../etc/cron.d/x", "/etc/passwd", "xl/../../x", "C:/x", "xl\\..\\x", "xl//x", "xl/x\n.xml", "XL/workbook.xml",
)}  # fmt: skip
HARM = {
    "十亿笑.xlsx": (packed(more={"xl/l.xml": LAUGHS}), "不是 xlsx"),
    "平方.xlsx": (packed(more={"xl/q.xml": QUADRATIC}), "不是 xlsx"),
    "外部.xlsx": (packed(more={"xl/o.xml": OUTSIDE}), "不是 xlsx"),
    "内部.xlsx": (packed(more={"xl/w.rels": WITHIN}), "不是 xlsx"),
    "改名的实体.xlsx": (renamed_sheet(b'<!DOCTYPE worksheet [<!ENTITY a "ha">]>'), "不是 xlsx"),
    "宽字符的实体.xlsx": (packed(more={"xl/u.dat": b"\xff\xfe" + LAUGHS.decode().replace("?>", ' encoding="UTF-16"?>').encode("utf-16-le")}), "不是 xlsx"),
    "炸弹.xlsx": (packed(lambda n, b: b + b" " * 30_000_000 if "sheet1" in n else b), "内容太大"),
    "许多小炸弹.xlsx": (packed(more={f"xl/{n}.xml": b"<x/>" for n in range(2_001)}), "内容太大"),
    "压法.xlsx": (packed(method=zipfile.ZIP_LZMA), "结构不正常"),
    "深.xlsx": (in_sheet(b"<sheetData>", b"<a>" * 100_000 + b"</a>" * 100_000 + b"<sheetData>"), ""),
    "很多栏.xlsx": (in_sheet(b'r="F2"', b'r="XFD2"'), "超过 256 栏"),
    "极多栏.xlsx": (in_sheet(b'r="F2"', b'r="ZZZ2"'), ""),
    "远行.xlsx": (in_sheet(b'<row r="2"', b'<row r="2000000000"'), "已损坏"),
    "数字.xlsx": (in_sheet(b"</row></sheetData>", b'</row><row r="3"><c r="A3"><v>' + b"9" * 5000 + b"</v></c></row></sheetData>"), ""),
    "改名.xlsb": (packed(lambda n, b: b).replace(b"xl/workbook.xml", b"xl/workbook.bin"), "不是 xlsx"),
    "空字符.csv": ((",".join(HEADS) + "\n\0\n").encode(), "不是能读的文字"),
    "长行.csv": (b"," * 10_000_000, "找不到表头"),
    "长格.csv": (",".join(HEADS).encode() + b"\n" + b"x" * 10_000_000, "格子太长"),
    "没有尽头的引号.csv": (",".join(HEADS).encode() + b'\n"' + b"x\n" * 1_000_000, ""),
    "四字节.csv": (",".join(HEADS).encode("utf-32"), "不是能读的文字"),
    "没有标记的宽字符.csv": (",".join(HEADS).encode("utf-16-le"), ""),
    "繁体.csv": ("受理日期,申請人\n".encode("big5"), ""),
    "图片.csv": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "不是能读的文字"),
    **{f"名称{n}.xlsx": (data, "结构不正常") for n, data in enumerate(STRANGE.values())},
}  # fmt: skip


@pytest.mark.parametrize("name", HARM)
def test_harm_is_refused_in_one_sentence_and_soon(tmp_path: Path, name: str) -> None:
    data, words = HARM[name]
    began = time.monotonic()
    try:
        read(tmp_path, data, name)
    except Refusal as refusal:
        assert words in str(refusal)
        assert str(refusal).startswith(f"台账“{name}”") and str(refusal).endswith("。")
        assert "passwd" not in str(refusal)
    else:
        assert not words, "it was read"
    assert time.monotonic() - began < SLOW


def test_a_name_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO(BOOK)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", b"<x/>")
    with pytest.raises(Refusal, match="结构不正常"):
        read(tmp_path, out.getvalue())


def test_links_formulas_and_what_is_hidden_are_told_and_not_followed(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(LINE)
        sheet.row_dimensions[3].hidden = True
        sheet["H2"] = "=cmd|'/C calc'!A0"
        sheet["H3"] = "='[http://x/旧.xlsx]表'!A1"
        sheet["I2"] = '=HYPERLINK("http://x","王")'

    dde = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>'
    out = io.BytesIO(book(fill))
    with zipfile.ZipFile(out, "a") as archive:
        for name in (
            "xl/externalLinks/externalLink1.xml",
            "xl/embeddings/oleObject1.bin",
            "xl/connections.xml",
        ):
            archive.writestr(name, dde)
    ledger = read(tmp_path, out.getvalue())
    assert len(ledger.ready) == 2
    assert ledger.notes == (
        "有 1 行在表格里是隐藏的，一并读了。",
        "有 3 格是公式，照文件里存着的结果读，没有重算。",
        "文件里有 3 处外部链接或嵌入的内容，没有打开。",
    )


def test_identity_numbers_that_became_figures_are_refused_with_their_rows(tmp_path: Path) -> None:
    good = number("00000019900101123")
    numbers = [good, int(good[:17] + "0"), 1.10101199e17, good[:15] + "000", "1.10101E+17"]
    out, made = io.BytesIO(), openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet()
    sheet.append([*HEADS, "申请人身份证号"])
    for each in numbers:
        sheet.append([*LINE, each])
    made.save(out)
    ledger = read(tmp_path, out.getvalue())
    assert [entry.row for entry in ledger.ready] == [2]
    assert [refused.row for refused in ledger.refused] == [3, 4, 5, 6]
    assert all("设为文本后重新粘贴" in str(refused) for refused in ledger.refused)


@pytest.mark.parametrize("told", [
    None, 7, [7], [{}], [{"name": "x"}], [{"rows": [[1, [{}]]]}], {"a": 1}, [[]], "rows",
])  # fmt: skip
def test_sheets_that_have_no_shape_of_sheets_are_not_believed(told: object) -> None:
    with pytest.raises(Refusal, match="已损坏"):
        _sheets(told)


MOMENTS = [
    datetime(2026, 1, 4, 9, 30, 0, 5),
    date(2026, 1, 4),
    time_of_day(23, 59),
    timedelta(days=-2, seconds=7),
]


@pytest.mark.parametrize("cell", ["=?", 3, 2.5, True, None, *MOMENTS])
def test_a_cell_crosses_as_it_is(cell: Cell) -> None:
    crossed = _cell(json.loads(json.dumps(_written(cell))))
    assert (type(crossed), crossed) == (type(cell), cell)
