"""Ledgers as offices keep them: headings of every sort, rows that are no data, what becomes of a row as a whole."""

import string
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_ledgers import GOOD, TODAY, entry, number, outcome, read
from openpyxl.xml import DEFUSEDXML

from mediator.domain.codes import (
    Level,
    Outcome,
    PartyType,
    Side,
    Stage,
)
from mediator.domain.errors import Refusal
from mediator.exchange.ledger import read_ledger
from mediator.exchange.ledger_choices import Choices, choose
from mediator.exchange.ledger_headings import ALL
from mediator.exchange.ledger_layout import find_headings, plain
from mediator.exchange.ledger_reading import Entry, Refused

SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "ledger-community-2026.xlsx"


def test_no_word_stands_for_two_headings() -> None:
    words = [plain(word) for heading in ALL.values() for word in set(map(plain, heading.words))]
    assert len(words) == len(set(words))
    labels = [name for h in ALL.values() for name in {h.label, h.code}]
    assert len(labels) == len(set(labels))


def test_the_workbook_reader_is_guarded_against_xml_tricks() -> None:
    assert DEFUSEDXML


def test_columns_in_any_order_with_signs_breaks_and_words_not_known(tmp_path: Path) -> None:
    ledger = read(
        tmp_path,
        [
            "备注",
            "*申请人\n（甲方）",
            "积分",
            "调解 结果",
            "受理日期：",
            "身份证号",
            "纠纷类型",
            "被申请人",
            "联系电话",
            "涉及金额（万元）",
        ],
        [
            "急",
            "王𬎆",
            7,
            "成功",
            "2026年1月4日",
            number("00000019900101001"),
            "其它",
            "㛃文",
            "13000000000",
            1.5,
        ],
    )
    (row,) = ledger.ready
    assert ledger.not_taken == ("积分",)
    assert row.case["remark"].startswith("急\n")  # type: ignore[union-attr]
    assert row.parties[0]["id_number"] == number("00000019900101001")
    assert "phone" not in {key for key, value in row.parties[0].items() if value}
    assert row.parties[1]["phone"] == "13000000000"
    assert row.agreement is not None
    assert row.agreement["amount"] == 1_500_000
    assert "万元" in " ".join(row.assumptions)


def test_headings_over_two_rows(tmp_path: Path) -> None:
    ledger = read(
        tmp_path,
        ["排查调处台账", None, None, None, None, None, None, None, "单位：万元"],
        ["受理时间", "申请人基本情况", None, None, "被申请人情况", None, "纠纷类型", "处理情况", None],
        [None, "姓名", "身份证号", "电话", "姓名", "电话", None, "调解结果", "涉及金额"],
        ["2026/1/4", "王𬎆", None, "13000000001", "某某公司", "13000000002", "合同", "书面协议", "3"],
    )
    assert ledger.heading_row == 3
    (row,) = ledger.ready
    assert [p["phone"] for p in row.parties] == ["13000000001", "13000000002"]
    assert row.parties[1]["type"] is PartyType.LEGAL
    assert row.agreement is not None
    assert row.agreement["amount"] == 3_000_000


def test_headings_can_be_told(tmp_path: Path) -> None:
    lines: list[list[Any]] = [
        ["收件日", "提出方", "对方", "类型", "咋样了", "申请人", "备注"],
        ["20260104", "王𬎆", "㛃文", "邻居", "说好了", "别人", "急"],
    ]
    with pytest.raises(Refusal, match=r"没有“受理日期”这一栏.*收件日、提出方、对方、咋样了"):
        read(tmp_path, *lines)
    told = choose({"受理日期": "收件日", "applicant_name": "提出方", "被申请人": "对方", "调解结果": "咋样了",
                   "words": {"调解结果": {"说好了": "达成部分协议"}}})  # fmt: skip
    ledger = read(tmp_path, *lines, choices=told)
    (row,) = ledger.ready
    assert [p["name"] for p in row.parties] == ["王𬎆", "㛃文"]
    assert row.case["outcome"] is Outcome.PARTIAL
    assert ledger.not_taken == ("申请人",)
    with pytest.raises(Refusal, match="没有“甲某”这一栏"):
        read(tmp_path, *lines, choices=Choices({"respondent_name": "甲某"}))


def test_a_heading_can_be_left_out() -> None:
    assert entry(Choices({"remark": ""}), 备注="不要").case["remark"] == entry().case["remark"]


def test_rows_that_are_no_data_are_counted(tmp_path: Path) -> None:
    headings = ["序号", *GOOD]
    ledger = read(
        tmp_path,
        ["台账"], headings, [1, *GOOD.values()], [2], [], ["小 计", 1], headings, [3, *GOOD.values()],
        ["本年累计", None, 2], ["注：本表一式两份"], ["填表人：马秀英", None, None, "审核人："], [None, None, "审核人：某"],
    )  # fmt: skip
    assert [row.row for row in ledger.ready] == [3, 8]
    assert ledger.skipped == {"空行": 2, "合计行": 2, "表尾行": 3, "重复的表头": 1}


WIDE = str.maketrans(",;:()/0123456789-", "".join(chr(ord(c) + 0xFEE0) for c in ",;:()/0123456789-"))


