"""Text made safe to set: what a person cannot see must not reach the paper."""

import re
import unicodedata

_NEW_LINE = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
_ODD_SPACE = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800]")
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
"""Fillers, joiners and variation selectors: letters or accents by their class, but nothing to be seen."""
_PLAIN = re.compile("[ -~\n·–—‘’“”…\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e\uffe5]*")


def clean(text: str) -> str:
    """Return the text without control, bidi and other unseen characters.

    Every kind of line end becomes a new line, every odd space a plain one. Variation selectors go, the base
    character stays. What is no character at all (half of a surrogate pair, U+FFFE) becomes U+FFFD, so that its loss is seen.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = _ODD_SPACE.sub(" ", _NEW_LINE.sub("\n", text))
    return "".join(_kept(char) for char in text)


def _kept(char: str) -> str:
    if char == "\n":
        return char
    if _UNSEEN.match(char):
        return ""
    category = unicodedata.category(char)
    if category == "Cs" or ord(char) & 0xFFFE == 0xFFFE:
        return "\ufffd"
    return "" if category in ("Cc", "Cf") else char
