"""Pictures and cutting lines on papers."""

import re
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from PIL import Image

from mediator.paper import docx, pdf, photo
from mediator.paper.blocks import Block, Cut, Number, Paper, Para, Picture, Signature, Signatures, Title

Read = Callable[[bytes], list[str]]
Shot = Callable[..., bytes]
MM = 72 / 25.4
ABSENT = "（图片无法显示，请附原件）"
RED, BLUE = (220, 20, 20), (20, 20, 220)


class Store(dict[str, bytes]):
    def keep(self, data: bytes) -> str:
        digest = sha256(data).hexdigest()
        self[digest] = data
        return digest


@pytest.fixture
def store() -> Store:
    return Store()


def paper(*blocks: Block) -> Paper:
    return Paper("photos", "现场照片", blocks)


def bare(words: str) -> str:
    return "".join(words.split())


def pictures(written: bytes) -> list[tuple[int, tuple[float, ...], tuple[int, int]]]:
    """Page, place (left, bottom, right, top in points) and pixels of every picture."""
    found = []
    with pypdfium2.PdfDocument(written) as document:
        for number, page in enumerate(document):
            found += [
                (number, tuple(o.get_bounds()), o.get_px_size()) for o in page.get_objects() if o.type == 3
            ]
    return found


def alike(one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 25 for a, b in zip(one, two, strict=True))


