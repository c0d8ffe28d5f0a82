"""One person's data on request: all of it is told, nothing of others, and the audit says why it was looked up."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, select

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, Role
from mediator.domain.errors import Refusal
from mediator.domain.people import Staff
from mediator.paper import text
from mediator.services import agreements, cases, documents, parts, sheets, subject_data, subject_paper
from mediator.services.subject_data import ASKERS, Request, Stored
from mediator.services.transaction import reading, transaction

BY = "陈志华"
NAME, NUMBER, PHONE = "林䶮芬", "00000019900101002X", "13000000001"
OTHER, OTHER_NUMBER, MOTHER = "阿卜杜热合曼·买买提", "000000198001010018", "钱龘"
SECRET = "他说阿卜杜热合曼欠过别人钱"
ASKED = Request(NAME, NUMBER, ASKERS[0], "核对居民身份证原件", "要看自己的记录")


def entered(engine: Engine, parties: list[dict[str, object]], summary: str = "楼上漏水。") -> int:
    with transaction(engine, BY) as session:
        raw = {"registered_on": "2026-10-02", "kind": "neighbour", "summary": summary, "parties": parties}
        return documents.register(session, raw, by=BY, today=date.today()).id


@pytest.fixture
def stored(engine: Engine) -> Engine:
    mine: dict[str, object] = {
        "side": "applicant",
        "name": NAME,
        "id_number": NUMBER,
        "phone": PHONE,
        "note": "听力不好",
        "representatives": [{"proxy": "agent", "name": MOTHER, "relation": "母亲", "phone": "13000000002"}],
    }
    his: dict[str, object] = {
        "side": "respondent",
        "name": OTHER,
        "id_number": OTHER_NUMBER,
        "phone": "13000000003",
    }
    case_id = entered(engine, [mine, his], SECRET)
    with transaction(engine, BY) as session:
        case = cases.load(session, case_id)
        item = {"kind": "money", "debtor": "respondent", "creditor": "applicant", "amount": "1.5万"}
        parts.put(session, case, "sessions", {"held_at": "2026-10-05T14:00", "record": SECRET}, by=BY)
        agreements.put(session, case, {"items": [item], "terms": SECRET}, by=BY)
    acting: dict[str, object] = {
        "side": "applicant",
        "name": "马秀英",
        "representatives": [{"proxy": "guardian", "name": NAME, "phone": PHONE, "relation": "姨母"}],
    }
    entered(engine, [acting, {**his, "id_number": ""}])
    entered(engine, [{"side": "applicant", "name": NAME, "phone": "13999999999"}, his])
    entered(engine, [{"side": "applicant", "name": "周文谦"}, his], f"收条上写着 {NUMBER}。")
    return engine


def asked(engine: Engine, request: Request = ASKED, by: str = BY) -> Stored:
    with transaction(engine, by) as session:
        return subject_data.of_person(session, request)


def test_everything_about_the_person_and_nothing_about_others(stored: Engine) -> None:
    found = asked(stored)
    words = "\n".join(f"{line.what}：{line.words}" for line in found.lines)
    for told in (
        NUMBER,
        PHONE,
        "听力不好",
        "委托代理人：钱**（母亲）",
        "协议：应向其履行：给付 15000.00 元",
        "调解笔录：2026年10月5日",
    ):
        assert told in words, told
    for hidden in (OTHER, OTHER_NUMBER, MOTHER, "13000000002", "13000000003", SECRET, "欠过"):
        assert hidden not in words, hidden
    assert len(found.numbers) == 1
    assert found.namesakes == 2
    assert len(found.elsewhere) == 1


def test_a_telephone_finds_also_where_the_person_acts_for_another(stored: Engine) -> None:
    found = asked(stored, Request(NAME, PHONE, ASKERS[0], "核对证件"))
    assert len(found.numbers) == 2
    assert "申请人马**" in [line.words for line in found.lines]
    assert found.namesakes == 1


def test_the_lookup_is_recorded_without_the_name(stored: Engine) -> None:
    numbers = asked(stored).numbers
    with reading(stored, BY) as session:
        entry = session.scalars(select(Entry).where(Entry.action == Action.VIEWED)).one()
    assert numbers[0] in entry.detail
    assert entry.reason == "申请人：本人；核验：核对居民身份证原件；要看自己的记录"
    assert NAME not in entry.detail + entry.reason


@pytest.mark.parametrize(
    "request_", [Request(NAME, "", "本人", "核对"), Request(NAME, "123", "本人", "核对"), Request("", NUMBER, "本人", "核对"),
                 Request(NAME, NUMBER, "本人", " ")],
)  # fmt: skip
def test_nothing_is_told_without_number_and_check(stored: Engine, request_: Request) -> None:
    with pytest.raises(Refusal):
        asked(stored, request_)


def test_only_who_sees_all_cases_hands_it_over(stored: Engine) -> None:
    with transaction(stored, BY) as session:
        session.add(Staff(name="马秀英", roles=Role.MEDIATOR.value))
    with pytest.raises(Refusal, match="负责人"):
        asked(stored, by="马秀英")


def test_paper_and_spreadsheet_say_the_same(stored: Engine) -> None:
    found = asked(stored)
    with reading(stored, BY) as session:
        today = date.today()
        words = text.write(subject_paper.paper(session, ASKED, found, today))
        data = sheets.write(subject_paper.sheet(session, ASKED, found, today), "xlsx")
        none = text.write(subject_paper.paper(session, ASKED, Stored((), (), (), 0), today))
    cells = {str(cell.value) for line in load_workbook(BytesIO(data)).worksheets[0] for cell in line}
    for line in found.lines:
        assert line.words in cells
    for told in (NUMBER, PHONE, "领取人", found.numbers[0], "第四十五条"):
        assert told in words
    for kept in (words, "".join(cells)):
        assert OTHER not in kept
        assert SECRET not in kept
    assert "没有存储" in none


def test_a_discarded_case_is_told_too(stored: Engine) -> None:
    number = asked(stored).numbers[0]
    with transaction(stored, BY) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        case.discarded_on = case.registered_on
    assert "已作废" in [line.words for line in asked(stored).lines]
