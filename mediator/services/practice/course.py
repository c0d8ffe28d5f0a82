"""How a practice case goes on (办理), from its registration to the bound file, as far as the days reach."""

from dataclasses import dataclass
from datetime import timedelta

from mediator.domain.calendar import in_words, months_later
from mediator.domain.codes import EventKind, Outcome, Performance, SessionResult, Stage
from mediator.services.practice import phrases
from mediator.services.practice.bargain import Bargain
from mediator.services.practice.records import assign, investigate, meet, visit
from mediator.services.practice.road import Matter, Road, Waiting


@dataclass(frozen=True)
class Course:
    """What is to become of a case."""

    outcome: Outcome
    refused: bool = False
    investigated: bool = False
    suspended: bool = False
    extended: bool = False
    early: bool = False
    """Whether it ends without a session, where it ends unsettled."""
    sessions: int = 1


def run(road: Road, matter: Matter, course: Course) -> None:
    """Take the case as far as it goes."""
    bargain: Bargain | None = None
    try:
        if course.refused:
            _refuse(road)
            return
        _prepare(road, matter, course)
        bargain = _mediate(road, matter, course)
        if bargain is None:
            _end(road, course)
        else:
            _perform(road, matter, bargain)
        _close(road, matter, bargain)
    except Waiting:
        pass
    if bargain and road.stage is not Stage.ARCHIVED:
        bargain.keep(road.until)


def _refuse(road: Road) -> None:
    road.wait(0, 3)
    road.go(Stage.REFUSED, reason=road.chance.one(phrases.REFUSED))
    road.wait(20, 120)
    road.go(Stage.ARCHIVED)


def _prepare(road: Road, matter: Matter, course: Course) -> None:
    road.wait(0, 2)
    road.go(Stage.ACCEPTED)
    road.case["due_on"] = months_later(road.on, 1)
    road.wait(0, 1)
    road.go(Stage.INFORMED)
    if course.early and not course.outcome.settled:
        return
    assign(road)
    road.wait(0, 1)
    road.go(Stage.ASSIGNED)
    if course.investigated:
        road.wait(0, 3)
        investigate(road, matter)
        road.go(Stage.INVESTIGATED)
    if course.suspended:
        _suspend(road)
    road.wait(0, 3)
    road.go(Stage.MEDIATING)


def _suspend(road: Road) -> None:
    stage = road.stage
    road.wait(0, 2)
    road.go(Stage.SUSPENDED, reason=road.chance.one(phrases.SUSPENDED))
    road.wait(6, 50)
    road.go(stage)


def _mediate(road: Road, matter: Matter, course: Course) -> Bargain | None:
    """The sessions; the last of them settles the dispute or does not."""
    if road.stage is not Stage.MEDIATING:
        return None
    for _ in range(course.sessions - 1):
        road.wait(0, 5)
        meet(road, matter, SessionResult.CONTINUED)
        if course.extended:
            _extend(road)
    road.wait(0, 4)
    road.halt()
    if not course.outcome.settled:
        meet(road, matter, SessionResult.FAILED)
        return None
    bargain = Bargain(road, matter, course.outcome)
    meet(road, matter, SessionResult.SETTLED, bargain)
    road.go(Stage.SETTLED, outcome=course.outcome)
    return bargain


def _extend(road: Road) -> None:
    """Put the time limit off by some weeks, when it is near."""
    due = road.case["due_on"]
    if road.on < due - timedelta(9):
        return
    road.case["due_on"] = until = road.chance.later(due, 15, 30)
    detail = f"{in_words(due)}改为{in_words(until)}"
    road.note(EventKind.EXTENDED, on=until, detail=detail, reason=road.chance.one(phrases.EXTENDED))


def _end(road: Road, course: Course) -> None:
    road.wait(0, 12 if course.early else 3)
    reason = road.chance.one(phrases.UNSETTLED[course.outcome])
    road.go(Stage.UNSETTLED, outcome=course.outcome, reason=reason)


def _perform(road: Road, matter: Matter, bargain: Bargain) -> None:
    """Payments come in, somebody looks how it goes, performance is noted down."""
    done = bargain.done_on or road.chance.later(bargain.last_due_on, 60, 100)
    visits = road.chance.odds(0.85)
    first_look = road.chance.later(road.on, 7, 40)
    if visits and first_look < done:
        _look(road, matter, bargain, first_look)
        visits = False
    bargain.keep(done)
    road.reach(road.chance.later(done, 0, 3))
    if road.chance.odds(0.7):
        road.go(Stage.PERFORMED, reason=_shortfall(road, bargain))
    if visits:
        _look(road, matter, bargain, road.chance.later(road.on, 5, 30))


def _look(road: Road, matter: Matter, bargain: Bargain, day: object) -> None:
    raise NotImplementedError


def _shortfall(road: Road, bargain: Bargain) -> str:
    """Why a case goes on without full performance; noted as 未履行 where nothing came in."""
    if bargain.row["performance"] is Performance.FULL:
        return ""
    bargain.row["performance"] = bargain.row["performance"] or Performance.NONE
    return road.chance.one(phrases.UNPAID)


def _close(road: Road, matter: Matter, bargain: Bargain | None) -> None:
    raise NotImplementedError
