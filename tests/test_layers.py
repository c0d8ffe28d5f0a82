"""The rooms of the house: who may import whom, what comes from outside, and how large a thing may grow."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1] / "mediator"

ROOMS: dict[str, set[str]] = {
    "domain": set(),
    "paper": set(),
    "forms": {"domain", "paper.blocks"},
    "tallies": {"domain"},
    "exchange": {"domain", "tallies"},
    "store": {"domain"},
    "services": {"domain", "paper", "forms", "tallies", "exchange", "store"},
    "ui": {"domain", "forms", "tallies", "services"},
}
"""What a room may import of the others; what stands beside the rooms may import them all."""
PLAIN = {
    "exchange": {"__version__"},
    "services": {"__version__"},
    "ui": {"paths"},
    "log": {"paths"},
    "paths": set[str](),
}
"""What may be had of the plain modules beside the rooms, and by whom."""
JOINING = {"__init__", "__main__", "app", "cli", "commands"}
"""What joins the rooms and may import everything."""
OUTSIDE = {
    "domain": {"sqlalchemy", "stdnum"},
    "paper": {"reportlab", "docx", "fontTools", "platformdirs", "PIL", "pypdfium2", "segno"},
    "forms": {"sqlalchemy"},
    "tallies": {"sqlalchemy"},
    "exchange": {"sqlalchemy", "openpyxl", "xlsxwriter", "cryptography", "defusedxml"},
    "store": {"sqlalchemy", "alembic", "sqlcipher3", "argon2", "cryptography"},
    "services": {"sqlalchemy", "stdnum"},
    "ui": {"PySide6", "shiboken6", "pypdfium2", "sqlalchemy", "typing_extensions"},
}
"""What a room may import from outside the house and the standard library."""

MOST_LINES = 500
MOST_LINES_OF_A_FUNCTION = 50
RELEASED = HOUSE / "store" / "migrations" / "versions"
"""Migrations tell all they do in one function, and are never changed."""

MODULES = sorted(HOUSE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8"), str(path)) for path in MODULES}


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every module or name imported anywhere in a file, also inside functions and for types only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: a relative import"
            if node.module in ("mediator", "mediator.paper"):
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, str(node.module)


def within(name: str, allowed: set[str]) -> bool:
    return any(f"{name}.".startswith(f"{part}.") for part in allowed)


def breaches(room: str, tree: ast.AST) -> list[str]:
    """The imports that a room may not have."""
    found = []
    for line, name in imported(tree):
        top, _, rest = name.partition(".")
        if top in sys.stdlib_module_names:
            continue
        if top == "mediator":
            mine = {room} | ROOMS.get(room, set()) | PLAIN.get(room, set())
            allowed = room in JOINING or within(rest, mine)
        elif top in ("PySide6", "shiboken6"):
            allowed = room in ("ui", "app")
        elif top == "sqlcipher3":
            allowed = room == "store"
        else:
            allowed = room not in OUTSIDE or top in OUTSIDE[room]
        if not allowed:
            found.append(f"line {line}: {name}")
    return found


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The last name of everything that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield node.lineno, name


def test_every_room_and_module_is_known() -> None:
    assert {room_of(path) for path in MODULES} == {*ROOMS, *PLAIN, *JOINING}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_the_layers_hold(path: Path) -> None:
    assert breaches(room_of(path), TREES[path]) == []


@pytest.mark.parametrize(
    ("room", "line", "allowed"),
    [
        ("domain", "from mediator.store import engine", False),
        ("domain", "from mediator import paths", False),
        ("domain", "import alembic", False),
        ("paper", "from mediator.domain.errors import Refusal", False),
        ("forms", "from mediator.paper import pdf", False),
        ("forms", "from mediator.paper.pdf import write", False),
        ("forms", "from mediator.paper.blocks import Paper", True),
        ("forms", "from mediator.paper import blocks", True),
        ("tallies", "from mediator.services import cases", False),
        ("exchange", "from mediator.store.engine import connect", False),
        ("store", "import sqlcipher3.dbapi2 as driver", True),
        ("services", "def f():\n    import sqlcipher3", False),
        ("services", "from mediator.ui import desk", False),
        ("ui", "from mediator import store", False),
        ("ui", "if TYPE_CHECKING:\n    from mediator.store.folder import Folder", False),
        ("ui", "import mediator.exchange.drive", False),
        ("services", "from PySide6.QtCore import QDate", False),
        ("commands", "from PySide6.QtCore import QDate", False),
        ("app", "from PySide6.QtCore import QDate", True),
        ("cli", "from mediator.store import folder", True),
    ],
)
def test_the_check_sees_what_it_should(room: str, line: str, allowed: bool) -> None:
    assert (not breaches(room, ast.parse(line))) is allowed


def test_only_the_desk_opens_sessions_for_the_window() -> None:
    for path, tree in TREES.items():
        if room_of(path) != "ui" or path.name == "desk.py":
            continue
        own = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("sqlalchemy")
            for alias in node.names
        }
        opened = own & {name for _, name in calls(tree)}
        assert not opened & {"Session", "sessionmaker", "create_engine"}, path
        assert "transaction" not in {name for _, name in calls(tree)}, path


COMMITTING = {"demo.py": "fills a folder that nobody uses yet, in portions, with a connection of its own"}


def test_services_never_commit() -> None:
    for path, tree in TREES.items():
        if room_of(path) == "services" and path.name not in COMMITTING:
            assert not {"commit", "rollback"} & {name for _, name in calls(tree)}, path


def test_no_module_is_imported_by_a_made_up_name() -> None:
    for path, tree in TREES.items():
        assert not {"import_module", "__import__"} & {name for _, name in calls(tree)}, path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_nothing_grows_too_large_or_is_left_half_done(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= MOST_LINES
    for word in ("TODO", "FIXME", "XXX", "HACK", "NotImplementedError"):
        assert word not in text
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.FunctionDef) and path.parent != RELEASED:
            lines = (node.end_lineno or 0) - node.lineno + 1
            assert lines < MOST_LINES_OF_A_FUNCTION, f"{node.name} has {lines} lines"
