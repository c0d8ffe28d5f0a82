"""How a practice case goes on (办理), from its registration to the bound file, as far as the days reach."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from mediator.domain.calendar import in_words, months_later
from mediator.domain.codes import Confirmation, EventKind, Outcome, Performance, SessionResult, Stage
from mediator.services.practice import phrases
from mediator.services.practice.bargain import Bargain
from mediator.services.practice.court import confirm
from mediator.services.practice.matter import Matter
from mediator.services.practice.records import VISIT, assign, investigate, meet, visit
from mediator.services.practice.road import Road, Waiting


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
    confirmation: Confirmation | None = None
    """How the court ends it, if it is asked to confirm the agreement."""


def run(road: Road, matter: Matter, course: Course) -> None:
    """Take the case as far as it goes."""
    bargains: list[Bargain] = []
    with suppress(Waiting):
        if course.refused:
            _refuse(road)
        elif _prepare(road, matter, course) and _mediate(road, matter, course, bargains):
            _close(road, _perform(road, matter, bargains[0]))
            _look_again(road, matter, bargains[0])
        else:
            _end(road, course)
            _close(road, "")
        road.wait(3, 90)
        road.go(Stage.ARCHIVED)
    for bargain in bargains:
        bargain.keep(road.until)
        if course.confirmation:
            confirm(road, bargain, course.confirmation)


def _refuse(road: Road) -> None:
    road.wait(0, 3)
    road.go(Stage.REFUSED, reason=road.chance.one(phrases.REFUSED))


def _prepare(road: Road, matter: Matter, course: Course) -> bool:
    """From registration to the first session; whether there is to be one."""
    road.wait(0, 2)
    road.go(Stage.ACCEPTED)
    road.case["due_on"] = months_later(road.on, 1)
    road.wait(0, 1)
    road.go(Stage.INFORMED)
    if course.early:
        return False
    assign(road)
    road.wait(0, 1)
    road.go(Stage.ASSIGNED)
    if course.investigated:
        road.wait(0, 3)
        investigate(road, matter)
        road.go(Stage.INVESTIGATED)
    before = road.chance.odds(0.5)
    if course.suspended and before:
        _suspend(road)
    road.wait(0, 3)
    road.go(Stage.MEDIATING)
    if course.suspended and not before:
        _suspend(road)
    return True


def _suspend(road: Road) -> None:
    stage = road.stage
    road.wait(0, 2)
    road.go(Stage.SUSPENDED, reason=road.chance.one(phrases.SUSPENDED))
    road.wait(6, 50)
    road.go(stage)
    _extend(road)


def _extend(road: Road) -> None:
    """Put off the time limit when it is near or past."""
    due = road.case["due_on"]
    if road.on < due - timedelta(9):
        return
    until = road.case["due_on"] = road.chance.later(max(due, road.on), 15, 30)
    detail = f"{in_words(due)}改为{in_words(until)}"
    road.note(EventKind.EXTENDED, on=until, detail=detail, reason=road.chance.one(phrases.EXTENDED))


def _mediate(road: Road, matter: Matter, course: Course, bargains: list[Bargain]) -> bool:
    """The sessions; whether the last of them settles the dispute."""
    for number in range(course.sessions - 1):
        road.wait(0, 14 if course.extended else 5)
        meet(road, matter, SessionResult.CONTINUED, first=number == 0)
        if course.extended:
            _extend(road)
    road.wait(0, 4)
    road.stay()
    first = course.sessions == 1
    if not course.outcome.settled:
        meet(road, matter, SessionResult.FAILED, first=first)
        return False
    bargains.append(Bargain(road, matter, course.outcome))
    meet(road, matter, SessionResult.SETTLED, first=first, bargain=bargains[0])
    road.go(Stage.SETTLED, outcome=course.outcome)
    return True


def _end(road: Road, course: Course) -> None:
    road.wait(0, 12 if course.early else 3)
    reason = road.chance.one(phrases.UNSETTLED[course.outcome])
    road.go(Stage.UNSETTLED, outcome=course.outcome, reason=reason)


def _perform(road: Road, matter: Matter, bargain: Bargain) -> str:
    """Payments come in and somebody looks how it goes; why the case may be closed without full performance."""
    chance = road.chance
    done = bargain.done_on or chance.later(bargain.last_due_on, 60, 100)
    looks = chance.odds(0.85)
    first_look = chance.later(road.on, 7, 40)
    if looks and first_look < done:
        _look(road, matter, bargain, first_look)
        looks = False
    bargain.keep(done)
    road.reach(chance.later(done, 0, 3))
    reason = "" if bargain.row["performance"] is Performance.FULL else chance.one(phrases.UNPAID)
    bargain.row["performance"] = bargain.row["performance"] or Performance.NONE
    if chance.odds(0.7):
        road.go(Stage.PERFORMED, reason=reason)
        reason = ""
    if looks:
        _look(road, matter, bargain, chance.later(road.on, 5, 30))
    return reason


def _look(road: Road, matter: Matter, bargain: Bargain, day: date) -> None:
    bargain.keep(day)
    road.reach(day)
    road.stay()
    visit(road, matter, bargain)
    road.go(Stage.REVISITED)


def _close(road: Road, reason: str) -> None:
    road.wait(0, 5)
    road.go(Stage.CLOSED, reason=reason)
    if road.chance.odds(0.05):
        raise Waiting


def _look_again(road: Road, matter: Matter, bargain: Bargain) -> None:
    """Now and then one more visit after closing, which leaves a trace."""
    if road.chance.odds(0.05):
        road.wait(10, 40)
        visit(road, matter, bargain)
        road.note(EventKind.ADDED, detail=VISIT, reason=phrases.AFTERWARDS)
