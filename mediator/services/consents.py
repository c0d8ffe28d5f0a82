"""Minors and consent (未成年人和告知同意): what is still wanting, as remarks that bar nothing.

Of a child under fourteen personal data is handled with the consent of a guardian (个人信息保护法 第三十一条).
"""

from datetime import date

from mediator.domain.case import Case
from mediator.domain.people import Party

CHILD = 14
"""周岁 under which a guardian has to consent (个人信息保护法 第三十一条)."""
_PAPER = "《个人信息处理告知同意书》"


def wanting(case: Case, today: date) -> list[str]:
    """What is missing for the minors of a case, one whole sentence a party; by their age when the case was registered."""
    return [words for party in case.parties if (words := of(party, case, today))]


def of(party: Party, case: Case, today: date) -> str:
    """The same for one party, who need not be saved yet; empty if nothing is missing."""
    on = min(today, case.registered_on)
    age = party.age(on)
    if age is None or not party.is_minor(on):
        return ""
    child = age < CHILD
    found = ["请补填监护人"] if party.lacks_guardian(on) else []
    if party.consented_on is None:
        found.append(f"请监护人在{_PAPER}上签字" if child else f"建议本人和监护人在{_PAPER}上签字")
        found.append("再补填同意日期" + ("（个人信息保护法第三十一条）" if child else ""))
    return f"当事人{party.name}未满{'十四' if child else '十八'}周岁：{'，'.join(found)}。" if found else ""
