"""What is no case is not changed by whoever may look: screenings, prices, phrases, tables of one's own, people, losses."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from audit_trail import TODAY, colleague
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.codes import Role
from mediator.domain.errors import Refusal
from mediator.domain.people import Staff
from mediator.services import custom_specs, documents, losses, phrases, prices, screenings
from mediator.services.transaction import reading, transaction

SCREENING = {"screened_on": "2026-11-01", "area": "滨江路 12 号"}
PRICE = {"level": "simple", "valid_from": "2026-01-01", "settled": "200"}
SPEC = {"rows": "kind", "period": {"from": "2026-01-01", "until": "2026-11-01"}}
VERBS: dict[str, Callable[[Session], object]] = {
    "screening": lambda s: screenings.put(s, SCREENING, today=TODAY), "no screening": lambda s: screenings.drop(s, 1),
    "price": lambda s: prices.put(s, PRICE), "no price": lambda s: prices.drop(s, 1),
    "phrase": lambda s: phrases.put(s, {"words": "经核对无误。"}), "no phrase": lambda s: phrases.drop(s, 1),
    "table": lambda s: custom_specs.save(s, "表", custom_specs.read(SPEC), replace=True),
    "no table": lambda s: custom_specs.remove(s, "表"),
}  # fmt: skip
MAY = {
    Role.LEADER: set(VERBS), Role.MEDIATOR: set(VERBS) - {"price", "no price"},
    Role.STATISTICIAN: {"screening", "no screening", "table", "no table"},
    Role.ADMINISTRATOR: {"price", "no price", "phrase", "no phrase", "table", "no table"},
    Role.AUDITOR: set(), Role.RECEIVER: set(),
}  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_each_role_changes_what_its_work_needs(engine: Engine, role: Role) -> None:
    who = colleague(engine, "一位同事", role)
    with transaction(engine, "") as session:
        for name in ("screening", "price", "phrase", "table"):
            VERBS[name](session)
    done = set()
    for name, verb in VERBS.items():
        try:
            with transaction(engine, who) as session:
                verb(session)
        except Refusal as refusal:
            if "您的账号不能" in str(refusal):
                continue
        done.add(name)
    assert done == MAY[role]


def test_a_case_enters_nobody_into_the_staff_for_who_may_not(engine: Engine) -> None:
    who = colleague(engine, "一位同事")
    raw: dict[str, Any] = {
        "registered_on": "2026-11-01", "kind": "neighbour", "summary": "漏水。", "assignments": [{"staff": "幽灵人"}],
        "parties": [{"side": "applicant", "name": "王𬎆"}, {"side": "respondent", "name": "钱龘"}],
    }  # fmt: skip
    with pytest.raises(Refusal, match="名单里没有“幽灵人”"), transaction(engine, who) as session:
        documents.register(session, raw, by=who, today=TODAY)
    with Session(engine) as session:
        assert "幽灵人" not in session.scalars(select(Staff.name)).all()
    with transaction(engine, "陈志华") as session:
        documents.register(session, raw, by="陈志华", today=TODAY)


@pytest.mark.parametrize("role", list(Role))
def test_what_left_the_house_is_told_to_who_may_read_the_audit(engine: Engine, role: Role) -> None:
    who = colleague(engine, "一位同事", role)
    with reading(engine, who) as session:
        if role in (Role.LEADER, Role.AUDITOR):
            assert losses.media(session) == []
            return
        for verb in (lambda: losses.media(session), lambda: losses.of_medium(session, "", datetime.now())):
            with pytest.raises(Refusal, match="不能查看审计记录"):
                verb()
