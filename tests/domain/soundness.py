"""What must hold of any case, whatever was done to it."""

from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import SETTLED, EventKind, ItemKind, Performance, Stage
from mediator.domain.stages import DAYS, MOVES, steps
from mediator.services import documents

TODAY = date(2026, 11, 21)
PARTS = ("parties", "assignments", "investigations", "sessions", "revisits", "agreement")


def road_is_sound(case: Case, redated: bool) -> None:
    """The stage is where the steps lead; days stand in order and none is still to come."""
    taken = steps(case)
    stages = [Stage.REGISTERED, *(step.stage_to for step in taken)]
    assert case.stage is stages[-1]
    assert [step.stage_from for step in taken] == stages[:-1]
    last = [e for e in case.events if e.kind in (EventKind.MOVED, EventKind.STEPPED_BACK)][-1:]
    assert all(event.stage_to is case.stage for event in last)
    assert all((step.stage_from, step.stage_to) in {(m.start, m.to) for m in MOVES} for step in taken)
    days = [case.registered_on, *(getattr(case, a.key) for a in dict.fromkeys(DAYS.values()))]
    days = [day for day in days if day]
    assert days == sorted(days) and days[-1] <= TODAY
    if not redated:
        on = [case.registered_on, *(step.on for step in taken if step.on)]
        assert len(on) == len(stages) and all(a <= b for a, b in pairwise(on))
        first = {step.stage_to: step.on for step in reversed(taken)}
        kept = {stage: getattr(case, attribute.key) for stage, attribute in DAYS.items() if stage in first}
        assert kept == {stage: first[stage] for stage in kept}
    concluded = {Stage.SETTLED, Stage.UNSETTLED} & set(stages)
    assert bool(concluded) is (case.outcome is not None) is (case.concluded_on is not None)
    if case.outcome:
        assert concluded == {Stage.SETTLED if case.outcome in SETTLED else Stage.UNSETTLED}
    for stage, attribute in ((Stage.ACCEPTED, Case.accepted_on), (Stage.INFORMED, Case.informed_on)):
        assert (getattr(case, attribute.key) is not None) is (stage in stages)
    assert (case.due_on is not None) is (Stage.ACCEPTED in stages)
    assert (case.closed_on is not None) is (Stage.CLOSED in stages)
    assert (case.archived_on is not None) is (case.stage is Stage.ARCHIVED)


def agreement_is_sound(case: Case) -> None:
    agreement = case.agreement
    if agreement is None:
        return
    for item in agreement.items:
        assert item.instalments
        if item.kind is ItemKind.MONEY:
            assert item.amount == sum(part.amount or 0 for part in item.instalments)
    if agreement.money:
        assert agreement.amount == agreement.money
    if any(part.paid_on for item in agreement.items for part in item.instalments):
        assert agreement.performance is not Performance.NONE
        assert (agreement.performance is Performance.FULL) is not bool(agreement.open_instalments)
        assert (agreement.performed_on is None) is bool(agreement.open_instalments)


def undated(document: dict[str, Any]) -> dict[str, Any]:
    """Without the day of the agreement, which follows the result: a twin has none yet."""
    if "agreement" not in document:
        return document
    agreement = {key: value for key, value in document["agreement"].items() if key != "reached_on"}
    return {**document, "agreement": agreement}


def comes_back_as_it_went(session: Session, document: dict[str, Any]) -> None:
    """What is shown of a case can be entered again and shows the same."""
    twin = documents.register(session, document, by="陈志华", today=TODAY)
    again = documents.as_document(twin)
    session.rollback()
    again, document = undated(again), undated(document)
    assert {part: again.get(part) for part in PARTS} == {part: document.get(part) for part in PARTS}
    own_words = ("registered_on", "source", "referrer", "kind", "level", "summary", "people")
    assert [again.get(key) for key in own_words] == [document.get(key) for key in own_words]
