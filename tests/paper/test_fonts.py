import shutil
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from mediator.paper import fonts, ink
from mediator.paper.faces import DECLARED, Role
from mediator.paper.styles import BODY

ROLES: list[Role] = list(DECLARED)
RARE = "㛃𬎆䶮𠅤𣲘𪚥𫖮𫛭"


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_font_for_rare_names(role: Role) -> None:
    found = {char: fonts.chain(role).font(char) for char in RARE + "国〇·￥☑☐"}

    assert None not in found.values()


def test_each_role_has_a_face_of_its_own() -> None:
    chosen = [fonts.chain(role).font("国") for role in ROLES]

    assert [font.path.name for font in chosen if font] == [
        "FandolFang-Regular.ttf",
        "NotoSerifSC_900Black.ttf",
        "NotoSansSC_700Bold.ttf",
        "LXGWWenKai-Regular.ttf",
        "NotoSerifSC_400Regular.ttf",
    ]


def test_characters_without_a_font_are_named_once_and_in_order() -> None:
    assert fonts.missing("王\U0010abcd与\ue123、\U0010abcd\n𪚥☑") == ["\U0010abcd", "\ue123"]


def make_font(path: Path) -> None:
    """Write a font with 国, an empty 䶮 and a space, and without the tables a PDF needs."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 500))
    pen.lineTo((500, 500))
    pen.closePath()
    inked, empty = pen.glyph(), TTGlyphPen(None).glyph()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "a", "b", "space"])
    builder.setupCharacterMap({ord("国"): "a", ord("䶮"): "b", 32: "space"})
    builder.setupGlyf({".notdef": inked, "a": inked, "b": empty, "space": empty})
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", "a", "b", "space"], (1000, 0)))
    builder.setupHorizontalHeader()
    builder.setupPost()
    builder.save(path)


def test_an_empty_glyph_does_not_count(tmp_path: Path) -> None:
    make_font(tmp_path / "half.ttf")

    assert fonts.coverage(tmp_path / "half.ttf") == {ord("国"), 32}


def test_a_font_that_cannot_be_embedded_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_font(tmp_path / "simfang.ttf")
    monkeypatch.setattr(fonts, "system_folders", lambda: (tmp_path,))
    monkeypatch.delenv("MEDIATOR_CARRIED_FONTS_ONLY")
    fonts._chain.cache_clear()

    glyph = ink.shape(BODY)("国", False, False)
    fonts._chain.cache_clear()

    assert glyph.font and glyph.font.path.name == "FandolFang-Regular.ttf"


def test_a_damaged_font_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "simfang.ttf").write_bytes(b"\x00\x01\x00\x00" + b"x" * 400)

    assert fonts.coverage(tmp_path / "simfang.ttf") == frozenset()


def test_the_offices_own_font_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    song = fonts.chain("宋体").font("国")
    assert song
    shutil.copy(song.path, tmp_path / "SIMFANG.TTF")
    monkeypatch.setattr(fonts, "system_folders", lambda: (tmp_path,))
    monkeypatch.delenv("MEDIATOR_CARRIED_FONTS_ONLY")
    fonts._chain.cache_clear()

    own = fonts.chain("仿宋").font("国")
    rare = fonts.chain("仿宋").font("𪚥")
    fonts._chain.cache_clear()

    assert own and (own.path.name, own.family) == ("SIMFANG.TTF", "仿宋")
    assert rare and rare.family == "HanaMinB"


def test_without_any_font_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_folders", lambda chosen: (tmp_path / "none",))
    monkeypatch.setenv("MEDIATOR_FONTS", str(tmp_path / "none"))

    with pytest.raises(fonts.NoFontError, match="安装"):
        fonts.missing("国")


def test_the_window_gets_its_fonts() -> None:
    assert [path.name for path in fonts.ui_faces()] == [
        "NotoSansSC_400Regular.ttf",
        "NotoSansSC_700Bold.ttf",
        "HanaMinB.ttf",
    ]
