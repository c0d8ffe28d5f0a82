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
        (date(2014, 3, 2), ["还没有填监护人", "第三十一条"]),
        (date(2012, 3, 2), ["还没有填监护人", "第三十一条"]),
        (date(2012, 3, 1), ["还没有填监护人", "建议"]),
        (date(2008, 3, 2), ["还没有填监护人", "建议"]),
        (date(2008, 3, 1), []),
        (None, []),
    ],
)
def test_what_is_wanting_goes_by_the_age_at_registration(birth: date | None, wanted: list[str]) -> None:
    found = consents.wanting(case(birth), TODAY)
    assert len(found) == len(wanted)
    assert all(words in sentence for words, sentence in zip(wanted, found, strict=True))
    assert all("钱小龘" in sentence and sentence.endswith("。") for sentence in found)


def test_nothing_is_wanting_once_it_is_entered() -> None:
    asked = case(date(2014, 3, 2), representatives=[mother()])
    assert len(consents.wanting(asked, TODAY)) == 1
    asked.parties[1].consented_on = REGISTERED
    assert consents.wanting(asked, TODAY) == []
