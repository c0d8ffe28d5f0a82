"""What the tables of parties (当事人) are made of: rows with a caption, people in words."""

from mediator.domain.people import Identified, Representative
from mediator.domain.wording import prose
from mediator.paper.blocks import Cell

WIDTHS = (26.0, 40.0, 13.0, 12.0, 13.0, 20.0, 13.0, 21.0)
"""Shares: caption and name, then three pairs of a short caption and a short value."""

Row = tuple[Cell, ...]


def label(caption: str, span: int = 1) -> Cell:
    """A caption."""
    return Cell(prose(caption), label=True, span=span)


def pair(caption: str, value: str) -> Row:
    """A whole row: a caption and what stands beside it."""
    return label(caption), Cell(value, span=7)


def document(holder: Identified) -> str:
    """居民身份证 with its number, empty if none is known."""
    return f"{holder.id_kind.label} {holder.id_number}" if holder.id_number else ""


def described(one: Representative, documents: bool) -> str:
    """One who acts for a party: name, relation, document if asked for, how to reach them, powers."""
    relation = f"（{one.relation}）" if one.relation else ""
    details = (
        document(one) if documents else "",
        f"联系方式{one.phone}" if one.phone else "",
        f"住{one.address}" if one.address else "",
        f"代理权限：{one.powers}" if one.powers else "",
    )
    return "，".join((f"{one.name}{relation}", *filter(None, details)))
