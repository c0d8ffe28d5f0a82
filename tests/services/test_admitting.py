"""Pictures and PDFs made to do harm: looked into by a process of its own, refused with their name, never hung on."""

import time
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from mediator.domain.errors import Refusal
from mediator.exchange import sandbox
from mediator.paper import media
from mediator.services import admitting


def pdf(content: bytes = b"", *, box: bytes = b"[0 0 595 842]", side: int = 8, root: bytes = b"") -> bytes:
    """A page that draws what it is told, with a picture of ``side`` × ``side`` black dots."""
    drawn, dots = zlib.compress(content, 9), zlib.compress(bytes(side // 8 * side), 9)
    parts = (
        b"<</Type/Catalog/Pages 2 0 R" + root + b">>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox " + box + b"/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(drawn), drawn),
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1/ColorSpace/DeviceGray" % (side, side)
        + b"/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(dots), dots),
    )  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"xref\n0 6\n0000000000 65535 f \n%btrailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF"
    return out + table % (b"".join(places), len(out))


def locked() -> bytes:
    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("pass", "owner"))
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture(kind: str, size: tuple[int, int]) -> bytes:
    out = BytesIO()
    Image.new("1", size).save(out, kind)
    return out.getvalue()


ENDLESS = pdf(b"0 0 595 842 re f " * 1_000_000)
SCRIPT = b"/OpenAction<</S/JavaScript/JS(while(true){app.alert('x')})>>/AA<</WC<</S/Launch/F(calc.exe)>>>>"


def test_a_page_that_takes_for_ever_to_draw_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admitting, "SECONDS", 2)
    assert len(ENDLESS) < 50_000
    began = time.monotonic()
    with pytest.raises(Refusal, match=r"^“㛃\.pdf”读得太久，已停下；.*。$"):
        admitting.kept(ENDLESS, "㛃.pdf")
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(("name", "data"), {
    "huge page": pdf(box=b"[0 0 100000000 100000000]"), "thin page": pdf(box=b"[0 0 100000000 0.01]"),
    "many dots": pdf(b"q 595 0 0 842 0 0 cm /I Do Q", side=40_000), "endless number": pdf(box=b"[0 0 1e999 -1e999]"),
    "deep": pdf(b"q " * 500_000), "deep list": pdf(b"[" * 500_000), "script": pdf(root=SCRIPT),
}.items())  # fmt: skip
def test_a_strange_page_is_drawn_or_refused_but_soon(name: str, data: bytes) -> None:
    began = time.monotonic()
    try:
        assert admitting.kept(data, "件.pdf") == (data, media.PDF, 1)
    except Refusal as refusal:
        assert name != "script"
        assert str(refusal).startswith("“件.pdf”") and str(refusal).endswith("。")
    else:
        list(media.pictures(data, media.PDF, 400))
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(("data", "words"), [
    (picture("PNG", (100_100, 1_000)), "超过一亿像素"), (picture("TIFF", (9_000, 5_001))[:9000], "已损坏"),
    (locked(), "设了打开密码"), (b"%PDF-1.4\n" + b"\0" * 99, "已损坏"), (b"PK\x03\x04" + b"\0" * 99, "不是照片"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是照片"), (b"", "是空文件"),
])  # fmt: skip
def test_what_cannot_be_kept_says_so_with_its_name(data: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=f"^“件”.*{words}"):
        admitting.kept(data, "件")


def test_a_changed_picture_comes_back_and_others_stay_as_they_are() -> None:
    plain = picture("PNG", (30, 20))
    assert admitting.kept(plain, "a.png") == (plain, "image/png", 1)
    kept, kind, pages = admitting.kept(picture("BMP", (30, 20)), "a.bmp")
    assert (kind, pages, Image.open(BytesIO(kept)).size) == ("image/png", 1, (30, 20))


@pytest.mark.parametrize("told", [b'["answer", ["text/html", 1, ""]]', b'["answer", ["image/png", -1, ""]]', b'["answer", 7]',
                                  b'["answer", ["image/png", 1, "?"]]', b'["answer", [[], 1, ""]]', b'["answer", ["image/png", "1", ""]]'])  # fmt: skip
def test_an_answer_that_cannot_be_is_not_believed(monkeypatch: pytest.MonkeyPatch, told: bytes) -> None:
    monkeypatch.setattr(sandbox, "_answer", lambda request, seconds: told)
    with pytest.raises(Refusal, match="已损坏"):
        admitting.kept(b"x", "a.png")


def test_every_page_is_drawn_however_long_those_before_took(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is believed unseen would be drawn in the program itself."""
    clock, drawn = iter(range(0, 10_000, 100)), []

    def leaves(*_given: object) -> Iterator[None]:
        for number in range(7):
            drawn.append(number)
            yield None

    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(media, "leaves", leaves)
    admitting._draw(b"", 60)
    assert len(drawn) == 7
