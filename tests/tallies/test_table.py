"""Every registered table is whole; its checks speak; sums refuse what does not belong together; the JSON shape holds."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mediator.domain.codes import Basis, Kind, Referrer, Source
from mediator.domain.errors import Refusal
from mediator.tallies.justice import JUSTICE
from mediator.tallies.register import TABLES, by_code
from mediator.tallies.shape import from_json, to_json
from mediator.tallies.table import Heading, Table, Unit, Verdict
from mediator.tallies.tally import Reporter, Tally, add

PUBLISHED = {
    "total": 869, "people": 2101, "settled": 842, "hard": 57, "amount": 2_873_800_000,
    "source_initiative": 455, "source_application": 378, "source_referral": 36,
    "referrer_court": 6, "referrer_police": 30,
    "kind_family": 160, "kind_neighbour": 278, "kind_housing": 67, "kind_contract": 44, "kind_business": 31,
    "kind_damage": 76, "kind_land": 18, "kind_demolition": 28, "kind_pollution": 4, "kind_labour": 13, "kind_consumer": 7,
    "kind_medical": 55, "kind_traffic": 33, "kind_property": 1, "kind_other": 54,
    "oral": 40, "written": 802, "performed": 700,
}  # fmt: skip
"""A city's published month: total, success, money, sources and the shares of 15 kinds; the rest is made up."""


VILLAGE = Reporter("office-1", "王𬎆·㛃村调委会", "000000")


def tally(reporter: Reporter = VILLAGE, /, **changed: int) -> Tally:
    values = {column.name: 0 for column in JUSTICE.columns} | PUBLISHED | changed
    period = date(2016, 8, 1), date(2016, 8, 31)
    return Tally(JUSTICE, Basis.CONCLUDED, reporter, *period, values)


DRONES = Heading("kind_drone", "无人机纠纷", "案件分类情况", Unit.CASES, "新的一类。", part_of="total")


def with_drones(office: str, drones: int) -> Tally:
    """The table of an office whose program knows one kind more."""
    newer = tally(
        Reporter(office, office, ""), total=869 + drones, source_initiative=455 + drones, kind_drone=drones
    )
    return replace(newer, extras=(DRONES,))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
def test_every_column_says_what_it_is(table: Table) -> None:
    columns = {column.name: column for column in table.columns}
    assert len(columns) == len(table.columns)
    assert len({column.label for column in table.columns}) == len(columns)
    for column in table.columns:
        assert column.name.isascii() and column.label and column.group, column.name
        for basis in Basis:
            sentence = table.definition(column, basis)
            assert sentence.endswith("。") and "日期在报告期内" in sentence
        assert not column.part_of or columns[column.part_of].unit is column.unit
        assert (column.measure is None) == (column.unit is Unit.CASES), column.name
    for limit in table.limits:
        assert {limit.smaller, limit.larger} <= set(columns)


def test_every_code_has_its_column() -> None:
    names = {column.name for column in JUSTICE.columns}
    assert {f"kind_{kind.value}" for kind in Kind} <= names
    assert {f"source_{source.value}" for source in Source} <= names
    assert {f"referrer_{referrer.value}" for referrer in Referrer} <= names


def test_published_figures_pass_every_check() -> None:
    assert [check.verdict for check in tally().checks()] == [Verdict.PASSED] * 8


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind_family": 161}, "“调解案件总数”869 件不等于“婚姻家庭纠纷”至“其他纠纷”18 项之和 870 件"),
        (
            {"referrer_court": 5},
            "“接受委托移送调解”36 件不等于“法院委托移送”至“其他部门委托移送”5 项之和 35 件",
        ),
        ({"oral": 41}, "“调解成功”842 件不等于“口头协议”、“书面协议”之和 843 件"),
        ({"hard": 870}, "“疑难复杂案件”870 件大于“调解案件总数”869 件"),
        ({"performed": 843}, "“履行”843 件大于“调解成功”842 件"),
    ],
)
def test_a_failing_pair_is_named_with_both_numbers(changed: dict[str, int], words: str) -> None:
    assert tally(**changed).failures() == [words]


def test_fewer_people_than_cases_only_asks_for_a_look() -> None:
    doubtful = [check for check in tally(people=868).checks() if check.verdict is Verdict.DOUBTFUL]
    assert [check.words for check in doubtful] == [
        "“调解案件总数”869 件大于“涉及当事人数”868 人,多半是有案件没有填涉及人数"
    ]
    assert not tally(people=868).failures()


