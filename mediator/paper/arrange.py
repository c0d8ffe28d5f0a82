"""Which places to sign stand side by side, and which beside a seal."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from mediator.paper.blocks import Block, Para, Seal, Signature, Signatures
from mediator.paper.styles import (
    BODY,
    COLUMN_GAP,
    FINGER,
    HAND_HEIGHT,
    MM,
    NOTE,
    SEAL_HEIGHT,
    SHORT_LINE,
    SIGN_HEIGHT,
    SIGN_LINE,
    TEXT_WIDTH,
)  # fmt: skip

FEW = 6
"""Up to so many places to sign stand one under another, each on a line of its own."""
ABREAST = 3
"""So many places that are `together` stand side by side, as at the foot of a table of figures."""

Measure: TypeAlias = Callable[[str], float]
"""Tells how wide a text is in body type, points."""


@dataclass(frozen=True)
class Spot:
    """A place to sign and where it stands, points. `left`: from the left edge of the text; `end`: of its line.

    `above`: its role stands over the line, not before it. `box`: left edge of the box for a fingerprint.
    """

    place: Signature
    left: float = 0.0
    width: float = TEXT_WIDTH
    end: float = TEXT_WIDTH - FINGER - 6 * MM
    above: bool = False

    @property
    def box(self) -> float:
        """Left edge of the box for a fingerprint."""
        return self.left + self.width - FINGER

    @property
    def room(self) -> float:
        """Width the role may take, points."""
        if self.above:
            return self.end - self.left
        return self.end - self.left - (SIGN_LINE if self.width == TEXT_WIDTH else SHORT_LINE)

    @property
    def height(self) -> float:
        """Least height of the place down to the foot of its line, points."""
        least = FINGER + 4 * MM if self.place.fingerprint else SIGN_HEIGHT
        return max(least, BODY.leading + HAND_HEIGHT) if self.above else least


@dataclass(frozen=True)
class Row:
    """Columns of places to sign side by side, and perhaps the seal of a body on their right."""

    columns: tuple[tuple[Spot, ...], ...]
    seal: Seal | None = None
    left: float = TEXT_WIDTH
    """Where the seal begins, points from the left edge of the text."""


Item: TypeAlias = Row | Seal | Para


def arranged(blocks: Sequence[Block], measure: Measure, dense: bool = False) -> list[Item]:
    """Return what stands under one another: rows of places, seals, and the paragraphs (the date) that end them.

    Two places share a row if there are many, or if `dense` asks for it; two blocks do so only if each is one place.
    Three share one if they are `together`.
    """
    signed = [block for block in blocks if isinstance(block, Signatures)]
    many = sum(len(block.places) for block in signed) > FEW
    most = ABREAST if any(block.together for block in signed) else 2 if dense or many else 1
    result: list[Item] = []
    places: list[Signature] = []
    for block, after in pairwise((*blocks, None)):
        if isinstance(block, Signatures):
            places += block.places
            if isinstance(after, Signatures) and len(block.places) == len(after.places) == 1:
                continue
            beside = _beside(block.places, after, measure) if isinstance(after, Seal) else None
            alone = places[: len(places) - len(beside.columns[0])] if beside else places
            result += [*_rows(alone, most, measure), *([beside] if beside else [])]
            places = []
        elif isinstance(block, Seal | Para) and not _shown(block, result):
            result.append(block)
    return result


def _shown(block: Seal | Para, items: Sequence[Item]) -> bool:
    """Tell whether a seal stands beside the places before it already."""
    last = items[-1] if items else None
    return isinstance(last, Row) and last.seal is block


def _rows(places: Sequence[Signature], most: int, measure: Measure) -> Iterator[Row]:
    """Give the places with up to so many to a row, as far as all of the row have room side by side."""
    number = 0
    while number < len(places):
        counts = range(min(most, len(places) - number), 1, -1)
        tried = (_abreast(places[number : number + count], measure) for count in counts)
        spots = next((spots for spots in tried if spots), ())
        yield Row(tuple((spot,) for spot in spots or [Spot(places[number])]))
        number += len(spots) or 1


def _abreast(places: Sequence[Signature], measure: Measure) -> tuple[Spot, ...]:
    """Return places side by side, their roles all before their lines or all above.

    Nothing if they do not fit, or if only some of them have a fingerprint.
    """
    if len({place.fingerprint for place in places}) > 1:
        return ()
    width = (TEXT_WIDTH - (len(places) - 1) * COLUMN_GAP) / len(places)
    for above in (False, True):
        spots = [_narrow(place, width, above) for place in places]
        if all(_fits(spot, measure) for spot in spots):
            shifts = [number * (width + COLUMN_GAP) for number in range(len(spots))]
            return tuple(
                replace(spot, left=shift, end=spot.end + shift)
                for spot, shift in zip(spots, shifts, strict=True)
            )
    return ()


def _beside(places: Sequence[Signature], seal: Seal, measure: Measure) -> Row | None:
    """Return the last places, which sign for a body, with its seal on their right; None if they do not fit.

    A place signs for a body if it is the only one, or if its small words name the body. More of them are taken, from
    the last one upwards, until they are as high as the seal. The name of the body stands in two lines.
    """
    name = measure(seal.office)
    if seal.date or not 0 < name < TEXT_WIDTH - BODY.size:
        return None
    left = TEXT_WIDTH - max(SEAL_HEIGHT, name / 2 + BODY.size)
    spots: list[Spot] = []
    for place in reversed(places):
        tried = (_narrow(place, left - COLUMN_GAP, above) for above in (False, True))
        spot = next((spot for spot in tried if _fits(spot, measure)), None)
        named = seal.office in place.note or len(places) == 1
        if spot is None or not named or sum(_whole(spot) for spot in spots) >= SEAL_HEIGHT:
            break
        spots.insert(0, spot)
    return Row((tuple(spots),), seal, left) if spots else None


def _narrow(place: Signature, width: float, above: bool) -> Spot:
    return Spot(place, 0.0, width, width - (FINGER + 3 * MM if place.fingerprint else 0.0), above)


def _fits(spot: Spot, measure: Measure) -> bool:
    return spot.end - spot.left >= SHORT_LINE and measure(f"{spot.place.role}：") <= spot.room


def _whole(spot: Spot) -> float:
    return spot.height + (NOTE.leading if spot.place.note else 0.0)
