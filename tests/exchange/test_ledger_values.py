"""What stands in a row: days, amounts, kinds, sources, results."""

from datetime import date, datetime
from typing import Any

import pytest
from made_ledgers import GOOD, entry, outcome, reason

from mediator.domain.codes import Kind, Outcome, Performance, Referrer, Source, Stage
from mediator.exchange.ledger_choices import choose


@pytest.mark.parametrize(
    "cell",
    ["2026.1.4", "2026-01-04", "2026/1/4", "2026年1月4日", "20260104", 20260104, " 2026.01.04 ", datetime(2026, 1, 4),
     datetime(2026, 1, 4, 9, 30), date(2026, 1, 4), 46026, 46026.0, "46026", "2026/1/4 06:29", "2026.1.4"],
)  # fmt: skip
def test_days_in_every_shape(cell: object) -> None:
    assert entry(受理日期=cell).case["accepted_on"] == date(2026, 1, 4)


@pytest.mark.parametrize(
    ("cell", "words"),
    [(None, "没有写受理日期"), ("2026.2.30", "日历上没有"), ("1月4日", "看不懂"), (7, "看不懂"), ("2026.11.22", "还没到"),
     ("2026", "看不懂"), ("9" * 5000, "不像日期"), ("#VALUE!", "错误值")],
)  # fmt: skip
def test_days_that_cannot_be(cell: object, words: str) -> None:
    assert words in reason(受理日期=cell)


def test_days_keep_their_order() -> None:
    assert "协议日期" not in reason(协议日期="2026.2.28", 调解结果="调解成功")
    assert "达成日期 2026-02-28 早于受理日期 2026-03-01" in reason(协议日期="2026.2.28", 调解结果="调解成功")
    assert "受理日期 2026-03-01 早于登记日期 2026-03-02" in reason(登记日期="2026.3.2")
    assert "履行完毕日期" in reason(履行日期="2026.2.1")
    assert entry(登记日期="2026.2.27", 发生日期="2026.2.26").case["registered_on"] == date(2026, 2, 27)


@pytest.mark.parametrize(
    ("cell", "fen"),
    [("1.5万", 1_500_000), ("人民币5,000元", 500_000), ("800.00", 80_000), (800, 80_000), (1234.56, 123_456), ("3.5万元", 3_500_000),
     (0.07, 7), ("¥1,200", 120_000), ("/", None), ("无", None), (None, None), (0, 0)],
)  # fmt: skip
def test_amounts_are_exact(cell: object, fen: int | None) -> None:
    agreement = entry(涉及金额=cell).agreement
    assert agreement is not None
    assert agreement.get("amount") == fen


@pytest.mark.parametrize(
    "cell", ["约五千", 0.1 + 0.2, float("inf"), float("nan"), -5, "1" * 5000, "5000余元", 1e30]
)
def test_amounts_that_are_not_exact_are_refused(cell: object) -> None:
    assert "协议涉及金额" in reason(涉及金额=cell)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("邻里", Kind.NEIGHBOUR), ("邻里矛盾", Kind.NEIGHBOUR), ("房屋宅基地", Kind.HOUSING), ("民间借贷纠纷", Kind.CONTRACT), ("欠薪", Kind.MIGRANT_WAGE),
     ("其它纠纷", Kind.OTHER), ("道路交通", Kind.TRAFFIC), ("医患纠纷", Kind.MEDICAL), ("其他劳动争议", Kind.LABOUR), ("消费类纠纷", Kind.CONSUMER)],
)  # fmt: skip
def test_kinds_by_label_or_by_another_word(text: str, kind: Kind) -> None:
    assert entry(纠纷类型=text).case["kind"] is kind


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_known_with_and_without_its_ending(kind: Kind) -> None:
    for text in (kind.label, kind.label.removesuffix("纠纷")):
        row = entry(纠纷类型=text)
        assert row.case["kind"] is kind
        assert not [words for words in row.assumptions if "纠纷类型" in words]


@pytest.mark.parametrize(
    ("text", "source", "referrer", "name"),
    [("当事人申请", "APPLICATION", None, ""), ("主动调解", "INITIATIVE", None, ""), ("派出所移送", "REFERRAL", "POLICE", "派出所"),
     ("滨江派出所委托", "REFERRAL", "POLICE", "滨江派出所"), ("信访部门转办", "REFERRAL", "PETITION", "信访部门"), ("法院诉前委派", "REFERRAL", "COURT", "法院"),
     ("检察院移交", "REFERRAL", "PROCURATORATE", "检察院"), ("街道办转办", "REFERRAL", "OTHER", "街道办"), ("公安机关委托移送调解", "REFERRAL", "POLICE", "公安机关")],
)  # fmt: skip
def test_sources(text: str, source: str, referrer: str | None, name: str) -> None:
    case = entry(案件来源=text).case
    assert case["source"] is Source[source]
    assert case["referrer"] is (Referrer[referrer] if referrer else None)
    assert case["referrer_name"] == name


def test_loose_sources_are_assumed_aloud() -> None:
    grid = entry(案件来源="网格上报")
    assert grid.case["source"] is Source.INITIATIVE
    assert "网格上报" in str(grid.case["remark"])
    assert "网格上报" in grid.assumptions[0]
    assert "按依申请调解记" in entry().assumptions[0]
    unit = entry(移送单位="滨江派出所").case
    assert (unit["referrer"], unit["referrer_name"]) == (Referrer.POLICE, "滨江派出所")


