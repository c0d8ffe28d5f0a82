"""Many natural persons on one side (人数众多的一方): one a line under a head that is repeated on every page."""

from collections.abc import Iterator
from datetime import date

from mediator.domain.codes import IdKind, Proxy
from mediator.domain.people import Party, Representative
from mediator.forms.party_cells import Row, described, pair
from mediator.paper.blocks import Align, Listing, Run, Text

MANY = 3
"""Up to so many persons on a side have a table of their own each."""

_HEAD = ("姓名", "性别", "民族", "年龄", "职业或职务")
_WIDTHS = (58.0, 34.0, 40.0, 38.0, 46.0, 118.0, 114.0)
_ALIGN: tuple[Align, ...] = ("left", "center", "center", "center", "left", "left", "left")


def people(parties: list[Party], on: date, documents: bool) -> Listing:
    """The roll, ages as of a day; with ``documents`` their numbers stand under the telephone."""
    head = (*_HEAD, "联系方式、证件号码" if documents else "联系方式", "单位或住址")
    return Listing(head, tuple(_line(party, on, documents) for party in parties), _WIDTHS, _ALIGN)


def acting(parties: list[Party], on: date, documents: bool) -> Iterator[Row]:
    """Those who act for persons of the roll, each once, and guardians still to be named; delegates come apart."""
    found: dict[tuple[Proxy, str, str], list[Representative]] = {}
    for one in (one for party in parties for one in party.representatives if one.proxy is not Proxy.DELEGATE):
        found.setdefault((one.proxy, one.name, one.id_number), []).append(one)
    for (proxy, _, _), rows in found.items():
        whose = "、".join(row.party.name for row in rows)
        yield pair(proxy.label, f"{whose}的{proxy.label}{described(rows[0], documents)}")
    for party in parties:
        if party.lacks_guardian(on):
            yield pair(Proxy.GUARDIAN.label, f"{party.name}的{Proxy.GUARDIAN.label}：")


def _line(party: Party, on: date, documents: bool) -> tuple[Text, ...]:
    age = party.age(on)
    return (
        (Run(party.name, bold=True),),
        party.sex.label if party.sex else "",
        party.ethnicity,
        "" if age is None else f"{age}岁",
        party.occupation,
        " ".join(filter(None, (party.phone, _number(party) if documents else ""))),
        "；".join(filter(None, (party.employer, party.address))),
    )


def _number(party: Party) -> str:
    """The number of the document; of one that is no identity card with its kind."""
    kind = "" if party.id_kind is IdKind.RESIDENT else f"{party.id_kind.label} "
    return f"{kind}{party.id_number}" if party.id_number else ""
