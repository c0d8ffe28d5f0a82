"""Numbers of people with stars in them (号码遮盖), as lists on the screen show them.

Only what is shown in lists is masked: files that are kept and official papers on paper have the whole number, and so
has the form of a party, for those who may work on the case (个人信息保护法 第五十一条第三项, 去标识化).
"""

import re

STAR = "*"
_HEAD, _TAIL = 3, 4
"""Characters that stay at either end."""
_PERSON = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|[0-9]{15}|1[0-9]{10})(?![0-9A-Za-z])")
"""An identity number of 18 or 15 characters, or a mobile phone."""
_PHONES = re.compile(r"[^、，,；;/\s]+")


def masked_id(number: str) -> str:
    """A number of a document with its first three and last four characters: 440***********1234; a short one has stars only."""
    return _masked(number.strip())


def masked_phone(phones: str) -> str:
    """Phones with their first three and last four digits, 130****0000; of several each, what stands between them stays."""
    return _PHONES.sub(lambda found: _masked(found[0]), phones)


def masked_name(name: str) -> str:
    """The name of another person with its first character alone: 林**."""
    return name[:1] + STAR * 2 if name else ""


def has_number(words: str) -> bool:
    """Whether an identity number or a mobile phone stands in words."""
    return _PERSON.search(words) is not None


def _masked(number: str) -> str:
    hidden = len(number) - _HEAD - _TAIL
    if hidden < 1:  # so short that its ends would tell all of it
        return STAR * len(number)
    return number[:_HEAD] + STAR * hidden + number[-_TAIL:]
