"""What stands on a paper, without saying how it is drawn.

A form builds a `Paper`; the writers (`text`, `pdf`, `docx`) set it. The JSON of an issued paper is kept, so a
reprint has the same words for ever. Lengths are millimetres. Texts are `str` or a tuple of `Run`; a line end
in a text starts a new line (in a `Para`: a new paragraph of the same kind).
"""

import json
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import accumulate, pairwise
from math import inf
from typing import Literal, TypeAlias, get_args

from mediator.paper.clean import clean

FORMAT = 1

_LATER = {"later": True}
"""Marks a field that kept papers of before do not have: it is kept only where it says something."""

Align: TypeAlias = Literal["justify", "left", "center", "right"]
ChartKind: TypeAlias = Literal["bars", "line", "share"]


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    underline: bool = False


Text: TypeAlias = str | tuple[Run, ...]


def runs(text: Text) -> tuple[Run, ...]:
    """Return the text as cleaned runs: none empty, no two neighbours of the same style."""
    parts = (Run(text),) if isinstance(text, str) else text
    result: list[Run] = []
    for part in parts:
        words = clean(part.text)
        if not words:
            continue
        if result and (result[-1].bold, result[-1].underline) == (part.bold, part.underline):
            words = result.pop().text + words
        result.append(Run(words, part.bold, part.underline))
    return tuple(result)


def plain(text: Text) -> str:
    """Return the bare words of a text."""
    return "".join(run.text for run in runs(text))


def number(value: float) -> str:
    """Return a number as charts print it: 12, 2873.8, 0.05."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _one_line(words: str) -> str:
    return clean(words).replace("\n", " ")


def _clean_lines(block: object, *names: str) -> None:
    for name in names:
        object.__setattr__(block, name, _one_line(getattr(block, name)))


class _Worded:
    """A block whose `text` is kept as runs, so that equal papers compare equal."""

    text: Text

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", runs(self.text))


@dataclass(frozen=True)
class Title(_Worded):
    """The name of the paper (标题), centred, in 小标宋."""

    text: Text


@dataclass(frozen=True)
class Heading(_Worded):
    """A sub-heading in 黑体; stays with what follows."""

    text: Text


@dataclass(frozen=True)
class Number(_Worded):
    """The number of the paper (文号), on the right."""

    text: Text


@dataclass(frozen=True)
class Para(_Worded):
    """A paragraph of body text in 仿宋; `indent` sets the first line in by two characters."""

    text: Text
    align: Align = "justify"
    indent: bool = True


@dataclass(frozen=True)
class Note(_Worded):
    """A remark in small type (备注, 说明)."""

    text: Text


@dataclass(frozen=True)
class Cell(_Worded):
    """A box of a table. `span`: columns taken; `height`: least height, mm; `label`: a centred caption."""

    text: Text
    bold: bool = False
    align: Align = "left"
    span: int = 1
    height: float = 0.0
    label: bool = False


@dataclass(frozen=True)
class Grid:
    """A ruled form (表格). `widths`: shares of the text width, one per column.

    The spans of a row add up to the number of columns; a row that does not raises ValueError. `groups`: how many
    rows, counted from the first, belong together (all about one person) and stay on one page, group after group;
    rows behind the last group stand for themselves.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    groups: tuple[int, ...] = field(default=(), metadata=_LATER)

    def __post_init__(self) -> None:
        if any(count < 1 for count in self.groups) or sum(self.groups) > len(self.rows):
            raise ValueError(f"{self.groups} are not groups of {len(self.rows)} rows")
        for row in self.rows:
            if sum(cell.span for cell in row) != len(self.widths):
                raise ValueError(f"a row of {[plain(cell.text) for cell in row]} does not fill {self.widths}")

    @property
    def bounds(self) -> list[tuple[int, int]]:
        """The number of each group's first row, and of the row after its last."""
        return list(pairwise([0, *accumulate(self.groups)]))


@dataclass(frozen=True)
class Listing:
    """A ruled table with a head row that is repeated on every page (清单). One width and align per column.

    `small`: in small type (五号) with narrow rows, as tables of figures and long lists have it.
    """

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[float, ...]
    align: tuple[Align, ...]
    small: bool = field(default=False, metadata=_LATER)

    def __post_init__(self) -> None:
        object.__setattr__(self, "head", tuple(runs(text) for text in self.head))
        object.__setattr__(self, "rows", tuple(tuple(runs(text) for text in row) for row in self.rows))
        if any(len(part) != len(self.widths) for part in (self.head, self.align, *self.rows)):
            raise ValueError("every row of a listing has as many texts as the listing has widths")


@dataclass(frozen=True)
class Signature:
    """One place to sign by hand (签名处). `role`: words before the line; `note`: small words under it."""

    role: str
    note: str = ""
    fingerprint: bool = False
    optional: bool = False
    """Whether the paper is complete without it, as without a recorder or a witness."""

    def __post_init__(self) -> None:
        _clean_lines(self, "role", "note")


@dataclass(frozen=True)
class Signatures:
    """Places to sign, one under another; never alone on a page.

    `together`: who signs sees what is signed: the places, the seal and what stands between them and the table before
    them are on one page with the last row of that table, whatever room that leaves on the page before (see `led`). They
    stand side by side.
    """

    places: tuple[Signature, ...]
    together: bool = field(default=False, metadata=_LATER)


@dataclass(frozen=True)
class Seal:
    """Office and date on the right, with a free place for the seal (印章); never alone on a page."""

    office: str
    date: str

    def __post_init__(self) -> None:
        _clean_lines(self, "office", "date")


