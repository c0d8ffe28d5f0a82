"""Minors: what is wanting is said by their age, and bars nothing."""

from datetime import date

import pytest

from mediator.domain.case import Case
from mediator.domain.codes import PartyType, Proxy, Side
from mediator.domain.people import Party, Representative
from mediator.services import consents

REGISTERED = date(2026, 3, 1)
TODAY = date(2026, 11, 21)


def case(birth: date | None, **fields: object) -> Case:
    party = Party(side=Side.APPLICANT, name="钱小龘", birth_on=birth, type=PartyType.PERSON, **fields)
    return Case(registered_on=REGISTERED, parties=[Party(name="周文谦", birth_on=date(1980, 1, 1)), party])


def mother() -> Representative:
    return Representative(proxy=Proxy.GUARDIAN, name="林淑芬")


@pytest.mark.parametrize(
    ("birth", "wanted"),
    [
        (date(2014, 3, 2), ["十四周岁：请补填监护人，请监护人在", "第三十一条"]),
        (date(2012, 3, 2), ["十四周岁：请补填监护人，请监护人在", "第三十一条"]),
        (date(2012, 3, 1), ["十八周岁：请补填监护人，建议", "再补填同意日期。"]),
        (date(2008, 3, 2), ["十八周岁：请补填监护人，建议", "再补填同意日期。"]),
        (date(2008, 3, 1), []),
        (None, []),
    ],
)
def test_what_is_wanting_goes_by_the_age_at_registration(birth: date | None, wanted: list[str]) -> None:
    found = consents.wanting(case(birth), TODAY)
    assert len(found) == bool(wanted)
    assert all(words in found[0] for words in wanted)
    assert all("钱小龘" in sentence and sentence.endswith("。") for sentence in found)


def test_nothing_is_wanting_once_it_is_entered() -> None:
    asked = case(date(2014, 3, 2), representatives=[mother()])
    assert consents.wanting(asked, TODAY) == [
        "当事人钱小龘未满十四周岁：请监护人在《个人信息处理告知同意书》上签字，再补填同意日期（个人信息保护法第三十一条）。"
    ]
    alone = case(date(2014, 3, 2), consented_on=REGISTERED)
    assert consents.wanting(alone, TODAY) == ["当事人钱小龘未满十四周岁：请补填监护人。"]
    asked.parties[1].consented_on = REGISTERED
    assert consents.wanting(asked, TODAY) == []
