"""The places to sign (签名处): everyone has an own one."""

from collections.abc import Iterator
from datetime import date

from mediator.domain.case import Case
from mediator.domain.codes import Proxy, Side
from mediator.domain.people import Party, Representative
from mediator.forms.parties import head_of, is_body
from mediator.forms.words import prose
from mediator.paper.blocks import Signature, Signatures

INCAPABLE_UNDER = 8
"""周岁 below which only the guardian acts for a child （民法典 第二十条）."""


def of_parties(case: Case, on: date, *sides: Side) -> Signatures:
    """A place for every party of the sides (of all, if none is named) and for all who act for them."""
    places: list[Signature] = []
    for side in sides or Side:
        parties = case.side(side) or ([] if side is Side.THIRD else [Party(side=side)])
        places += [_own(party) for party in parties if not _too_young(party, on)]
        places += _acting(side, parties, on)
    return Signatures(tuple(places))


def of_staff(role: str, names: list[str]) -> Signatures:
    """A place for each, at least one."""
    return Signatures(tuple(Signature(f"{role}{name}") for name in names or [""]))


def _own(party: Party) -> Signature:
    role = f"{party.side.label}{party.name or ''}"
    if not is_body(party):
        return Signature(role, fingerprint=True)
    head = head_of(party)
    return Signature(role, f"{prose(Proxy.HEAD.label)}{head.name if head else ''}签名，并加盖单位印章")


def _too_young(party: Party, on: date) -> bool:
    age = party.age(on)
    return age is not None and age < INCAPABLE_UNDER


def _acting(side: Side, parties: list[Party], on: date) -> Iterator[Signature]:
    """One who acts for several signs once; a delegate who is a party has a place already."""
    own = {party.name for party in parties}
    acting: dict[tuple[Proxy, str, str], list[Representative]] = {}
    for one in (r for party in parties for r in party.representatives if r is not head_of(party)):
        if one.proxy is not Proxy.DELEGATE or one.name not in own:
            acting.setdefault((one.proxy, one.name, one.id_number), []).append(one)
    for (proxy, name, _), rows in acting.items():
        principals = "、".join(row.party.name for row in rows)
        relation = f"（{rows[0].relation}）" if len(rows) == 1 and rows[0].relation else ""
        note = prose(f"{side.label}{principals}的{proxy.label}{relation}")
        yield Signature(f"{proxy.label}{name}", note, fingerprint=True)
    for party in parties:
        if party.lacks_guardian(on):
            label = Proxy.GUARDIAN.label
            yield Signature(label, f"{side.label}{party.name}的{label}", fingerprint=True)
