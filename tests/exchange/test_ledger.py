"""Ledgers as offices keep them: headings of every sort, and what one row comes to."""

import string
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.xml import DEFUSEDXML

from mediator.domain.codes import (
    IdKind, Kind, Level, Outcome, PartyType, Performance, Referrer, Side, Source, Stage,
)  # fmt: skip
from mediator.domain.errors import Refusal
from mediator.domain.identity import check_digit
from mediator.exchange.ledger import Ledger, read_ledger
from mediator.exchange.ledger_choices import Choices, choose
from mediator.exchange.ledger_headings import ALL
from mediator.exchange.ledger_layout import find_headings, plain
from mediator.exchange.ledger_reading import Entry, Refused
from mediator.exchange.ledger_rows import read_row

TODAY = date(2026, 11, 21)
SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "ledger-community-2026.xlsx"
GOOD: dict[str, Any] = {
    "受理日期": "2026.3.1", "申请人": "王𬎆", "被申请人": "㛃文", "纠纷类型": "邻里纠纷", "调解结果": "达成口头协议",
    "调解员": "马秀英",
}  # fmt: skip


def number(seventeen: str) -> str:
    return seventeen + check_digit(seventeen)


def rounded(seventeen: str) -> str:
    """A number as a spreadsheet rounds it, certain to fail its check digit."""
    digits = seventeen[:15] + "00"
    return digits + "0" if check_digit(digits) != "0" else seventeen[:14] + "1000"


def outcome(cells: dict[str, Any], choices: Choices | None = None) -> Entry | Refused:
    """What one row comes to, by its headings."""
    layout = find_headings({1: tuple(cells)}, choices.columns if choices else {})
    assert layout is not None
    return read_row(2, tuple(cells.values()), layout, choices or Choices(), TODAY)


def entry(choices: Choices | None = None, /, **cells: Any) -> Entry:
    found = outcome(GOOD | cells, choices)
    assert isinstance(found, Entry), str(found)
    return found


def reason(**cells: Any) -> str:
    found = outcome(GOOD | cells)
    assert isinstance(found, Refused), found
    return found.reason


def write(path: Path, lines: list[list[Any]]) -> Path:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    for line in lines:
        sheet.append(line)
    book.save(path)
    return path


def read(tmp_path: Path, *lines: list[Any], choices: Choices | None = None) -> Ledger:
    return read_ledger(write(tmp_path / "台账.xlsx", list(lines)), today=TODAY, choices=choices)


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
            "*申请人\n(甲方)",
            "积分",
            "调解 结果",
            "受理日期:",
            "身份证号",
            "纠纷类型",
            "被申请人",
            "联系电话",
            "涉及金额(万元)",
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
        ["排查调处台账", None, None, None, None, None, None, None, "单位:万元"],
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
        ["收件日", "提出方", "对方", "类型", "咋样了", "申请人"],
        ["20260104", "王𬎆", "㛃文", "邻居", "说好了", "别人"],
    ]
    with pytest.raises(Refusal, match="没有“受理日期”这一栏.*收件日、提出方、对方、咋样了"):
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
    assert entry(Choices({"remark": ""}), 备注="不要").case["remark"] == ""


