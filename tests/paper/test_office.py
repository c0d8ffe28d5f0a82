"""What a word processor makes of our files; needs LibreOffice."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest

from mediator.paper import docx, fonts, pdf
from mediator.paper.blocks import Cut, Number, Paper, Para, Picture, Signature, Signatures, Title
from mediator.paper.foot import DRAFT, Foot, mark_of

Read = Callable[[bytes], list[str]]
Shot = Callable[..., bytes]
OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(not OFFICE, reason="needs LibreOffice")

FAMILIES = {
    "仿宋": "FandolFang R",
    "宋体": "Noto Serif SC",
    "黑体": "Noto Sans SC",
    "方正小标宋简体": "Noto Serif SC Black",
}
DAY = Para("2026年11月21日", align="right", indent=False)


def environment(folder: Path) -> dict[str, str]:
    """Our fonts and no others, under the names the files ask for."""
    aliases = "".join(
        f'<alias binding="same"><family>{asked}</family><prefer><family>{ours}</family></prefer></alias>'
        for asked, ours in FAMILIES.items()
    )
    places = "".join(f"<dir>{place}</dir>" for place in fonts.folders())
    (folder / "fonts.conf").write_text(
        f"<fontconfig>{places}<cachedir>{folder}/fc</cachedir>{aliases}</fontconfig>"
    )
    return os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")}


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("office")

    def convert(files: dict[str, bytes]) -> dict[str, bytes]:
        for name, data in files.items():
            (folder / f"{name}.docx").write_bytes(data)
        home = f"-env:UserInstallation=file://{folder}/home"
        command = [str(OFFICE), "--headless", home, "--convert-to", "pdf", "--outdir", str(folder)]
        command += [f"{folder}/{name}.docx" for name in files]
        subprocess.run(command, env=environment(folder), capture_output=True, check=True, timeout=100)
        return {name: (folder / f"{name}.pdf").read_bytes() for name in files}

    return convert


def bare(words: str) -> str:
    return re.sub(r"[\s-]", "", words)


def test_a_word_processor_shows_what_we_print(
    agreement: Paper, shot: Shot, read: Read, converted: Callable[[dict[str, bytes]], dict[str, bytes]]
) -> None:
    photo = shot(1600, 1200)
    pictures = {sha256(photo).hexdigest(): photo}
    one = Picture(next(iter(pictures)), "图1")
    photos = Paper(
        "x",
        "x",
        (Title("照片"), Number("第1号"), one, one, Picture("0", "图2", 40), Cut("存根"), Para("完。")),
    )
    mark = Foot(mark_of(agreement.number, "ab" * 32))
    signers = Signatures(tuple(Signature(f"第{n}人（签名）", fingerprint=n == 1) for n in range(3)))
    dated = {f"dated-{n}": Paper("x", "x", (Para("正文。" * n), signers, DAY)) for n in range(130, 240, 15)}
    files = {
        "agreement": docx.write(agreement, foot=mark),
        "photos": docx.write(photos, pictures.get, Foot(draft=True)),
    }
    shown = converted(files | {name: docx.write(made) for name, made in dated.items()})

    ours, theirs = read(pdf.write(agreement, foot=mark)), read(shown["agreement"])
    assert body(ours) == body(theirs)
    assert abs(len(ours) - len(theirs)) <= 1
    assert all("abababab" in sheet and "滨江人调字" in sheet for sheet in theirs)
    ours, theirs = read(pdf.write(photos, pictures.get, Foot(draft=True))), read(shown["photos"])
    assert [sorted(bare(sheet)) for sheet in ours] == [sorted(bare(sheet)) for sheet in theirs]
    assert all(DRAFT in bare(sheet) for sheet in read(shown["photos"]))
    with pypdfium2.PdfDocument(shown["photos"]) as document:
        assert [sum(o.type == 3 for o in page.get_objects()) for page in document] == [2, 0]
    for name in dated:
        sheets = [bare(sheet) for sheet in read(shown[name])]
        (last,) = (sheet for sheet in sheets if "2026年11月21日" in sheet)
        assert all(f"第{n}人（签名）" in last for n in range(3)), name
        assert sum(sheet.count("正文。") for sheet in sheets) == int(name[6:])


def body(sheets: list[str]) -> list[str]:
    """The characters of all pages without their feet; cells may be read in another order."""
    foot = re.compile(r"（2026）滨江人调字第001号第\d页共\d页abababab")
    return sorted(re.sub("[□√☑☐]", "", "".join(foot.sub("", bare(sheet)) for sheet in sheets)))
