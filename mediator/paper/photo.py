"""Pictures made ready for a page: upright, no finer than it can show, without what a camera wrote into them."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200
"""Dots to the inch of a picture on a paper; more only makes the file larger."""
QUALITY = 85
MOST_PIXELS = 100_000_000
"""A picture of more is not opened: a small file may unpack to more than the machine can hold."""
FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP")

Pictures: TypeAlias = Callable[[str], bytes | None]
"""Gives the bytes of a picture (or of a PDF, for its first page) by their SHA-256; None if they are not there."""


class TooLargeError(ValueError):
    """The picture has more pixels than are opened."""


def unknown(digest: str) -> None:
    """Know no picture at all."""


@dataclass(frozen=True)
class Photo:
    """A picture at the size in which it is printed, points; `jpeg`: its bytes."""

    width: float
    height: float
    jpeg: bytes


def fitted(data: bytes, width: float, height: float) -> Photo | None:
    """Return a picture as large as fits into a box, points, or None if it cannot be read."""
    try:
        image = opened(data)
    except Exception:  # a damaged file fails in any way a decoder can
        return None
    return fit(image, width, height, DPI)


def fit(image: "Image | None", width: float, height: float, dpi: int, least: int = 72) -> Photo | None:
    """Return a picture as large as fits into a box, points, or None if it cannot be read.

    It is never drawn coarser than `least` dots to the inch: a small one stays small.
    """
    try:
        if image is None:
            return None
        wide, high = size(image)
        share = min(width / wide, height / high, 72 / least)
        pixels = ceil(wide * share / 72 * dpi), ceil(high * share / 72 * dpi)
        return Photo(wide * share, high * share, jpeg(image, pixels))
    except Exception:  # a damaged file fails in any way a decoder can
        return None


def opened(data: bytes) -> "Image":
    """Return a picture whose size is known but which is not decoded yet. Raises what Pillow raises, TooLargeError."""
    from PIL import Image

    Image.init()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooLargeError from None
    check(image)
    return image


def check(image: "Image") -> None:
    """Raise TooLargeError if the picture, or the page of it that was chosen, should not be decoded."""
    if image.width * image.height > MOST_PIXELS:
        raise TooLargeError


def size(image: "Image") -> tuple[int, int]:
    """Return width and height of a picture as it is looked at, pixels."""
    return (image.height, image.width) if _orientation(image) > 4 else (image.width, image.height)


def jpeg(image: "Image", most: tuple[int, int]) -> bytes:
    """Return the picture upright as JPEG, made smaller until it has at most so many pixels across and down."""
    from PIL.Image import Resampling, Transpose

    orientation = _orientation(image)
    wide, high = most if orientation <= 4 else most[::-1]
    image.draft(None, (2 * wide, 2 * high))
    small = _flat(image)
    small.thumbnail((wide, high), Resampling.LANCZOS, reducing_gap=3.0)
    if small.mode == "RGB" and _colourless(small):
        small = small.convert("L")
    turns = (
        Transpose.FLIP_LEFT_RIGHT, Transpose.ROTATE_180, Transpose.FLIP_TOP_BOTTOM, Transpose.TRANSPOSE,
        Transpose.ROTATE_270, Transpose.TRANSVERSE, Transpose.ROTATE_90,
    )  # fmt: skip
    if orientation > 1:
        small = small.transpose(turns[orientation - 2])
    file = BytesIO()
    small.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def decode(image: "Image") -> None:
    """Read the whole picture, a JPEG in its smallest size; raises what Pillow raises if something is wrong."""
    image.draft(None, (1, 1))
    image.load()


def png(image: "Image") -> bytes:
    """Return the same pixels as PNG."""
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _orientation(image: "Image") -> int:
    """Return the number by which a camera says how it was held (EXIF 274); Pillow turns a TIFF by itself."""
    if image.format == "TIFF":
        return 1
    try:
        found = image.getexif().get(274, 1)
    except Exception:  # the picture may be good where the words about it are not
        return 1
    return found if found in range(1, 9) else 1


def _flat(image: "Image") -> "Image":
    """Return a copy in greys or in colours, on white where one could see through it."""
    from PIL import Image

    if image.mode in ("1", "L"):
        return image.convert("L")
    if image.mode in ("I", "F") or image.mode.startswith("I;"):
        return _eight_bits(image)
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return image.convert("RGB")


def _colourless(image: "Image") -> bool:
    """Tell whether a picture has greys only, as text that was drawn in colours has."""
    from PIL.ImageChops import difference

    red, green, blue = image.split()
    return difference(red, green).getbbox() is None and difference(green, blue).getbbox() is None


def _eight_bits(image: "Image") -> "Image":
    """Return greys of 16 or 32 bits as greys of 8."""
    whole = image.convert("F")
    top = 65535.0
    if not image.mode.startswith("I;16") and isinstance(brightest := whole.getextrema()[1], float):
        top = max(brightest, 1.0)
    return whole.point(lambda value: value * (255 / top)).convert("L")
