"""The report of a period says only what the tables say, and says it rightly for none, one, as many, and nothing before."""

import json
import random
import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from fractions import Fraction
from itertools import product
from math import floor

import pytest
from made_cases import MARCH, NOW, day, put
from sqlalchemy.orm import Session

from mediator.domain import periods
from mediator.domain.agreement import Agreement, Instalment, Item
from mediator.domain.codes import (
    Averted,
    Basis,
    ItemKind,
    Kind,
    Level,
    Outcome,
    Referrer,
    Side,
    Source,
    Stage,
)
from mediator.domain.figures import Screening
from mediator.domain.periods import Period
from mediator.paper import text
from mediator.paper.blocks import Chart, Lines, Paper
from mediator.services import analysis, closings, demo, figures, offices, rosters
from mediator.services.printouts import Printout, as_docx, as_pdf
from mediator.services.roster_list import OVERDUE
from mediator.store.folder import Folder, open_folder
from mediator.tallies import register
from mediator.tallies.tally import Tally

TODAY = day("04-03")
_DATE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = Folder(tmp_path_factory.mktemp("analysis") / "练习")
    demo.make(folder, cases=130, seed=11)
    engine = open_folder(folder, "practice", "practice")
    with Session(engine) as session:
        yield session
    engine.dispose()


def words(session: Session, period: Period = MARCH, today: date = TODAY) -> str:
    return text.write(analysis.report(session, *period, today))


def rounded(value: Fraction, places: int) -> str:
    """Half up, as people round; written with so many decimals."""
    scaled = floor(abs(value) * 10**places + Fraction(1, 2))
    return f"{scaled // 10**places}.{scaled % 10**places:0{places}d}"


def shown(tally: Tally, name: str) -> str:
    value = tally.values[name]
    return rounded(Fraction(value, 1_000_000), 2) if name == "amount" else str(value)


def share(part: int, whole: int) -> str:
    return rounded(Fraction(part * 100, whole), 1) if whole else "0.0"


def changes(now: Tally, was: Tally) -> Iterator[str]:
    """What another period had, the differences, and the growth."""
    for name, value in now.values.items():
        old = was.values[name]
        yield shown(was, name)
        by = Fraction(abs(value - old), 1_000_000)
        yield rounded(by, 2) if name == "amount" else str(abs(value - old))
        if old:
            yield rounded(Fraction(abs(value - old) * 100, old), 1)
    for rate in now.table.rates:
        new, old_ = (Fraction(share(t.values[rate.top], t.values[rate.bottom])) for t in (now, was))
        yield rounded(abs(new - old_), 1)


def allowed(session: Session, period: Period, today: date) -> set[str]:
    """Every number the report may have, counted apart from it."""
    earlier = [periods.previous(*period), periods.year_before(*period)]
    found = {str(rosters.number_of(session, OVERDUE, today)), str(overdue_instalments(session, today))}
    for code in ("justice", "police"):
        table = register.by_code(code)
        now, *others = (figures.count(session, table, *p) for p in (period, *earlier))
        found |= {shown(now, name) for name in now.values}
        for other in others:
            found |= set(changes(now, other))
        wholes = [
            now.values[name]
            for name in ("total", "source_referral", "due", "concluded", "concluded_police")
            if name in now.values
        ]
        found |= {share(part, whole) for part, whole in product(now.values.values(), wholes) if part <= whole}
    year = figures.count(session, register.by_code("political"), *period)
    found |= {str(year.so_far[name]) for name in ("handled", "settled")}
    for _ in range(12):
        tally = figures.count(session, register.by_code("justice"), *period)
        found |= {str(tally.values["total"]), str(tally.values["settled"])}
        period = periods.previous(*period)
    return found


def overdue_instalments(session: Session, today: date) -> int:
    """Counted the long way."""
    count = 0
    for agreement in session.query(Agreement):
        case = agreement.case
        if not case.outcome or not case.outcome.settled or case.stage is Stage.ARCHIVED:
            continue
        if agreement.performance and agreement.performance.value == "full":
            continue
        for item in agreement.items:
            for part in item.instalments:
                short = (part.paid or 0) < (part.amount or 0)
                count += bool(part.due_on and part.due_on < today and (part.paid_on is None or short))
    return count


def said(paper: Paper) -> list[str]:
    """Every number on a report but those of days; what does not hold is told apart."""
    lines = [line for line in text.write(paper).splitlines() if not line.startswith("核对不符")]
    return _NUMBER.findall(_DATE.sub("", "\n".join(lines)))