def test_money_is_rounded_only_when_shown() -> None:
    amount = JUSTICE.column("amount")
    assert amount.unit.shown == "万元"
    assert [amount.shown(fen) for fen in (2_873_800_000, 4_999, 5_000, 15_000)] == [
        "2873.80",
        "0.00",
        "0.01",
        "0.02",
    ]
    halves = [tally(Reporter(f"office-{n}", "䶮村", ""), amount=4_999) for n in range(2)]
    assert amount.shown(add(halves, VILLAGE).values["amount"]) == "0.01"


def test_sums_keep_a_column_only_a_newer_program_knows() -> None:
    total = add([tally(), with_drones("b", 7), with_drones("c", 4)], Reporter("d", "街道", ""))
    assert total.values["kind_drone"] == 11
    assert total.values["total"] == 3 * 869 + 11
    assert not total.failures()
    assert [heading.name for heading in total.headings].index("kind_drone") == (
        [heading.name for heading in total.headings].index("kind_other") + 1
    )


def test_what_does_not_belong_together_is_not_added() -> None:
    street = Reporter("street", "街道", "")
    other = tally(Reporter("office-2", "另一调委会", ""))
    with pytest.raises(Refusal, match="没有可以汇总的"):
        add([], street)
    with pytest.raises(Refusal, match=r"“王𬎆·㛃村调委会”在汇总里出现了两次"):
        add([tally(), tally()], street)
    with pytest.raises(Refusal, match=r"“另一调委会”是按受理日期统计的"):
        add([tally(), replace(other, basis=Basis.ACCEPTED)], street)
    with pytest.raises(Refusal, match=r"“另一调委会”的表或报告期"):
        add([tally(), replace(other, until=date(2016, 8, 30))], street)


@pytest.mark.parametrize("made", [tally(), with_drones("b", 7)], ids=["own", "newer"])
def test_json_comes_back_as_it_was(made: Tally) -> None:
    document = json.loads(json.dumps(to_json(made)))
    again = from_json(document)
    assert again.values == made.values and again.reporter == made.reporter and again.table is JUSTICE
    assert [heading.name for heading in again.extras] == [heading.name for heading in made.extras]
    assert to_json(again) == document


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("table",), "secret", "升级程序"),
        (("edition",), 2, "先升级程序"),
        (("basis",), "guess", "先升级程序"),
        (("period", "from"), "2016-08-32", "报告期开始日期"),
        (("period", "from"), "20160801", "报告期开始日期"),
        (("period", "from"), "2016-09-01", "晚于"),
        (("office", "uid"), "", "填报单位标识"),
        (("office", "name"), "甲\u202e乙", "填报单位名称"),
        (("office", "phone"), "13000000000", "填报单位"),
        (("columns", 0, "value"), -1, "调解案件总数"),
        (("columns", 0, "value"), True, "调解案件总数"),
        (("columns", 0, "value"), 2**53, "调解案件总数"),
        (("columns", 0, "value"), "869", "调解案件总数"),
        (("columns", 0, "unit"), "人", "调解案件总数"),
        (("columns", 0, "unit"), "打", "计量单位"),
        (("columns", 0, "code"), "people", "涉及当事人数"),
        (("columns", 0, "code"), "unknown", "缺“调解案件总数”一项"),
        (("columns", 0), None, "指标"),
        (("columns",), {}, "各项指标"),
        (("checks", 0, "verdict"), 1, "核对结果"),
    ],
)
def test_json_that_is_not_right_is_refused(path: tuple[str | int, ...], value: object, words: str) -> None:
    document: Any = json.loads(json.dumps(to_json(tally())))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(Refusal, match=words):
        from_json(document)


def test_an_extra_column_must_add_up_to_something_known() -> None:
    document: Any = to_json(with_drones("b", 7))
    next(c for c in document["columns"] if c["code"] == "kind_drone")["part_of"] = "nowhere"
    with pytest.raises(Refusal, match="无人机纠纷"):
        from_json(document)


def test_tables_are_found_by_code() -> None:
    assert by_code("justice") is JUSTICE
    with pytest.raises(Refusal, match="justice"):
        by_code("jsutice")
