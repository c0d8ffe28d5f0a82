"""What was sent or taken in before a code list grew or shrank stays readable as it was, and is never counted as 0."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from made_cases import MARCH, put
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Basis, Kind, Level, Outcome
from mediator.domain.errors import Missing, Refusal
from mediator.domain.office import Received
from mediator.exchange import package as packing
from mediator.exchange import spreadsheet
from mediator.paper import text as plain
from mediator.services import carrying, closings, figures, packages
from mediator.tallies import register, shape
from mediator.tallies.checks import AtMost
from mediator.tallies.figures import by_itself
from mediator.tallies.justice import JUSTICE
from mediator.tallies.political import POLITICAL
from mediator.tallies.table import Column, Table, Unit
from mediator.tallies.tally import Reporter, Tally, add, told_apart

BY = "陈志华"
SENT, LATER = datetime(2026, 4, 2, 9, 30), datetime(2026, 4, 20, 15, 0, 7)
DRONES = Column(
    "kind_drone", "无人机纠纷", "案件分类情况", Unit.CASES, "新的一类。", part_of="total",
    where=(Case.kind == Kind.FAMILY) & (Case.level == Level.MAJOR),
)  # fmt: skip
NEWER = replace(JUSTICE, columns=(*JUSTICE.columns, DRONES))
THREE = {"total": 3, "people": 7, "settled": 3, "type_village": 3, "source_initiative": 3, "kind_neighbour": 3, "oral": 3}  # fmt: skip
LABOUR = Kind.MIGRANT_WAGE.label
Knows = Callable[[Table], None]


@pytest.fixture
def knows(monkeypatch: pytest.MonkeyPatch) -> Knows:
    """Make the program one of another day, which has this edition of the justice table."""

    def become(table: Table) -> None:
        monkeypatch.setattr(register, "TABLES", (table, POLITICAL))

    return become


def without(*names: str) -> Table:
    return replace(JUSTICE, columns=tuple(c for c in JUSTICE.columns if c.name not in names))


def below(name: str, missing: str = "") -> Tally:
    """The table of an office below with three cases, perhaps made by a program that does not know a column."""
    numbers = {c.name: THREE.get(c.name, 0) for c in JUSTICE.columns if c.name != missing}
    return Tally(JUSTICE, Basis.CONCLUDED, Reporter(name, name, "000000"), *MARCH, numbers)


def opened(data: bytes) -> Tally:
    return packing.open_package(data, kept=True).tally


def seal(session: Session, table: Table) -> tuple[int, bytes]:
    """Send a table as the cases are now: closed first, or corrected."""
    closing = closings.standing(session, table, *MARCH)
    if closing is None:
        closings.close(session, table, *MARCH, by=BY, now=SENT)
    elif closings.differences(session, closing):
        closings.correct(session, closing, reason="补录一件。", by=BY, now=LATER)
    sent, data = packages.seal(session, table, *MARCH, by=BY, now=LATER)
    return sent.serial, data


def take(session: Session, tally: Tally) -> packages.Arrival:
    data = packing.seal(tally, 1, SENT)
    [arrival] = packages.look(session, [("盘.tjb", data)])
    assert packages.take_in(session, [arrival], by=BY, now=LATER) == 1
    return arrival


def test_a_table_sent_before_a_class_came_is_read_as_it_was_and_sent_anew(
    session: Session, knows: Knows
) -> None:
    older = without("kind_migrant_wage")
    knows(older)
    put(session)
    _, was = seal(session, older)
    assert seal(session, older) == (1, was)
    knows(JUSTICE)
    assert seal(session, JUSTICE)[0] == 1, "nothing that was closed has changed"
    put(session)
    assert seal(session, JUSTICE)[0] == 2
    assert seal(session, JUSTICE)[0] == 2, "the new one has not changed since"
    first = carrying.sent(session)[-1]
    assert first.body.encode() == was
    kept = opened(was)
    assert "kind_migrant_wage" not in kept.values and kept.values["total"] == 1
    assert shape.to_json(kept) == json.loads(was)["body"]["tally"]
    assert [heading.label for heading in kept.lacking] == [LABOUR]
    assert not kept.failures()
    assert LABOUR not in plain.write(figures.as_paper(by_itself(kept)))


def test_a_table_sent_with_a_class_that_is_gone_is_read_as_it_was_and_sent_anew(
    session: Session, knows: Knows
) -> None:
    knows(NEWER)
    put(session, kind=Kind.FAMILY, level=Level.MAJOR)
    put(session, kind=Kind.OTHER)
    newer = replace(NEWER, columns=tuple(
        replace(c, where=c.where & (Case.level != Level.MAJOR)) if c.name == "kind_family" else c
        for c in NEWER.columns
    ))  # fmt: skip
    knows(newer)
    _, was = seal(session, newer)
    knows(JUSTICE)
    serial, now = seal(session, JUSTICE)
    assert (serial, opened(now).values["kind_family"], opened(now).extras) == (2, 1, ())
    kept = opened(was)
    assert (kept.values["kind_drone"], kept.values["kind_family"], kept.values["total"]) == (1, 0, 2)
    assert [heading.label for heading in kept.extras] == ["无人机纠纷"]
    assert not kept.failures()


@pytest.mark.parametrize("name", ["total", "amount", "people", "oral", "settled"])
def test_whatever_column_an_own_record_lacks_it_is_read_and_a_stranger_is_refused(
    session: Session, name: str, knows: Knows
) -> None:
    older = without(name)
    knows(older)
    put(session, outcome=Outcome.WRITTEN)
    _, was = seal(session, register.TABLES[0])
    knows(JUSTICE)
    assert name not in opened(was).values
    assert all(check.verdict.label != "不符" for check in opened(was).checks())
    put(session)
    assert seal(session, JUSTICE)[0] == 2
    if not JUSTICE.column(name).part_of:
        with pytest.raises(Refusal, match=f"缺“{JUSTICE.column(name).label}”一项，请让上报单位升级程序"):
            packing.open_package(was)


def test_a_check_that_came_later_does_not_shut_what_was_sent(session: Session, knows: Knows) -> None:
    put(session)
    _, was = seal(session, JUSTICE)
    stricter = replace(JUSTICE, limits=(*JUSTICE.limits, AtMost("total", "hard")))
    knows(stricter)
    with pytest.raises(Refusal, match="数字对不上"):
        packing.open_package(was)
    assert opened(was).values["total"] == 1
    put(session, kind=Kind.OTHER)
    with pytest.raises(Refusal, match="没有通过核对"):
        seal(session, stricter)


def test_a_period_is_closed_before_it_is_sent(session: Session) -> None:
    put(session, headcount=0)
    words = (
        "《人民调解案件情况统计表》2026年3月1日至3月31日还没有结账，不能报送；请先结账：在“统计”的“报表”里"
    )
    with pytest.raises(Refusal, match=words):
        packages.seal(session, JUSTICE, *MARCH, by=BY, now=LATER)
    with pytest.raises(Missing) as missing:
        closings.close(session, JUSTICE, *MARCH, by=BY, now=SENT)
    notes = dict.fromkeys(missing.value.gaps, "一人来访，没有填人数。")
    closings.close(session, JUSTICE, *MARCH, by=BY, now=SENT, notes=notes)
    _, data = packages.seal(session, JUSTICE, *MARCH, by=BY, now=LATER)
    assert packing.open_package(data).tally.notes == notes, "no doubt leaves the house unexplained"
    with pytest.raises(Refusal, match="才结束，现在还不能报送"):
        packages.seal(session, JUSTICE, MARCH[0], LATER.date().replace(day=21), by=BY, now=LATER)
    with pytest.raises(Refusal, match="晚于"):
        packages.seal(session, JUSTICE, *MARCH[::-1], by=BY, now=LATER)


def test_a_closed_table_is_sent_with_the_classes_of_its_day(session: Session, knows: Knows) -> None:
    put(session)
    closings.close(session, JUSTICE, *MARCH, by=BY, now=SENT)
    serial, was = seal(session, JUSTICE)
    knows(NEWER)
    assert seal(session, NEWER) == (serial, was), "nobody counted the new class, so nothing has changed"
    assert packing.open_package(was).tally.values["total"] == 1, "the superior takes it"


def test_an_office_with_an_older_program_is_taken_in_and_its_gap_is_told(session: Session) -> None:
    put(session, kind=Kind.MIGRANT_WAGE)
    old = below("䶮村调委会", "kind_migrant_wage")
    assert take(session, old).words == (
        f"可以接收。里面没有“{LABOUR}”（对方的程序较旧），这些项的合计不含该单位。"
    )
    take(session, below("㛃村调委会"))
    total, parts = packages.roll_up(session, JUSTICE, *MARCH)
    assert [part.values.get("kind_migrant_wage") for part in parts] == [1, 0, None]
    assert (total.values["kind_migrant_wage"], total.values["total"]) == (1, 7)
    assert not total.failures()
    [gap] = total.gaps
    assert gap == f"“䶮村调委会”的表里没有“{LABOUR}”，这些项的合计不含上述单位。"
    assert gap in plain.write(figures.as_paper(by_itself(total)))
    assert figures.as_document(by_itself(total))["gaps"] == [gap]
    sheet = load_workbook(io.BytesIO(carrying.write_sum(total, parts, "xlsx"))).worksheets[0]
    assert gap in [cell.value for cell in sheet["A"]]
    place = next(c.column for row in sheet.iter_rows(max_row=7) for c in row if c.value == LABOUR)
    assert [sheet.cell(row, place).value for row in (8, 9, 10, 11)] == [1, 0, "—", 1]


def test_what_the_offices_below_explained_is_told_in_the_sum_with_their_names(session: Session) -> None:
    """An explanation of a check between tables travels too, though the superior cannot make that check again."""
    put(session)
    across = (
        "“上期接转”2 件不等于上期“继续调解（期末未结）”1 件，上期结账以后有案件补录或者改动的，请写明原因"
    )
    other = "“调解案件总数”3 件大于“涉及当事人数”1 人，多半是有案件没有填涉及人数"
    take(session, replace(below("䶮村调委会"), notes={across: "补录一件。"}))
    take(session, replace(below("㛃村调委会"), notes={other: "两件一人来访", across: "也补录一件"}))
    total, parts = packages.roll_up(session, JUSTICE, *MARCH)
    told = [
        f"核对：“䶮村调委会”的表：{across}（请核实）；说明：补录一件。",
        f"核对：“㛃村调委会”的表：{other}（请核实）；说明：两件一人来访。",
        f"核对：“㛃村调委会”的表：{across}（请核实）；说明：也补录一件。",
    ]
    assert set(told) <= set(plain.write(figures.as_paper(by_itself(total))).splitlines())
    book = load_workbook(io.BytesIO(carrying.write_sum(total, parts, "xlsx")))
    assert set(told) <= {str(cell.value) for cell in book.worksheets[0]["A"]}
    [own] = [part for part in parts if part.reporter.name == "䶮村调委会"]
    assert told[0].replace("“䶮村调委会”的表：", "") in plain.write(figures.as_paper(by_itself(own)))
    assert len(figures.as_document(by_itself(total))["notes"]) == 3  # type: ignore[arg-type]
    assert total.standing == "由 3 个单位的统计表相加得出。" and own.standing == ""


def test_offices_of_one_name_are_told_apart(session: Session) -> None:
    offices = [
        ("aaaaaaaa1", "000000001"),
        ("bbbbbbbb2", "000000002"),
        ("cccccccc3", "000000002"),
        ("dddddddd4", ""),
    ]
    for uid, region in offices:
        one = replace(
            below("城关调委会"), reporter=Reporter(uid, "城关调委会", region), notes={"对不上": uid}
        )
        take(session, one)
    take(session, below("䶮村调委会", "kind_migrant_wage"))
    total, parts = packages.roll_up(session, JUSTICE, *MARCH)
    named = [
        "城关调委会（000000001）",
        "城关调委会（标识 bbbbbbbb）",
        "城关调委会（标识 cccccccc）",
        "城关调委会（标识 dddddddd）",
    ]
    assert sorted(told_apart(parts)) == sorted(["滨江社区人民调解委员会", "䶮村调委会", *named])
    rows = list(csv.DictReader(io.StringIO(carrying.write_sum(total, parts, "csv").decode("utf-8-sig"))))
    assert {row["填报单位"] for row in rows} == {*told_apart(parts), "合计"}
    sheet = load_workbook(io.BytesIO(carrying.write_sum(total, parts, "xlsx"))).worksheets[0]
    assert {*named} <= {str(cell.value) for cell in sheet["A"]}
    for name in named:
        assert any(words.startswith(f"“{name}”的表：对不上") for words in total.notes)
    tall, lines = add([replace(part, table=POLITICAL, values={}) for part in parts], parts[0].reporter), parts
    heads = load_workbook(
        io.BytesIO(spreadsheet.xlsx(by_itself(replace(tall, year=MARCH[0])), lines))
    ).worksheets[0][4]
    assert {*named} <= {str(cell.value) for cell in heads}


def test_what_no_office_has_is_not_in_the_sum(session: Session, knows: Knows) -> None:
    put(session)
    closings.close(session, JUSTICE, *MARCH, by=BY, now=SENT)
    take(session, below("䶮村调委会"))
    knows(NEWER)
    total, _ = packages.roll_up(session, NEWER, *MARCH)
    assert "kind_drone" not in total.values
    assert "无人机纠纷" not in [heading.label for heading in total.headings]
    assert total.gaps == (
        "“滨江社区人民调解委员会”、“䶮村调委会”的表里没有“无人机纠纷”，这些项的合计不含上述单位。",
    )


def test_a_table_received_stays_as_it_came_and_can_be_summed_later(session: Session, knows: Knows) -> None:
    take(session, below("䶮村调委会"))
    knows(NEWER)
    before = session.query(Received).one().body
    total, parts = packages.roll_up(session, NEWER, *MARCH)
    assert ("kind_drone" in parts[1].values, total.values["kind_drone"], total.values["total"]) == (
        False,
        0,
        3,
    )
    assert session.query(Received).one().body == before


@pytest.mark.parametrize("table", [JUSTICE, POLITICAL], ids=lambda table: table.code)
def test_a_sum_as_csv_has_the_lines_of_the_spreadsheet(session: Session, table: Table) -> None:
    put(session, parties=("周文谦", "张三"))
    put(session, kind=Kind.MIGRANT_WAGE)
    own = figures.count(session, table, *MARCH)
    packages.take_in(
        session,
        packages.look(session, [("盘.tjb", packing.seal(_moved(own, "=䶮村调委会"), 1, SENT))]), by=BY, now=LATER,
    )  # fmt: skip
    total, parts = packages.roll_up(session, table, *MARCH)
    rows = list(csv.DictReader(io.StringIO(carrying.write_sum(total, parts, "csv").decode("utf-8-sig"))))
    names = list(dict.fromkeys(row["填报单位"] for row in rows))
    assert names == ["滨江社区人民调解委员会", "'=䶮村调委会", "合计"]
    for name, tally in zip(names, (*parts, total), strict=True):
        mine = [row for row in rows if row["填报单位"] == name]
        values = {row["指标"]: row["数值"] for row in mine}
        assert all(values[h.label] == h.shown(tally.values[h.name]) for h in tally.headings)
        assert all(None not in row and None not in row.values() for row in mine)
        if table.yearly:
            years = {row["指标"]: row["年度累计"] for row in mine}
            assert all(years[h.label] == h.shown(tally.so_far[h.name]) for h in tally.headings)
    assert {row["数值"] for row in rows if row["指标"] in ("调解案件总数", "排查数")} == {"2", "4"}


def _moved(tally: Tally, name: str) -> Tally:
    return replace(tally, reporter=Reporter("other", name, "000000"))
