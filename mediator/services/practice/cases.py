"""One practice case after the other (练习案件): what it is about, who is in it, what becomes of it."""

from collections import Counter
from datetime import date, timedelta

from mediator.domain.amounts import figures
from mediator.domain.case import Case
from mediator.domain.codes import Kind, Level, Outcome, Referrer, Side, Stage
from mediator.domain.numbering import number
from mediator.services.practice import phrases
from mediator.services.practice.chance import Chance, Deck
from mediator.services.practice.course import Course, run
from mediator.services.practice.matter import Matter
from mediator.services.practice.names import BRANDS, STREETS, VILLAGES
from mediator.services.practice.office import in_office
from mediator.services.practice.people import People, called
from mediator.services.practice.road import Road, Team
from mediator.services.practice.rows import Row, Sheet
from mediator.services.practice.shares import (
    AVERTED,
    AVERTED_PEOPLE,
    CONFIRMATIONS,
    KINDS,
    LEVELS,
    OUTCOMES,
    REFUSED,
    SOURCES,
    STOPS,
)
from mediator.services.practice.stories import STORIES
from mediator.services.practice.story import Story
from mediator.store.search import spread

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
        self._stories = {
            kind: Deck(chance, dict.fromkeys(stories, 1.0), len(stories)) for kind, stories in STORIES.items()
        }
        self._sources = Deck(chance, SOURCES)
        self._levels = Deck(chance, LEVELS)
        self._outcomes = Deck(chance, OUTCOMES)
        self._stops = Deck(chance, STOPS, 20)
        self._averted = Deck(chance, AVERTED, 250)
        self._confirmations = Deck(chance, CONFIRMATIONS, 100)

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
        words |= {
            "a": called(cast[Side.APPLICANT]),
            "b": called(cast[Side.RESPONDENT]),
            "t": called(cast.get(Side.THIRD, [])),
        }
        matter = Matter(story, words, cast)
        self._describe(case, matter, hasty=stop is Stage.REGISTERED and self._chance.odds(0.4))
        if outcome is Outcome.ORAL and case["level"] in (Level.HARD, Level.MAJOR):
            outcome = Outcome.WRITTEN
        road = Road(self._chance, self._sheet, case, until=self._until, stop=stop, team=self._team(day))
        run(road, matter, self._course(case, outcome, stop))
        self._avert(case)
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

    def _refer(self, case: Row, referrer: Referrer) -> None:
        names, pattern = phrases.REFERRERS[referrer]
        case["referrer_name"] = self._chance.one(names)
        case["external_number"] = pattern.format(day=case["registered_on"], n=self._chance.number(1, 4000))

    def _words(self, case: Row, story: Story) -> dict[str, str]:
        """The words this case is told with."""
        chance = self._chance
        words = {key: chance.one(choices) for key, choices in story.things.items()}
        words["brand"], words["village"] = chance.one(BRANDS), chance.one(VILLAGES)
        words["place"] = case["occurred_place"] = f"{chance.one(STREETS)}{chance.number(1, 299)}号"
        return words

    def _claim(self, case: Row, story: Story, words: dict[str, str], part: tuple[float, float]) -> None:
        """What is asked: small sums often, large ones seldom."""
        chance = self._chance
        low, high = story.claim
        words["claim"] = ""
        if not high:
            return
        lot = part[0] + (part[1] - part[0]) * chance.random()
        yuan = round(low * (high / low) ** lot, -1 if low < 1000 else -2)
        cents = chance.number(1, 9999) if chance.odds(0.04) else 0
        case["claimed"] = int(yuan) * 100 + cents
        words["claim"] = figures(case["claimed"])

    def _describe(self, case: Row, matter: Matter, *, hasty: bool) -> None:
        """Write down what it is about; in haste, only who came."""
        parties = sum(map(len, matter.cast.values()))
        more = self._chance.number(1, 30) if self._chance.odds(0.02) else 0
        case["headcount"] = parties + more
        case["people"] = case["headcount"] if more else None
        if case["headcount"] >= _HARD_PEOPLE or (case["claimed"] or 0) >= _HARD_AMOUNT:
            case["level"] = Level.MAJOR if case["level"] is Level.MAJOR else Level.HARD
        if hasty:
            case["kind"] = None
            return
        if self._chance.odds(0.05):
            case["name"] = f"{case['occurred_place']}{matter.story.kind.label}"
        case["summary"] = matter.tell(matter.story.summary)
        wishes = [matter.tell(wish) for wish in matter.story.wishes]
        case["request"] = "\n".join(f"{n}. {wish}。" for n, wish in enumerate(wishes, 1))

    def _course(self, case: Row, outcome: Outcome, stop: Stage | None) -> Course:
        chance = self._chance
        hard = case["level"] in (Level.HARD, Level.MAJOR)
        early = not outcome.settled and (outcome is Outcome.WITHDRAWN or chance.odds(0.25))
        return Course(
            outcome,
            refused=stop is Stage.REFUSED or (stop is None and chance.odds(REFUSED)),
            investigated=stop is Stage.INVESTIGATED or chance.odds(0.8 if hard else 0.3),
            suspended=stop is Stage.SUSPENDED or chance.odds(0.012),
            extended=chance.odds(0.3 if hard else 0.02),
            early=early and stop in (None, Stage.UNSETTLED),
            sessions=1 if outcome is Outcome.ORAL else chance.number(1, 4 if hard else 2),
            confirmation=None if outcome is Outcome.ORAL else self._confirmations.deal(),
        )  # fmt: skip

    def _avert(self, case: Row) -> None:
        """What it might have come to had it not been settled (防止激化)."""
        averted = self._averted.deal() if case["outcome"] and case["outcome"].settled else None
        if averted:
            case.update(averted=averted, averted_people=self._chance.number(*AVERTED_PEOPLE[averted]))

    def _team(self, day: date) -> Team:
        """Three of those who work here and stay for the time being."""
        return Team(*self._chance.sample(in_office(self._staff, day, 300), 3))

    def _index(self, case: Row, matter: Matter) -> None:
        kind = case["kind"].label if case["kind"] else "纠纷"
        title = case["name"] or "与".join(matter.names) + kind
        own = (case["number"], case["external_number"], title, case["occurred_place"], case["summary"])
        self._sheet.index(case["id"], spread([*own, *self._people.words(matter.cast)]))
