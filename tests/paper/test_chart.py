"""Charts are drawn with all their words and numbers, as lines and not as dots, and differ without colour."""

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.graphics.shapes import Polygon

from mediator.paper import docx, pdf, text
from mediator.paper.blocks import Block, Chart, ChartKind, Paper, Para, dumps, loads, number
from mediator.paper.chart import drawing
from mediator.paper.chart_parts import filled

Read = Callable[[bytes], list[str]]
KINDS = ("邻里纠纷", "拖欠农民工工资纠纷", "农村土地承包、集体“三资”及农民负担纠纷", "王𬎆·䶮村")
BARS = Chart("bars", "各类纠纷件数", KINDS, (("本月", (35, 0, 7, 1)), ("上月", (30, 12, 0, 1))), "件")
MONTHS = tuple(f"2025年{month}月" for month in range(1, 13))
LINE = Chart("line", "各期案件", MONTHS, (("受理", tuple(range(3, 15))), ("办结", (0,) * 11 + (41,))), "件")
SHARE = Chart("share", "案件来源", ("主动调解", "依申请调解", "委托移送"), (("来源", (1, 62, 0)),), "件")
EVERY = (BARS, LINE, SHARE)


def paper(*blocks: Block) -> Paper:
    return Paper("analysis", "研判报告", blocks)


def bare(words: str) -> str:
    return "".join(words.split())


def objects(written: bytes) -> list[int]:
    """The kinds of things drawn on the first page: 1 text, 2 lines and areas, 3 pictures."""
    with pypdfium2.PdfDocument(written) as document:
        return [item.type for item in document[0].get_objects()]


@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.kind)
def test_every_word_and_number_is_printed(chart: Chart, read: Read) -> None:
    words = bare(read(pdf.write(paper(chart)))[0])
    for shown in (chart.title, *chart.labels):
        assert bare(shown) in words, shown
    for name, values in chart.series:
        assert chart.kind == "share" or name in words
        for value in values:
            assert number(value) in words, value
    assert chart.unit in words


def test_shares_are_printed_and_add_up(read: Read) -> None:
    words = bare(read(pdf.write(paper(SHARE)))[0])
    assert "主动调解1件（1.6%）" in words
    assert "依申请调解62件（98.4%）" in words
    assert "委托移送0件（0.0%）" in words


def test_nothing_at_all_is_said_and_not_divided_by(read: Read) -> None:
    empty = Chart("share", "案件来源", ("主动调解",), (("来源", (0,)),), "件")
    assert "没有数据" in bare(read(pdf.write(paper(empty)))[0])
    zero = Chart("bars", "件数", ("邻里纠纷",), (("本月", (0,)),), "件")
    assert "邻里纠纷0" in bare(read(pdf.write(paper(zero)))[0])


@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.kind)
def test_a_chart_is_drawn_with_lines_and_not_with_dots(chart: Chart) -> None:
    kinds = objects(pdf.write(paper(chart)))
    assert 2 in kinds and 3 not in kinds


@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.kind)
def test_a_chart_has_no_colour(chart: Chart) -> None:
    with pypdfium2.PdfDocument(pdf.write(paper(chart))) as document:
        seen = document[0].render(scale=1).to_pil().convert("RGB")
    red, green, blue = (bytes(band.tobytes()) for band in seen.split())
    assert red == green == blue


def look(place: int) -> bytes:
    """A filling, as a printer shows it."""
    from reportlab.graphics import renderPDF
    from reportlab.graphics.shapes import Drawing
    from reportlab.pdfgen.canvas import Canvas

    made = Drawing(60, 60)
    for shape in filled((0, 0, 60, 60), place):
        made.add(shape)
    file = BytesIO()
    canvas = Canvas(file, pagesize=(60, 60))
    renderPDF.draw(made, canvas, 0, 0)
    canvas.save()
    with pypdfium2.PdfDocument(file) as document:
        return bytes(document[0].render(scale=2, grayscale=True).to_pil().tobytes())


def test_neighbours_are_filled_differently() -> None:
    seen = [look(place) for place in range(9)]
    for one, two in pairwise(seen):
        differing = sum(abs(a - b) > 60 for a, b in zip(one, two, strict=True))
        assert differing > len(one) / 20
    assert len(set(seen)) == 9


