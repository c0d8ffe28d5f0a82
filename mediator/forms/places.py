"""The places to sign (签名处): everyone has an own one."""

from collections.abc import Iterator
from datetime import date

from mediator.domain.case import Case
from mediator.domain.codes import Proxy, Side
from mediator.domain.people import Party, Representative
from mediator.domain.wording import prose
from mediator.forms.parties import is_body, of_side
from mediator.paper.blocks import Block, Seal, Signature, Signatures

INCAPABLE_UNDER = 8
"""周岁 below which only the guardian acts for a child (民法典 第二十条)."""


def of_parties(case: Case, on: date, *sides: Side, seals: bool = False) -> tuple[Block, ...]:
    """Places for the parties of the sides (of all, if none is named) and for all who act for them.

    For a body its representatives sign; with ``seals`` there is a place for its seal too.
    """
    blocks: list[Block] = []
    for side in sides or Side:
        parties = of_side(case, side)
        own = [Signature(_role(p), fingerprint=True) for p in parties if _signs_itself(p, on)]
        blocks.append(Signatures((*own, *_acting(side, parties), *_wanting(parties, on))))
        if seals:
            blocks += [Seal(_role(party), "") for party in parties if is_body(party)]
    return tuple(blocks)


def of_staff(role: str, names: list[str]) -> Signatures:
    """A place for each, at least one."""
    return Signatures(tuple(Signature(f"{role}{name}") for name in names or [""]))


def _role(party: Party) -> str:
    return f"{party.side.label}{party.name}"


def _signs_itself(party: Party, on: date) -> bool:
    age = party.age(on)
    return not is_body(party) and (age is None or age >= INCAPABLE_UNDER)


def _acting(side: Side, parties: list[Party]) -> Iterator[Signature]:
    """One who acts for several signs once; a delegate who is a party has a place already."""
    own = {party.name for party in parties}
    acting: dict[tuple[Proxy, str, str], list[Representative]] = {}
    for one in (representative for party in parties for representative in party.representatives):
        if one.proxy is not Proxy.DELEGATE or one.name not in own:
            acting.setdefault((one.proxy, one.name, one.id_number), []).append(one)
    for (proxy, name, _), rows in acting.items():
        principals = "、".join(row.party.name for row in rows)
        relation = rows[0].relation if len(rows) == 1 and proxy is not Proxy.HEAD else ""
        note = f"{side.label}{principals}的{proxy.label}" + (f"（{relation}）" if relation else "")
        yield Signature(prose(f"{proxy.label}{name}"), prose(note), fingerprint=proxy is not Proxy.HEAD)


def _wanting(parties: list[Party], on: date) -> Iterator[Signature]:
    """Empty places for those who have to act for a party and are not entered yet."""
    for party in parties:
        if party.lacks_guardian(on):
            yield Signature(Proxy.GUARDIAN.label, f"{_role(party)}的{Proxy.GUARDIAN.label}", fingerprint=True)
        if is_body(party) and not party.representatives:
            head = prose(Proxy.HEAD.label)
            yield Signature(head, f"{_role(party)}的{head}")
