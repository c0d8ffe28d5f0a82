"""How large a picture (照片) stands on a paper, and what stands there if it cannot be shown."""

from mediator.paper import media, photo
from mediator.paper.blocks import Picture
from mediator.paper.photo import Photo, Pictures
from mediator.paper.styles import MM, NOTE, PICTURE_AIR, TEXT_HEIGHT, TEXT_WIDTH

ABSENT = "（图片无法显示，请附原件）"
"""Stands in the box of a picture that is not there or cannot be read."""


def find(block: Picture, pictures: Pictures) -> Photo | None:
    """Return a picture in the size in which it is printed, or None if it is not there or cannot be read."""
    data = pictures(block.digest)
    return photo.fitted(media.first(data), TEXT_WIDTH, _height(block)) if data else None


def empty(block: Picture) -> tuple[float, float]:
    """Return width and height of the box in the place of a picture that cannot be shown, points."""
    return min(TEXT_WIDTH, _height(block) * 4 / 3), _height(block)


def _height(block: Picture) -> float:
    """Return the most height of a picture, points: what is asked, but with its caption it fits on a page."""
    return max(10 * MM, min(block.height * MM, TEXT_HEIGHT - 2 * PICTURE_AIR - 4 * NOTE.leading))