def test_rows_that_are_no_data_are_counted(tmp_path: Path) -> None:
    headings = ["序号", *GOOD]
    ledger = read(
        tmp_path,
        ["台账"], headings, [1, *GOOD.values()], [2], [], ["小 计", 1], headings, [3, *GOOD.values()],
        ["本年累计", None, 2], ["注:本表一式两份"], ["填表人:马秀英", None, None, "审核人:"], [None, None, "审核人:某"],
    )  # fmt: skip
    assert [row.row for row in ledger.ready] == [3, 8]
    assert ledger.skipped == {"空行": 2, "合计行": 2, "表尾行": 3, "重复的表头": 1}


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
    ("cell", "names"),
    [
        ("李涛芳、王超桂", ["李涛芳", "王超桂"]), ("𪚥甲,㛃乙;䶮丙/王丁\n李戊", ["𪚥甲", "㛃乙", "䶮丙", "王丁", "李戊"]),
        ("张 三", ["张三"]), ("张三丰 李四", ["张三丰", "李四"]), ("欧阳 明月", ["欧阳明月"]), ("Anna Maria", ["Anna Maria"]),
        ("阿依古丽•买买提", ["阿依古丽·买买提"]), ("张三、李四等5人", ["张三", "李四"]), ("张三等十二人", ["张三"]), ("王大等", ["王大"]),
        ("张三(父,已故)、李四", ["张三", "李四"]), ("某某(重庆)有限公司", ["某某(重庆)有限公司"]), ("王某 某某公司", ["王某", "某某公司"]),
    ],
)  # fmt: skip
def test_people_in_one_cell(cell: str, names: list[str]) -> None:
    assert [p["name"] for p in entry(被申请人=cell).parties][1:] == names


def test_and_others_are_counted_and_said() -> None:
    row = entry(申请人="张三、李四等十二人", 被申请人="某某公司")
    assert row.case["people"] == 13
    assert "申请人写“张三、李四等十二人”" in str(row.case["remark"])
    assert entry(申请人="张三等5人", 涉及人数="40").case["people"] == 40
    assert entry(申请人="张三等").case["people"] is None


def test_no_fewer_people_than_are_named() -> None:
    row = entry(申请人="张三、李四", 涉及人数="2人")
    assert row.case["people"] == 3
    assert "少于写明的当事人 3 人" in row.warnings[0]
    assert "不是整数" in reason(涉及人数="2.5")


@pytest.mark.parametrize(
    ("name", "type"),
    [("某建筑劳务有限公司", "LEGAL"), ("某公司滨江分公司", "ORGANISATION"), ("滨江村村委会", "LEGAL"), ("居委会", "LEGAL"),
     ("人民医院", "LEGAL"), ("䶮记粮油店", "ORGANISATION"), ("滨江砖厂", "ORGANISATION"), ("花园业委会", "ORGANISATION"),
     ("李学院", "PERSON"), ("王店", "PERSON"), ("欧阳平", "PERSON"), ("某某公司(项目部)", "LEGAL")],
)  # fmt: skip
def test_bodies_are_told_from_people(name: str, type: str) -> None:
    party = entry(被申请人=name).parties[1]
    assert party["type"] is PartyType[type]
    assert party["id_kind"] is (IdKind.RESIDENT if type == "PERSON" else IdKind.CREDIT_CODE)


@pytest.mark.parametrize("cell", [110101199003070000, 1.10101199003070e17, 199001010016, True, "1.10101E+17"])
def test_an_identity_number_that_came_as_a_figure_is_refused(cell: object) -> None:
    assert "请将该列设为文本后重新粘贴" in reason(申请人身份证号=cell)


def test_a_rounded_identity_number_is_refused_and_a_wrong_one_kept() -> None:
    assert "请将该列设为文本后重新粘贴" in reason(申请人身份证号=rounded("00000019900101001"))
    right = number("00000019900101001")
    wrong = right[:-1] + ("1" if right[-1] != "1" else "2")
    row = entry(申请人身份证号=wrong, 被申请人身份证号=f"'{right.lower()} ")
    assert (row.parties[0]["id_number"], row.parties[0]["id_reason"]) == (wrong, "台账原样")
    assert "校验位不对" in row.warnings[0]
    assert (row.parties[1]["id_number"], row.parties[1]["id_reason"]) == (right, "")
    old = entry(申请人身份证号="000000900101001")
    assert old.parties[0]["id_reason"] == "台账原样"


