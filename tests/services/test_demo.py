"""Practice cases must look as if people had entered them: replayed, added up, found, counted on."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from mediator.domain.calendar import parse_day
from mediator.domain.case import Case
from mediator.domain.codes import (
    Averted,
    Confirmation,
    EventKind,
    IdKind,
    Kind,
    Level,
    Outcome,
    PartyType,
    Performance,
    Referrer,
    Side,
    Source,
    Stage,
)
from mediator.domain.errors import Refusal
from mediator.domain.fields import fields_of
from mediator.domain.figures import Price, Screening
from mediator.domain.identity import check_digit
from mediator.domain.people import Identified, Staff
from mediator.domain.stages import DAYS, find
from mediator.domain.wording import prose
from mediator.services import agreements, cases, demo, documents, listing, offices, progress
from mediator.services.practice.shares import CONFIRMATIONS
from mediator.services.practice.stories import STORIES
from mediator.store import models, search
from mediator.store.folder import Folder, open_folder

TODAY = date(2026, 11, 21)
SLOTS = ("a", "b", "t", "place", "claim", "brand", "village")


def made(path: Path, **wanted: Any) -> Engine:
    folder = Folder(path)
    demo.make(folder, **wanted)
    return open_folder(folder, "practice", "practice")


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    engine = made(tmp_path_factory.mktemp("practice") / "练习", cases=300)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture(scope="module")
def files(practice: Session) -> list[Case]:
    """All cases, the oldest first."""
    return [cases.load(practice, id) for id in practice.scalars(select(Case.id).order_by(Case.id))]


def people_of(case: Case) -> list[Identified]:
    people: list[Identified] = []
    for party in case.parties:
        people += [party, *party.representatives]
    return people


def test_everything_that_can_be_chosen_occurs(files: list[Case]) -> None:
    seen: dict[Any, set[Any]] = {
        Stage: {case.stage for case in files},
        Kind: {case.kind for case in files if case.kind},
        Source: {case.source for case in files},
        Referrer: {case.referrer for case in files if case.referrer},
        Level: {case.level for case in files},
        Outcome: {case.outcome for case in files if case.outcome},
        IdKind: {person.id_kind for case in files for person in people_of(case)},
        PartyType: {party.type for case in files for party in case.parties},
        Side: {party.side for case in files for party in case.parties},
    }
    for codes, found in seen.items():
        assert found == set(codes), codes


def test_shares_are_those_published(files: list[Case]) -> None:
    kinds = Counter(case.kind for case in files)
    assert kinds.most_common(3)[0][0] is Kind.NEIGHBOUR
    assert kinds[Kind.NEIGHBOUR] > 15 * kinds[Kind.TOURISM] > 0
    concluded = [case for case in files if case.outcome]
    assert 0.94 < sum(case.outcome.settled for case in concluded if case.outcome) / len(concluded) < 0.99
    parties = sorted(len(case.parties) for case in files)
    assert parties[len(files) // 2] == 2
    assert parties[-1] > 20


@pytest.mark.parametrize("since", ["2025-01-01", "2026-10-25"])
def test_every_move_was_allowed_and_had_what_it_needs(files: list[Case], since: str) -> None:
    for case in [case for case in files if case.registered_on >= parse_day(since)]:
        stage = Stage.REGISTERED
        days = [case.registered_on]
        assert case.events[0].kind is EventKind.REGISTERED
        for event in [e for e in case.events if e.kind is EventKind.MOVED]:
            assert event.stage_from is stage
            assert event.stage_to and event.on
            now, case.stage = case.stage, stage
            move = find(case, event.stage_to)
            case.stage = now
            assert move, (case.number, stage, event.stage_to)
            assert move.gaps(case) == [], case.number
            assert event.reason or not move.reason(case), (case.number, move)
            stage = event.stage_to
            days.append(event.on)
            if stage in DAYS:
                assert getattr(case, DAYS[stage].key) == event.on
        assert case.stage is stage
        assert days == sorted(days)
        assert days[-1] <= demo.UNTIL


def test_nothing_is_told_of_days_to_come(files: list[Case]) -> None:
    for case in files:
        moments = [event.at for event in case.events]
        assert moments == sorted(moments)
        assert case.changed_at == moments[-1]
        told = [*moments, *(s.held_at for s in case.sessions), *(i.held_at for i in case.investigations)]
        assert all(case.registered_on <= moment.date() <= demo.UNTIL for moment in told)
        assert all(case.registered_on <= visit.visited_on <= demo.UNTIL for visit in case.revisits)
        met = [session.held_at for session in case.sessions]
        settled = [event.at for event in case.events if event.stage_to is Stage.SETTLED]
        assert not settled or max(met) <= settled[-1]
        assert not case.occurred_on or case.occurred_on <= case.registered_on


def test_the_verbs_lead_to_the_same_case(files: list[Case], session: Session) -> None:
    sample = [*files[:60:4], *files[-60:], *(c for c in files if c.outcome is Outcome.PARTIAL)]
    for case in sample:
        shown = documents.as_document(case)
        again = documents.register(session, shown, by="陈志华", today=TODAY)
        for event in case.events:
            assert event.on or event.kind in (EventKind.ADDED, EventKind.ISSUED, EventKind.SIGNED)
            if event.kind is EventKind.MOVED and event.stage_to and event.on:
                outcome = next((o for o in Outcome if o.label == event.detail), None)
                progress.advance(
                    session, again, event.stage_to, by="陈志华", on=event.on, today=TODAY,
                    outcome=outcome, reason=event.reason,
                )  # fmt: skip
            if event.stage_to is Stage.SETTLED and case.agreement and outcome is not Outcome.ORAL:
                agreements.put(session, again, {"effective_on": case.agreement.effective_on}, by="陈志华")
            if event.kind is EventKind.EXTENDED and event.on:
                progress.extend(session, again, event.on, by="陈志华", reason=event.reason)
        told = documents.as_document(again)
        for key in shown.keys() - {"uid", "number", "changed_at", "events", "papers"}:
            assert told[key] == shown[key], (case.number, key)
        kinds = (EventKind.REGISTERED, EventKind.MOVED, EventKind.EXTENDED)
        steps = [
            [(e.kind, e.stage_to, e.on, e.detail) for e in c.events if e.kind in kinds] for c in (case, again)
        ]
        assert steps[0] == steps[1]


def test_agreements_add_up_and_are_kept_as_told(files: list[Case]) -> None:
    agreements = [(case, case.agreement) for case in files if case.agreement]
    for case, agreement in agreements:
        assert case.outcome and case.outcome.settled
        assert (agreement.amount or 0) == agreement.money
        parts = [part for item in agreement.items for part in item.instalments]
        for item in agreement.items:
            assert sum(part.amount or 0 for part in item.instalments) == (item.amount or 0)
        assert agreement.reached_on == case.concluded_on
        assert all(
            part.due_on >= agreement.reached_on for part in parts if part.due_on and agreement.reached_on
        )
        paid = sorted(part.paid_on for part in parts if part.paid_on)
        assert paid == [event.on for event in case.events if event.kind is EventKind.PAID]
        if paid:
            assert (agreement.performance is Performance.FULL) == (not agreement.open_instalments)
            assert agreement.performed_on == (paid[-1] if not agreement.open_instalments else None)
    owed = [part.due_on for _, agreement in agreements for part in agreement.open_instalments if part.due_on]
    assert [day for day in owed if day < demo.UNTIL]
    assert [day for day in owed if day > demo.UNTIL]
    assert any(len(item.instalments) == 10 for _, agreement in agreements for item in agreement.items)


def test_people_are_nobody_and_their_numbers_hold(files: list[Case]) -> None:
    persons = [person for case in files for person in people_of(case)]
    reasons = [person for person in persons if person.id_reason]
    assert 0 < len(reasons) < len(persons) / 20
    for case in files:
        assert cases.doubts(case, TODAY) == []
        assert case.headcount == (case.people or len(case.parties))
        assert len({(party.side, party.name) for party in case.parties}) == len(case.parties)
    for person in persons:
        if person.id_kind is IdKind.RESIDENT and person.id_number and not person.id_reason:
            assert person.id_number[:6] == "000000"
            assert person.id_number[17] == check_digit(person.id_number[:17])
    parties = [party for case in files for party in case.parties]
    born = {party.id: (party.birth_on, party.sex) for party in parties}
    for party in parties:
        party.fill_from_id(date.today())
    assert born == {party.id: (party.birth_on, party.sex) for party in parties}
    names = {person.name for person in persons}
    assert any("·" in name and len(name) > 10 for name in names)
    assert any(ord(char) > 0xFFFF for name in names for char in name)


def test_minors_have_guardians(files: list[Case]) -> None:
    minors = [(c, p) for c in files for p in c.parties if p.is_minor(c.registered_on)]
    assert minors
    assert not any(party.lacks_guardian(case.registered_on) for case, party in minors)


def test_the_index_is_as_the_verbs_would_write_it(practice: Session) -> None:
    seen = text("select doc, offset, term from temp.seen order by doc, offset")
    with Session(practice.get_bind()) as session:
        session.execute(
            text("create virtual table temp.seen using fts5vocab('main', 'case_words', 'instance')")
        )
        before = session.execute(seen).all()
        for case in session.scalars(select(Case).where(Case.id % 3 == 0)):
            search.index(session, case)
        assert session.execute(seen).all() == before


def test_cases_are_found(practice: Session, files: list[Case]) -> None:
    for case in files[::40]:
        assert [row.id for row in listing.find(practice, listing.Wanted(words=case.number))] == [case.id]
        name = case.parties[-1].name
        found = [row.id for row in listing.find(practice, listing.Wanted(words=name), limit=len(files))]
        assert case.id in found
        assert listing.number_of(practice, listing.Wanted(words=name)) == len(found)
        narrowed = listing.Wanted(words=name, stage=case.stage)
        assert listing.number_of(practice, narrowed) == len(
            listing.find(practice, narrowed, limit=len(files))
        )


def test_numbers_go_on_where_they_ended(practice: Session, files: list[Case]) -> None:
    years = Counter(case.registered_on.year for case in files)
    for year, last in years.items():
        given = [case.number for case in files if case.registered_on.year == year]
        assert given == [f"({year})滨江人调字第{n:03d}号" for n in range(1, last + 1)]
    with Session(practice.get_bind()) as session:
        new = documents.register(session, {"registered_on": "2026-11-02"}, by="练习员", today=TODAY)
        assert new.number == f"(2026)滨江人调字第{years[2026] + 1:03d}号"


def test_texts_are_whole_and_their_own(files: list[Case]) -> None:
    for case in files:
        words = [case.summary, case.request, *(s.record for s in case.sessions)]
        words += [i.record for i in case.investigations]
        assert not any(mark in text for text in words for mark in "{}")
        assert [prose(text) for text in words] == words
    assert len({case.summary for case in files}) > 0.95 * len(files)


@pytest.mark.parametrize("kind", Kind)
def test_every_story_can_be_told(kind: Kind) -> None:
    for story in STORIES[kind]:
        words = {**dict.fromkeys(SLOTS, "甲"), **{key: choices[0] for key, choices in story.things.items()}}
        texts = [
            story.summary,
            story.advice,
            *story.wishes,
            *story.says,
            *(t for pair in story.asked for t in pair),
        ]
        texts += [promise.act for promise in story.promises]
        told = "。".join(text.format(**words) for text in texts)
        assert "{" not in told
        assert prose(told) == told
        assert all(f"{{{key}}}" in "".join(texts) for key in story.things), story.summary
        assert sum(promise.share for promise in story.promises) in (0, 100)
        assert bool(story.claim[1]) == any(promise.share for promise in story.promises)
        for promise in story.promises:
            assert all(sum(part for part, _ in plan) == 100 for plan in promise.plans)


def dump(engine: Engine) -> dict[str, Any]:
    with engine.connect() as connection:
        rows = {t.name: connection.execute(t.select()).all() for t in models.metadata.sorted_tables}
    engine.dispose()
    return rows


def test_the_same_seed_gives_the_same_cases(tmp_path: Path) -> None:
    first = dump(made(tmp_path / "1", cases=30, seed=7))
    assert first == dump(made(tmp_path / "2", cases=30, seed=7))
    assert first["case"] != dump(made(tmp_path / "3", cases=30, seed=8))["case"]


def test_days_progress_and_the_user(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    since, until = date(2026, 2, 1), date(2026, 3, 31)
    engine = made(
        tmp_path, cases=25, since=since, until=until, progress=lambda done, of: told.append((done, of))
    )
    with Session(engine) as session:
        days = session.scalars(select(Case.registered_on)).all()
        staff = session.scalars(select(Staff)).all()
    engine.dispose()
    assert told[-1] == (25, 25)
    assert all(since <= day <= until for day in days)
    assert "练习员" in [person.name for person in staff if person.login == "practice"]
    assert [person for person in staff if person.left_on]
    assert [person.name for person in staff if person.started_on is None] == ["练习员"]
    assert [person for person in staff if person.started_on and person.started_on > days[0]]


def test_nobody_works_before_being_appointed_or_after_leaving(files: list[Case]) -> None:
    for case in files:
        for one in case.assignments:
            staff = one.staff
            assert staff.started_on is None or staff.started_on <= case.registered_on, staff.name
            assert staff.left_on is None or staff.left_on > case.registered_on, staff.name


def test_what_was_begun_and_stopped_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.make(Folder(tmp_path), cases=5, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_is_left_alone(folder: Folder) -> None:
    before = folder.database.read_bytes()
    with pytest.raises(Refusal, match="已经有数据"):
        demo.make(folder, cases=5)
    assert folder.database.read_bytes() == before


def test_courts_are_asked_in_time(files: list[Case]) -> None:
    agreements = [case.agreement for case in files if case.agreement and case.agreement.confirmation]
    for agreement in agreements:
        assert agreement.effective_on and agreement.confirm_applied_on and agreement.confirmable_until
        assert agreement.effective_on < agreement.confirm_applied_on <= agreement.confirmable_until
        assert agreement.confirm_applied_on <= (agreement.confirmed_on or demo.UNTIL) <= demo.UNTIL
        pending = agreement.confirmation is Confirmation.APPLIED
        assert pending is (agreement.confirmed_on is None) is (agreement.ruling == "")
    assert {agreement.confirmation for agreement in agreements} >= set(CONFIRMATIONS) - {None}
    assert len(agreements) < len(files) / 10


def test_what_was_averted_was_settled_and_seldom(files: list[Case]) -> None:
    averted = [case for case in files if case.averted]
    assert {case.averted for case in averted} == set(Averted)
    assert len(averted) < len(files) / 25
    for case in averted:
        assert case.outcome and case.outcome.settled
        assert case.averted_people


def test_the_office_screens_and_pays(practice: Session) -> None:
    screenings = practice.scalars(select(Screening).order_by(Screening.id)).all()
    days = [screening.screened_on for screening in screenings]
    assert days == sorted(days) and days[0] >= demo.SINCE and days[-1] <= demo.UNTIL
    assert len(screenings) == round(300 * 0.19)
    assert max((after - before).days for before, after in pairwise(days)) < 62
    for screening in screenings:
        assert 0 <= (screening.prevented or 0) <= (screening.found or 0) <= 3
        assert prose(screening.note) == screening.note
    found = sum(screening.found or 0 for screening in screenings)
    assert 0.4 < sum(screening.prevented or 0 for screening in screenings) / found < 0.8
    prices = practice.scalars(select(Price)).all()
    assert {price.level for price in prices} == set(Level)
    by_level = [price.settled for level in Level for price in prices if price.level is level]
    assert by_level == sorted(by_level, key=lambda fen: fen or 0) and by_level[0] == 5_000
    assert offices.own(practice).rooms and offices.own(practice).studios and offices.own(practice).stations
    together = sum(screening.concentrated for screening in screenings)
    assert 0 < together < len(screenings) / 2


def test_every_field_is_used_somewhere(practice: Session, files: list[Case]) -> None:
    rows: list[Any] = [*files]
    rows += [row for model in (Screening, Price, Staff) for row in practice.scalars(select(model))]
    for case in files:
        rows += [*case.parties, *case.assignments, *case.investigations, *case.sessions, *case.revisits]
        rows += [r for party in case.parties for r in party.representatives]
        if case.agreement:
            rows += [
                case.agreement,
                *case.agreement.items,
                *(p for i in case.agreement.items for p in i.instalments),
            ]
    unused = {
        (model.__name__, key)
        for model in {type(row) for row in rows}
        for key in fields_of(model)
        if not any(getattr(row, key) for row in rows if type(row) is model)
    }
    assert unused <= {("Representative", "id_reason"), ("Case", "discarded_on")}
