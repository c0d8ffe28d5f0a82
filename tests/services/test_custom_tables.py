"""Tables of one's own: every case in one row and one column, as a recount by hand has it; specs read with care."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_cases import MARCH, day, put
from sqlalchemy.orm import Session

from mediator.domain import periods
from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.codes import (
    SETTLED,
    Basis,
    Kind,
    Level,
    Outcome,
    Performance,
    Referrer,
    Source,
    Stage,
)
from mediator.domain.errors import Refusal
from mediator.domain.periods import Span
from mediator.paper import text as plain
from mediator.services import custom_specs, custom_tables, offices, sheets
from mediator.services.custom_tables import Spec, behind, count, sheet
from mediator.services.dimensions import DIMENSIONS, Measure, dimension

SPRING = date(2026, 2, 20), date(2026, 4, 10)


def table(session: Session, rows: str, **more: Any) -> list[tuple[Any, ...]]:
    """The rows of a table that have a number, without those that are all nought."""
    spec = Spec(rows, *more.pop("period", MARCH), **more)
    return [row for row in sheet(session, count(session, spec)).rows if any(row[1:])]


def test_rows_columns_and_sums(session: Session) -> None:
    put(session, kind=Kind.LAND, level=Level.HARD, headcount=7)
    put(session, kind=Kind.LAND, outcome=Outcome.NONE, headcount=3)
    put(session, kind=Kind.FAMILY, headcount=2, amount=50_05)
    put(session, kind=Kind.FAMILY, outcome=Outcome.ENDED, amount=9_00)
    put(session, kind=None, headcount=40)
    put(session, "04-01")
    made = sheet(session, count(session, Spec("kind", *MARCH, columns="level")))
    assert made.heads == ("纠纷类型", "简易", "一般", "疑难复杂", "重大", "合计")
    assert [row for row in made.rows if row[-1]] == [
        ("婚姻家庭纠纷", 0, 2, 0, 0, 2),
        ("山林土地纠纷", 0, 1, 1, 0, 2),
        ("未填", 0, 1, 0, 0, 1),
        ("合计", 0, 4, 1, 0, 5),
    ]
    assert len(made.rows) == len(Kind) + 2
    assert table(session, "kind", measure=Measure.PEOPLE) == [
        ("婚姻家庭纠纷", 4), ("山林土地纠纷", 10), ("未填", 40), ("合计", 54),
    ]  # fmt: skip
    assert table(session, "kind", measure=Measure.AMOUNT) == [
        ("婚姻家庭纠纷", Decimal("50.05")),
        ("合计", Decimal("50.05")),
    ]


def test_mediators_stand_by_name_and_each_case_once(session: Session) -> None:
    for lead, cases in (("乙", 3), ("甲", 1), ("丙", 2), ("", 1)):
        for _ in range(cases):
            put(session, lead=lead)
    names = sorted(["乙", "甲", "丙"])
    numbers = {"乙": 3, "甲": 1, "丙": 2}
    assert table(session, "mediator") == [*((n, numbers[n]) for n in names), ("未填", 1), ("合计", 7)]


def test_places_are_named_up_to_their_number(session: Session) -> None:
    for place in ("滨江路 12 号 3 栋", "滨江路12号", "滨江路１号", "滨江路", " 滨江路", "滨江菜市场", ""):
        put(session, occurred_place=place)
    assert table(session, "place") == [("滨江菜市场", 1), ("滨江路", 5), ("未填", 1), ("合计", 7)]


def test_a_place_that_begins_with_its_number_keeps_it(session: Session) -> None:
    for place in ("8号楼", "８ 号院 2 单元", "8号楼 1 单元", "110", "\u30003 组"):
        put(session, occurred_place=place)
    assert table(session, "place") == [("110", 1), ("3 组", 1), ("8号楼", 2), ("８ 号院", 1), ("合计", 5)]
    one = behind(session, Spec("place", *MARCH), "8号楼")
    assert len(one) == 2


def test_months_follow_the_cut_off_day(session: Session) -> None:
    for on in ("02-28", "03-20", "03-21", "03-31"):
        put(session, on, accepted="02-21")
    months = [("2026年2月", 1), ("2026年3月", 3), ("合计", 4)]
    assert table(session, "concluded_month", period=SPRING) == months
    assert table(session, "accepted_month", period=SPRING) == [("2026年2月", 4), ("合计", 4)]
    offices.own(session).cut_off = 20
    session.flush()
    assert table(session, "concluded_month", period=SPRING) == [
        ("2026年3月", 2), ("2026年4月", 2), ("合计", 4),
    ]  # fmt: skip
    assert table(session, "accepted_month", period=SPRING) == [("2026年3月", 4), ("合计", 4)]


def test_filters_narrow_and_show_only_what_they_let_in(session: Session) -> None:
    put(session, kind=Kind.LAND, source=Source.INITIATIVE)
    put(session, kind=Kind.LAND, source=Source.APPLICATION)
    put(session, kind=None, source=Source.INITIATIVE)
    put(session, kind=Kind.FAMILY, source=Source.INITIATIVE)
    spec = Spec("kind", *MARCH, filters={"kind": ("land", ""), "source": ("initiative",)})
    made = sheet(session, count(session, spec))
    assert made.rows == (("山林土地纠纷", 1), ("未填", 1), ("合计", 2))
    assert made.notes == (
        "口径：调解结果日期在报告期内的案件。",
        "只计纠纷类型为山林土地纠纷、未填的。",
        "只计案件来源为主动调解的。",
    )
    by_place = Spec("level", *MARCH, filters={"place": ("",)})
    assert count(session, by_place).at() == 4


def test_the_cases_behind_a_cell(session: Session) -> None:
    one = put(session, kind=Kind.LAND, level=Level.HARD)
    two = put(session, kind=Kind.LAND)
    three = put(session, kind=None)
    spec = Spec("kind", *MARCH, columns="level")

    def numbers(*place: str | None) -> list[str]:
        return [row.number for row in behind(session, spec, *place)]

    assert numbers("land", "hard") == [one.number]
    assert numbers("land") == [two.number, one.number]
    assert numbers(None, "general") == [three.number, two.number]
    assert numbers("") == [three.number]
    assert len(numbers()) == 3
    assert len(behind(session, spec, limit=2)) == 2


def test_too_many_classes_are_refused(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(custom_tables, "MOST_ROWS", 2)
    for place in ("甲路", "乙路", "丙路"):
        put(session, occurred_place=place)
    with pytest.raises(Refusal, match=r"“发生地点（到门牌号为止）”分出 3 类，表里最多放 2 类，请加筛选"):
        count(session, Spec("place", *MARCH))
    with pytest.raises(Refusal, match="晚于"):
        count(session, Spec("kind", *MARCH[::-1]))


def test_a_table_of_ones_own_as_files(session: Session) -> None:
    put(session, lead="=1+1", amount=50_05)
    only = {"level": ("general", "major")}
    spec = Spec("mediator", *MARCH, measure=Measure.AMOUNT, filters=only)
    made = sheet(session, count(session, spec), "各人金额")
    words = plain.write(sheets.as_paper(made))
    assert words.startswith(
        "各人金额\n填报单位：滨江社区人民调解委员会\n报告期：2026年3月1日至3月31日\n统计量：协议涉及金额（元）\n"
    )
    assert "=1+1 | 50.05" in words and "协议涉及金额只计调解成功的案件。" in words
    rows = list(csv.DictReader(io.StringIO(sheets.write(made, "csv").decode("utf-8-sig"))))
    assert rows[0] == {
        "主持调解员": "'=1+1", "合计": "50.05", "填报单位": "滨江社区人民调解委员会", "报告期": "2026年3月1日至3月31日",
        "统计量": "协议涉及金额（元）", "口径": "调解结果日期在报告期内的案件。",
        "说明": "协议涉及金额只计调解成功的案件。 只计难易程度为一般、重大的。",
    }  # fmt: skip
    assert len(rows) == 2
    assert sheets.write(made, "xlsx").startswith(b"PK")


# Against a recount that shares no code with the table

days = st.dates(*SPRING)
facts = st.fixed_dictionaries(
    {
        "concluded_on": st.none() | days,
        "accepted_on": st.none() | days,
        "kind": st.none() | st.sampled_from(Kind),
        "source": st.sampled_from(Source),
        "referrer": st.none() | st.sampled_from(Referrer),
        "level": st.sampled_from(Level),
        "outcome": st.none() | st.sampled_from(Outcome),
        "stage": st.sampled_from(Stage),
        "headcount": st.integers(0, 90),
        "occurred_place": st.sampled_from(["", "滨江路1号", "滨江路", "䶮村 3 组"]),
        "lead": st.sampled_from(["", "陈志华", "马𬎆英"]),
    }
)
agreements = st.none() | st.tuples(
    st.none() | st.integers(0, 10**9), st.none() | st.sampled_from(Performance)
)


def month(on: date | None, cut_off: int | None) -> str:
    return periods.containing(Span.MONTH, on, cut_off)[1].strftime("%Y-%m") if on else ""


CLASSES: dict[str, Callable[[Case, str, int | None], str]] = {
    "kind": lambda case, lead, cut: case.kind.value if case.kind else "",
    "source": lambda case, lead, cut: str(case.source.value),
    "referrer": lambda case, lead, cut: case.referrer.value if case.referrer else "",
    "outcome": lambda case, lead, cut: case.outcome.value if case.outcome else "",
    "level": lambda case, lead, cut: str(case.level.value),
    "stage": lambda case, lead, cut: str(case.stage.value),
    "performance": lambda case, lead, cut: (
        case.agreement.performance.value if case.agreement and case.agreement.performance else ""
    ),
    "concluded_month": lambda case, lead, cut: month(case.concluded_on, cut),
    "accepted_month": lambda case, lead, cut: month(case.accepted_on, cut),
    "mediator": lambda case, lead, cut: lead,
    "place": lambda case, lead, cut: case.occurred_place.split("1")[0].split(" ")[0],
}


def test_every_dimension_is_recounted_here() -> None:
    assert set(CLASSES) == {one.code for one in DIMENSIONS}


def added(case: Case, measure: Measure) -> int:
    if measure is Measure.AMOUNT:
        return (case.agreement.amount or 0) if case.agreement and case.outcome in SETTLED else 0
    return case.headcount if measure is Measure.PEOPLE else 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cases=st.lists(st.tuples(facts, agreements), max_size=14),
    rows=st.sampled_from(sorted(CLASSES)),
    columns=st.sampled_from(["", *sorted(CLASSES)]),
    basis=st.sampled_from(Basis),
    measure=st.sampled_from(Measure),
    cut_off=st.none() | st.sampled_from([1, 20, 28]),
)
def test_every_cell_agrees_with_a_recount(
    session: Session, cases: list[tuple[dict[str, Any], Any]], rows: str, columns: str, basis: Basis,
    measure: Measure, cut_off: int | None,
) -> None:  # fmt: skip
    offices.own(session).cut_off = cut_off
    wanted: Counter[tuple[str | None, str | None]] = Counter()
    numbers: dict[tuple[str, str], set[str]] = {}
    for fields, agreement in cases:
        case = put(session, **fields)
        if agreement:
            case.agreement = Agreement(amount=agreement[0], performance=agreement[1])
        on = case.concluded_on if basis is Basis.CONCLUDED else case.accepted_on
        if not on or not MARCH[0] <= on <= MARCH[1] or (basis is Basis.CONCLUDED and not case.outcome):
            continue
        row = CLASSES[rows](case, fields["lead"], cut_off)
        column = CLASSES[columns](case, fields["lead"], cut_off) if columns else ""
        numbers.setdefault((row, column), set()).add(case.number)
        for place in ((row, column), (row, None), (None, column), (None, None)):
            wanted[place] += added(case, measure)
    session.flush()
    spec = Spec(rows, *MARCH, columns=columns, basis=basis, measure=measure)
    matrix = count(session, spec)
    assert {place: n for place, n in matrix.cells.items() if n} == {p: n for p, n in wanted.items() if n}
    assert {row for row, _ in numbers} <= set(matrix.rows)
    for (row, column), found in numbers.items():
        assert {r.number for r in behind(session, spec, row, column or None)} >= found
        if columns:
            assert {r.number for r in behind(session, spec, row, column)} == found
    session.rollback()


# Specs

SPEC: dict[str, Any] = {
    "rows": "kind", "columns": "outcome", "filters": {"source": ["initiative"], "kind": ["land", "", "land"]},
    "period": {"from": "2026-03-01", "until": "2026-03-31"}, "basis": "accepted", "measure": "people",
}  # fmt: skip


def test_a_spec_is_read_and_written() -> None:
    spec = custom_specs.read(SPEC)
    assert spec == Spec(
        "kind", *MARCH, columns="outcome", filters={"source": ("initiative",), "kind": ("land", "")},
        basis=Basis.ACCEPTED, measure=Measure.PEOPLE,
    )  # fmt: skip
    assert custom_specs.read(custom_specs.written(spec)) == spec
    least = custom_specs.read({"rows": "level", "period": SPEC["period"], "columns": None, "filters": None})
    assert least == Spec("level", *MARCH)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rows": "moon"}, "没有“moon”这个统计维度，可选的有：kind（纠纷类型）、"),
        ({"rows": ["kind"]}, "维度的代码"),
        ({"rows": None}, "维度的代码"),
        ({"columns": "rank"}, "没有“rank”"),
        ({"columns": 3}, "“columns”应写一个维度的代码"),
        ({"columns": "kind"}, "行和列都选了“纠纷类型”"),
        ({"order": "desc"}, "“统计设置”里没有“order”这一项"),
        ({"filters": ["kind"]}, "“filters”应是"),
        ({"filters": {"moon": ["x"]}}, "没有“moon”"),
        ({"filters": {"kind": ["war"]}}, "“纠纷类型”里没有“war”这一类"),
        ({"filters": {"kind": "land"}}, "“纠纷类型”的筛选应是一个列表"),
        ({"filters": {"kind": []}}, "至少选一类"),
        ({"filters": {"kind": [None]}}, "应是一个列表"),
        ({"filters": {"place": [str(n) for n in range(501)]}}, "选了 501 类，最多 500 类"),
        ({"period": None}, "“period”应是一个 JSON 对象"),
        ({"period": {"from": "2026-03-01"}}, "“until”应写成"),
        ({"period": {"from": 1, "until": 2}}, "“from”应写成"),
        ({"period": {"from": "2026-03-32", "until": "2026-04-01"}}, "2026-03-32"),
        ({"period": {"from": "2026-04-01", "until": "2026-03-01"}}, "晚于"),
        ({"period": {"from": "2026-03-01", "until": "2026-03-31", "x": 1}}, "“period”里没有“x”"),
        ({"basis": "guess"}, "“basis”不能是“guess”，可选的有：concluded、accepted"),
        ({"measure": 7}, "“measure”不能是“7”"),
    ],
    ids=str,
)
def test_a_spec_with_something_wrong_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        custom_specs.read({**SPEC, **changes})
    assert words in str(refusal.value)
    assert str(refusal.value).endswith("。")


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["rows", "columns", "filters", "period", "kind", "from"]) | st.text(), inner)))  # fmt: skip
def test_any_json_is_read_or_refused(value: object) -> None:
    for document in (value, {**SPEC, "filters": value}, {**SPEC, "period": value}, {**SPEC, "rows": value}):
        try:
            custom_specs.read(document)
        except Refusal as refusal:
            assert str(refusal).endswith("。")


def test_tables_are_saved_by_name(session: Session) -> None:
    spec = custom_specs.read(SPEC)
    custom_specs.save(session, " 各社区\u200b邻里 ", spec)
    custom_specs.save(session, "乙表", Spec("level", *MARCH))
    assert [table.name for table in custom_specs.all_of(session)] == sorted(["各社区邻里", "乙表"])
    assert custom_specs.load(session, "各社区邻里") == spec
    with pytest.raises(Refusal, match="已经有一张叫“乙表”"):
        custom_specs.save(session, "乙表", spec)
    custom_specs.save(session, "乙表", spec, replace=True)
    assert custom_specs.load(session, "乙表") == spec
    for name in ("", " \u200b"):
        with pytest.raises(Refusal, match="起一个名称"):
            custom_specs.save(session, name, spec)
    with pytest.raises(Refusal, match="61"):
        custom_specs.save(session, "长" * 61, spec)
    custom_specs.remove(session, "乙表")
    for verb in (custom_specs.load, custom_specs.remove):
        with pytest.raises(Refusal, match="没有叫“乙表”的自定义统计"):
            verb(session, "乙表")


def test_classes_have_words() -> None:
    assert dimension("concluded_month").called("2026-03") == "2026年3月"
    assert dimension("kind").called("land") == "山林土地纠纷"
    assert dimension("place").called("") == "未填"
    assert day("03-01") - timedelta(1) == day("02-28")
