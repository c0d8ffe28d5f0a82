"""Practice data (练习数据): a new data folder with invented cases, to try everything on.

Every case has come to where it stands by the steps of the stage table, as if entered through the window.
"""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from mediator.domain.codes import Role
from mediator.domain.errors import Refusal
from mediator.domain.office import Counter
from mediator.domain.people import Staff
from mediator.services import numbers, offices, phrases
from mediator.services.practice import desk, identities, office
from mediator.services.practice.cases import PATTERN, Docket
from mediator.services.practice.chance import Chance
from mediator.services.practice.names import STAFF
from mediator.services.practice.rows import Row, Sheet
from mediator.store.folder import Folder, create

LOGIN = "practice"
PASSWORD = "practice"
OFFICE = {
    "name": "滨江社区人民调解委员会（练习）",
    "region": "000000",
    "type": "community",
    "case_pattern": PATTERN,
    "address": "滨江路1号",
    "phone": "000-00000000",
    "court": "滨江区人民法院",
    "rooms": "1",
    "studios": "2",
    "stations": "3",
}
SINCE = date(2025, 1, 1)
UNTIL = date(2026, 10, 31)
_AT_ONCE = 2_000
"""Cases held in memory at a time."""

Progress = Callable[[int, int], None]


def make(
    folder: Folder, *, cases: int = 400, seed: int = 1, since: date = SINCE, until: date = UNTIL,
    progress: Progress | None = None,
) -> None:  # fmt: skip
    """Make the folder, with so many cases registered in a span of days; the same seed gives the same cases.

    ``progress`` is told how many are done, of how many. Refusal if there is data already.
    """
    if cases < 1 or since > until:
        raise Refusal("练习案件至少要有一件，开始日期不能晚于结束日期，请改正。")

    def furnish(engine: Engine) -> None:
        chance = Chance(seed)
        docket = _fill(engine, chance, _days(chance, cases, since, until), (since, until), progress)
        _open_office(engine, chance, docket, until)

    create(folder, LOGIN, PASSWORD, furnish, open_to_all=True).dispose()


def _days(chance: Chance, cases: int, since: date, until: date) -> list[date]:
    """The days of registration: few at weekends, more before the Spring Festival and in the hot months."""
    span = [since + timedelta(n) for n in range((until - since).days + 1)]
    months = {1: 1.5, 2: 0.6, 7: 1.2, 8: 1.2, 12: 1.3}
    weights = [months.get(day.month, 1.0) * (0.25 if day.weekday() > 4 else 1.0) for day in span]
    return sorted(chance.choices(span, weights, k=cases))


def _fill(
    engine: Engine, chance: Chance, days: list[date], span: tuple[date, date], progress: Progress | None
) -> Docket:
    """Write the cases, without the caution that a folder in use asks for: nobody works in this one yet."""
    sheet = Sheet()
    staff = _staff(chance, sheet, days)
    office.price(sheet, span[0])
    office.screen(chance, sheet, staff, len(days), *span)
    docket = Docket(chance, sheet, staff, span[1])
    with engine.connect() as connection:
        for setting in (
            "journal_mode = off",
            "synchronous = off",
            "foreign_keys = off",
            "cache_size = -100000",
        ):
            connection.execute(text(f"pragma {setting}"))
        for start in range(0, len(days), _AT_ONCE):
            for day in days[start : start + _AT_ONCE]:
                docket.enter(day)
            sheet.write(connection)
            connection.commit()
            if progress:
                progress(min(start + _AT_ONCE, len(days)), len(days))
        _check(connection)
    engine.dispose()
    return docket


def _staff(chance: Chance, sheet: Sheet, days: list[date]) -> list[Row]:
    """Those who work there, appointed in the years before; one came and one left in between, of the user no day is known."""
    staff = []
    for n, name in enumerate(STAFF, 1):
        full_time = chance.odds(0.3)
        phone = identities.phone(chance)
        started = date(days[0].year - n, n % 12 + 1, 1)
        staff.append(sheet.add(
            Staff, name=name, mediates=True, full_time=full_time, phone=phone, started_on=started,
        ))  # fmt: skip
    staff[0].update(login=LOGIN, started_on=None, roles=" ".join(role.value for role in Role))
    staff[-2].update(started_on=days[0] + (days[-1] - days[0]) // 4)
    staff[-1].update(left_on=days[0] + (days[-1] - days[0]) * 3 // 4)
    return staff


def _check(connection: Connection) -> None:
    """See that everything came to rest as it was meant."""
    for question, good in (("foreign_key_check", []), ("quick_check", [("ok",)])):
        found = [tuple(row) for row in connection.execute(text(f"pragma {question}"))]
        if found != good:
            raise Refusal("练习数据写入后核对不符，磁盘可能有故障，请换一个文件夹再试。")


def _open_office(engine: Engine, chance: Chance, docket: Docket, until: date) -> None:
    """Enter the office last and with full caution: a folder left half made asks for set-up, and what lies in it is durable."""
    with Session(engine) as session, session.begin():
        offices.found(session, OFFICE).uid = chance.uid()
        for year, last in docket.last.items():
            session.add(Counter(series=numbers.CASES, year=year, last=last))
        phrases.seed(session)
        desk.lay_out(session, STAFF[0], until)
