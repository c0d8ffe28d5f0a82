"""What a material looks like (材料的样子): its picture, or the first page of a PDF."""

from PySide6.QtGui import QImage

from mediator.domain.errors import Refusal
from mediator.domain.papers import Material
from mediator.services import materials
from mediator.ui import later
from mediator.ui.desk import Desk
from mediator.ui.material_words import is_pdf, named
from mediator.ui.page_view import sizes
from mediator.ui.picture_view import PictureView
from mediator.ui.printing import pages

PIXELS = 1600
"""The longer side of what is shown."""


class MaterialView(PictureView):
    """Shows one material after another."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("材料的样子")
        self.desk = desk
        self.digest = ""
        """Of the bytes that are shown, or about to be."""

    def show_none(self, words: str) -> None:
        """Show no material."""
        self.digest = ""
        self.say(words)

    def show_material(self, material: Material) -> None:
        """Show a material; one that is shown already stays."""
        if material.digest == self.digest:
            self.setAccessibleDescription(named(material))
            return
        self.digest = material.digest
        self.say("正在打开……")
        if is_pdf(material):
            self._show(
                material, *self._first_page(material)
            )  # here, as two threads must not draw PDFs at once
        else:
            later.run(self, lambda: self._picture(material), lambda shown: self._show(material, *shown))

    def _first_page(self, material: Material) -> tuple[QImage, str]:
        """The first page of a PDF, or why it cannot be shown."""
        try:
            pdf = self.desk.read(lambda s: materials.content(s, material.digest))
            longer = max(sizes(pdf)[0])
            return next(iter(pages(pdf, 72 * PIXELS / longer, 1, 1))), ""
        except Refusal as refusal:
            return QImage(), str(refusal)

    def _picture(self, material: Material) -> tuple[QImage, str]:
        """A picture, or why it cannot be shown; in the background."""
        try:
            return QImage.fromData(self.desk.read(lambda s: materials.glance(s, material, PIXELS))), ""
        except Refusal as refusal:
            return QImage(), str(refusal)

    def _show(self, material: Material, image: QImage, wrong: str) -> None:
        if material.digest != self.digest:
            return
        if image.isNull():
            self.say(wrong)
        else:
            self.show_picture(image, named(material))
