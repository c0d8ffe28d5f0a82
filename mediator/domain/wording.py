"""Text as people type it, made fit to be kept: what is dropped, what is normalised, what is refused."""

import re
import unicodedata

INTERPUNCT = "·"
"""间隔号 in names: U+00B7 only (notice 民委发〔2016〕33号)."""

_INTERPUNCTS = str.maketrans(dict.fromkeys("•‧・･．⋅∙●", INTERPUNCT))
_FULL_STOP = re.compile(r"(?<=[\u2e80-\U0010ffff])\.(?=[\u2e80-\U0010ffff])")
_NAME_BRACKETS = str.maketrans("()", "（）")
_BIDI = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}
_KEPT_CONTROLS = "\n\t"
_NEVER = {"\ufeff", "\ufffe", "\uffff", "\u200b", "\u2060", "\u00ad"}
_NUMERALS = "零一二三四五六七八九"
_HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff、。，；：？！“”‘’（）《》〔〕]"
_MARK = re.compile(rf"(?<={_HAN})[,;:?!]|[,;:?!](?={_HAN})")
_BRACKETS = re.compile(r"\(([^()\n]*)\)")
_WIDE = str.maketrans(",;:?!", "，；：？！")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def clean(text: str) -> str:
    """Drop control characters, direction marks, blanks of no width and lone surrogates; keep every real character as typed.

    No Unicode normalisation is applied: it would change rare and compatibility forms found in legal names.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if _kept(c)).strip()


def _kept(char: str) -> bool:
    if char in _KEPT_CONTROLS:
        return True
    return char not in _BIDI and char not in _NEVER and unicodedata.category(char) not in ("Cc", "Cs")


def clean_line(text: str) -> str:
    """Clean text for a one-line field: line breaks and runs of blanks become one blank."""
    return " ".join(clean(text).split())


def half_width(text: str) -> str:
    """Full-width letters, digits and signs (全角) made plain, for numbers and dates only."""
    return text.translate(_HALF_WIDTH)


def clean_name(text: str) -> str:
    """A name (姓名或名称): one line, blanks between Chinese characters dropped, brackets and interpunct those of official names.

    A full stop between Chinese characters is an interpunct too; beside letters and figures it stays.
    """
    name = clean_line(text)
    if any(c >= "\u2e80" for c in name):
        name = name.translate(_INTERPUNCTS).translate(_NAME_BRACKETS)
        parts = name.split(" ")
        name = parts[0]
        for part in parts[1:]:
            latin = name[-1:].isascii() and part[:1].isascii()
            name += (" " if latin else "") + part
        name = _FULL_STOP.sub(INTERPUNCT, name)
    return name


def ideographs(text: str) -> str:
    """Lay text out one character a word, so that the full-text index finds any run of characters."""
    return " ".join(c for c in clean_line(text).casefold() if not c.isspace())


def unended(text: str) -> str:
    """Words without the full stops or semicolons at their end, to go on inside a sentence."""
    while text and text[-1] in "。.;\uff1b \n":
        text = text[:-1]
    return text


def numeral(number: int) -> str:
    """A whole number up to 99 in Chinese words (十二); a larger one stays in figures."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = _NUMERALS[tens] if tens > 1 else ""
    return head + ("十" if tens else "") + (_NUMERALS[ones] if ones or not tens else "")


def counted(number: int) -> str:
    """A number before a measure word (量词): 两份, 十二期."""
    return "两" if number == 2 else numeral(number)


def prose(text: str) -> str:
    """Typed words with the marks between Chinese characters made full-width (GB/T 15834); 3,000 and 14:30 stay."""
    return _MARK.sub(lambda mark: mark[0].translate(_WIDE), _BRACKETS.sub(_bracketed, text))


def _bracketed(match: re.Match[str]) -> str:
    chinese = re.search(_HAN, match[1]) or re.search(_HAN + r"$", match.string[: match.start()])
    return f"（{match[1]}）" if chinese else match[0]
