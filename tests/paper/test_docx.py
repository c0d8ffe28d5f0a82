import re
from io import BytesIO
from zipfile import ZipFile

from docx import Document

from mediator.paper import docx, text
from mediator.paper.blocks import Gap, Paper, Para, Run, Seal, Signature, Signatures


def part(paper: Paper, name: str) -> str:
    with ZipFile(BytesIO(docx.write(paper))) as archive:
        return archive.read(name).decode("utf-8")


def words(paper: Paper) -> str:
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", part(paper, "word/document.xml")))


def bare(shown: str) -> str:
    return re.sub(r"[\s|：_（）]", "", shown)


def test_it_has_the_words_of_the_text_in_their_order(agreement: Paper) -> None:
    assert bare(words(agreement)) == bare(text.write(agreement))


def test_every_run_names_a_chinese_font_and_none_a_theme(agreement: Paper) -> None:
    for name in ("word/document.xml", "word/styles.xml", "word/footer1.xml"):
        xml = part(agreement, name)
        fonts = re.findall(r"<w:rFonts[^>]*>", xml)
        assert fonts and all("w:eastAsia=" in font for font in fonts)
        assert "Theme=" not in "".join(fonts)


def test_rare_characters_name_a_font_that_has_them() -> None:
    xml = part(Paper("x", "x", (Para((Run("王𪚥说"), Run("镕", bold=True))),)), "word/document.xml")

    assert re.findall(r'eastAsia="([^"]*)".*?<w:t[^>]*>(.*?)</w:t>', xml) == [
        ("仿宋", "王"),
        ("HanaMinB", "𪚥"),
        ("仿宋", "说"),
        ("黑体", "镕"),
    ]


def test_the_page_is_a4_with_a_binding_side(agreement: Paper) -> None:
    section = Document(BytesIO(docx.write(agreement))).sections[0]

    assert [round(side.mm) for side in (section.page_width, section.page_height) if side] == [210, 297]
    assert section.left_margin and section.left_margin.mm >= 28
    assert section.bottom_margin and section.bottom_margin.mm >= 15


def test_pages_are_counted_and_heads_repeated(agreement: Paper) -> None:
    foot, body = part(agreement, "word/footer1.xml"), part(agreement, "word/document.xml")

    assert "PAGE" in foot and "NUMPAGES" in foot and "滨江人调字第001号" in foot
    assert body.count("<w:tblHeader/>") == 1
    assert 'w:line="560" w:lineRule="exact"' in body


def test_it_does_not_tell_who_made_it_when(agreement: Paper) -> None:
    core = Document(BytesIO(docx.write(agreement))).core_properties

    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
    assert core.created == core.modified
    assert core.title == "人民调解协议书"


def test_what_comes_before_places_to_sign_stays_with_them() -> None:
    places = Signatures((Signature("申请人（签名）", fingerprint=True), Signature("记录人（签名）")))
    xml = part(
        Paper("x", "x", (Para("甲"), Para("乙"), Gap(3), places, Seal("调委会", "今日"))), "word/document.xml"
    )
    body = [block for block in re.split(r"(?=<w:p>|<w:tr>)", xml) if "<w:p>" in block]
    free = [block for block in body if "<w:keepNext/>" not in block]

    assert [re.sub("<[^>]*>", "", block) for block in free if "<w:t " in block] == [
        "甲",
        "调委会",
        "（印章）",
        "今日",
    ]
    assert xml.count("<w:cantSplit/>") == 4
