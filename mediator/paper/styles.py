"""Sizes and margins after the habits of official papers (GB/T 9704): points, if not said otherwise."""

from dataclasses import dataclass

from mediator.paper.faces import Role

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
LEFT = 80
"""The binding side (装订边), a little over 28 mm."""
TEXT_WIDTH = 28 * 16
"""28 characters of body text to a line, as in GB/T 9704."""
RIGHT = PAGE_WIDTH - LEFT - TEXT_WIDTH
TOP = BOTTOM = 25.4 * MM
TEXT_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM
FOOT = 16 * MM
"""Height of the page number over the edge: cheap printers leave the last 15 mm white."""


@dataclass(frozen=True)
class Page:
    """A page and the field of its text (版心), points; the white edges around it are the same on all."""

    width: float
    height: float
    text_width: float
    text_height: float


UPRIGHT = Page(PAGE_WIDTH, PAGE_HEIGHT, TEXT_WIDTH, TEXT_HEIGHT)
LYING = Page(PAGE_HEIGHT, PAGE_WIDTH, PAGE_HEIGHT - LEFT - RIGHT, PAGE_WIDTH - TOP - BOTTOM)
"""横向: for broad tables."""


def page(lying: bool) -> Page:
    """The page of a paper that lies on its side, or of one that does not."""
    return LYING if lying else UPRIGHT


@dataclass(frozen=True)
class Style:
    """A typeface role, its size and the height of a line."""

    role: Role
    size: float
    leading: float


TITLE = Style("小标宋", 22, 36)
HEADING = Style("黑体", 16, 28)
BODY = Style("仿宋", 16, 28)
NOTE = Style("宋体", 10.5, 16)
TABLE = Style("仿宋", 12, 19)
FOOTER = Style("宋体", 9, 12)
MARK = Style("宋体", 7, 9)
"""The digits beside the code in the foot."""
STAMP = Style("宋体", 14, 16)
"""The page number in a bound file (页号)."""

CELL_PAD_X, CELL_PAD_Y = 5.0, 4.0


@dataclass(frozen=True)
class Ruled:
    """The type in a ruled table, and the air around the words in its boxes."""

    style: Style
    pad_x: float = CELL_PAD_X
    pad_y: float = CELL_PAD_Y


ROOMY = Ruled(TABLE)
SMALL = Ruled(Style("仿宋", 10.5, 15), 3.0, 2.5)
"""五号: for tables of figures and long lists."""

AROUND_TABLE = 6
SIGN_HEIGHT = 13 * MM
FINGER = 18 * MM
"""Side of the box for a fingerprint (指印)."""
SIGN_LINE = 40 * MM
"""Least length of the line to sign on."""
SHORT_LINE = 23 * MM
"""Least length of the line if another place or a seal stands beside it."""
HAND_HEIGHT = 9 * MM
"""Free height over the line if the role stands above it."""
COLUMN_GAP = 12
"""Air between places to sign that stand side by side."""
SEAL_HEIGHT = 46 * MM
"""A committee's seal is 42 mm across; a little air is left around it."""
PICTURE_AIR = 4
"""Free height over a picture and under it: two of 100 mm stand on one page with a title and a number."""
CUT_HEIGHT, CUT_GAP = 32, 6
CODE = 14 * MM
"""Side of the code (二维码) in the foot; the smallest that a telephone reads from a worn printer."""
CODE_FOOT = 10 * MM
"""Height of the code over the edge: laser printers leave 5 mm white, and the foot has not 15 mm to spare."""
SCAN_LEFT, SCAN_RIGHT, SCAN_TOP, SCAN_BOTTOM = 25 * MM, 10 * MM, 20 * MM, 12 * MM
"""White edges around a page made elsewhere: room to bind it and to stamp its number."""
STAMP_RIGHT, STAMP_TOP = 15 * MM, 9 * MM
"""Distance of the stamped page number from the upper outer corner."""
