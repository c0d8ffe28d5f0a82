"""Minors and consent (未成年人和告知同意): what is still wanting, as remarks that bar nothing.

Of a child under fourteen personal data is handled with the consent of a guardian (个人信息保护法 第三十一条).
"""

from datetime import date

from mediator.domain.case import Case
from mediator.domain.people import Party

CHILD = 14
"""周岁 under which a guardian has to consent (个人信息保护法 第三十一条)."""


def wanting(case: Case, today: date) -> list[str]:
    """What is missing for the minors of a case, one whole sentence each; by their age when the case was registered."""
    on = min(today, case.registered_on)
    return [words for party in case.parties if party.is_minor(on) for words in _of(party, on)]


def _of(party: Party, on: date) -> list[str]:
    found = []
    if party.lacks_guardian(on):
        found.append(f"当事人{party.name}未满十八周岁，还没有填监护人。")
    if party.consented_on is None:
        age = party.age(on)
        child = age is not None and age < CHILD
        found.append(
            f"当事人{party.name}未满十四周岁，处理其个人信息应当取得监护人同意（个人信息保护法第三十一条），还没有填同意日期。"
            if child
            else f"当事人{party.name}未满十八周岁，还没有填个人信息告知同意日期，建议由本人和监护人一起签署告知书。"
        )
    return found
