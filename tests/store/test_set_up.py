"""A new data folder is set up wholly or not at all."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from reading import contents, enter_a_case, numbers
from sqlalchemy import Engine, text

from mediator.domain.errors import Refusal
from mediator.services import setup
from mediator.store import folder as folders
from mediator.store import keyfile
from mediator.store.folder import Folder, create, open_folder

pytestmark = pytest.mark.usefixtures("cheap")

WHOLE = {"keys.json", "keys.copy.json", "mediator.db"}


OFFICE = {"name": "滨江社区人民调解委员会", "region": "000000", "case_pattern": "{年}-{号}"}
ODD_NAMES = [
    "数据 文件夹",
    "甲?乙",
    "甲#乙",
    "100%41",
    "o'neill",
    'say "x"',
    "a&b=c;d",
    "𪚥𬎆",
    ":memory:",
    "file:x",
]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_folder_of_any_name_is_set_up_and_opened(tmp_path: Path, password: str, name: str) -> None:
    folder = Folder(tmp_path / name / "内 层")
    assert not folder.exists
    setup.found(folder.path, "chen", password, OFFICE).dispose()
    assert set(contents(folder.path)) == WHOLE
    engine = open_folder(folder, "chen", password)
    number = enter_a_case(engine)
    engine.dispose()
    engine = open_folder(folder, "chen", password)
    assert numbers(engine) == [number]
    engine.dispose()


def test_a_folder_with_data_is_not_set_up_again(folder: Folder, password: str) -> None:
    whole = contents(folder.path)
    for left in ({*whole}, *({name} for name in whole)):
        for name, data in whole.items():
            path = folder.path / name
            path.write_bytes(data) if name in left else path.unlink(missing_ok=True)
        with pytest.raises(Refusal, match="已经有数据"):
            create(folder, "chen", password)
        assert contents(folder.path) == {name: whole[name] for name in left}


def killed(*_values: object, **_named: object) -> None:
    os._exit(9)


def full(*_values: object, **_named: object) -> None:
    raise OSError(28, "No space left on device")


POINTS: dict[str, tuple[object, str]] = {
    "before the database": (folders, "connect"),
    "before it has its tables": (folders, "bring_up_to_date"),
    "before the keys": (keyfile, "write"),
    "in the midst of the keys": (keyfile, "settle"),
    "before the database has its name": (folders, "_name"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
@pytest.mark.parametrize("point", POINTS)
def test_a_set_up_killed_anywhere_can_be_done_again_or_is_done(
    tmp_path: Path, password: str, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    folder = Folder(tmp_path / "data")
    child = os.fork()
    if not child:
        monkeypatch.setattr(*POINTS[point], killed)
        create(folder, "chen", password)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    if folder.exists:
        open_folder(folder, "chen", password).dispose()
    else:
        create(folder, "chen", "another password").dispose()
        open_folder(folder, "chen", "another password").dispose()
    assert set(contents(folder.path)) == WHOLE


@pytest.mark.parametrize("point", POINTS)
def test_a_set_up_that_fails_leaves_nothing(
    tmp_path: Path, password: str, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    folder = Folder(tmp_path)
    (tmp_path / "keys.txt").write_bytes(b"not ours")
    with monkeypatch.context() as cut:
        cut.setattr(*POINTS[point], full)
        with pytest.raises(Refusal, match="写不进去"):
            create(folder, "chen", password)
    assert contents(tmp_path) == {"keys.txt": b"not ours"}
    create(folder, "chen", password).dispose()
    open_folder(folder, "chen", password).dispose()


def test_a_set_up_whose_first_entries_are_refused_leaves_nothing(tmp_path: Path, password: str) -> None:
    def refuse(engine: Engine) -> None:
        with engine.begin() as connection:
            connection.execute(text("delete from staff"))
            raise Refusal("请填写调委会名称。")

    with pytest.raises(Refusal, match="调委会名称"):
        create(Folder(tmp_path), "chen", password, refuse)
    assert contents(tmp_path) == {}


def test_a_set_up_killed_outright(tmp_path: Path, password: str) -> None:
    """With SIGKILL, whenever: then it is set up, or it can be."""
    script = (
        "import sys; from pathlib import Path; from mediator.store.folder import Folder, create\n"
        "import alembic.command, mediator.store.models; from mediator.store import keyfile; keyfile.MEMORY_KIB = 8\n"
        "print(flush=True); create(Folder(Path(sys.argv[1])), 'chen', sys.argv[2]).dispose(); print(flush=True)"
    )
    chance = random.Random(4)
    for trial in range(6):
        folder = Folder(tmp_path / str(trial))
        command = [sys.executable, "-c", script, str(folder.path), password]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:
            assert process.stdout
            process.stdout.readline()
            try:
                process.wait(chance.uniform(0, 0.25))
            except subprocess.TimeoutExpired:
                process.kill()
        if not folder.exists:
            create(folder, "chen", password).dispose()
        open_folder(folder, "chen", password).dispose()
        assert set(contents(folder.path)) == WHOLE
