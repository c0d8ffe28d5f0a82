"""What every spreadsheet written here has in common: its type, how it is written, and words that are never a formula."""

import unicodedata
from collections.abc import Iterable

PLAIN = {"font_name": "宋体", "font_size": 9, "valign": "vcenter", "text_wrap": True}
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_SIGNS = set("=+-@")
_BLANKS = "\t\r\n\0"


def places(signers: Iterable[str]) -> str:
    """Places to sign (签名处) in one line."""
    return "    ".join(f"{signer}：____________" for signer in signers)


def harmless(text: str) -> str:
    """Text that no spreadsheet program takes for a formula, also where blanks or a full-width sign (全角) begin it."""
    first = unicodedata.normalize("NFKC", text.lstrip()[:1])
    return f"'{text}" if first in _SIGNS or text.startswith(tuple(_BLANKS)) else text