@dataclass(frozen=True)
class Lines:
    """Ruled blank lines to write on."""

    count: int


@dataclass(frozen=True)
class Gap:
    """Empty height, mm."""

    mm: float


@dataclass(frozen=True)
class Picture:
    """A picture (照片、图片), as wide as the text or less, its caption under it; ``height``: most, mm.

    ``digest`` is the SHA-256 of its bytes, which the writers are given apart from the paper.
    """

    digest: str
    caption: str = ""
    height: float = 100.0

    def __post_init__(self) -> None:
        _clean_lines(self, "digest", "caption")


@dataclass(frozen=True)
class Chart:
    """A chart (统计图): ``bars`` lie one under another, ``line`` runs over time, ``share`` divides one whole.

    ``series``: a name and a number for each label. Numbers below zero, or too few of them, raise ValueError.
    """

    kind: ChartKind
    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    unit: str = ""

    def __post_init__(self) -> None:
        _clean_lines(self, "title", "unit")
        object.__setattr__(self, "labels", tuple(_one_line(label) for label in self.labels))
        object.__setattr__(
            self, "series", tuple((_one_line(name), tuple(values)) for name, values in self.series)
        )
        numbers = [values for _, values in self.series]
        if self.kind not in get_args(ChartKind) or not numbers or (self.kind == "share" and numbers[1:]):
            raise ValueError(f"no chart of the kind {self.kind} with {len(numbers)} series")
        if any(len(values) != len(self.labels) for values in numbers):
            raise ValueError("every series of a chart has as many numbers as the chart has labels")
        if not all(0 <= value < inf for values in numbers for value in values):
            raise ValueError("a chart shows only numbers from zero upwards")


@dataclass(frozen=True)
class Cut:
    """A dashed line over the whole width where a stub (存根) is cut off, with words in its middle."""

    words: str = ""

    def __post_init__(self) -> None:
        _clean_lines(self, "words")


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


Block: TypeAlias = (
    Title
    | Heading
    | Number
    | Para
    | Note
    | Grid
    | Listing
    | Signatures
    | Seal
    | Lines
    | Gap
    | Picture
    | Chart
    | Cut
    | PageBreak
)


@dataclass(frozen=True)
class Paper:
    """One official paper (文书). `form`: its code; `title`: its name in lists; `number`: for the foot.

    `lying`: its pages lie on their side (横向), for text and broad tables; what is neither keeps the width it has upright.
    """

    form: str
    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    office: str = ""
    lying: bool = field(default=False, metadata=_LATER)

    def __post_init__(self) -> None:
        _clean_lines(self, "form", "title", "number", "office")


def closing(blocks: tuple[Block, ...]) -> frozenset[int]:
    """Return which blocks end the places to sign: paragraphs on the right (the date) directly after them."""
    found: set[int] = set()
    for number, (before, block) in enumerate(pairwise(blocks)):
        follows = isinstance(before, Signatures | Seal) or number in found
        if follows and isinstance(block, Para) and block.align == "right":
            found.add(number + 1)
    return frozenset(found)


MOST_LED = 400
"""Characters of text between a table and places to sign that stay with both; more would not fit on a page."""


def led(blocks: tuple[Block, ...]) -> frozenset[int]:
    """Return which blocks stay on the page of places to sign that are `together`: the texts before them and the table."""
    found: set[int] = set()
    for number, block in enumerate(blocks):
        if not (isinstance(block, Signatures) and block.together):
            continue
        room, mine = MOST_LED, number - 1
        while mine >= 0 and isinstance(text := blocks[mine], Para | Note) and len(plain(text.text)) <= room:
            room -= len(plain(text.text))
            mine -= 1
        first = mine if mine >= 0 and isinstance(blocks[mine], Listing | Grid) else mine + 1
        found.update(range(first, number))
    return frozenset(found)


_KINDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        Run, Title, Heading, Number, Para, Note, Cell, Grid, Listing, Signature, Signatures, Seal, Lines, Gap,
        Picture, Chart, Cut, PageBreak, Paper,
    )
}  # fmt: skip


def dumps(paper: Paper) -> str:
    """Return the paper as canonical JSON: the same paper always gives the same text."""
    tree = {"format": FORMAT, "paper": _tree(paper)}
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def loads(text: str) -> Paper:
    """Return the paper that `dumps` wrote. Raises ValueError for anything else."""
    tree = json.loads(text)
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise ValueError("not a paper of a known format")
    try:
        paper = _value(tree.get("paper"))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("the paper is damaged") from error
    if not isinstance(paper, Paper):
        raise ValueError("not a paper")
    return paper


def _tree(value: object) -> object:
    """Return JSON values: a block becomes an object with its kind under "is", a plain text a string."""
    if isinstance(value, tuple):
        if len(value) == 1 and isinstance(value[0], Run) and value[0] == Run(value[0].text):
            return value[0].text
        return [_tree(item) for item in value]
    if is_dataclass(value):
        kept = (
            f for f in fields(value) if not f.metadata.get("later") or getattr(value, f.name) != f.default
        )
        return {"is": type(value).__name__} | {f.name: _tree(getattr(value, f.name)) for f in kept}
    return value


def _value(tree: object) -> object:
    if isinstance(tree, list):
        return tuple(_value(item) for item in tree)
    if isinstance(tree, dict):
        return _KINDS[tree["is"]](**{name: _value(item) for name, item in tree.items() if name != "is"})
    return tree
