"""Every registered table is whole; its checks speak; sums refuse what does not belong together; the JSON shape holds."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from mediator.domain.codes import Averted, Basis, CommitteeType, Kind, Outcome, Referrer, Source
from mediator.domain.errors import Refusal
from mediator.tallies import register
from mediator.tallies.checks import AtMost, Between, StockFlow, Sum
from mediator.tallies.justice import COUNTS_AS, JUSTICE, JUSTICE_15, MERGED
from mediator.tallies.lines import LINES, Line
from mediator.tallies.police import POLICE
from mediator.tallies.political import POLITICAL
from mediator.tallies.population import CASES
from mediator.tallies.register import OLDER, TABLES
from mediator.tallies.shape import from_json, to_json
from mediator.tallies.table import Heading, Table, Unit, Verdict, sums
from mediator.tallies.tally import Reporter, Tally, add
from mediator.tallies.team import TEAM

EVERY = (*TABLES, *OLDER)
PUBLISHED = {
    "total": 869, "people": 2101, "settled": 842, "hard": 57, "amount": 2_873_800_000, "type_village": 612, "type_street": 257,
    "source_initiative": 455, "source_application": 378, "source_referral": 36,
    "referrer_court": 6, "referrer_police": 30,
    "kind_family": 160, "kind_neighbour": 278, "kind_housing": 67, "kind_contract": 44, "kind_business": 31,
    "kind_damage": 76, "kind_land": 18, "kind_demolition": 28, "kind_pollution": 4, "kind_work": 13, "kind_purchase": 7,
    "kind_medical": 55, "kind_traffic": 33, "kind_property": 1, "kind_other": 54,
    "oral": 40, "written": 802, "performed": 700,
    "averted_crime": 1, "averted_crime_people": 4, "averted_petition": 3, "averted_petition_people": 15,
}  # fmt: skip
"""Huangshi, August 2016: total, success, money, sources, the shares of 15 kinds and what was averted; the rest is made up."""
DIVIDED = {
    "kind_labour": 9,
    "kind_migrant_wage": 4,
    "kind_consumer": 3,
    "kind_ecommerce": 2,
    "kind_tourism": 2,
}
"""The same in 18 kinds."""


AUGUST = date(2016, 8, 1), date(2016, 8, 31)
VILLAGE = Reporter("office-1", "王𬎆·㛃村调委会", "000000")


def tally(reporter: Reporter = VILLAGE, /, **changed: int) -> Tally:
    """The published month in the edition of today."""
    old = {"kind_work", "kind_purchase"}
    known = {name: value for name, value in PUBLISHED.items() if name not in old} | DIVIDED
    values = {column.name: 0 for column in JUSTICE.columns} | known | changed
    return Tally(JUSTICE, Basis.CONCLUDED, reporter, *AUGUST, values)


def published(**changed: int) -> Tally:
    """The published month in the edition of its time."""
    values = {column.name: 0 for column in JUSTICE_15.columns} | PUBLISHED | changed
    return Tally(JUSTICE_15, Basis.CONCLUDED, VILLAGE, *AUGUST, values)


def screened(reporter: Reporter = VILLAGE, /, **changed: int) -> Tally:
    """A table with a year so far."""
    zero = {column.name: 0 for column in POLITICAL.columns}
    values = {
        "found": 31,
        "found_people": 30,
        "found_faith": 1,
        "size_0": 31,
        "handled": 3,
        "handled_people": 3,
    }
    so_far = zero | values | {"found": 77, "found_people": 76, "size_0": 77} | changed
    return Tally(
        POLITICAL, Basis.CONCLUDED, reporter, *AUGUST, zero | values, year=date(2016, 1, 1), so_far=so_far
    )


DRONES = Heading("kind_drone", "无人机纠纷", "案件分类情况", Unit.CASES, "新的一类。", part_of="total")


def with_drones(office: str, drones: int) -> Tally:
    """The table of an office whose program knows one kind more."""
    newer = tally(
        Reporter(office, office, ""),
        total=869 + drones,
        type_village=612 + drones,
        source_initiative=455 + drones,
        kind_drone=drones,
    )
    return replace(newer, extras=(DRONES,))


@pytest.mark.parametrize("table", EVERY, ids=lambda table: f"{table.code}-{table.edition}")
def test_every_column_says_what_it_is(table: Table) -> None:
    columns = {column.name: column for column in table.columns}
    assert len(columns) == len(table.columns)
    assert len({column.label for column in table.columns}) == len(columns)
    for column in table.columns:
        assert column.name.isascii() and column.label and column.group, column.name
        for basis in Basis:
            sentence = table.definition(column, basis)
            assert sentence.endswith("。") and any(words in sentence for words in ("报告期", "统计之时"))
        assert not column.part_of or columns[column.part_of].unit is column.unit
        assert column.measure is not None or column.unit is not Unit.FEN, column.name
    for rate in table.rates:
        assert columns[rate.top].unit is columns[rate.bottom].unit
    for check in table.cross:
        assert (check.own if isinstance(check, Between) else check.opening) in columns
        if isinstance(check, Between):
            assert register.by_code(check.table).column(check.column).unit is columns[check.own].unit


@pytest.mark.parametrize("table", EVERY, ids=lambda table: f"{table.code}-{table.edition}")
def test_every_check_compares_columns_of_one_kind_of_thing(table: Table) -> None:
    checks: list[Sum | AtMost | StockFlow] = [*sums(table.columns), *table.limits]
    assert checks
    for check in checks:
        columns = [table.column(name) for side in check.sides for name in side]
        assert len({column.of for column in columns}) == 1, check
        if not isinstance(check, AtMost):
            assert len({column.unit for column in columns}) == 1, check


def test_every_code_has_its_column() -> None:
    names = {column.name for column in JUSTICE.columns}
    assert {f"kind_{kind.value}" for kind in Kind} <= names
    assert {f"source_{source.value}" for source in Source} <= names
    assert {f"referrer_{referrer.value}" for referrer in Referrer} <= names
    counted = {f"type_{COUNTS_AS.get(type, type).value}" for type in CommitteeType}
    assert counted == {name for name in names if name.startswith("type_")} and len(counted) == 6
    assert {f"type_{type.value}" for type in CommitteeType} <= {column.name for column in TEAM.columns}
    assert {f"averted_{what.value}" for what in Averted} <= names
    assert {f"averted_{what.value}_people" for what in Averted} <= names


def test_every_kind_counts_once_in_each_list_of_kinds() -> None:
    assert set(LINES) == set(Kind)
    merged = [kind for _, _, kinds in MERGED.values() for kind in kinds]
    assert len(merged) == len(set(merged)) == 5
    assert len([c for c in JUSTICE.columns if c.name.startswith("kind_")]) == 18
    assert len([c for c in JUSTICE_15.columns if c.name.startswith("kind_")]) == 15
    for total in ("found", "handled"):
        parts = [
            column.name
            for column in POLITICAL.columns
            if column.part_of == total and "size" not in column.name
        ]
        assert parts == [f"{total}_{line.name.lower()}" for line in Line]
        assert len(parts) == 19


def test_every_outcome_goes_one_way_out() -> None:
    """With a sweep of the code list, so that a new outcome cannot be forgotten."""
    ways = ("settled", "litigation", "transferred", "ended")
    words = "".join(POLICE.column(way).definition for way in ways)
    assert [outcome.label for outcome in Outcome if words.count(outcome.label) != 1] == []
    assert Sum("concluded", ways) in POLICE.limits


def test_published_figures_pass_every_check() -> None:
    assert {check.verdict for check in published().checks()} == {Verdict.PASSED}
    assert {check.verdict for check in tally().checks()} == {Verdict.PASSED}
    assert published(kind_medical=54).failures() == [
        "“调解案件总数”869 件不等于“婚姻家庭纠纷”至“其他纠纷”15 项之和 868 件"
    ]


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
        (
            {"averted_petition_people": 2},
            "“防止群体性上访”3 件大于“防止群体性上访人数”2 人",
        ),
        (
            {"type_street": 256},
            "“调解案件总数”869 件不等于“村调委会”至“社会团体和其他组织调委会”6 项之和 868 件",
        ),
    ],
)
def test_a_failing_pair_is_named_with_both_numbers(changed: dict[str, int], words: str) -> None:
    assert tally(**changed).failures() == [words]


def test_fewer_people_than_cases_only_asks_for_a_look() -> None:
    doubtful = [check for check in tally(people=868).checks() if check.verdict is Verdict.DOUBTFUL]
    assert [check.words for check in doubtful] == [
        "“调解案件总数”869 件大于“涉及当事人数”868 人，多半是有案件没有填涉及人数"
    ]
    assert not tally(people=868).failures()
    assert [check.columns for check in doubtful] == [("total", "people")]


def test_the_year_so_far_is_checked_and_added_too() -> None:
    assert not screened().failures()
    wrong = screened(size_0=76)
    assert wrong.failures() == ["年度累计：“排查数”77 件不等于“不满 50 人”至“500 人以上”4 项之和 76 件"]
    (failed,) = [check for check in wrong.checks() if check.verdict is Verdict.FAILED]
    assert failed.so_far and failed.columns[0] == "found"
    total = add([screened(), screened(Reporter("b", "街道", ""))], VILLAGE)
    assert (total.year, total.values["found"], total.so_far["found"]) == (date(2016, 1, 1), 62, 154)
    with pytest.raises(Refusal, match="“街道”的年度累计起算日"):
        add([screened(), replace(screened(Reporter("b", "街道", "")), year=date(2015, 12, 21))], VILLAGE)


def test_a_definition_is_a_sentence_one_would_write() -> None:
    def words(table: Table, name: str, basis: Basis = Basis.CONCLUDED) -> str:
        return table.definition(table.column(name), basis)

    assert words(POLICE, "closing") == "已经受理、到报告期结束时还没有调解结果的案件件数，转入下期。"
    assert words(JUSTICE, "total").startswith("调解结果日期在报告期内的案件件数；")
    assert "为准）的件数；" in words(JUSTICE, "total", Basis.ACCEPTED)
    assert words(JUSTICE, "oral").startswith("调解结果日期在报告期内的案件中，")
    assert words(JUSTICE, "screenings") == "排查日期在报告期内的排查次数；每记一次排查算一次。"
    assert "群众上门" in words(POLITICAL, "found")
    assert "没有单独登记这一类，填 0；有的请手工核实后填报。" in words(POLITICAL, "handled_faith")
    assert "涉及人数为50" not in words(POLITICAL, "size_50")
    assert words(POLITICAL, "size_50").endswith(
        "中，涉及人数为 50 人以上、不满 100 人的件数，“以上”包括本数；没有填“涉及人数”的用当事人数；表式上写作“50—100 人”。"
    )
    for name in ("mediators", "full_time", "part_time"):
        assert "以统计之时为准" in words(TEAM, name)


def test_only_tables_that_count_by_the_chosen_day_say_so() -> None:
    """And only these are not added where offices chose different days."""
    assert {table.code: table.by_basis for table in TABLES} == {
        "justice": True, "political": True, "police": False, "team": False,
    }  # fmt: skip

    def zero(table: Table, office: str, basis: Basis) -> Tally:
        return Tally(table, basis, Reporter(office, office, ""), *AUGUST, {c.name: 0 for c in table.columns})

    assert zero(JUSTICE, "a", Basis.ACCEPTED).counted_by == "按受理日期统计"
    assert zero(POLICE, "a", Basis.ACCEPTED).counted_by == "口径见各项"
    add([zero(POLICE, "a", Basis.ACCEPTED), zero(POLICE, "b", Basis.CONCLUDED)], VILLAGE)
    with pytest.raises(Refusal, match="请统一口径"):
        add([zero(POLITICAL, "a", Basis.ACCEPTED), zero(POLITICAL, "b", Basis.CONCLUDED)], VILLAGE)


def test_money_in_a_sentence_is_exact_and_in_yuan() -> None:
    amount = JUSTICE.column("amount")
    assert [amount.told(fen) for fen in (0, 5, 150, 2_873_800_001)] == [
        "0.00 元", "0.05 元", "1.50 元", "28738000.01 元",
    ]  # fmt: skip
    assert JUSTICE.column("people").told(12) == "12 人"


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
    with pytest.raises(Refusal, match=r"“另一调委会”用的表式版本"):
        add([tally(), replace(published(), reporter=other.reporter)], street)


@pytest.mark.parametrize(
    "made", [tally(), with_drones("b", 7), published(), screened()], ids=["own", "newer", "older", "yearly"]
)
def test_json_comes_back_as_it_was(made: Tally) -> None:
    document = json.loads(json.dumps(to_json(made)))
    again = from_json(document)
    assert again.values == made.values and again.reporter == made.reporter and again.table is made.table
    assert (again.year, again.so_far) == (made.year, made.so_far)
    assert [heading.name for heading in again.extras] == [heading.name for heading in made.extras]
    assert to_json(again) == document


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("table",), "secret", "升级程序"),
        (("edition",), 2, "先升级程序"),
        (("edition",), -1, "表式版本"),
        (("year_from",), "2016-01-01", "年度累计起算日"),
        (("columns", 0, "so_far"), 869, "调解案件总数"),
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


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("edition",), 0, "没有第 0 版"),
        (("year_from",), None, "年度累计起算日"),
        (("year_from",), "2016-09-01", "年度累计起算日"),
        (("columns", 0, "so_far"), None, "排查数"),
        (("columns", 0, "so_far"), -1, "排查数"),
    ],
)
def test_a_year_so_far_that_is_not_right_is_refused(
    path: tuple[str | int, ...], value: object, words: str
) -> None:
    document: Any = json.loads(json.dumps(to_json(screened())))
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


def test_tables_are_found_by_code_and_by_period() -> None:
    assert register.by_code("justice") is JUSTICE
    assert register.edition("justice", 0) is JUSTICE_15
    for code, until, table in (
        ("justice", date(2017, 12, 31), JUSTICE_15), ("justice", date(2018, 1, 1), JUSTICE),
        ("justice", date(1999, 12, 31), JUSTICE_15), ("police", date(1999, 12, 31), POLICE),
    ):  # fmt: skip
        assert register.of(code, until) is table
    with pytest.raises(Refusal, match="本程序有：justice（人民调解案件情况统计表）、"):
        register.by_code("jsutice")
    with pytest.raises(Refusal, match="第 2 版），请先升级程序"):
        register.edition("justice", 2)


def test_the_editions_of_a_table_follow_one_another() -> None:
    for table in TABLES:
        every = register.editions(table.code)
        assert every[-1] is table and register.validity(table) == f"{table.valid_from} 起"
        assert len({edition.edition for edition in every}) == len(every)
        for before, after in pairwise(every):
            last = after.valid_from - timedelta(1)
            assert before.edition < after.edition and before.valid_from <= last
            assert register.validity(before) == f"{before.valid_from} 至 {last}"
            assert (register.of(table.code, last), register.of(table.code, after.valid_from)) == (
                before,
                after,
            )


def test_only_cases_open_as_cases() -> None:
    shut = {c.name for table in TABLES for c in table.columns if not c.opens_cases}
    assert {"screenings", "prevented", "mediators", "rooms"} <= shut
    assert all(c.of is CASES for c in POLICE.columns)