def test_a_longer_bar_is_drawn_for_a_larger_number() -> None:
    drawn = [shape for shape in drawing(BARS).contents if isinstance(shape, Polygon)][2:]
    widths = [shape.points[2] - shape.points[0] for shape in drawn]
    numbers = [v for pair in zip(*(values for _, values in BARS.series), strict=True) for v in pair if v]
    assert len(widths) == len(numbers)
    for (wide, value), (wide_, value_) in pairwise(zip(widths, numbers, strict=True)):
        assert wide / value == pytest.approx(wide_ / value_)


@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.kind)
def test_a_chart_stays_within_the_text(chart: Chart) -> None:
    left, low, right, high = drawing(chart).getBounds()
    made = drawing(chart)
    assert left >= -0.5 and low >= -1 and right <= 448.5 and high <= made.height + 1


def test_the_word_processor_gets_a_picture_of_the_same_drawing() -> None:
    written = docx.write(paper(Para("图如下。"), *EVERY))
    with ZipFile(BytesIO(written)) as archive:
        body = archive.read("word/document.xml").decode()
        pictures = [archive.read(f"word/media/image{n}.png") for n in (1, 2, 3)]
    assert 'descr="各类纠纷件数"' in body
    for chart, data in zip(EVERY, pictures, strict=True):
        image, made = Image.open(BytesIO(data)), drawing(chart)
        assert image.mode == "L"
        assert image.width == pytest.approx(448 / 72 * 200, abs=2)
        assert image.height / image.width == pytest.approx(made.height / made.width, rel=0.01)
        histogram = image.histogram()
        assert sum(histogram[:128]) > 500, "something is drawn"
    assert written == docx.write(paper(Para("图如下。"), *EVERY)), "the same paper gives the same bytes"


def test_more_than_a_page_holds_is_made_smaller(read: Read) -> None:
    labels = tuple(f"第{n}类" for n in range(60))
    tall = Chart("bars", "很多", labels, (("本月", tuple(range(60))), ("上月", (1,) * 60)), "件")
    pages = read(pdf.write(paper(tall)))
    assert len(pages) == 1 and "第59类" in bare(pages[0])
    assert docx.write(paper(tall))


def test_the_words_of_a_chart_are_text(read: Read) -> None:
    lines = text.write(paper(BARS)).splitlines()
    assert lines[:2] == ["［统计图］各类纠纷件数（单位：件）", "项目 | 本月 | 上月"]
    assert "农村土地承包、集体“三资”及农民负担纠纷 | 7 | 0" in lines


@pytest.mark.parametrize(
    ("kind", "labels", "series"),
    [
        ("pie", ("a",), (("x", (1,)),)),
        ("bars", ("a", "b"), (("x", (1,)),)),
        ("line", ("a",), ()),
        ("share", ("a",), (("x", (1,)), ("y", (2,)))),
        ("bars", ("a",), (("x", (-1,)),)),
        ("line", ("a",), (("x", (float("nan"),)),)),
        ("line", ("a",), (("x", (float("inf"),)),)),
    ],
)
def test_what_cannot_be_drawn_is_no_chart(
    kind: ChartKind, labels: tuple[str, ...], series: tuple[tuple[str, tuple[float, ...]], ...]
) -> None:
    with pytest.raises(ValueError, match="chart"):
        Chart(kind, "", labels, series)


numbers = st.integers(0, 10**9) | st.floats(0, 1e9).map(lambda value: round(value, 2))


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    kind: ChartKind = draw(st.sampled_from(["bars", "line", "share"]))
    labels = tuple(draw(st.lists(st.text(max_size=30), max_size=14)))
    values = st.lists(numbers, min_size=len(labels), max_size=len(labels)).map(tuple)
    most = 1 if kind == "share" else 4
    series = tuple(draw(st.lists(st.tuples(st.text(max_size=12), values), min_size=1, max_size=most)))
    return Chart(kind, draw(st.text(max_size=60)), labels, series, draw(st.text(max_size=3)))


@given(charts())
def test_any_chart_is_drawn_and_kept(chart: Chart) -> None:
    whole = paper(chart)
    assert loads(dumps(whole)) == whole
    assert pdf.write(whole) == pdf.write(whole)
    assert text.write(whole).count("\n") == len(chart.labels) + 2
