from collections.abc import Callable
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import strategies as st
from PIL import Image

from mediator.paper.blocks import (
    Align,
    Block,
    Cell,
    Cut,
    Gap,
    Grid,
    Heading,
    Lines,
    Listing,
    Note,
    Number,
    PageBreak,
    Paper,
    Para,
    Picture,
    Run,
    Seal,
    Signature,
    Signatures,
    Title,
)  # fmt: skip

TEXTS = st.text(max_size=20) | st.lists(
    st.builds(Run, st.text(max_size=9), st.booleans(), st.booleans()), max_size=4
).map(tuple)
ALIGNS: st.SearchStrategy[Align] = st.sampled_from(["justify", "left", "center", "right"])
CELLS = st.builds(Cell, TEXTS, st.booleans(), ALIGNS, st.just(1), st.floats(0, 90), st.booleans())
ROWS = st.tuples(CELLS, CELLS)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Title, TEXTS),
    st.builds(Heading, TEXTS),
    st.builds(Number, TEXTS),
    st.builds(Para, TEXTS, ALIGNS, st.booleans()),
    st.builds(Note, TEXTS),
    st.builds(Grid, st.lists(ROWS, max_size=3).map(tuple), st.tuples(st.floats(1, 9), st.floats(1, 9))),
    st.builds(
        Listing,
        st.tuples(TEXTS, TEXTS),
        st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple),
        st.just((3.0, 2.0)),
        st.tuples(ALIGNS, ALIGNS),
    ),
    st.builds(Signatures, st.lists(st.builds(Signature, st.text(), st.text(), st.booleans())).map(tuple)),
    st.builds(Seal, st.text(), st.text()),
    st.builds(Lines, st.integers(0, 30)),
    st.builds(Gap, st.floats(0, 300)),
    st.builds(Picture, st.text(max_size=9), st.text(max_size=90), st.floats(0, 400)),
    st.builds(Cut, st.text(max_size=90)),
    st.just(PageBreak()),
)

OFFICE = "滨江街道江畔社区人民调解委员会"
NAMES = ("王𬎆", "阿卜杜勒·买买提𪚥", "㛃䶮𠅤", "𣲘𫖮", "𫛭" * 50)
AMOUNTS = ("12,345.60", "0.01", "999,999,999.99")

Pages = Callable[[bytes], list[str]]


@pytest.fixture(autouse=True)
def carried_fonts_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The papers look the same on every machine: its own fonts are left out."""
    monkeypatch.setenv("MEDIATOR_CARRIED_FONTS_ONLY", "1")


@pytest.fixture
def read() -> Pages:
    """Read a PDF as another program does: the text of each page."""

    def pages(pdf: bytes) -> list[str]:
        with pypdfium2.PdfDocument(pdf) as document:
            return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]

    return pages


Shot = Callable[..., bytes]


@pytest.fixture
def shot() -> Shot:
    """Make a photo whose upper half is red and whose lower half is blue, as a camera held this way keeps it."""
    turned = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90}

    def make(wide: int = 400, high: int = 300, kind: str = "JPEG", orientation: int = 1) -> bytes:
        image = Image.new("RGB", (wide, high), (220, 20, 20))
        image.paste((20, 20, 220), (0, high // 2, wide, high))
        if turn := turned[orientation]:
            image = image.transpose(turn)
        exif = Image.Exif()
        exif[274] = orientation
        exif[271] = "CAMERA-王"
        file = BytesIO()
        image.save(file, kind, **({} if kind in ("BMP", "TIFF") else {"exif": exif}))
        return file.getvalue()

    return make


@pytest.fixture
def names() -> tuple[str, ...]:
    """Names and amounts that must come out whole."""
    return NAMES + AMOUNTS


@pytest.fixture
def agreement() -> Paper:
    """A lopsided agreement with rare names and every kind of block."""
    parties = tuple(
        (Cell("姓名", label=True), Cell(name), Cell("住址", label=True), Cell("江畔路188号\n3幢2单元"))
        for name in NAMES
    )
    facts = (
        Cell("纠纷简要情况", label=True),
        Cell("楼上漏水，屡修屡漏。" * 90, align="justify", span=3, height=60),
    )
    owed = tuple((str(n), "王𬎆", amount, "按期付清") for n, amount in enumerate(AMOUNTS, 1))
    return Paper(
        "agreement",
        "人民调解协议书",
        (
            Title("人民调解协议书"),
            Number("（2026）滨江人调字第001号"),
            Grid((*parties, facts), (20, 50, 20, 60)),
            Heading("一、经调解，自愿达成如下协议"),
            Para(
                (Run("赔偿"), Run("人民币壹万贰仟叁佰肆拾伍元陆角整（￥12,345.60元）", bold=True), Run("。"))
            ),
            Para("☑一次付清\n☐分期履行", align="left", indent=False),
            Listing(
                ("序号", "姓名", "金额（元）", "备注"),
                owed,
                (1, 3, 3, 4),
                ("center", "left", "right", "left"),
            ),
            Lines(3),
            Gap(5),
            PageBreak(),
            Para("本协议一式三份。"),
            Signatures(
                (
                    Signature("申请人（签名、盖章或按指印）", fingerprint=True),
                    Signature("人民调解员（签名）", "另附证件"),
                )
            ),
            Seal(OFFICE, "2026年11月21日"),
            Note("注：调解协议具有法律约束力。"),
        ),
        number="（2026）滨江人调字第001号",
        office=OFFICE,
    )


@pytest.fixture
def blocks() -> st.SearchStrategy[Block]:
    """Blocks of every kind with any text."""
    return BLOCKS
