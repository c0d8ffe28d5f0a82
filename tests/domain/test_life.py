"""Random lives of cases in a real encrypted folder: whatever is done or refused, what must hold holds after every step."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from soundness import TODAY, agreement_is_sound, comes_back_as_it_went, road_is_sound
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from mediator.domain import needs
from mediator.domain.case import Case
from mediator.domain.codes import Outcome, Stage
from mediator.domain.errors import Refusal
from mediator.domain.needs import Need
from mediator.domain.stages import DAYS, MOVES, OPEN, STRIP, find, last_day, moves_from
from mediator.services import agreements, cases, documents, listing, parts, progress
from mediator.store import keyfile
from mediator.store.engine import connect
from mediator.store.folder import Folder

BY = "陈志华"
ROWS: dict[str, list[dict[str, Any]]] = {
    "parties": [
        {"side": "applicant", "name": "王𬎆", "id_number": "000000196203150013"},
        {"side": "respondent", "name": "阿依古丽•买买提", "representatives": [{"name": "㛃某", "proxy": "agent"}]},
        {"side": "respondent", "name": "𪚥小某", "birth_on": "2012-05-01"},
        {"side": "third", "name": "滨江(集团)有限公司", "type": "legal", "id_kind": "credit_code"},
        {"side": "third", "name": ""},
    ],
    "assignments": [
        {"staff": "陈志华", "duty": "lead"},
        {"staff": "马秀英", "duty": "lead", "recusal": "与被申请人是亲属"},
        {"staff": "赵丽娟", "duty": "record"},
    ],
    "investigations": [{"held_at": "2026-03-02T09:30", "record": "问：几时漏水？答：夜里。"}, {"record": "没有时间"}],
    "sessions": [{"held_at": "2026-03-05 14:00"}, {"held_at": "2026年2月30日"}, {"held_at": "2026-03-06T09:00", "result": "调解成功"}],
    "revisits": [{"visited_on": "2026.4.20", "satisfaction": "fair"}, {"visited_on": ""}],
}  # fmt: skip
PAYMENT = {"kind": "money", "debtor": "respondent", "creditor": "applicant"}
TERMS: list[dict[str, Any]] = [
    {"items": [{**PAYMENT, "amount": "15000.01"}]},
    {"items": [{**PAYMENT, "amount": "0.03", "instalments": [{"amount": "0.01"}, {"amount": "0.02", "due_on": "2026-05-01"}]},
               {"kind": "act", "debtor": "respondent", "act": "修好水管"}]},
    {"items": [{**PAYMENT, "amount": "5000", "instalments": [{"amount": "4999.99"}]}]},
    {"items": [{"kind": "act", "debtor": "不在本案的人", "act": "道歉"}]},
    {"terms": "双方和睦相处。"},
    {"performance": "none"},
]  # fmt: skip


def guardian(session: Session, case: Case) -> None:
    for party in case.parties:
        if party.lacks_guardian(case.registered_on):
            raw = {"representatives": [{"name": "马兰艳", "proxy": "guardian", "relation": "母亲"}]}
            parts.put(session, case, "parties", raw, row=party.id, by=BY)


def row(part: str, which: int) -> Callable[[Session, Case], object]:
    return lambda session, case: parts.put(session, case, part, ROWS[part][which], by=BY)


SUPPLIES: dict[Need, Callable[[Session, Case], object]] = {
    needs.APPLICANT: row("parties", 0),
    needs.RESPONDENT: row("parties", 1),
    needs.MEDIATOR: row("assignments", 0),
    needs.INVESTIGATION: row("investigations", 0),
    needs.SESSION: row("sessions", 0),
    needs.REVISIT: row("revisits", 0),
    needs.GUARDIAN: guardian,
    needs.KIND: lambda s, case: cases.amend(s, case, {"kind": "neighbour"}, by=BY),
    needs.SUMMARY: lambda s, case: cases.amend(s, case, {"summary": "楼上漏水。"}, by=BY),
    needs.REFERRER: lambda s, case: cases.amend(s, case, {"referrer": "police"}, by=BY),
    needs.TERMS: lambda s, case: agreements.put(s, case, TERMS[1], by=BY),
    needs.PERFORMANCE: lambda s, case: agreements.put(s, case, {"performance": "part"}, by=BY),
}
"""How each thing that a move may ask for is supplied."""


def test_every_need_of_a_move_can_be_supplied() -> None:
    asked = {need for move in MOVES for need in move.needs if "中止的" not in need.words}
    assert asked == set(SUPPLIES)


def with_all_it_asks(session: Session, case: Case, to: Stage, choice: int = 0, days: int = 1) -> None:
    """Take a step after supplying whatever it needs."""
    move = find(case, to)
    assert move is not None
    for need in move.needs:
        if not need.met(case):
            SUPPLIES[need](session, case)
    assert move.gaps(case) == []
    outcome = move.outcomes[choice % len(move.outcomes)] if move.outcomes else None
    on = min(last_day(case) + timedelta(days), TODAY)
    progress.advance(session, case, move.to, by=BY, on=on, today=TODAY, outcome=outcome, reason="缘由")
    assert case.stage is move.to


WHICH = st.integers(0, 2)
"""Which of the cases; few, so that much happens to each."""


class Lives(RuleBasedStateMachine):
    """What people do, right and wrong, in one folder."""

    furnished: Path
    key: bytes

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="生活 "))
        shutil.copyfile(self.furnished / "mediator.db", self.folder / "mediator.db")
        self.engine: Engine = connect(self.folder / "mediator.db", self.key)
        self.taken: Counter[int] = Counter()
        self.known: dict[str, dict[str, Any]] = {}
        self.touched: set[str] = set()
        self.redated: set[str] = set()

    def teardown(self) -> None:
        with self.engine.connect() as connection:
            assert connection.scalar(text("pragma integrity_check")) == "ok"
            assert connection.execute(text("pragma foreign_key_check")).all() == []
        self.engine.dispose()
        shutil.rmtree(self.folder)

    def do(self, which: int, verb: Callable[[Session, Case], object]) -> None:
        """Do something with one of the cases, wholly or not at all."""
        number = sorted(self.known)[which % len(self.known)]
        try:
            with Session(self.engine) as session, session.begin():
                verb(session, cases.get(session, number))
        except Refusal as refusal:
            assert str(refusal).endswith("。")
        self.touched.add(number)

    # What is done

    @initialize(
        depth=st.integers(0, len(STRIP) - 1),
        source=st.sampled_from(["application", "referral"]),
        paused=st.sets(st.sampled_from(OPEN)),
    )
    def begin(self, depth: int, source: str, paused: set[Stage]) -> None:
        """Start with a case that has gone some way along the ordinary road, not always without a pause."""
        self.enter(date(2026, 3, 1), source, ROWS["parties"][:3], False)
        for to in STRIP[1 : depth + 1]:
            self.do(0, partial(with_all_it_asks, to=to))
            if to in paused:
                self.pause(0, 3, False)

    @rule(
        day=st.dates(date(2025, 11, 1), date(2026, 6, 30)) | st.just(TODAY + timedelta(1)),
        source=st.sampled_from(["application", "referral", "initiative"]),
        people=st.lists(st.sampled_from(ROWS["parties"][:4]), max_size=3),
        dropped=st.booleans(),
    )
    def enter(self, day: date, source: str, people: list[dict[str, Any]], dropped: bool) -> None:
        raw = {"registered_on": day.isoformat(), "source": source, "parties": people}
        try:
            with Session(self.engine) as session, session.begin():
                case = documents.register(session, raw, by=BY, today=TODAY)
                number = case.number
                assert number == f"({day.year})滨江人调字第{self.taken[day.year] + 1:03d}号"
                if dropped:
                    raise Refusal("关掉了窗口。")
        except Refusal:
            assert dropped or day > TODAY
            return
        self.taken[day.year] += 1
        self.known[number] = {"events": []}
        self.touched.add(number)

    @rule(
        which=WHICH, to=st.sampled_from(Stage), days=st.integers(-2, 9),
        outcome=st.none() | st.sampled_from(Outcome), reason=st.sampled_from(["当事人住院", "", " "]),
    )  # fmt: skip
    def try_a_move(self, which: int, to: Stage, days: int, outcome: Outcome | None, reason: str) -> None:
        def verb(session: Session, case: Case) -> None:
            on = last_day(case) + timedelta(days)
            allowed = {move.to for move in moves_from(case)}
            progress.advance(session, case, to, by=BY, on=on, today=TODAY, outcome=outcome, reason=reason)
            assert to in allowed and days >= 0 and on <= TODAY

        self.do(which, verb)

    @rule(which=WHICH, choice=st.integers(0, 9), days=st.integers(0, 9))
    def move_on(self, which: int, choice: int, days: int) -> None:
        """Take one of the open moves, with all that it asks for."""

        def verb(session: Session, case: Case) -> None:
            open_moves = moves_from(case)
            if open_moves:
                to = open_moves[choice % len(open_moves)].to
                with_all_it_asks(session, case, to, choice, days)

        self.do(which, verb)

    @rule(which=WHICH, days=st.integers(0, 9))
    def go_the_ordinary_way(self, which: int, days: int) -> None:
        self.move_on(which, 0, days)

    @rule(which=WHICH, days=st.integers(1, 9), back=st.booleans())
    def pause(self, which: int, days: int, back: bool) -> None:
        """Suspend a case and take it up again, perhaps by mistake."""

        def verb(session: Session, case: Case) -> None:
            origin = case.stage
            if origin in OPEN:
                with_all_it_asks(session, case, Stage.SUSPENDED)
                with_all_it_asks(session, case, origin, days=days)
                if back:
                    progress.step_back(session, case, by=BY, reason="还没有恢复")

        self.do(which, verb)

    @rule(which=WHICH, reason=st.sampled_from(["点错了", ""]))
    def step_back(self, which: int, reason: str) -> None:
        self.do(which, lambda session, case: progress.step_back(session, case, by=BY, reason=reason))

    @rule(which=WHICH, days=st.integers(-5, 60), reason=st.sampled_from(["各方同意", ""]))
    def extend(self, which: int, days: int, reason: str) -> None:
        def verb(session: Session, case: Case) -> None:
            until = (case.due_on or TODAY) + timedelta(days)
            progress.extend(session, case, until, by=BY, reason=reason)
            assert days > 0 and reason

        self.do(which, verb)

    @rule(which=WHICH, stage=st.sampled_from(Stage), days=st.integers(-9, 9))
    def redate(self, which: int, stage: Stage, days: int) -> None:
        def verb(session: Session, case: Case) -> None:
            before = getattr(case, DAYS[stage].key) if stage in DAYS else None
            on = (before or TODAY) + timedelta(days)
            progress.redate(session, case, stage, on, by=BY, reason="写错了", today=TODAY)
            self.redated.add(case.number)

        self.do(which, verb)

    @rule(
        which=WHICH,
        part=st.sampled_from(list(ROWS)),
        pick=st.integers(0, 9),
        reason=st.sampled_from(["漏记", ""]),
    )
    def add(self, which: int, part: str, pick: int, reason: str) -> None:
        raw = ROWS[part][pick % len(ROWS[part])]
        self.do(which, lambda session, case: parts.put(session, case, part, raw, by=BY, reason=reason))

    @rule(
        which=WHICH,
        part=st.sampled_from(list(ROWS)),
        pick=st.integers(0, 9),
        reason=st.sampled_from(["记重了", ""]),
    )
    def drop(self, which: int, part: str, pick: int, reason: str) -> None:
        def verb(session: Session, case: Case) -> None:
            rows = getattr(case, part)
            if rows:
                parts.drop(session, case, part, rows[pick % len(rows)].id, by=BY, reason=reason)

        self.do(which, verb)

    @rule(which=WHICH, raw=st.sampled_from(TERMS), reason=st.sampled_from(["更正", ""]))
    def agree(self, which: int, raw: dict[str, Any], reason: str) -> None:
        self.do(which, lambda session, case: agreements.put(session, case, raw, by=BY, reason=reason))

    @rule(which=WHICH, amount=st.none() | st.integers(0, 3), pick=st.integers(0, 3))
    def pay(self, which: int, amount: int | None, pick: int) -> None:
        def verb(session: Session, case: Case) -> None:
            parts_open = case.agreement.open_instalments if case.agreement else []
            if parts_open:
                part = parts_open[pick % len(parts_open)]
                agreements.pay(session, case, part.id, on=date(2026, 7, 1), by=BY, today=TODAY, amount=amount)

        self.do(which, verb)

    # What holds

    @invariant()
    def what_was_touched_is_sound(self) -> None:
        for number in self.touched:
            with Session(self.engine) as session:
                case = cases.get(session, number)
                document = documents.as_document(case)
                road_is_sound(case, number in self.redated)
                agreement_is_sound(case)
                assert case.headcount == (case.people or len(case.parties))
                assert [row.id for row in listing.find(session, listing.Wanted(words=number))] == [case.id]
                for party in case.parties:
                    assert case.id in {r.id for r in listing.find(session, listing.Wanted(words=party.name))}
                self.changes_are_sound(self.known[number], document)
                comes_back_as_it_went(session, document)
            self.known[number] = document
        self.touched.clear()

    def changes_are_sound(self, before: dict[str, Any], now: dict[str, Any]) -> None:
        """History is only added to; an archived case stays as it is until it is taken back."""
        told = len(before["events"])
        assert now["events"][:told] == before["events"]
        if before.get("stage") == "archived" and now["stage"] == "archived":
            assert now == before

    @invariant()
    def numbers_have_no_gap_and_no_twin(self) -> None:
        with Session(self.engine) as session:
            numbers = [row.number for row in listing.find(session, listing.Wanted(), limit=10_000)]
        expected = {
            f"({y})滨江人调字第{n:03d}号" for y, last in self.taken.items() for n in range(1, last + 1)
        }
        assert len(numbers) == len(expected)
        assert set(numbers) == expected == set(self.known)


def test_lives(furnished: Path, password: str) -> None:
    class LivesHere(Lives):
        pass

    LivesHere.furnished = furnished
    LivesHere.key = keyfile.unlock(Folder(furnished).keys, "chen", password)
    quick = (Phase.explicit, Phase.generate)  # a life that fails is not shortened: that would take minutes
    run_state_machine_as_test(
        LivesHere, settings=settings(max_examples=8, stateful_step_count=60, phases=quick)
    )