def colours(written: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The colours seen a little below the top and a little above the foot of the first picture."""
    (_, (left, bottom, right, top), _), *_ = pictures(written)
    with pypdfium2.PdfDocument(written) as document:
        seen = document[0].render(scale=1, rev_byteorder=True).to_pil()
    middle = (left + right) / 2
    above, below = (seen.getpixel((round(middle), round(seen.height - y))) for y in (top - 9, bottom + 9))
    return above, below


def test_two_photos_with_captions_stand_on_one_page(shot: Shot, store: Store, read: Read) -> None:
    blocks = (
        Title("现场照片"),
        Number("编号：（2026）滨江人调字第001号"),
        Picture(store.keep(shot(4000, 3000)), "图1　三楼卫生间"),
        Picture(store.keep(shot(300, 4000)), "图2　二楼天花板"),
        Picture(store.keep(shot(401, 300)), "图3　一楼"),
    )
    written = pdf.write(paper(*blocks), store.get)
    sheets = read(written)

    assert ["图1" in sheets[0], "图2" in sheets[0], "图3" in sheets[1]] == [True] * 3
    assert [page for page, _, _ in pictures(written)] == [0, 0, 1]
    for _, (left, bottom, right, top), (wide, high) in pictures(written):
        assert top - bottom <= 100 * MM + 0.1
        assert right - left <= 448.1
        assert (left + right) / 2 == pytest.approx(80 + 224, abs=0.5), "in the middle of the text"
        assert wide / high == pytest.approx((right - left) / (top - bottom), rel=0.02)
        assert wide <= (right - left) / 72 * 200 + 1


def test_a_photo_wider_than_the_text_is_as_wide_as_the_text(shot: Shot, store: Store) -> None:
    written = pdf.write(paper(Picture(store.keep(shot(3000, 600)), "", 100)), store.get)

    assert [round(b[2] - b[0]) for _, b, _ in pictures(written)] == [448]


@pytest.mark.parametrize("orientation", [1, 3, 6])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_stands_upright_however_the_camera_was_held(
    kind: str, orientation: int, shot: Shot, store: Store
) -> None:
    written = pdf.write(paper(Picture(store.keep(shot(300, 400, kind, orientation)))), store.get)
    (_, (left, bottom, right, top), _), *_ = pictures(written)
    above, below = colours(written)

    assert (right - left) / (top - bottom) == pytest.approx(0.75, rel=0.02)
    assert alike(above, RED) and alike(below, BLUE)


def test_what_the_camera_wrote_into_a_photo_does_not_leave_with_the_paper(shot: Shot, store: Store) -> None:
    sheet = paper(Picture(store.keep(shot(200, 100))))
    assert b"CAMERA" in next(iter(store.values()))

    assert b"CAMERA" not in pdf.write(sheet, store.get)
    with ZipFile(BytesIO(docx.write(sheet, store.get))) as archive:
        assert b"CAMERA" not in archive.read("word/media/image1.jpg")


def test_twenty_photos_from_a_telephone_make_a_small_file(store: Store) -> None:
    smooth = Image.effect_noise((100, 75), 90).resize((2000, 1500))
    rough = Image.blend(smooth, Image.effect_noise((2000, 1500), 60), 0.3).convert("RGB")
    blocks = []
    for number in range(20):
        file = BytesIO()
        rough.putpixel((number, 0), (0, 0, 0))
        rough.save(file, "JPEG", quality=95)
        blocks.append(Picture(store.keep(file.getvalue()), f"图{number}"))
    held = sum(map(len, store.values()))

    written = pdf.write(paper(*blocks), store.get)

    assert len(written) < 6_000_000 and held > 4 * len(written)
    assert len(pictures(written)) == 20
    assert len(docx.write(paper(*blocks), store.get)) < 6_000_000


def test_a_photo_used_twice_is_in_the_file_once(shot: Shot, store: Store) -> None:
    one = Picture(store.keep(shot(2000, 1500)))

    assert pdf.write(paper(one, one, one), store.get).count(b"/DCTDecode") == 1


@pytest.mark.parametrize(
    "data", [None, b"", b"\xff\xd8\xff\xe0 not a photo", b"GIF89a", b"%PDF-1.7 not a PDF"]
)
def test_a_picture_that_is_not_there_leaves_a_box(data: bytes | None, read: Read) -> None:
    sheet = paper(Para("照片如下。"), Picture("0" * 64, "图1　天花板", 60), Para("完。"))
    written = pdf.write(sheet, lambda digest: data)

    words = bare("".join(read(written)))
    assert f"照片如下。{ABSENT}图1天花板完。" in words
    with ZipFile(BytesIO(docx.write(sheet, lambda digest: data))) as archive:
        body = archive.read("word/document.xml").decode()
    assert ABSENT in body and "天花板" in body


def test_a_cut_off_photo_leaves_a_box(shot: Shot, store: Store, read: Read) -> None:
    half = store.keep(shot(900, 700)[:2000])

    assert ABSENT in bare("".join(read(pdf.write(paper(Picture(half, "半张")), store.get))))


def test_the_first_page_of_a_pdf_is_shown(store: Store) -> None:
    one = store.keep(pdf.write(paper(Para("收条"))))
    (_, (left, bottom, right, top), _), *_ = pictures(pdf.write(paper(Picture(one, "收条")), store.get))

    assert (top - bottom) / (right - left) == pytest.approx(297 / 210, rel=0.01)


def test_a_picture_is_never_parted_from_its_caption(shot: Shot, store: Store, read: Read) -> None:
    one = Picture(store.keep(shot()), "这是说明" * 30, 60)
    for count in range(12, 26):
        lines = "\n".join(f"第{n}条" for n in range(count))
        written = pdf.write(paper(Para(lines), one), store.get)
        page = pictures(written)[0][0]
        assert bare("".join(read(written)[page])).count("这是说明") == 30, count


def test_a_picture_higher_than_a_page_fits_on_one(shot: Shot, store: Store, read: Read) -> None:
    for height in (0.0, 700.0):
        written = pdf.write(paper(Picture(store.keep(shot(900, 4000)), "长图", height)), store.get)
        assert len(read(written)) == 1
        (_, (_, bottom, _, top), _), *_ = pictures(written)
        assert 9 * MM < top - bottom < 247 * MM


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK", "F"])
def test_every_kind_of_pixel_is_shown(mode: str) -> None:
    """Half dark, half light; what one can see through is white."""
    image = Image.new("L", (80, 40), 255)
    image.paste(0, (0, 0, 40, 40))
    if mode == "I;16":
        image = image.convert("I").point(lambda value: value * 257).convert("I;16")
    elif mode == "RGBA":
        image = Image.merge("RGBA", [Image.new("L", (80, 40))] * 3 + [image.point(lambda value: 255 - value)])
    else:
        image = image.convert("RGB").convert(mode) if mode in ("P", "CMYK") else image.convert(mode)
    file = BytesIO()
    image.save(file, {"CMYK": "JPEG", "F": "TIFF"}.get(mode, "PNG"))

    found = photo.fitted(file.getvalue(), 80, 40)

    assert found
    seen = Image.open(BytesIO(found.jpeg)).convert("L")
    dark, light = seen.getpixel((seen.width // 5, 9)), seen.getpixel((seen.width * 4 // 5, 9))
    assert isinstance(dark, int) and isinstance(light, int) and dark < 30 and light > 225


def test_the_same_pictures_give_the_same_bytes(shot: Shot, store: Store) -> None:
    sheet = paper(Picture(store.keep(shot(1999, 1501, "PNG", 6)), "图"), Cut("存根"))

    assert pdf.write(sheet, store.get) == pdf.write(sheet, store.get)
    assert docx.write(sheet, store.get) == docx.write(sheet, store.get)


def test_pictures_stand_in_the_file_of_the_word_processor(shot: Shot, store: Store) -> None:
    sheet = paper(Picture(store.keep(shot(4000, 3000)), "图1"), Picture(store.keep(shot(300, 4000)), "图2"))
    with ZipFile(BytesIO(docx.write(sheet, store.get))) as archive:
        body = archive.read("word/document.xml").decode()
        pixels = [Image.open(BytesIO(archive.read(f"word/media/image{n}.jpg"))).size for n in (1, 2)]
    inline = re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"/>', body)

    assert [(round(int(x) / 36000), round(int(y) / 36000)) for x, y in inline] == [(133, 100), (8, 100)]
    assert pixels == [(1050, 788), (59, 788)]
    for shown in re.findall(r"<w:p>(?:(?!</w:p>).)*<wp:inline", body):
        assert "<w:keepNext/>" in shown and 'w:lineRule="atLeast"' in shown


def rules(written: bytes) -> int:
    with pypdfium2.PdfDocument(written) as document:
        return sum(item.type == 2 for item in document[0].get_objects())


def test_a_cutting_line_goes_over_the_whole_width(read: Read) -> None:
    written = pdf.write(paper(Para("存根"), Cut("此联存档"), Para("通知")))

    with pypdfium2.PdfDocument(written) as document:
        lines = [item.get_bounds() for item in document[0].get_objects() if item.type == 2]
        words = document[0].get_textpage()
        start = words.get_text_range().index("此联存档")
        first, last = words.get_charbox(start), words.get_charbox(start + 3)
    (left, low, inner, high), (outer, _, right, _) = sorted(lines)
    assert left == pytest.approx(80, abs=2) and right == pytest.approx(528, abs=2)
    assert inner < first[0] and last[2] < outer
    assert first[1] < (low + high) / 2 < first[3], "the words stand in the line"
    assert (first[0] + last[2]) / 2 == pytest.approx(80 + 224, abs=3)
    assert rules(pdf.write(paper(Cut()))) == 1
    assert bare(read(pdf.write(paper(Cut("很长的话" * 40))))[0]).count("很长的话") == 40


def test_a_cutting_line_has_dashes_to_both_sides_in_the_word_processor() -> None:
    with ZipFile(BytesIO(docx.write(paper(Cut("此联存档"), Cut(), Cut("很长的话" * 40))))) as archive:
        body = archive.read("word/document.xml").decode()

    assert body.count('w:leader="hyphen"') == 2 + 1 + 1
    assert body.index("<w:tab/>") < body.index("此联存档")


def test_places_to_sign_stay_with_the_picture_before_them(shot: Shot, store: Store, read: Read) -> None:
    one = Picture(store.keep(shot()), "图1", 60)
    signers = Signatures((Signature("申请人（签名）"), Signature("记录人（签名）")))
    for count in range(8, 24, 3):
        lines = "\n".join(f"第{n}条" for n in range(count))
        written = pdf.write(paper(Para(lines), one, signers), store.get)
        page = pictures(written)[0][0]
        assert "申请人（签名）" in read(written)[page], count
