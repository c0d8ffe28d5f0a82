"""A clock that jumped is told, what is written meanwhile is marked, and people say what is right."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.services import clock
from mediator.store import history

BY = "陈志华"
NOW = datetime(2026, 11, 22, 14, 32)
YEAR = timedelta(days=366)


def note(engine: Engine, at: datetime, action: Action = Action.PRINTED) -> bool:
    """Something is done at a moment; whether its entry was marked."""
    with Session(engine) as session, session.begin():
        history.note(session, action, "x")
        return history.write(session, BY, at)[0].clock_suspect


def doubt(engine: Engine, now: datetime) -> str:
    with Session(engine) as session:
        return clock.doubt(session, now)


@pytest.mark.parametrize("jump", [timedelta(days=-2500), -timedelta(hours=1), YEAR + timedelta(minutes=1)])
def test_a_jump_is_told_and_marked_until_the_clock_is_right_again(engine: Engine, jump: timedelta) -> None:
    assert doubt(engine, datetime(1970, 1, 1)) == "", "there is nothing yet to measure it by"
    assert not note(engine, NOW)
    wrong = NOW + jump
    words = doubt(engine, wrong)
    assert f"{wrong:%Y-%m-%d %H:%M}" in words and "2026-11-22 14:32" in words and "请先调准" in words
    assert ("还早" in words) == (wrong < NOW) and ("一年多" in words) == (wrong > NOW)
    assert note(engine, wrong)
    assert note(engine, wrong + timedelta(minutes=3)), "the wrong time is no measure"
    assert doubt(engine, wrong + timedelta(minutes=4))
    right = NOW + timedelta(hours=1)
    assert doubt(engine, right) == "" and not note(engine, right)


@pytest.mark.parametrize("step", [-timedelta(minutes=5), timedelta(), timedelta(days=200), YEAR])
def test_what_is_believable_is_believed(engine: Engine, step: timedelta) -> None:
    note(engine, NOW)
    assert doubt(engine, NOW + step) == "" and not note(engine, NOW + step)


def test_who_says_that_it_is_right_sets_the_measure(engine: Engine) -> None:
    note(engine, datetime(2031, 1, 1))
    assert note(engine, NOW)
    with Session(engine) as session, session.begin():
        clock.confirm(session, NOW + timedelta(minutes=1))
        (entry,) = history.write(session, BY, NOW + timedelta(minutes=1))
        assert (entry.action, entry.clock_suspect) == (Action.CLOCK, False)
        assert "2026-11-22 14:33" in entry.detail and "2031-01-01" in entry.detail
    assert doubt(engine, NOW + timedelta(minutes=2)) == ""
    assert not note(engine, NOW + timedelta(minutes=2))
    with Session(engine) as session:
        marks = session.scalars(select(Entry.clock_suspect).order_by(Entry.id)).all()
        assert marks == [False, True, False, False]
        with pytest.raises(Refusal, match="不用确认"):
            clock.confirm(session, NOW + timedelta(minutes=3))


def test_several_entries_of_one_deed_are_marked_alike(engine: Engine) -> None:
    note(engine, NOW)
    with Session(engine) as session, session.begin():
        for action in (Action.LOGGED_IN, Action.LOG_IN_FAILED):
            history.note(session, action)
        assert [one.clock_suspect for one in history.write(session, BY, datetime(1999, 1, 1))] == [True, True]
