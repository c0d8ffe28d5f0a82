"""The bound file: papers, scans and evidence as one PDF with numbered pages."""

import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from mediator.paper import pdf, setting
from mediator.paper.bind import Part, Scan, firsts, lay, write
from mediator.paper.blocks import Listing, PageBreak, Paper, Para, Picture, Title
from mediator.paper.foot import Foot, mark_of

Read = Callable[[bytes], list[str]]
Shot = Callable[..., bytes]
MM = 72 / 25.4
ABSENT = "（图片无法显示，请附原件）"


def bare(words: str) -> str:
    return "".join(words.split())


def paper(title: str, pages: int = 1) -> Paper:
    blocks = (Title(title), *(block for n in range(1, pages) for block in (PageBreak(), Para(f"第{n}张"))))
    return Paper("x", title, blocks)


def sheets_of(*sizes: tuple[float, float]) -> bytes:
    """A PDF whose pages have a bar along their upper edge."""
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    for wide, high in sizes:
        canvas.setPageSize((wide, high))
        canvas.rect(0, high - 40, wide, 40, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


class Store(dict[str, bytes]):
    def scan(self, data: bytes, media: str) -> Scan:
        digest = sha256(data).hexdigest()
        self[digest] = data
        return Scan(digest, media)


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def parts(store: Store, shot: Shot) -> list[Part]:
    fax, more = Image.new("1", (2480, 3508), 1), Image.new("1", (2480, 3508), 0)
    file = BytesIO()
    fax.save(file, "TIFF", save_all=True, append_images=[more], compression="group4")
    return [
        Part("封面", paper("调解卷宗"), numbered=False),
        Part("卷内目录", paper("目录", 2), numbered=False),
        Part("调解协议书（王𬎆）", paper("协议书", 3), foot=Foot(mark_of("一号", "ab" * 32))),
        Part("身份证明", store.scan(file.getvalue(), "image/tiff")),
        Part("现场照片", store.scan(shot(2000, 1500, "JPEG", 6), "image/jpeg")),
        Part("银行流水", store.scan(sheets_of((842, 595), (595, 842), (595, 400)), "application/pdf")),
        Part("找不到的", Scan("0" * 64, "image/png")),
        Part("坏了的", store.scan(b"%PDF broken", "application/pdf")),
        Part("回访记录", paper("回访", 2), foot=Foot(draft=True)),
    ]


def corner(written: bytes) -> list[str]:
    """What stands in the upper outer corner of every page."""
    with pypdfium2.PdfDocument(written) as document:
        place = {"left": 150 * MM, "bottom": 279 * MM, "right": 200 * MM, "top": 297 * MM}
        return [page.get_textpage().get_text_bounded(**place).strip() for page in document]


def test_pages_are_counted_before_the_file_is_written(parts: list[Part], store: Store) -> None:
    laid = [lay(part, store.get) for part in parts]

    assert [part.pages for part in laid] == [1, 2, 3, 2, 1, 3, 1, 1, 2]
    assert firsts(laid) == [0, 0, 1, 4, 6, 7, 10, 11, 12]


def test_every_page_that_counts_is_stamped(parts: list[Part], store: Store, read: Read) -> None:
    written = write([lay(part, store.get) for part in parts], store.get)

    assert corner(written) == ["", "", "", *map(str, range(1, 14))]
    words = [bare(sheet) for sheet in read(written)]
    assert words[0] == "调解卷宗"
    assert "第2页共2页" in words[2], "contents of two pages have numbers of their own"
    assert "第3页共3页" in words[5] and "abababab" in words[5]
    assert [ABSENT in page for page in words[12:14]] == [True, True]
    assert words[15].endswith("草稿，未出具") or "草稿，未出具" in words[15]


def test_bookmarks_lead_to_the_parts(parts: list[Part], store: Store) -> None:
    written = write([lay(part, store.get) for part in parts], store.get)

    with pypdfium2.PdfDocument(written) as document:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert marks == [
        ("封面", 0), ("卷内目录", 1), ("调解协议书（王𬎆）", 3), ("身份证明", 6), ("现场照片", 8),
        ("银行流水", 9), ("找不到的", 12), ("坏了的", 13), ("回访记录", 14),
    ]  # fmt: skip


def test_pages_made_elsewhere_fit_on_a4_with_room_to_bind(parts: list[Part], store: Store) -> None:
    written = write([lay(part, store.get) for part in parts], store.get)

    with pypdfium2.PdfDocument(written) as document:
        assert {tuple(map(round, page.get_size())) for page in document} == {(595, 842)}
        placed = [
            tuple(side / MM for side in item.get_bounds()) + item.get_px_size()
            for number in range(6, 12)
            for item in document[number].get_objects()
            if item.type == 3
        ]
    assert len(placed) == 6
    for left, bottom, right, top, wide, high in placed:
        assert left > 24.9 and right < 200.1 and bottom > 11.9 and top < 277.1
        assert wide <= (right - left) / 25.4 * 150 + 1 and high <= (top - bottom) / 25.4 * 150 + 1
    shapes = [round((top - bottom) / (right - left), 2) for left, bottom, right, top, _, _ in placed]
    assert shapes == [1.41, 1.41, 0.75, 1.41, 1.41, 0.67], "a broad sheet is turned, a small one is not"
    assert placed[5][2] - placed[5][0] == pytest.approx(175, abs=1)


def dark(page: pypdfium2.PdfPage, x: float, y: float) -> bool:
    """Is there ink at a place, mm from the upper left corner?"""
    value = page.render(scale=2).to_pil().convert("L").getpixel((round(x * MM * 2), round(y * MM * 2)))
    return bool(value < 128)


def test_the_head_of_a_broad_sheet_is_at_the_binding(parts: list[Part], store: Store) -> None:
    written = write([lay(part, store.get) for part in parts], store.get)

    with pypdfium2.PdfDocument(written) as document:
        assert dark(document[9], 35, 150) and not dark(document[9], 190, 150)
        assert dark(document[10], 110, 30) and not dark(document[10], 110, 270)


def test_the_same_parts_give_the_same_bytes(parts: list[Part], store: Store) -> None:
    one, two = (write([lay(part, store.get) for part in parts], store.get) for _ in range(2))

    assert one == two


def test_contents_can_name_the_pages(parts: list[Part], store: Store, read: Read) -> None:
    """The way a caller makes the table of contents: the rest is laid first, and only once."""
    laid = [lay(part, store.get) for part in parts[2:]]
    rows = tuple((p.part.title, str(first)) for p, first in zip(laid, firsts(laid), strict=True))
    listing = Listing(("文书名称", "页号"), rows, (3, 1), ("left", "center"))
    contents = lay(Part("卷内目录", Paper("toc", "卷内目录", (listing,)), numbered=False))

    written = write([contents, *laid], store.get)

    assert "坏了的11回访记录12" in bare(read(written)[0])
    assert corner(written)[:3] == ["", "1", "2"]


def test_papers_are_set_once(parts: list[Part], store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    laid = [lay(part, store.get) for part in parts]
    monkeypatch.setattr(setting, "pieces", lambda *_: pytest.fail("a paper was set again"))

    assert write(laid, store.get).startswith(b"%PDF")


def test_pictures_on_papers_are_bound_with_them(store: Store, shot: Shot) -> None:
    photo = store.scan(shot(), "image/jpeg").digest
    written = write([lay(Part("照片", Paper("x", "x", (Picture(photo, "图1"),))), store.get)])

    with pypdfium2.PdfDocument(written) as document:
        assert [item.type for item in document[0].get_objects()].count(3) == 1


def test_nothing_bound_is_an_empty_file() -> None:
    assert firsts([]) == []
    assert write([]).startswith(b"%PDF")


def test_a_file_of_fifteen_papers_is_bound_at_once(agreement: Paper) -> None:
    parts = [
        Part(f"第{n}份", agreement, foot=Foot(mark_of(agreement.number, f"{n:064x}"))) for n in range(15)
    ]
    write([lay(parts[0])])

    start = time.perf_counter()
    laid = [lay(part) for part in parts]
    written = write(laid)
    taken = time.perf_counter() - start

    assert sum(part.pages for part in laid) >= 30 and len(written) < 1_000_000
    assert taken < 1.5


def test_a_bound_paper_looks_as_it_does_alone(agreement: Paper, read: Read) -> None:
    alone = read(pdf.write(replace(agreement, number="")))
    bound = read(write([lay(Part("协议书", replace(agreement, number="")))]))

    assert [bare(page) + str(n) for n, page in enumerate(alone, 1)] == [bare(page) for page in bound]
