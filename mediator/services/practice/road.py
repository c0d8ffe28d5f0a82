"""The course of one practice case (经过): steps in the order of the stage table, each dated and written down."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mediator.domain.codes import EventKind, Outcome, Stage
from mediator.domain.records import Event
from mediator.domain.stages import DAYS
from mediator.services.practice.chance import Chance
from mediator.services.practice.rows import Row, Sheet

_COLUMNS = {stage: attribute.key for stage, attribute in DAYS.items()}


class Waiting(Exception):
    """The case waits where it is: the days have run out, or it is to stop here."""


@dataclass(frozen=True)
class Team:
    """Who works on a case: the leading mediator, one who helps or steps in, the recorder."""

    lead: Row
    second: Row
    recorder: Row


class Road:
    """Takes a case on from day to day."""

    def __init__(
        self, chance: Chance, sheet: Sheet, case: Row, *, until: date, stop: Stage | None, team: Team
    ) -> None:
        self.chance = chance
        self.sheet = sheet
        self.case = case
        self.team = team
        self.until = until
        self.on: date = case["registered_on"]
        self._stop = stop
        self._now = self._morning()
        self._write(EventKind.REGISTERED, stage_to=Stage.REGISTERED, on=self.on)

    @property
    def stage(self) -> Stage:
        """Where the case is now."""
        stage: Stage = self.case["stage"]
        return stage

    def wait(self, least: int, most: int) -> None:
        """Let some days go by."""
        self.reach(self.chance.later(self.on, least, most))

    def reach(self, day: date) -> None:
        """Let the days go by up to a day, if it is not past already."""
        if day > self.until:
            raise Waiting
        self.on = max(self.on, day)

    def stay(self) -> None:
        """End here if the case is to stop at this stage."""
        if self.stage is self._stop:
            raise Waiting

    def go(self, to: Stage, *, outcome: Outcome | None = None, reason: str = "") -> None:
        """Take a step today."""
        self.stay()
        detail = outcome.label if outcome else ""
        self._write(
            EventKind.MOVED, stage_from=self.stage, stage_to=to, on=self.on, reason=reason, detail=detail
        )
        self.case["stage"] = to
        if to in _COLUMNS:
            self.case[_COLUMNS[to]] = self.on
        if outcome:
            self.case["outcome"] = outcome

    def note(self, kind: EventKind, *, on: date | None = None, detail: str, reason: str = "") -> None:
        """Write down something that is no step."""
        self._write(kind, on=on, detail=detail, reason=reason)

    def hour(self) -> datetime:
        """When today, to five minutes, people sit together; it takes them a while."""
        self._pass_time(5, 10)
        begun = self._now - timedelta(minutes=self._now.minute % 5)
        self._pass_time(20, 60)
        return begun

    def _pass_time(self, least: int, most: int) -> None:
        if self._now.date() < self.on:
            self._now = self._morning()
        else:
            self._now += timedelta(minutes=self.chance.number(least, most))

    def _morning(self) -> datetime:
        return datetime.combine(self.on, time(8, 30)) + timedelta(minutes=self.chance.number(0, 360))

    def _write(self, kind: EventKind, **facts: object) -> None:
        self._pass_time(1, 12)
        by = self.team.recorder if kind is EventKind.REGISTERED else self.team.lead
        self.sheet.add(Event, case_id=self.case["id"], kind=kind, at=self._now, by=by["name"], **facts)
        self.case["changed_at"] = self._now
        self.case["version"] += 1