@pytest.mark.parametrize(
    ("text", "day", "outcome", "stage"),
    [
        ("调解成功", "2026.3.5", "WRITTEN", "SETTLED"), ("已化解", "2026.3.5", "WRITTEN", "SETTLED"), ("已化解", None, "ORAL", "SETTLED"),
        ("调解成功", None, "ORAL", "SETTLED"), ("达成口头协议", "2026.3.5", "ORAL", "SETTLED"), ("签订协议书", None, "WRITTEN", "SETTLED"),
        ("未达成，引导诉讼", None, "LITIGATION", "UNSETTLED"), ("终止", None, "ENDED", "UNSETTLED"), ("撤回申请", None, "WITHDRAWN", "UNSETTLED"),
        ("移送公安机关", None, "TRANSFERRED", "UNSETTLED"), ("调解不成", None, "NONE", "UNSETTLED"), ("部分达成协议", "2026.3.5", "PARTIAL", "SETTLED"),
    ],
)  # fmt: skip
def test_results(text: str, day: str | None, outcome: str, stage: str) -> None:
    row = entry(调解结果=text, 协议日期=day)
    assert (row.case["outcome"], row.case["stage"]) == (Outcome[outcome], Stage[stage])
    assert row.case["concluded_on"] == (date(2026, 3, 5) if day else date(2026, 3, 1))
    assert ("台账未记结果日期，按受理日期记" in str(row.case["remark"])) is (day is None)
    assert (row.agreement is not None) is (stage == "SETTLED")


def test_an_open_case_stays_open() -> None:
    row = entry(调解结果="正在调解", 涉及金额="500")
    assert (row.case["stage"], row.case.get("outcome"), row.case.get("concluded_on")) == (
        Stage.MEDIATING,
        None,
        None,
    )
    assert (row.agreement, row.case["claimed"]) == (None, 50_000)


def test_the_form_of_the_agreement_decides_where_it_is_told() -> None:
    row = entry(调解结果="调解成功", 协议形式="书面")
    assert row.case["outcome"] is Outcome.WRITTEN
    assert "协议形式却是" in reason(协议形式="书面")


def test_an_oral_agreement_takes_effect_when_reached_a_written_one_when_signed() -> None:
    oral, written = (entry(调解结果=text, 协议日期="2026.3.5").agreement for text in ("口头协议", "书面协议"))
    assert oral and written
    assert (oral["effective_on"], written["effective_on"]) == (date(2026, 3, 5), None)


def test_how_a_word_is_read_can_be_changed_for_one_file() -> None:
    meant = {
        "outcome": {"已化解": "达成书面协议", "": "正在调解"},
        "kind": {"吵嘴": "neighbour"},
        "案件来源": {"群里说的": "依申请调解"},
    }
    choices = choose({"words": meant})
    row = entry(choices, 调解结果="已化解", 纠纷类型="吵嘴", 案件来源="群里说的")
    assert (row.case["outcome"], row.case["kind"], row.case["source"]) == (
        Outcome.WRITTEN,
        Kind.NEIGHBOUR,
        Source.APPLICATION,
    )
    assert entry(choices, 调解结果=None).case["stage"] is Stage.MEDIATING


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"申请人": None}, "没有写申请人"), ({"申请人": "无"}, "没有写申请人"), ({"申请人": "12"}, "不像姓名"), ({"申请人": "甲" * 101}, "最多 100 个"),
        ({"纠纷类型": "吵嘴"}, "纠纷类型“吵嘴”不认识"), ({"纠纷类型": ""}, "没有写纠纷类型"), ({"调解结果": "还行"}, "调解结果“还行”不认识"),
        ({"调解结果": None}, "没有写调解结果"), ({"调解结果": "没有达成协议么"}, "不认识"), ({"案件来源": "听说"}, "案件来源“听说”不认识"),
        ({"调解结果": "正在调解", "协议日期": "2026.3.5"}, "却填了协议日期"), ({"调解结果": "未达成", "协议日期": "2026.3.5"}, "却填了协议日期"),
        ({"调解结果": "调解中", "办结日期": "2026.3.5"}, "却填了结果日期"), ({"调解结果": "未达成", "是否履行": "是"}, "没有达成协议"),
        ({"是否履行": "快了"}, "履行情况“快了”不认识"), ({"难易程度": "还好"}, "难易程度“还好”不认识"), ({"协议形式": "电子"}, "协议形式“电子”不认识"),
        ({"备注": "=?"}, "公式"), ({"申请人": "#REF!"}, "错误值"), ({"备注": "甲" * 3000}, "最多 2000 个"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_with_its_reason(cells: dict[str, Any], words: str) -> None:
    assert words in reason(**cells)


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    found = outcome(GOOD | {"序号": 9.0, "申请人": None, "纠纷类型": "吵嘴", "涉及金额": "约五千"})
    assert str(found).startswith("第 2 行（序号 9）：")
    assert str(found).count("；") == 2
    assert str(found).endswith("。")


@pytest.mark.parametrize(
    ("text", "performance", "stage"),
    [("是", "FULL", "PERFORMED"), (True, "FULL", "PERFORMED"), ("部分履行", "PART", "SETTLED"), ("否", "NONE", "SETTLED"), (None, None, "SETTLED")],
)  # fmt: skip
def test_performance(text: object, performance: str | None, stage: str) -> None:
    row = entry(是否履行=text)
    assert row.agreement is not None
    assert row.agreement["performance"] is (Performance[performance] if performance else None)
    assert row.case["stage"] is Stage[stage]