def some_periods() -> list[Period]:
    chance = random.Random(20261)
    months = [(date(2025 + n // 12, n % 12 + 1, 15)) for n in range(22)]
    found = [periods.containing(periods.Span.MONTH, day) for day in chance.sample(months, 7)]
    return [
        *found,
        (date(2025, 1, 1), date(2025, 1, 31)),
        (date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 3, 3), date(2026, 4, 9)),
    ]


@pytest.mark.parametrize("period", some_periods(), ids=lambda period: f"{period[0]}-{period[1]}")
def test_every_number_is_one_of_the_tables(practice: Session, period: Period) -> None:
    today = date(2026, 11, 2)
    paper = analysis.report(practice, *period, today)
    numbers = said(paper)
    assert len(numbers) > 40
    assert set(numbers) - allowed(practice, period, today) == set()


PLACES = {
    "justice": {
        "total": r"共?调解案件 (\S+) 件", "people": r"涉及当事人 (\S+) 人", "settled": r"。调解成功 (\S+) 件",
        "amount": r"协议涉及金额 (\S+) 万元", "kind_family": r"\n婚姻家庭纠纷 \| (\d+)",
        "source_initiative": r"\n主动调解 (\d+) 件", "oral": r"口头协议 (\d+) 件", "written": r"书面协议 (\d+) 件",
        "performed": r"全部履行 (\d+) 件", "confirm_applied": r"申请司法确认 (\d+) 件", "screenings": r"开展排查 (\d+) 次",
        "prevented": r"预防纠纷 (\d+) 件", "hard": r"疑难复杂案件 (\d+) 件",
    },
    "police": {
        "opening": r"上期接转案件 (\d+) 件", "accepted": r"本[月期]受理 (\d+) 件", "concluded": r"；办结 (\d+) 件",
        "closing": r"期末未结 (\d+) 件", "due": r"应办案件 (\d+) 件", "litigation": r"引导进入司法程序 (\d+) 件",
        "transferred": r"移送其他部门 (\d+) 件",
    },
}  # fmt: skip
"""Where some columns stand in the report."""


@pytest.mark.parametrize("period", some_periods(), ids=lambda period: f"{period[0]}-{period[1]}")
def test_numbers_stand_in_their_places(practice: Session, period: Period) -> None:
    whole = words(practice, period, date(2026, 11, 2))
    for code, places in PLACES.items():
        tally = figures.count(practice, register.by_code(code), *period)
        for name, place in places.items():
            found = re.search(place, whole)
            if tally.values[name]:
                assert found, name
            if found:
                assert found[1] == shown(tally, name), name


def test_the_report_is_a_paper_with_room_for_what_people_think(practice: Session) -> None:
    paper = analysis.report(practice, date(2026, 3, 1), date(2026, 3, 31), date(2026, 11, 2))
    assert [block.kind for block in paper.blocks if isinstance(block, Chart)] == [
        "line",
        "bars",
        "share",
        "share",
    ]
    assert [block.count for block in paper.blocks if isinstance(block, Lines)] == [6, 6]
    whole = text.write(paper)
    assert "六、原因分析" in whole and "七、下一步打算" in whole and "分析人：" in whole
    assert as_pdf([Printout(paper)]).startswith(b"%PDF") and as_docx(Printout(paper)).startswith(b"PK")


def test_nobody_is_named(practice: Session) -> None:
    whole = words(practice, (date(2026, 1, 1), date(2026, 12, 31)), date(2027, 1, 4))
    assert not [person.name for person in offices.staff(practice) if person.name in whole]


def test_without_anything_before_nothing_is_compared(session: Session) -> None:
    put(session, amount=1_234_500)
    whole = words(session)
    assert (
        "本月（2026年3月1日至3月31日），本单位共调解案件 1 件；涉及当事人 2 人。调解成功 1 件。协议涉及金额 1.23 万元。"
        in whole
    )
    assert "上月和上年同期没有数据，不作比较。" in whole
    assert "比上月" not in whole and "持平" not in whole
    assert "按件数多少依次是：邻里纠纷 1 件（占 100.0%）。" in whole


def test_an_empty_period_is_said_to_be_empty(session: Session) -> None:
    whole = words(session)
    assert "本单位没有调解案件。" in whole
    assert (
        "本月没有分类的案件。" in whole
        and "本月没有案件，不分来源。" in whole
        and "本月没有应办的案件。" in whole
    )
    assert "没有疑难复杂案件。没有记为防止激化的案件。" in whole
    assert "没有超过调解期限的案件；没有到期未履行的协议事项。" in whole
    assert "统计图" not in whole


def test_rise_fall_and_evenness_are_told_against_both_periods(session: Session) -> None:
    for last_year in ("2025-03-07", "2025-03-08"):
        put(
            session,
            registered_on=date(2025, 3, 1),
            accepted_on=date(2025, 3, 1),
            concluded_on=date.fromisoformat(last_year),
        )
    for n in range(4):
        put(session, f"02-1{n}", accepted="02-02", kind=Kind.CONTRACT if n else Kind.NEIGHBOUR)
    for n, kind in enumerate((Kind.FAMILY, Kind.NEIGHBOUR)):
        put(session, f"03-1{n}", kind=kind, level=Level.HARD)
    whole = words(session)
    assert "共调解案件 2 件，比上月减少 2 件、下降 50.0%，与上年同期持平；" in whole
    assert "与上月相比，增加最多的是婚姻家庭纠纷（增加 1 件）；减少最多的是合同纠纷（减少 3 件）。" in whole
    assert (
        "疑难复杂案件 2 件，比上月增加 2 件（上月为 0 件），比上年同期增加 2 件（上年同期为 0 件）。" in whole
    )
    assert "化解率（化解占办结）100.0%，与上月持平，与上年同期持平。" in whole
    assert "本年（从2026年1月1日起）累计调解案件 6 件，调解成功 6 件。" in whole


def test_a_month_without_cases_after_one_with_some_is_a_fall(session: Session) -> None:
    for n in range(3):
        put(session, f"02-0{n + 3}", accepted="02-02")
    assert "本单位没有调解案件，比上月减少 3 件、下降 100.0%。" in words(session)
    april = words(session, (day("04-01"), day("04-30")), day("05-04"))
    assert "本单位没有调解案件，与上月持平。" in april, "an honest nothing is compared with"
    assert "上年同期没有数据，不作比较。" in april
    assert "各类纠纷的件数与上月持平。" in april


def test_kinds_alike_are_told_together_and_none_is_favoured(session: Session) -> None:
    put(session, "02-03", accepted="02-02")
    seven = [kind for kind in Kind if kind is not Kind.NEIGHBOUR][:7]
    for kind in (*seven, Kind.OTHER, Kind.OTHER):
        put(session, kind=kind)
    whole = words(session)
    assert "件数较多的依次是：其他纠纷 2 件（占 22.2%）。" in whole, (
        "seven with one case each are left out together"
    )
    assert "增加最多的是其他纠纷（增加 2 件）；减少最多的是邻里纠纷（减少 1 件）。" in whole


def test_many_that_changed_alike_are_not_all_named(session: Session) -> None:
    put(session, "02-03", accepted="02-02", kind=Kind.OTHER)
    for kind in (Kind.FAMILY, Kind.HOUSING, Kind.CONTRACT, Kind.LAND):
        put(session, kind=kind)
    assert (
        "增加最多的是婚姻家庭纠纷、房屋宅基地纠纷、合同纠纷等（各增加 1 件）；减少最多的是其他纠纷（减少 1 件）。"
        in words(session)
    )


def test_rates_change_by_points(session: Session) -> None:
    put(session, "02-03", accepted="02-02")
    put(session, outcome=Outcome.LITIGATION)
    for _ in range(2):
        put(session, source=Source.REFERRAL, referrer=Referrer.POLICE)
    whole = words(session)
    assert "化解率（化解占办结）66.7%，比上月下降 33.3 个百分点。" in whole
    assert "公安机关移送案件化解率 100.0%。" in whole, "none was handed over last month"
    assert "接受委托移送调解 2 件（占 66.7%）。其中公安机关委托移送 2 件（占 100.0%）。" in whole


def test_what_was_averted_and_what_is_overdue_is_told(session: Session) -> None:
    put(session, averted=Averted.FIGHT, averted_people=22, level=Level.HARD)
    put(session, None, stage=Stage.MEDIATING, due_on=day("04-02"))
    put(session, None, stage=Stage.MEDIATING, due_on=TODAY)
    case = put(session, stage=Stage.SETTLED)
    parts = [Instalment(amount=500, due_on=due) for due in (day("04-02"), TODAY, None)]
    case.agreement = Agreement(
        items=[
            Item(
                kind=ItemKind.MONEY,
                debtor_side=Side.RESPONDENT,
                creditor_side=Side.APPLICANT,
                instalments=parts,
            )
        ]
    )
    session.add(Screening(screened_on=day("03-09"), area="䶮村", prevented=4))
    session.flush()
    whole = words(session)
    assert "疑难复杂案件 1 件。防止群体性械斗 1 件、22 人。" in whole
    assert "开展排查 1 次；预防纠纷 4 件。" in whole
    assert "截至2026年4月3日，超过调解期限还没有结果的案件 1 件；到期没有履行的协议款项或事项 1 期。" in whole


def test_the_figures_of_a_closed_period_stay(session: Session) -> None:
    put(session)
    for code in ("justice", "police", "political"):
        closings.close(session, register.by_code(code), *MARCH, by="陈志华", now=NOW)
    put(session)
    put(session, "04-02", accepted="04-01")
    whole = words(session)
    assert (
        "共调解案件 1 件；" in whole and "《人民调解案件情况统计表》，按调解结果日期统计，已结账。" in whole
    )
    april = words(session, (day("04-01"), day("04-30")), day("05-04"))
    assert "共调解案件 1 件，与上月持平，" not in april and "共调解案件 1 件，与上月持平；" in april
    assert "还没有结账，数字可能变动。" in april


SPOKEN = {
    "justice": (
        "total", "people", "settled", "hard", "amount", "oral", "written", "performed", "confirm_applied", "confirmed",
        "screenings", "prevented", "averted_fight", "averted_fight_people", "source_referral", "kind_neighbour",
    ),
    "police": ("opening", "accepted", "concluded", "closing", "due", "settled", "concluded_police", "settled_police"),
    "political": ("handled", "settled"),
}  # fmt: skip
"""Columns that the report speaks of by name."""


def closed_without(session: Session, code: str, lacking: Collection[str]) -> Callable[[], None]:
    """Make the closing of a table in March one of before some of its columns were there; call to undo it."""
    closing = closings.standing(session, register.by_code(code), *MARCH)
    assert closing is not None
    was = closing.body
    body = json.loads(was)
    closing.body = json.dumps(
        body | {"columns": [column for column in body["columns"] if column["code"] not in lacking]}
    )
    return lambda: setattr(closing, "body", was)


def test_of_a_column_that_came_after_a_period_was_closed_nothing_is_said(session: Session) -> None:
    put(session, "02-03", accepted="02-02")
    put(session, averted=Averted.FIGHT, averted_people=22, level=Level.HARD, source=Source.REFERRAL,
        referrer=Referrer.POLICE)  # fmt: skip
    for code in SPOKEN:
        closings.close(session, register.by_code(code), *MARCH, by="陈志华", now=NOW)
    told = words(session)
    for code, names in SPOKEN.items():
        for name in names:
            undo = closed_without(session, code, [name])
            fewer = words(session)
            assert len(fewer) < len(told) or name == "averted_fight", name
            assert "。。" not in fewer and "没有调解案件" not in fewer and " 。" not in fewer
            undo()
    closed_without(session, "justice", ["prevented", "hard"])
    fewer = words(session)
    assert "开展排查 0 次，与上月持平。" in fewer and "预防纠纷" not in fewer and "疑难复杂" not in fewer
    for code in SPOKEN:
        closed_without(session, code, [column.name for column in register.by_code(code).columns])
    bare = words(session)
    assert not re.search("没有(记为|应办|调解案件|分类|案件)|持平", bare)


def test_figures_that_do_not_hold_are_named(session: Session) -> None:
    put(session, kind=None)
    assert "核对不符，请先改正：“调解案件总数”1 件不等于“婚姻家庭纠纷”至“其他纠纷”18 项之和 0 件。" in words(
        session
    )


def test_periods_are_called_by_their_names(session: Session) -> None:
    put(session)
    put(session, "02-20", accepted="02-02")
    offices.own(session).cut_off = 20
    session.flush()
    month = words(session, (day("02-21"), day("03-20")))
    assert (
        month.startswith("2026年3月矛盾纠纷分析研判报告\n")
        and "本月（2026年2月21日至3月20日）" in month
        and "与上月持平" in month
    )
    offices.own(session).cut_off = None
    year = words(session, (date(2026, 1, 1), date(2026, 12, 31)))
    assert "本年（2026年1月1日至12月31日），本单位共调解案件 2 件；" in year and "累计" not in year
    assert "上年没有数据，不作比较。" in year
    assert "报告期还没有结束，数字只到2026年4月3日为止，不宜与整期的数字直接比较。" in year
    assert words(session, (day("03-02"), day("03-17"))).startswith(
        "2026年3月2日至3月17日矛盾纠纷分析研判报告\n"
    )


def test_an_office_that_counts_by_acceptance_is_told_so(session: Session) -> None:
    offices.own(session).basis = Basis.ACCEPTED
    put(session, None)
    whole = words(session)
    assert "共调解案件 1 件；" in whole and "按受理日期统计" in whole
    assert "调解成功 0 件。" in whole
