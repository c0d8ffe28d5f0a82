"""Words and pages of a material (材料): as lists name it, as it is kept in a file, as it is looked at."""

from pathlib import Path

from sqlalchemy.orm import Session

from mediator.domain.papers import Material
from mediator.services import materials
from mediator.ui.picture_pdf import as_pdf

LARGE = 2400
"""The longer side of a picture shown as large as the screen, pixels."""


def named(material: Material) -> str:
    """What it is called: its caption, else the name of its file."""
    return material.caption or material.file_name


def file_name(material: Material) -> str:
    """A name to keep it under, with the ending of what it is."""
    stem = "".join("_" if c in '\\/:*?"<>|' else c for c in Path(material.file_name).stem)
    return f"{stem or '材料'}.{materials.SUFFIXES[material.media]}"


def is_pdf(material: Material) -> bool:
    """Whether it has pages to be drawn."""
    return material.media == "application/pdf"


def pdf_of(session: Session, material: Material) -> bytes:
    """All of it, to be looked at and printed as papers are."""
    if is_pdf(material):
        return materials.content(session, material.digest)
    return as_pdf(materials.glances(session, material, LARGE))


def line(material: Material, titles: dict[int, str]) -> str:
    """Kind and name, and under it who gave it, how large it is and since when it is there."""
    paper = f"《{titles[material.paper_id]}》" if material.paper_id in titles else ""
    provider = f"{material.provider}提供 · " if material.provider else ""
    mega, kilo = material.size / 1024 / 1024, max(material.size // 1024, 1)
    size = f"{mega:.1f} MB" if mega >= 1 else f"{kilo} KB"
    return f"{material.kind.label}{paper}：{named(material)}\n{provider}{size} · {material.added_at:%Y-%m-%d} 加入"
