"""Two people at one desk for as long as one likes: accounts, locks, edits, merges, undo, against plain dictionaries."""

import os
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mediator.domain.codes import Stage
from mediator.domain.errors import Refusal, Stale
from mediator.services import accounts, cases, documents, drafts, parts, setup, undoing
from mediator.services.transaction import reading, transaction
from mediator.store import keyfile
from tests.faults import oracle
from tests.faults.practice import BY, NOW, PASSWORDS, TODAY, Ground, case_of, furnish

OTHER = "李䶮"
PEOPLE = st.sampled_from([BY, OTHER])
FIELDS = st.sampled_from(["summary", "occurred_place"])
WORDS = st.sampled_from(["甲家漏水", "乙不服𪚥", "又一次", "（改）"])
WHICH = st.integers(0, 7)
LARGE = int(os.environ.get("MEDIATOR_FAULTS_STEPS", "0"))
"""Examples of a campaign; none is the small number of every day."""


@cache
def _furnished() -> Path:
    place = Path(tempfile.mkdtemp(prefix="faults-machine-"))
    ground = furnish(place / "g")
    engine = ground.engine()
    with transaction(engine, BY) as session:
        accounts.add(session, ground.folder.path, OTHER, PASSWORDS[1])
    engine.dispose()
    return place / "g"


@dataclass
class Known:
    """What the model knows of a case, and what was done to it: by whom, and what stood there before."""

    id: int
    now: dict[str, Any]
    done: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


class Desk(RuleBasedStateMachine):
    """What people do, and what must have come of it."""

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory(prefix="faults-desk-")
        self.ground: Ground = Ground(_furnished()).copy(Path(self.place.name) / "g")
        self.before = oracle.before(self.ground)
        self.engine: Engine = self.ground.engine()
        self.known: list[Known] = []
        self.drafts: dict[tuple[str, str], str] = {}
        self.passwords = {BY: PASSWORDS[0], OTHER: PASSWORDS[1]}

    def one(self, which: int) -> Known:
        return self.known[which % len(self.known)]

    @rule(by=PEOPLE, words=WORDS)
    def register(self, by: str, words: str) -> None:
        with transaction(self.engine, by) as session:
            case = documents.register(session, case_of(words), by=by, today=TODAY)
            now = {"summary": case.summary, "occurred_place": "", "stage": case.stage, "parties": 2}
        self.known.append(Known(case.id, now))

    @precondition(lambda self: self.known)
    @rule(by=PEOPLE, which=WHICH, key=FIELDS, words=WORDS, seen=st.none() | WORDS)
    def amend(self, by: str, which: int, key: str, words: str, seen: str | None) -> None:
        """``seen`` is what stood there when the form was opened, where that is not what stands there now."""
        known = self.one(which)
        stale = seen is not None and seen != known.now[key] and words != known.now[key]
        was = {key: known.now[key] if seen is None else seen}
        try:
            with transaction(self.engine, by) as session:
                cases.amend(session, cases.load(session, known.id), {key: words}, by=by, was=was)
        except Stale:
            assert stale
        else:
            assert not stale
            if words != known.now[key]:
                known.done.append((by, dict(known.now)))
                known.now[key] = words

    @precondition(lambda self: self.known)
    @rule(by=PEOPLE, which=WHICH, words=WORDS)
    def more_people(self, by: str, which: int, words: str) -> None:
        known = self.one(which)
        with transaction(self.engine, by) as session:
            raw = {"side": "respondent", "name": f"王𬎆{words}"}
            parts.put(session, cases.load(session, known.id), "parties", raw, by=by)
        known.done.append((by, dict(known.now)))
        known.now["parties"] += 1

    @precondition(lambda self: self.known)
    @rule(by=PEOPLE, which=WHICH)
    def accept(self, by: str, which: int) -> None:
        known = self.one(which)
        if known.now["stage"] is not Stage.REGISTERED:
            return
        with transaction(self.engine, by) as session:
            case = cases.load(session, known.id)
            documents.advance(session, case, Stage.ACCEPTED, {}, by=by, today=TODAY)
        known.done.append((by, dict(known.now)))
        known.now["stage"] = Stage.ACCEPTED

    @precondition(lambda self: self.known)
    @rule(by=PEOPLE, which=WHICH)
    def undo(self, by: str, which: int) -> None:
        known = self.one(which)
        may = bool(known.done) and known.done[-1][0] == by
        try:
            with transaction(self.engine, by) as session:
                case = cases.load(session, known.id)
                entry = undoing.last(session, case)
                undoing.undo(session, case, entry.id if entry else 0, by=by)
        except Refusal:
            assert not may
        else:
            assert may
            known.now = known.done.pop()[1]

    @rule(by=PEOPLE, place=st.sampled_from(["case:1", "case:1/party"]), words=WORDS)
    def type(self, by: str, place: str, words: str) -> None:
        with transaction(self.engine, by) as session:
            drafts.keep(session, place, {"summary": words}, {"summary": ""}, NOW)
        self.drafts[by, place] = words

    @rule(by=PEOPLE, place=st.sampled_from(["case:1", "case:1/party"]))
    def forget(self, by: str, place: str) -> None:
        with transaction(self.engine, by) as session:
            drafts.drop(session, place)
        self.drafts.pop((by, place), None)

    @rule(by=PEOPLE, number=st.integers(2, 9))
    def new_password(self, by: str, number: int) -> None:
        if by not in self.passwords:
            return
        with transaction(self.engine, by) as session:
            accounts.change_own(session, self.ground.folder.path, self.passwords[by], PASSWORDS[number])
        self.passwords[by] = PASSWORDS[number]

    @rule(by=PEOPLE, whom=PEOPLE)
    def shut_out(self, by: str, whom: str) -> None:
        may = by == BY and whom == OTHER
        try:
            with transaction(self.engine, by) as session:
                accounts.disable(session, self.ground.folder.path, whom)
        except Refusal:
            assert not may
        else:
            assert may
            self.passwords.pop(whom, None)

    @rule(number=st.integers(2, 9))
    def let_in(self, number: int) -> None:
        with transaction(self.engine, BY) as session:
            accounts.reset(session, self.ground.folder.path, OTHER, PASSWORDS[number])
        self.passwords[OTHER] = PASSWORDS[number]

    @rule(by=PEOPLE)
    def unlock(self, by: str) -> None:
        if by in self.passwords:
            found = setup.again(self.ground.folder.path, self.engine, by, self.passwords[by])
            assert found == by

    @invariant()
    def all_is_as_the_model_has_it(self) -> None:
        with reading(self.engine, BY) as session:
            for known in self.known:
                case = cases.load(session, known.id)
                there = {
                    "summary": case.summary, "occurred_place": case.occurred_place, "stage": case.stage,
                    "parties": len(case.parties),
                }  # fmt: skip
                assert there == known.now
        for by in (BY, OTHER):
            with reading(self.engine, by) as session:
                typed = {(by, one.place): str(drafts.typed(one)["summary"]) for one in drafts.all_of(session)}
            assert typed == {key: words for key, words in self.drafts.items() if key[0] == by}
        assert set(keyfile.logins(self.ground.folder.keys)) == set(self.passwords)

    def teardown(self) -> None:
        try:
            with Session(self.engine) as session:
                assert list(oracle.told_by_the_audit(session, self.before)) == []
            for login, password in self.passwords.items():
                keyfile.unlock(self.ground.folder.keys, login, password)
        finally:
            self.engine.dispose()
            self.place.cleanup()


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=LARGE or 6,
    stateful_step_count=60 if LARGE else 12,
    deadline=None,
    derandomize=not LARGE,
    database=None,
)
