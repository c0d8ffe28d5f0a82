"""Files laid to a case (材料): which kinds are taken, how many pages they have, what the pages look like."""

from collections.abc import Iterator
from contextlib import closing
from threading import RLock
from typing import TYPE_CHECKING

from mediator.paper import photo
from mediator.paper.clean import clean

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

PDF = "application/pdf"
MOST_PAGES = 500
DPI = 150
"""Dots to the inch at which the pages of a PDF are drawn."""
PAGE_PIXELS = round(297 / 25.4 * DPI)
"""The longer side of an A4 page, pixels."""
_TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "TIFF": "image/tiff",
    "WEBP": "image/webp",
    "BMP": "image/png",
}
KINDS = frozenset([PDF, *_TYPES.values()])
"""The media types of kept files."""
_PASSWORD = 4
"""What pdfium answers if a PDF cannot be opened without a password (FPDF_ERR_PASSWORD)."""


PDFIUM = RLock()
"""Held by whoever calls pdfium, which is not made for several threads."""


class MediaError(ValueError):
    """A file cannot be taken; `str()` is the sentence for the person: which, why, what to do."""


def kept(data: bytes, file_name: str) -> tuple[bytes, str]:
    """Return the bytes to keep of a photo, scan or PDF and their media type; MediaError if it cannot be taken.

    What it is is seen by its content, not by its name. The bytes stay as they came, except those of a BMP, which
    become a PNG of the same pixels. A PDF is taken only if it opens without a password.
    """
    name = f"“{clean(file_name).replace(chr(10), ' ')[:80]}”"
    if not data.strip(b"\x00"):
        raise MediaError(f"{name}是空文件，请重新拍照或扫描后再加。")
    if _is_pdf(data):
        _check_pdf(data, name)
        return data, PDF
    return _kept_image(data, name)


def page_count(data: bytes, media: str) -> int:
    """Return how many pages a kept file has; MediaError if it cannot be read."""
    try:
        if media == PDF:
            with PDFIUM, closing(_document(data)) as document:
                return len(document)
        return _frames(photo.opened(data))
    except Exception as error:  # a damaged file fails in any way a decoder can
        raise MediaError("这份材料已损坏，打不开，请用原件重新扫描后再加。") from error


def pictures(data: bytes, media: str, pixels: int = PAGE_PIXELS) -> Iterator[bytes]:
    """Give each page of a kept file as an upright JPEG, its longer side at most so many pixels.

    A page that cannot be read is given as b"". Raises MediaError like `page_count`.
    """
    page_count(data, media)
    for leaf in leaves(data, media, pixels):
        try:
            yield photo.jpeg(leaf, (pixels, pixels)) if leaf else b""
        except Exception:  # a damaged page fails in any way a decoder can
            yield b""


def first(data: bytes) -> bytes:
    """Return a picture as it is, and of a PDF its first page as JPEG (b"" if it cannot be read)."""
    try:
        return next(pictures(data, PDF, 2 * PAGE_PIXELS), b"") if _is_pdf(data) else data
    except MediaError:
        return b""


def leaves(data: bytes, media: str, pixels: int = PAGE_PIXELS) -> Iterator["Image | None"]:
    """Give each page of a file; it holds only until the next is asked for. None stands for one that cannot be read."""
    try:
        yield from _pdf_leaves(data, pixels) if media == PDF else _image_leaves(data)
    except Exception:  # a damaged file fails in any way a decoder can
        yield None


def _pdf_leaves(data: bytes, pixels: int) -> Iterator["Image | None"]:
    with PDFIUM:
        document = _document(data)
        pages = len(document)
    try:
        for number in range(pages):
            with PDFIUM:
                leaf = _drawn(document, number, pixels)
            yield leaf
    finally:
        with PDFIUM:
            document.close()


def _drawn(document: "PdfDocument", number: int, pixels: int) -> "Image | None":
    """Return a page of a PDF as a picture; None if it cannot be drawn, for the other pages may be good."""
    try:
        with closing(document[number]) as page:
            scale = min(pixels / max(page.get_size()), max(DPI, pixels / PAGE_PIXELS * DPI) / 72)
            drawn: Image = page.render(scale=scale, rev_byteorder=True).to_pil()
            return drawn
    except Exception:  # a damaged page fails in any way a decoder can
        return None


def _image_leaves(data: bytes) -> Iterator["Image | None"]:
    image = photo.opened(data)
    for number in range(_frames(image)):
        try:
            image.seek(number)
            photo.check(image)
        except Exception:  # the other pages may be good
            yield None
        else:
            yield image


def _frames(image: "Image") -> int:
    """Return the number of pages: only a TIFF is a document, the rest of a moving picture is not looked at."""
    return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _document(data: bytes) -> "PdfDocument":
    """Open a PDF, filled-in fields shown. There is no script engine in it, and nothing asks for one."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    document.init_forms()
    return document


def _check_pdf(data: bytes, name: str) -> None:
    try:
        with PDFIUM, closing(_document(data)) as document:
            pages = len(document)
            sizes = [document.get_page_size(number) for number in range(min(pages, MOST_PAGES))]
    except Exception as error:  # a damaged file fails in any way a decoder can
        if getattr(error, "err_code", None) == _PASSWORD:
            raise MediaError(f"{name}设了打开密码，请去掉密码另存后再加。") from None
        raise MediaError(_damaged(name)) from None
    if pages > MOST_PAGES:
        raise MediaError(f"{name}有 {pages} 页，一个文件最多 {MOST_PAGES} 页，请拆开后再加。")
    if not sizes or any(min(size) <= 0 for size in sizes):
        raise MediaError(_damaged(name))


def _kept_image(data: bytes, name: str) -> tuple[bytes, str]:
    from PIL import UnidentifiedImageError

    try:
        image = photo.opened(data)
        pages = _frames(image)
        if pages > MOST_PAGES:
            raise MediaError(f"{name}有 {pages} 页，一个文件最多 {MOST_PAGES} 页，请拆开后再加。")
        for number in range(pages):
            image.seek(number)
            photo.check(image)
            photo.decode(image)
        return (photo.png(image) if image.format == "BMP" else data), _TYPES[str(image.format)]
    except MediaError:
        raise
    except photo.TooLargeError:
        raise MediaError(f"{name}超过一亿像素，请缩小后再加。") from None
    except UnidentifiedImageError:
        raise MediaError(_unknown(data, name)) from None
    except Exception:  # a damaged file fails in any way a decoder can
        raise MediaError(_damaged(name)) from None


def _unknown(data: bytes, name: str) -> str:
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"heim", b"heis", b"hevc"):
        return f"{name}是 HEIC 照片，本机打不开，请在手机上改存为 JPEG 后再加。"
    if data[:2] in (b"\xff\xd8", b"\x89P", b"II", b"MM", b"BM"):
        return _damaged(name)
    return f"{name}不是照片、扫描图或 PDF，请另存为 JPEG 或 PDF 后再加。"


def _damaged(name: str) -> str:
    return f"{name}已损坏，打不开，请找原来的文件重新复制一份再加。"
