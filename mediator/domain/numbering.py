"""Numbers (编号): a pattern that the office edits and a yearly series that never gives a number twice.

A pattern is words with two places: ``{年}`` the year, ``{号}`` the running number; ``{号3}`` pads it to three digits.
"""

import re

from mediator.domain.errors import Refusal

_PLACE = re.compile(r"\{(年|号)(\d?)\}")


def check_pattern(pattern: str) -> str:
    """Return the pattern if it can serve, else refuse: it needs the year and the running number, once each."""
    places = [match[1] for match in _PLACE.finditer(pattern)]
    rest = _PLACE.sub("", pattern)
    if sorted(places) != sorted(["年", "号"]) or "{" in rest or "}" in rest:
        raise Refusal(
            f"编号样式“{pattern[:60]}”不能用，请写上 {{年}} 和 {{号3}} 各一处，例如“({{年}})滨江人调字第{{号3}}号”。"
        )
    if len(pattern) > 60:
        raise Refusal("编号样式太长，请控制在 60 个字以内。")
    return pattern


def number(pattern: str, year: int, serial: int) -> str:
    """Write one number: pattern "({年})滨江人调字第{号3}号", 2026, 1 → "(2026)滨江人调字第001号"."""

    def fill(match: re.Match[str]) -> str:
        return f"{year}" if match[1] == "年" else f"{serial:0{match[2] or 1}d}"

    return _PLACE.sub(fill, pattern)
