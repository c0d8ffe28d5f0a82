"""mediator intake: ledgers as offices keep them, taken in and refused row by row."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from running import Runs, put, refused

HEADS = ("序号", "受理日期", "求助人", "被申请人", "纠纷类型", "调解结果", "协议日期", "涉及金额")
GOOD = (
    (1, "2026.1.4", "王𬎆", "阿依古丽•买买提", "邻里纠纷", "达成书面协议", "2026-01-09", "1.5万"),
    (2, "2026/2/7", "㛃某", "䶮某、𪚥某", "旅游纠纷", "达成口头协议", "2026-02-07", ""),
)
WRONG = (3, "2026-02-31", "周文谦", "林淑芬", "邻里纠纷", "达成书面协议", "2026-03-09", "800")


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[..., Path]:
    """Makes a ledger with some rows under a title."""

    def make(*rows: tuple[str | int, ...]) -> Path:
        book = Workbook()
        sheet = book.worksheets[0]
        for row in (("滨江社区 2026 年台账",), HEADS, *rows):
            sheet.append(row)
        book.save(tmp_path / "台账.xlsx")
        return tmp_path / "台账.xlsx"

    return make


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    return put(tmp_path / "map.json", {"申请人": "求助人"})


def test_a_preview_changes_nothing(
    at: Runs, ledger: Callable[..., Path], mapping: Path, snapshot: Callable[[], list[str]]
) -> None:
    before = snapshot()
    ran = at("intake", ledger(*GOOD, WRONG), "--map", mapping, "--dry-run", "--json")
    document = ran.document
    assert [row["row"] for row in document["rows"]] == [3, 4]
    assert document["rows"][0]["case"]["agreement"]["amount"] == "15000.00"
    assert document["rows"][0]["number"] is None
    assert document["mapping"]["applicant_name"] == "求助人"
    assert [row["row"] for row in document["refused"]] == [5]
    assert ran.err.startswith("第 5 行") and "2026-02-31" in ran.err
    assert snapshot() == before


def test_what_is_right_is_taken_in_and_a_second_time_nothing(
    at: Runs, ledger: Callable[..., Path], mapping: Path
) -> None:
    ran = at("intake", ledger(*GOOD, WRONG), "--map", mapping)
    assert ran.status == 0
    assert "第 3 行\t(2026)滨江人调字第001号\t2026-01-04\t王𬎆、阿依古丽·买买提\n" in ran.out
    assert ran.err.count("\n") == 1
    again = at("intake", ledger(*GOOD, WRONG), "--map", mapping, "--json").document
    assert again["rows"] == []
    assert [row["number"][-4:] for row in again["known"]] == ["001号", "002号"]
    assert len(at("case", "list").out.splitlines()) == 2


def test_strictly_one_wrong_row_bars_all(
    at: Runs, ledger: Callable[..., Path], mapping: Path, snapshot: Callable[[], list[str]]
) -> None:
    before = snapshot()
    ran = at("intake", ledger(*GOOD, WRONG), "--map", mapping, "--strict")
    assert (ran.status, ran.out) == (1, "")
    row, sentence = ran.err.splitlines()
    assert row.startswith("第 5 行")
    assert sentence.startswith("有 1 行不能导入，按 --strict 一行也没有导入")
    assert snapshot() == before
    assert at("intake", ledger(*GOOD), "--map", mapping, "--strict").status == 0


def test_a_ledger_with_nothing_right_is_refused(at: Runs, ledger: Callable[..., Path], mapping: Path) -> None:
    ran = at("intake", ledger(WRONG), "--map", mapping)
    assert ran.status == 1
    assert ran.err.splitlines()[-1] == "台账里没有一行可以导入；原因见各行。"


def test_what_cannot_be_read_is_refused(
    at: Runs,
    ledger: Callable[..., Path],
    mapping: Path,
    tmp_path: Path,
    snapshot: Callable[[], list[str]],
) -> None:
    before = snapshot()
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 torn")
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    refused(at("intake", ledger(*GOOD), "--map", put(tmp_path / "m.json", {"申请人": "丙方"})), "丙方")
    refused(at("intake", tmp_path / "none.xlsx"), "none.xlsx")
    refused(at("intake", tmp_path / "x.xlsx"), "已损坏")
    refused(at("intake", ledger(*GOOD), "--map", tmp_path / "bad.json"), "bad.json")
    refused(at("intake", ledger(*GOOD), "--map", put(tmp_path / "m.json", {"月亮": "求助人"})), "月亮")
    refused(at("intake", ledger(*GOOD), "--map", mapping, "--kind", "clues"), "线索")
    assert snapshot() == before
