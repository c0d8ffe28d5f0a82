"""Numbers of cases: patterns that can serve, and numbers that never look alike."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mediator.domain.errors import Refusal
from mediator.domain.numbering import check_pattern, number

GOOD = (
    "({年})调字第{号3}号",
    "({年})滨江人调字第{号3}号",
    "{号}/{年}",
    "{年}-𪚥-{号4}",
    "人调{年}{号9}",
    "{号0}〔{年}〕",
    "{年}{号}",
)


@pytest.mark.parametrize("pattern", GOOD)
def test_a_pattern_with_year_and_number_serves(pattern: str) -> None:
    assert check_pattern(pattern) == pattern
    written = {number(pattern, year, serial) for year in (2025, 2026) for serial in range(1, 1200)}
    assert len(written) == 2 * 1199
    assert not any(sign in name for name in written for sign in "{}")


@pytest.mark.parametrize(
    "pattern",
    ["", "滨江人调字", "{年}", "{号3}", "{年}{年}{号}", "{年}{号}{号}", "{年}{号33}", "{年}{ 号}", "{年}{号}{", "{年}{号}}", "{{年}}{号}",
     "{year}{号}", "{年}{号}{月}", "{年:04}{号}", "{年}{号-1}", "年号", "{0}{1}", "{年}{号" + "}" * 2, "%d{年}{号}{}"],
)  # fmt: skip
def test_a_pattern_that_cannot_serve_is_refused_with_an_example(pattern: str) -> None:
    with pytest.raises(Refusal, match="编号样式") as refusal:
        check_pattern(pattern)
    assert "{年}" in str(refusal.value) and "{号3}" in str(refusal.value)


def test_a_pattern_is_sixty_characters_at_most() -> None:
    assert check_pattern("{年}{号}" + "字" * 54)
    with pytest.raises(Refusal, match="60 个字"):
        check_pattern("{年}{号}" + "字" * 55)


@pytest.mark.parametrize(
    ("pattern", "serial", "written"),
    [
        ("({年})滨江人调字第{号3}号", 1, "(2026)滨江人调字第001号"),
        ("({年})滨江人调字第{号3}号", 1000, "(2026)滨江人调字第1000号"),
        ("{号}-{年}", 7, "7-2026"),
        ("{年}{号5}", 42, "202600042"),
    ],
)
def test_numbers_as_written(pattern: str, serial: int, written: str) -> None:
    assert number(pattern, 2026, serial) == written


@given(
    st.sampled_from(GOOD),
    *(st.tuples(st.integers(1990, 2199), st.integers(1, 10**6)) for _ in range(2)),
)
def test_two_cases_never_look_alike(pattern: str, one: tuple[int, int], other: tuple[int, int]) -> None:
    assume(one != other)
    assert number(pattern, *one) != number(pattern, *other)


@given(st.text(st.sampled_from("{}年号0123 滨%s"), max_size=70))
def test_any_pattern_serves_or_is_refused(pattern: str) -> None:
    try:
        check_pattern(pattern)
    except Refusal:
        return
    assert "2026" in number(pattern, 2026, 5) and "5" in number(pattern, 2026, 5)
