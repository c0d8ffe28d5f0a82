"""Files laid to a case: what is taken, what is refused and in which words."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from mediator.paper import media
from mediator.paper.media import MediaError

Shot = Callable[..., bytes]


def pdf_of(pages: int, encrypt: StandardEncryption | None = None) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), encrypt=encrypt)
    for number in range(pages):
        canvas.rect(50, 50, 400, 100 + number, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def tiff_of(*sizes: tuple[int, int]) -> bytes:
    first, *rest = (Image.new("1", size, number % 2) for number, size in enumerate(sizes))
    file = BytesIO()
    first.save(file, "TIFF", save_all=True, append_images=rest, compression="group4")
    return file.getvalue()


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def sizes(data: bytes, kind: str) -> list[tuple[int, int]]:
    return [Image.open(BytesIO(page)).size for page in media.pictures(data, kind)]


@pytest.mark.parametrize(
    ("kind", "found"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("TIFF", "image/tiff"), ("WEBP", "image/webp")],
)
def test_photos_are_known_by_their_content_and_kept_as_they_are(kind: str, found: str, shot: Shot) -> None:
    data = shot(kind=kind)

    assert media.kept(data, "没有后缀") == (data, found)
    assert media.page_count(data, found) == 1
    assert sizes(data, found) == [(400, 300)]


def test_a_bmp_is_kept_as_png_of_the_same_pixels(shot: Shot) -> None:
    data = shot(kind="BMP")
    kept, found = media.kept(data, "a.bmp")

    assert found == "image/png" and len(kept) < len(data)
    assert Image.open(BytesIO(kept)).tobytes() == Image.open(BytesIO(data)).tobytes()


def test_a_photo_with_a_second_picture_inside_is_one_photo() -> None:
    one, two = Image.new("RGB", (60, 40)), Image.new("RGB", (30, 20))
    data = saved(one, "MPO", save_all=True, append_images=[two])

    assert media.kept(data, "IMG_0001.jpg") == (data, "image/jpeg")
    assert sizes(data, "image/jpeg") == [(60, 40)]


def test_every_page_of_a_fax_is_given() -> None:
    data = tiff_of((2480, 3508), (3508, 2480), (60, 40))

    assert media.kept(data, "扫描.tif") == (data, "image/tiff")
    assert media.page_count(data, "image/tiff") == 3
    assert sizes(data, "image/tiff") == [(1240, 1754), (1754, 1240), (60, 40)]


def test_every_page_of_a_pdf_is_given() -> None:
    data = pdf_of(3)

    assert media.kept(data, "流水.pdf") == (data, "application/pdf")
    assert media.page_count(data, "application/pdf") == 3
    pages = list(media.pictures(data, "application/pdf"))
    assert [Image.open(BytesIO(page)).size for page in pages] == [(1240, 1754)] * 3
    assert len({bytes(page) for page in pages}) == 3
    assert list(media.pictures(data, "application/pdf")) == pages


def test_a_scan_that_lies_on_its_side_is_turned() -> None:
    image = Image.new("L", (60, 40), 255)
    image.paste(0, (0, 0, 20, 40))
    data = saved(image, "TIFF", tiffinfo={274: 6})

    (page,) = media.pictures(data, "image/tiff")
    seen = Image.open(BytesIO(page))
    above, below = seen.getpixel((20, 5)), seen.getpixel((20, 55))
    assert seen.size == (40, 60)
    assert isinstance(above, int) and isinstance(below, int) and above < 30 and below > 225


def test_pages_are_drawn_by_one_thread_at_a_time() -> None:
    data = pdf_of(4)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: list(media.pictures(data, "application/pdf", 300)), range(8)))

    assert all(pages == made[0] for pages in made)


def test_a_small_picture_is_given_for_a_list(shot: Shot) -> None:
    data = shot(400, 300, "JPEG", 6)

    assert [max(Image.open(BytesIO(p)).size) for p in media.pictures(data, "image/jpeg", 96)] == [96]
    assert [max(Image.open(BytesIO(p)).size) for p in media.pictures(pdf_of(1), "application/pdf", 96)] == [
        96
    ]


def test_what_was_filled_into_a_form_is_seen() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(300, 300))
    canvas.acroForm.textfield(name="name", value="XXXXXXXXXX", x=20, y=100, width=260, height=60, fontSize=40)
    canvas.showPage()
    canvas.save()

    page = Image.open(BytesIO(next(media.pictures(file.getvalue(), "application/pdf")))).convert("L")

    inside = page.crop((60, 310, 560, 400))
    assert sum(inside.histogram()[:100]) > 1500, "dark strokes of the letters"


def test_a_pdf_that_only_asks_not_to_be_changed_is_taken() -> None:
    data = pdf_of(1, StandardEncryption("", ownerPassword="secret", canModify=0))

    assert media.kept(data, "回单.pdf") == (data, "application/pdf")
    assert len(sizes(data, "application/pdf")) == 1


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "an empty file": (lambda: b"", "空文件"),
    "a file of zeros": (lambda: bytes(5000), "空文件"),
    "a text": ("调解协议".encode, "不是照片、扫描图或 PDF"),
    "a moving picture": (lambda: saved(Image.new("P", (9, 9)), "GIF"), "不是照片、扫描图或 PDF"),
    "a program": (lambda: b"MZ" + bytes(300), "不是照片、扫描图或 PDF"),
    "a photo of a telephone": (lambda: b"\0\0\0\x18ftypheic" + bytes(300), "HEIC"),
    "half a photo": (lambda: saved(Image.effect_noise((300, 300), 90), "JPEG")[:9000], "已损坏"),
    "half a screenshot": (lambda: saved(Image.effect_noise((300, 300), 90), "PNG")[:9000], "已损坏"),
    "half a scan": (lambda: tiff_of((900, 900), (900, 900))[:-60], "已损坏"),
    "the head of a photo": (lambda: saved(Image.new("RGB", (9, 9)), "JPEG")[:30], "已损坏"),
    "a PDF that is none": (lambda: b"%PDF-1.7\n" + b"x" * 900, "已损坏"),
    "a locked PDF": (lambda: pdf_of(1, StandardEncryption("open me")), "密码"),
    "a thick PDF": (lambda: pdf_of(501), "有 501 页，一个文件最多 500 页"),
    "a poster": (lambda: saved(Image.new("1", (10001, 10000)), "PNG"), "超过一亿像素"),
    "a bomb": (lambda: saved(Image.new("1", (20001, 20000)), "PNG"), "超过一亿像素"),
    "a bomb on the second page": (lambda: tiff_of((9, 9), (20001, 10000)), "超过一亿像素"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_is_named_with_what_to_do(what: str) -> None:
    make, reason = REFUSED[what]

    with pytest.raises(MediaError) as caught:
        media.kept(make(), "IMG\u202e王𬎆\n.jpg")

    said = str(caught.value)
    assert said.startswith("“IMG王𬎆 .jpg”") and reason in said
    assert said.count("。") == 1 and said.endswith(("再加。",))


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(Image.new("1", (10001, 10000)), "PNG")
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("it was decoded"))

    with pytest.raises(MediaError, match="一亿像素"):
        media.kept(data, "a.png")


def test_a_kept_file_that_was_damaged_since_says_so() -> None:
    for kind in ("application/pdf", "image/jpeg"):
        with pytest.raises(MediaError, match="重新扫描"):
            media.page_count(b"broken", kind)
        with pytest.raises(MediaError):
            list(media.pictures(b"broken", kind))


def test_one_bad_page_does_not_hide_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = pypdfium2.PdfPage.render

    def some(page: pypdfium2.PdfPage, **options: object) -> object:
        if drawn := len(seen) == 1:
            seen.append(drawn)
            raise pypdfium2.PdfiumError("bad page")
        seen.append(drawn)
        return draw(page, **options)

    seen: list[bool] = []
    monkeypatch.setattr(pypdfium2.PdfPage, "render", some)

    assert [bool(page) for page in media.pictures(pdf_of(3), "application/pdf")] == [True, False, True]


def test_nothing_is_written_beside_the_file(shot: Shot, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        pytest.fail("a temporary file was made")

    for name in ("mkstemp", "NamedTemporaryFile", "TemporaryFile", "mkdtemp"):
        monkeypatch.setattr(f"tempfile.{name}", forbidden)
    for data, kind in (
        (shot(), "image/jpeg"),
        (tiff_of((99, 99)), "image/tiff"),
        (pdf_of(1), "application/pdf"),
    ):
        assert media.kept(data, "x")[1] == kind
        assert len(list(media.pictures(data, kind))) == 1
