"""The table of moves: every stage is reached and left, nothing else is allowed, and days stand in order."""

from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import EventKind, Outcome, Stage
from mediator.domain.errors import Refusal
from mediator.domain.fields import field_of
from mediator.domain.records import Event
from mediator.domain.stages import DAYS, MOVES, OPEN, STRIP, Move, day_of, find, last_day, moves_from, steps
from mediator.services import documents, progress

TODAY = date(2026, 11, 21)


def beyond(start: Stage, moves: list[tuple[Stage, Stage]]) -> set[Stage]:
    """The stages that can be come to from one, itself included."""
    found: set[Stage] = set()
    fresh = {start}
    while fresh:
        found |= fresh
        fresh = {to for come, to in moves if come in found} - found
    return found


PAIRS = [(move.start, move.to) for move in MOVES]


def test_every_stage_can_be_reached() -> None:
    assert beyond(Stage.REGISTERED, PAIRS) == set(Stage)


def test_every_stage_can_be_left_until_the_case_is_archived() -> None:
    assert beyond(Stage.ARCHIVED, [(to, start) for start, to in PAIRS]) == set(Stage)
    assert not [move for move in MOVES if move.start is Stage.ARCHIVED]


def test_no_move_stands_in_the_table_twice() -> None:
    assert len(set(PAIRS)) == len(PAIRS)
    assert all(start is not to for start, to in PAIRS)


@pytest.mark.parametrize("move", MOVES, ids=lambda move: f"{move.start.value}-{move.to.value}")
def test_every_move_says_what_it_is_and_what_it_stands_on(move: Move) -> None:
    assert 0 < len(move.label) <= 8
    assert move.basis.endswith("。")
    assert all(need.words and need.words[-1] not in "。；，" for need in move.needs)
    assert bool(move.outcomes) is (move.to in (Stage.SETTLED, Stage.UNSETTLED))
    assert find(Case(stage=move.start), move.to) is move


def test_every_outcome_can_be_chosen() -> None:
    assert {outcome for move in MOVES for outcome in move.outcomes} == set(Outcome)


def test_the_strip_follows_the_moves() -> None:
    assert all(pair in PAIRS for pair in pairwise(STRIP))
    assert (STRIP[0], STRIP[-1]) == (Stage.REGISTERED, Stage.ARCHIVED)


@pytest.mark.parametrize("start", Stage)
def test_every_move_that_is_not_in_the_table_is_refused(session: Session, start: Stage) -> None:
    case = documents.register(session, {"registered_on": "2026-03-01"}, by="陈志华", today=TODAY)
    case.stage = start
    session.flush()
    before = documents.as_document(case)
    for to in Stage:
        if (start, to) in PAIRS:
            continue
        with pytest.raises(Refusal) as refusal:
            progress.advance(session, case, to, by="陈志华", on=TODAY, today=TODAY, reason="试")
        said = str(refusal.value)
        assert case.number in said and f"“{start.label}”" in said and said.endswith("。")
        assert "\n" not in said and said.count("。") == 1
        if to is not start:
            assert f"“{to.label}”" in said
            assert all(f"“{move.to.label}”" in said for move in moves_from(case))
        assert documents.as_document(case) == before
        assert not session.dirty and not session.new


def moved(case: Case, to: Stage, day: int) -> None:
    """Write a step as the program does."""
    entry = Event(kind=EventKind.MOVED, stage_from=case.stage, stage_to=to, on=date(2026, 3, day))
    attribute = day_of(case.stage, to)
    if attribute is not None:
        setattr(case, attribute.key, entry.on)
    case.events.append(entry)
    case.stage = to


def taken_back(case: Case) -> None:
    start, to = case.stage, steps(case)[-1].stage_from
    case.events.append(Event(kind=EventKind.STEPPED_BACK, stage_from=start, stage_to=to))
    assert to is not None
    case.stage = to


def test_a_suspended_case_goes_back_to_where_it_was_suspended() -> None:
    for origin in OPEN:
        case = Case(registered_on=date(2026, 3, 1), stage=origin)
        moved(case, Stage.SUSPENDED, 2)
        assert [move.to for move in moves_from(case)] == [Stage.UNSETTLED, origin]
        for other in OPEN:
            move = find(case, other)
            assert move is not None
            assert (move.gaps(case) == []) is (other is origin)


def test_of_two_suspensions_the_one_that_stands_counts() -> None:
    case = Case(registered_on=date(2026, 3, 1), stage=Stage.REGISTERED)
    road = (Stage.ACCEPTED, Stage.SUSPENDED, Stage.ACCEPTED, Stage.INFORMED, Stage.SUSPENDED)
    for day, to in enumerate(road, 2):
        moved(case, to, day)
    assert [move.to for move in moves_from(case)] == [Stage.UNSETTLED, Stage.INFORMED]
    for _ in range(3):
        taken_back(case)
    assert case.stage is Stage.SUSPENDED
    assert [move.to for move in moves_from(case)] == [Stage.UNSETTLED, Stage.ACCEPTED]


def test_steps_are_those_not_taken_back() -> None:
    case = Case(registered_on=date(2026, 3, 1))
    moved(case, Stage.ACCEPTED, 2)
    moved(case, Stage.INFORMED, 3)
    taken_back(case)
    case.events.append(Event(kind=EventKind.CHANGED))
    moved(case, Stage.SUSPENDED, 4)
    assert [step.stage_to for step in steps(case)] == [Stage.ACCEPTED, Stage.SUSPENDED]


@pytest.mark.parametrize("to", [Stage.ASSIGNED, Stage.MEDIATING, Stage.SUSPENDED, Stage.PERFORMED])
def test_no_step_lies_before_one_that_has_no_field_for_its_day(to: Stage) -> None:
    case = Case(registered_on=date(2026, 3, 1), stage=Stage.INFORMED, informed_on=date(2026, 3, 5))
    assert last_day(case) == date(2026, 3, 5)
    moved(case, to, 9)
    assert last_day(case) == date(2026, 3, 9)
    taken_back(case)
    assert last_day(case) == date(2026, 3, 5)


def test_a_corrected_day_counts_not_the_one_first_written() -> None:
    case = Case(registered_on=date(2026, 3, 1))
    moved(case, Stage.ACCEPTED, 9)
    case.accepted_on = date(2026, 3, 2)
    assert last_day(case) == date(2026, 3, 2)


def test_coming_back_from_a_suspension_leaves_the_first_day() -> None:
    assert day_of(Stage.REGISTERED, Stage.ACCEPTED) is Case.accepted_on
    assert day_of(Stage.SUSPENDED, Stage.ACCEPTED) is None
    assert day_of(Stage.SUSPENDED, Stage.UNSETTLED) is Case.concluded_on
    assert day_of(Stage.ASSIGNED, Stage.MEDIATING) is None
    assert all(field_of(attribute).system for attribute in DAYS.values())
