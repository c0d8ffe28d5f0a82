"""One practice case after the other (练习案件): what it is about, who is in it, what becomes of it."""

from collections import Counter
from datetime import date, timedelta

from mediator.domain.amounts import figures
from mediator.domain.case import Case
from mediator.domain.codes import Kind, Level, Outcome, Referrer, Side, Source, Stage
from mediator.domain.numbering import number
from mediator.services.practice import phrases
from mediator.services.practice.chance import Chance, Deck
from mediator.services.practice.course import Course, run
from mediator.services.practice.names import BRANDS, STREETS, VILLAGES
from mediator.services.practice.people import Cast, People, called
from mediator.services.practice.road import Matter, Road, Team
from mediator.services.practice.rows import Row, Sheet
from mediator.services.practice.shares import KINDS, LEVELS, OUTCOMES, REFUSED, SOURCES, STOPS
from mediator.services.practice.stories import STORIES
from mediator.services.practice.story import Story

PATTERN = "({年})滨江人调字第{号3}号"
_RECENT = timedelta(60)
_HARD_PEOPLE = 10
_HARD_AMOUNT = 100_000_00
_SMALL = (0.0, 0.35)
_ANY = (0.0, 1.0)


class Docket:
    """Enters cases day by day and knows the last number of each year."""

    def __init__(self, chance: Chance, sheet: Sheet, staff: list[Row], until: date) -> None:
        self.last: Counter[int] = Counter()
        self._chance = chance
        self._sheet = sheet
        self._staff = staff
        self._until = until
        self._people = People(chance, sheet)
        self._kinds = Deck(chance, KINDS)
        self._stories = {kind: Deck(chance, dict.fromkeys(stories, 1.0), len(stories)) for kind, stories in STORIES.items()}
        self._sources = Deck(chance, SOURCES)
        self._levels = Deck(chance, LEVELS)
        self._outcomes = Deck(chance, OUTCOMES)
        self._stops = Deck(chance, STOPS, 20)

    def enter(self, day: date) -> None:
        """One new case, and all that has happened to it since."""
        outcome, stop = self._outcomes.deal(), None
        if day > self._until - _RECENT:
            stop = self._stops.deal()
        if stop is Stage.UNSETTLED:
            outcome = self._chance.one([o for o in Outcome if not o.settled])
        story = self._stories[self._kinds.deal()].deal()
        case = self._registered(day, story.kind)
        words = self._words(case, story)
        self._claim(case, story, words, _SMALL if outcome is Outcome.ORAL else _ANY)
        cast = self._people.cast(case, story, words)
        words |= {"a": called(cast[Side.APPLICANT]), "b": called(cast[Side.RESPONDENT]), "t": called(cast.get(Side.THIRD, []))}
        matter = Matter(story, words, cast)
        self._describe(case, matter, hasty=stop is Stage.REGISTERED and self._chance.odds(0.4))
        if outcome is Outcome.ORAL and case["level"] in (Level.HARD, Level.MAJOR):
            outcome = Outcome.WRITTEN
        road = Road(self._chance, self._sheet, case, until=self._until, stop=stop, team=self._team(day))
        run(road, matter, self._course(case, outcome, stop))
        self._index(case, matter)

    def _registered(self, day: date, kind: Kind) -> Row:
        chance = self._chance
        self.last[day.year] += 1
        source, referrer = self._sources.deal()
        case = self._sheet.add(
            Case, uid=chance.uid(), number=number(PATTERN, day.year, self.last[day.year]), registered_on=day,
            source=source, referrer=referrer, kind=kind, level=self._levels.deal(),
            occurred_on=None if chance.odds(0.05) else day - timedelta(chance.number(0, 12)),
        )  # fmt: skip
        if referrer:
            self._refer(case, referrer)
        if chance.odds(0.06):
            case["remark"] = chance.one(phrases.REMARKS)
        return case
