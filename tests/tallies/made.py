"""Cases as nobody would enter them, to compare two counters on: any day before any other, any code with any other."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from reference import Rows
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement
from mediator.domain.base import Base
from mediator.domain.case import Case
from mediator.domain.codes import (
    Averted,
    Code,
    CommitteeType,
    Confirmation,
    Kind,
    Level,
    Outcome,
    Performance,
    Referrer,
    Source,
)
from mediator.domain.figures import Screening
from mediator.domain.office import Office
from mediator.domain.people import Party, Staff
from mediator.exchange import dump

COUNTED: tuple[type[Base], ...] = (Case, Party, Agreement, Screening, Staff, Office)
"""What the tables count."""
FIRST, LAST = date(2025, 11, 25), date(2026, 2, 8)
Values = dict[str, Any]
_BESIDES = ("parties", "agreement")
"""Of a case: how many parties it has, and the values of its agreement."""


@dataclass
class Made:
    """What an office has, as values of columns; with a case how many parties it has and its agreement, if any."""

    office: Values
    cases: list[Values] = field(default_factory=list)
    screenings: list[Values] = field(default_factory=list)
    staff: list[Values] = field(default_factory=list)

    def enter(self, session: Session) -> None:
        """Put it all into an empty database."""
        session.add(
            Office(uid="office-1", name="䶮村人民调解委员会", case_pattern="{年}-{号}", **self.office)
        )
        for n, values in enumerate(self.cases):
            case = Case(uid=f"case-{n}", number=f"(2026)第{n}号", name="王𬎆与𪚥氏·㛃纠纷", changed_at=datetime(2026, 3, 1),
                        **{key: value for key, value in values.items() if key not in _BESIDES})  # fmt: skip
            case.parties = [Party(name=f"王𬎆{place}") for place in range(values["parties"])]
            case.headcount = case.count_people()
            if values["agreement"] is not None:
                case.agreement = Agreement(**values["agreement"])
            session.add(case)
        session.add_all(Screening(area="古渡村3组", **values) for values in self.screenings)
        session.add_all(Staff(name=f"阿依古丽·买买提{n}", **values) for n, values in enumerate(self.staff))
        session.flush()


def dumped(session: Session, models: Iterable[type[Base]] = COUNTED) -> Rows:
    """Some tables, those that are counted unless it says otherwise, as the dump writes them."""
    tables = [(model.__tablename__, model.__table__) for model in models]
    lines = {name: dump.lines(session.connection(), table) for name, table in tables}  # type: ignore[arg-type]
    return {name: [json.loads(line) for line in found] for name, found in lines.items()}


@contextmanager
def entered(memory: Engine, made: Made) -> Iterator[Session]:
    """A session on a database in memory that holds this and nothing else, and is empty again afterwards."""
    with Session(memory) as session:
        made.enter(session)
        yield session
        session.rollback()


def maybe(codes: type[Code]) -> st.SearchStrategy[Code | None]:
    """One of a code list, or nothing."""
    return st.none() | st.sampled_from(list(codes))


days = st.dates(FIRST, LAST)
no_day_or_one = st.none() | days
sizes = st.sampled_from([0, 1, 2, 2, 3, 7, 49, 50, 51, 99, 100, 499, 500, 12_000])
agreements = st.none() | st.fixed_dictionaries(
    {
        "amount": st.none() | st.integers(0, 10**12),
        "performance": maybe(Performance),
        "confirmation": maybe(Confirmation),
        "confirm_applied_on": no_day_or_one,
        "confirmed_on": no_day_or_one,
    }
)
cases = st.fixed_dictionaries(
    {
        "registered_on": days,
        "accepted_on": no_day_or_one,
        "concluded_on": no_day_or_one,
        "kind": maybe(Kind),
        "source": st.sampled_from(list(Source)),
        "referrer": maybe(Referrer),
        "level": st.sampled_from(list(Level)),
        "outcome": maybe(Outcome),
        "people": st.none() | sizes,
        "parties": st.integers(0, 3),
        "averted": maybe(Averted),
        "averted_people": st.none() | sizes,
        "agreement": agreements,
    }
)
screenings = st.fixed_dictionaries(
    {
        "screened_on": days,
        "concentrated": st.booleans(),
        "found": st.none() | st.integers(0, 9),
        "prevented": st.none() | st.integers(0, 9),
    }
)
staff = st.fixed_dictionaries(
    {
        "mediates": st.booleans(),
        "full_time": st.booleans(),
        "started_on": no_day_or_one,
        "left_on": no_day_or_one,
    }
)
offices = st.fixed_dictionaries(
    {
        "type": st.sampled_from(list(CommitteeType)),
        "cut_off": st.none() | st.sampled_from([5, 20, 28]),
        "rooms": st.none() | st.integers(0, 40),
        "studios": st.none() | st.integers(0, 40),
        "stations": st.none() | st.integers(0, 40),
    }
)


@st.composite
def made(draw: st.DrawFn, most: int = 14) -> Made:
    """An office with some of everything."""
    return Made(
        draw(offices),
        draw(st.lists(cases, max_size=most)),
        draw(st.lists(screenings, max_size=4)),
        draw(st.lists(staff, max_size=4)),
    )


@st.composite
def periods(draw: st.DrawFn) -> tuple[date, date]:
    """From a day until the same day or a later one, also over the turn of the year."""
    since = draw(days)
    return since, since + timedelta(draw(st.integers(0, 45)))