def test_a_number_that_ends_in_000_by_right_is_no_fault() -> None:
    ending = next(
        n for day in range(1, 29) if (n := number(f"000000199001{day:02d}000")).endswith("000") or day == 28
    )
    assert not ending.endswith("000") or entry(申请人身份证号=ending).warnings == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [("H1234567800", "HK_MACAO"), ("E12345678", "PASSPORT"), ("810000199001010010", "HMT_RESIDENCE"), ("ABC123456789012", "FOREIGN_RESIDENCE")],
)  # fmt: skip
def test_other_documents_are_known_by_their_shape(text: str, kind: str) -> None:
    assert entry(申请人身份证号=text).parties[0]["id_kind"] is IdKind[kind]


def test_nobody_is_given_another_ones_number() -> None:
    one, two = number("00000019900101001"), number("00000019850515122")
    both = entry(
        被申请人="张三、李四", 被申请人身份证号=f"{one}、{two}", 被申请人电话="13000000001 13000000002"
    )
    assert [(p["id_number"], p["phone"]) for p in both.parties[1:]] == [
        (one, "13000000001"),
        (two, "13000000002"),
    ]
    row = entry(被申请人="张三、李四", 被申请人身份证号=one)
    assert [p["id_number"] for p in row.parties] == ["", "", ""]
    assert one in str(row.case["remark"])


@pytest.mark.parametrize("cell", [13000000000, 13000000000.0, "13000000000", " 13000000000", "'13000000000"])
def test_telephones_keep_their_digits(cell: object) -> None:
    assert entry(联系电话=cell, 申请人电话=cell).parties[0]["phone"] == "13000000000"


def test_a_minor_without_a_guardian_is_pointed_out() -> None:
    assert "未满 18 周岁" in entry(申请人身份证号=number("00000020080302001")).warnings[0]
    assert entry(申请人身份证号=number("00000020080301001")).warnings == ()


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
        ("未达成,引导诉讼", None, "LITIGATION", "UNSETTLED"), ("终止", None, "ENDED", "UNSETTLED"), ("撤回申请", None, "WITHDRAWN", "UNSETTLED"),
        ("移送公安机关", None, "TRANSFERRED", "UNSETTLED"), ("调解不成", None, "NONE", "UNSETTLED"), ("部分达成协议", "2026.3.5", "PARTIAL", "SETTLED"),
    ],
)  # fmt: skip
def test_results(text: str, day: str | None, outcome: str, stage: str) -> None:
    row = entry(调解结果=text, 协议日期=day)
    assert (row.case["outcome"], row.case["stage"]) == (Outcome[outcome], Stage[stage])
    assert row.case["concluded_on"] == (date(2026, 3, 5) if day else date(2026, 3, 1))
    assert ("台账未记结果日期,按受理日期记" in str(row.case["remark"])) is (day is None)
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
    choices = choose({"words": {"outcome": {"已化解": "达成书面协议", "": "正在调解"}, "来源": {}}} | {"words": {
        "outcome": {"已化解": "达成书面协议", "": "正在调解"}, "kind": {"吵嘴": "neighbour"}, "source": {"群里说的": "依申请调解"}}})  # fmt: skip
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
        ({"备注": "=1+"[:0] + "=?"}, "公式"), ({"申请人": "#REF!"}, "错误值"), ({"备注": "甲" * 3000}, "最多 2000 个"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_with_its_reason(cells: dict[str, Any], words: str) -> None:
    assert words in reason(**cells)


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    found = outcome(GOOD | {"序号": 9.0, "申请人": None, "纠纷类型": "吵嘴", "涉及金额": "约五千"})
    assert str(found).startswith("第 2 行(序号 9):")
    assert str(found).count(";") == 2
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
    assert "台账原编号:(2025)旧字第7号。" in str(row.case["remark"])
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
    assert sum(a for a in amounts if isinstance(a, int)) == 24_840_000
    assert {stage: sum(row.case["stage"] is stage for row in ledger.ready) for stage in (Stage.MEDIATING, Stage.UNSETTLED)} == {
        Stage.MEDIATING: 1, Stage.UNSETTLED: 1,
    }  # fmt: skip
