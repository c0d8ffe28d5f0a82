"""What people read is set in full-width punctuation, in every room."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "mediator"
HALF = re.compile(r"[一-鿿][,;:?!(]|[,;:?!)][一-鿿]")
PATTERN = re.compile(r"\(\?|\[:|\(\.\{")
"""A regular expression reads what others wrote, in whatever width."""
NUMBER = re.compile(r"\((\{年\}|2026|永)\)")
"""Case numbers are the office's own; the usual ones have half-width brackets."""
FILES = sorted(HOUSE.rglob("*.py"))


def literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string of a file but its docstrings; a value inside a Chinese f-string stands as a Chinese letter."""
    aside: set[int] = set()
    for node in ast.walk(tree):
        for statement in (
            getattr(node, "body", None) or [] if not isinstance(node, ast.Lambda | ast.IfExp) else []
        ):
            if isinstance(statement, ast.Expr):
                aside.add(id(statement.value))
        if isinstance(node, ast.JoinedStr):
            aside |= {id(part) for part in node.values}
            parts = [str(p.value) if isinstance(p, ast.Constant) else "" for p in node.values]
            stand_in = "永" if re.search("[一-鿿]", "".join(parts)) else ""
            yield node.lineno, "".join(part or stand_in for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield node.lineno, node.value


def half_width(path: Path) -> list[str]:
    found = literals(ast.parse(path.read_text("utf-8")))
    return [
        f"{line}: {words}"
        for line, words in found
        if HALF.search(words) and not PATTERN.search(words) and not NUMBER.search(words)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_words_have_full_width_punctuation(path: Path) -> None:
    assert half_width(path) == []


def test_the_check_sees_what_it_should(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text('"""文件,夹"""\nx = "案件,列表"\ny = f"{x}:案件"\nz = "案件，列表"\n', "utf-8")
    assert [entry[0] for entry in half_width(file)] == ["2", "3"]
