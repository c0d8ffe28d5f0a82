"""The places to sign (签名处): everyone has an own one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from mediator.domain.case import Case
from mediator.domain.codes import Proxy, Side
from mediator.domain.people import Party, Representative
from mediator.domain.wording import prose
from mediator.forms.parties import is_body, of_side
from mediator.paper.blocks import Block, Seal, Signature, Signatures

INCAPABLE_UNDER = 8
"""周岁 below which only the guardian acts for a child (民法典 第二十条)."""


def of_parties(case: Case, on: date, *sides: Side, seals: bool = False, role: str = "") -> tuple[Block, ...]:
    """Places for the parties of the sides (of all, if none is named) and for all who act for them.

    For a body its representatives sign; with ``seals`` there is a place for its seal too. They are called by
    their side, or all by one ``role``.
    """
    blocks: list[Block] = []
    for side in sides or Side:
        blocks += _of(of_side(case, side), on, role or side.label, seals, tuple(Proxy))
    return tuple(blocks)


def acknowledging(case: Case, on: date) -> tuple[Block, ...]:
    """Places where all of them consent to something or acknowledge it; no fingerprint is asked."""
    return tuple(
        Signatures(tuple(replace(place, fingerprint=False) for place in block.places))
        for block in of_parties(case, on)
        if isinstance(block, Signatures)
    )


def of_themselves(parties: list[Party], on: date, role: str) -> tuple[Block, ...]:
    """Places for what parties have to do themselves, without their agents: give a power, take money.

    For a body its head signs beside its seal; the guardians of a minor sign too.
    """
    return tuple(_of(parties, on, role, True, (Proxy.GUARDIAN, Proxy.HEAD)))


def of_staff(role: str, names: list[str], *, optional: bool = False) -> Signatures:
    """A place for each, at least one; the paper may be complete without an optional one."""
    return Signatures(tuple(Signature(f"{role}{name}", optional=optional) for name in names or [""]))


def _of(
    parties: list[Party], on: date, role: str, seals: bool, proxies: tuple[Proxy, ...]
) -> Iterator[Block]:
    own = [Signature(f"{role}{p.name}", fingerprint=True) for p in parties if _signs_itself(p, on)]
    yield Signatures((*own, *_acting(role, parties, proxies), *_wanting(role, parties, on, proxies)))
    if seals:
        yield from (Seal(f"{role}{party.name}", "") for party in parties if is_body(party))


def _signs_itself(party: Party, on: date) -> bool:
    age = party.age(on)
    return not is_body(party) and (age is None or age >= INCAPABLE_UNDER)


def _acting(role: str, parties: list[Party], proxies: tuple[Proxy, ...]) -> Iterator[Signature]:
    """One who acts for several signs once; a delegate who is a party has a place already.

    An agent beside a person who signs as well may be wanting.
    """
    own = {party.name for party in parties}
    acting: dict[tuple[Proxy, str, str], list[Representative]] = {}
    for one in (one for party in parties for one in party.representatives if one.proxy in proxies):
        if one.proxy is not Proxy.DELEGATE or one.name not in own:
            acting.setdefault((one.proxy, one.name, one.id_number), []).append(one)
    for (proxy, name, _), rows in acting.items():
        principals = "、".join(row.party.name for row in rows)
        relation = rows[0].relation if len(rows) == 1 and proxy is not Proxy.HEAD else ""
        note = f"{role}{principals}的{proxy.label}" + (f"（{relation}）" if relation else "")
        yield Signature(
            prose(f"{proxy.label}{name}"), prose(note), fingerprint=proxy is not Proxy.HEAD,
            optional=proxy is Proxy.AGENT and not any(is_body(row.party) for row in rows),
        )  # fmt: skip


def _wanting(role: str, parties: list[Party], on: date, proxies: tuple[Proxy, ...]) -> Iterator[Signature]:
    """Empty places for those who have to act for a party and are not entered yet."""
    for party in parties:
        whose = f"{role}{party.name}"
        if party.lacks_guardian(on):
            yield Signature(Proxy.GUARDIAN.label, f"{whose}的{Proxy.GUARDIAN.label}", fingerprint=True)
        if is_body(party) and not any(one.proxy in proxies for one in party.representatives):
            head = prose(Proxy.HEAD.label)
            yield Signature(head, f"{whose}的{head}")