def test_full_width_signs_and_figures_are_read_like_plain_ones(tmp_path: Path) -> None:
    plain_row = {
        "受理日期": "2026.3.1", "申请人（甲方）": "张三（父，已故）；李四，王五/赵六等9人", "申请人电话": "1,2;3/4", "被申请人": "/",
        "纠纷类型": "邻里", "调解结果": "未达成，引导诉讼", "涉及金额": "5,000",
    }  # fmt: skip
    wide_row = {k.translate(WIDE): v.translate(WIDE) for k, v in plain_row.items()}
    plain_entry, wide_entry = outcome(plain_row), outcome(wide_row)
    assert isinstance(plain_entry, Entry)
    assert isinstance(wide_entry, Entry)
    assert [p["name"] for p in wide_entry.parties] == ["张三", "李四", "王五", "赵六"]
    assert wide_entry.parties[0]["note"] == "父，已故".translate(WIDE)
    assert wide_entry.case["claimed"] == plain_entry.case["claimed"] == 500_000
    assert wide_entry.case["people"] == 9
    lines = [
        list(wide_row),
        list(wide_row.values()),
        ["合计：1".translate(WIDE)],
        ["填表人：某（签字）".translate(WIDE)],
    ]
    assert read(tmp_path, *lines).skipped == {"合计行": 1, "表尾行": 1}


def test_what_has_a_place_is_kept() -> None:
    row = entry(
        卷号="(2025)旧字第7号",
        难易程度="疑难",
        发生地点="滨江路",
        诉求="赔钱",
        第三人="龙某",
        协议内容="各让一步",
        住址="滨江路 1 号",
        办结日期="2026.3.9",
    )
    assert row.case["remark"] is not None
    assert "台账原编号：(2025)旧字第7号。" in str(row.case["remark"])
    assert (row.case["level"], row.case["occurred_place"], row.case["request"]) == (
        Level.HARD,
        "滨江路",
        "赔钱",
    )
    assert [p["side"] for p in row.parties] == list(Side)
    assert row.agreement is not None
    assert (row.agreement["terms"], row.case["concluded_on"]) == ("各让一步", date(2026, 3, 9))


def test_the_key_of_a_row_does_not_hang_on_its_place_or_spelling() -> None:
    cells = GOOD | {"序号": 1, "简要情况": "楼上漏水。"}
    same = dict(reversed(list(cells.items()))) | {
        "序号": 40,
        "受理日期": 46082,
        "申请人": " 王𬎆 ",
        "简要情况": "楼上 漏水",
    }
    keys = {found.key for found in map(outcome, (cells, same)) if isinstance(found, Entry)}
    assert len(keys) == 1
    for change in (
        {"申请人": "王某"},
        {"被申请人": "王𬎆"},
        {"受理日期": "2026.3.2"},
        {"简要情况": "楼下漏水"},
    ):
        other = outcome(cells | change)
        assert isinstance(other, Entry)
        assert other.key not in keys


def test_an_entry_can_be_shown_as_a_document() -> None:
    document = entry(涉及金额="1.5万", 是否履行="是").written()
    assert document["outcome"] == "oral"
    assert document["agreement"] == {"amount": "15000.00", "performance": "full"}
    assert document["parties"][0] == {
        "side": "applicant",
        "type": "person",
        "name": "王𬎆",
        "id_kind": "resident",
    }


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.datetimes(), st.dates(), st.times(), st.timedeltas(), st.text(),
    st.text(string.digits + ".,-/年月日万元等人、 #='XxE+()"), st.sampled_from(["#REF!", "=?", "9" * 5000, "等" * 50, " " * 2001, "2026.1.4"]),
)  # fmt: skip


@given(st.data())
def test_whatever_stands_in_a_cell_nothing_worse_than_a_refused_row_comes_of_it(data: st.DataObject) -> None:
    headings = data.draw(
        st.lists(st.sampled_from([h.words[0] for h in ALL.values()]), unique=True, min_size=1)
    )
    cells = dict.fromkeys(GOOD) | GOOD | {heading: data.draw(CELLS) for heading in headings}
    found = outcome(cells)
    assert isinstance(found, Refused) or found.written()["parties"]


@given(st.lists(st.lists(CELLS, max_size=12), max_size=12))
def test_whatever_rows_a_sheet_has_looking_for_headings_ends_well(rows: list[list[Any]]) -> None:
    assert find_headings({n: tuple(row) for n, row in enumerate(rows, 1)}, {}) is None


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample is not part of the project")
def test_the_sample_ledger() -> None:
    ledger = read_ledger(SAMPLE, today=TODAY)
    assert (len(ledger.ready), ledger.refused, ledger.not_taken, ledger.heading_row) == (64, (), (), 3)
    assert ledger.skipped == {"空行": 1, "合计行": 1, "表尾行": 1}
    assert sum(len(row.parties) for row in ledger.ready) == 132
    amounts = [row.agreement.get("amount") for row in ledger.ready if row.agreement]
    assert sum(a for a in amounts if isinstance(a, int)) == 25_570_000
    assert {stage: sum(row.case["stage"] is stage for row in ledger.ready) for stage in (Stage.MEDIATING, Stage.UNSETTLED)} == {
        Stage.MEDIATING: 1, Stage.UNSETTLED: 1,
    }  # fmt: skip
