"""Bad input of every sort: one Chinese sentence, status 1, and nothing changed."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import CASE, FIRST, Ran, Runs, page_around, put, refused

from mediator.commands import files
from mediator.store.folder import Folder
from mediator.store.keyfile import copies

MARCH = ("--from", "2026-03-01", "--until", "2026-03-31")
PARTY = CASE["parties"][0]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (None, "读不出来"),
        (b"", "JSON"),
        (b"{", "JSON"),
        (b"[]", "花括号"),
        (b'"x"', "花括号"),
        ('{"summary": "水管爆裂"}'.encode("gb18030"), "UTF-8"),
        (b'{"claimed": NaN}', "JSON"),
        (b'{"people": ' + b"9" * 5000 + b"}", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"summary": "' + b"x" * files.LARGEST + b'"}', "太大"),
        (b'{"summary": "' + b"x" * 100_000 + b'"}', "纠纷简要情况"),
    ],
    ids=str,
)
def test_files_that_are_no_document(
    at: Runs, tmp_path: Path, snapshot: Callable[[], list[str]], content: bytes | None, part: str
) -> None:
    before = snapshot()
    file = tmp_path / "案件.json"
    if content is not None:
        file.write_bytes(content)
    refused(at("case", "new", file), part)
    assert snapshot() == before


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"nmae": "x"}, "nmae"),
        ({"registered_on": "昨天"}, "昨天"),
        ({"registered_on": "2999-01-01"}, "登记日期"),
        ({"registered_on": ["2026-03-01"]}, "登记日期"),
        ({"kind": "月亮"}, "月亮"),
        ({"kind": {"a": 1}}, "纠纷类型"),
        ({"claimed": 1.5}, "浮点数"),
        ({"claimed": "-1"}, "-1"),
        ({"claimed": "壹万"}, "壹万"),
        ({"people": "三"}, "三"),
        ({"summary": ["a"]}, "纠纷简要情况"),
        ({"parties": {}}, "parties"),
        ({"parties": "周文谦"}, "parties"),
        ({"parties": [1]}, "parties"),
        ({"parties": [{}]}, "姓名"),
        ({"parties": [{**PARTY, "nmae": "x"}]}, "nmae"),
        ({"parties": [{**PARTY, "name": ["x"]}]}, "姓名或名称"),
        ({"parties": [{**PARTY, "name": "王" * 101}]}, "101"),
        ({"parties": [{**PARTY, "representatives": [7]}]}, "representatives"),
        ({"parties": [{**PARTY, "representatives": [{"name": ""}]}]}, "周文谦"),
        ({"assignments": [{"staff": ["x"]}]}, "staff"),
        ({"assignments": [{"staff": ""}]}, "姓名"),
        ({"sessions": [{"record": "x"}]}, "调解时间"),
        ({"agreement": []}, "agreement"),
        ({"agreement": {"items": 3}}, "items"),
        ({"agreement": {"items": [3]}}, "items"),
        ({"agreement": {"items": [{"amount": "1", "debtor": {"a": 1}}]}}, "debtor"),
        ({"agreement": {"items": [{"amount": "1", "debtor": "外人"}]}}, "外人"),
        ({"agreement": {"items": [{"amount": "1", "instalments": [None]}]}}, "instalments"),
        ({"case": {}}, "case"),
        ({"batch_id": 1}, "batch_id"),
    ],
    ids=str,
)
def test_documents_with_something_wrong(
    at: Runs, tmp_path: Path, snapshot: Callable[[], list[str]], changes: dict[str, Any], part: str
) -> None:
    before = snapshot()
    refused(at("case", "new", put(tmp_path / "c.json", {**CASE, **changes})), part)
    assert snapshot() == before


@pytest.mark.parametrize(
    ("document", "part"),
    [
        ({"on": "2026-02-30"}, "2026-02-30"),
        ({"on": ["2026-03-06"]}, "on"),
        ({"reason": {"a": 1}}, "reason"),
        ({"outcome": "月亮"}, "月亮"),
        ({"outcom": "written"}, "outcom"),
        ({"summary": "x"}, "summary"),
        ({"revisits": [{"way": "飞"}]}, "飞"),
        ({"revisits": 3}, "revisits"),
    ],
    ids=str,
)
def test_steps_with_something_wrong(
    at: Runs, settled: str, tmp_path: Path, snapshot: Callable[[], list[str]],
    document: dict[str, Any], part: str,
) -> None:  # fmt: skip
    before = snapshot()
    refused(at("case", "advance", settled, "revisited", put(tmp_path / "s.json", document)), part)
    assert snapshot() == before


def test_what_is_not_there_or_cannot_be(
    at: Runs, settled: str, tmp_path: Path, snapshot: Callable[[], list[str]]
) -> None:
    before = snapshot()
    (tmp_path / "file").touch()
    backwards = ("--from", "2026-04-01", "--until", "2026-03-01")
    for words, part in (
        (("case", "show", "(1999)x"), "没有这个编号"),
        (("case", "list", "--stage", "月亮"), "月亮"),
        (("case", "list", *backwards), "晚于"),
        (("case", "list", "--from", "2026-13-01"), "2026-13-01"),
        (("tally", "moon", *MARCH), "moon"),
        (("tally", "justice", *backwards), "晚于"),
        (("tally", "justice", "--from", "1899-01-01", "--until", "2026-01-01"), "1899-01-01"),
        (("tally", "justice", *MARCH, "--to", tmp_path / "x.exe"), ".exe"),
        (("tally", "justice", *MARCH, "--to", tmp_path / "file" / "x.csv"), "写不进去"),
        (("tally", "justice", *MARCH, "--to", "/dev/null" + ".csv" * 90), "写不进去"),
        (("rollup", "moon", *MARCH), "moon"),
        (("rollup", "justice", *backwards), "晚于"),
        (("send", "moon", *MARCH, "--to", tmp_path), "moon"),
        (("send", "justice", *backwards, "--to", tmp_path), "晚于"),
        (("send", "justice", *MARCH, "--to", tmp_path / ("盘" * 300)), "找不到文件夹"),
        (("receive", tmp_path / ("盘" * 300)), "都不能收"),
        (("dump", "--to", tmp_path / "file"), "写不进去"),
        (("dump", "--to", tmp_path / ("长" * 300)), "写不进去"),
        (("papers", settled, "--to", tmp_path / ("长" * 300)), "写不进去"),
        (("handbook", "--to", tmp_path / "file" / "h.md"), "写不进去"),
        (("office", "set", tmp_path / "file"), "JSON"),
    ):
        refused(at(*words), part)
    assert snapshot() == before
    assert not (tmp_path / "x.exe").exists()


def test_a_wrong_password_or_user(at: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    refused(at("--user", "liu", "office", "show"), "用户名或密码不对")
    monkeypatch.setenv("MEDIATOR_PASSWORD", "")
    refused(at("office", "show"), "用户名或密码不对")


def test_folders_without_data(run: Runs, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "none", tmp_path, tmp_path / "file"):
        refused(run("office", "show", "--data", place), "没有数据")
    refused(run("office", "show", "--data", tmp_path / ("长" * 300)), "用不了")
    office = {"name": "甲村", "region": "000000", "case_pattern": "{年}-{号}"}
    for place in (tmp_path / "file", tmp_path / "file" / "d"):
        refused(run("office", "set", put(tmp_path / "o.json", office), "--data", place), "写不进去")
    refused(run("demo", "--cases", 1, "--data", tmp_path / "file"), "写不进去")
    assert (tmp_path / "file").read_bytes() == b""


def foreign(folder: Folder) -> None:
    folder.database.unlink()
    with sqlite3.connect(folder.database) as other:
        other.execute("create table party (id integer)")
    other.close()


def other_key(folder: Folder) -> None:
    other = Folder(folder.path.with_name("other"))
    from mediator.store.folder import create

    create(other, "chen", "滨江 practice 01").dispose()
    keys_become(folder, other.keys.read_text("utf-8"))


def damage(at: float) -> Callable[[Folder], None]:
    def flip(folder: Folder) -> None:
        data = bytearray(folder.database.read_bytes())
        data[int(len(data) * at)] ^= 1
        folder.database.write_bytes(data)

    return flip


def keys_become(folder: Folder, words: str | None) -> None:
    """The key file and its twin both; without words they are gone."""
    for copy in copies(folder.keys):
        if words is None:
            copy.unlink()
        else:
            copy.write_text(words, "utf-8")


SPOILERS: dict[str, Callable[[Folder], object]] = {
    "foreign database": foreign,
    "key of another folder": other_key,
    "first page": damage(0.001),
    "cut in half": lambda folder: folder.database.write_bytes(folder.database.read_bytes()[:100_000]),
    "no database": lambda folder: folder.database.unlink(),
    "no keys": lambda folder: keys_become(folder, None),
    "torn keys": lambda folder: keys_become(folder, folder.keys.read_text("utf-8")[:90]),
    "keys of a later format": lambda folder: keys_become(folder, '{"format": 2, "slots": []}'),
    "keys that are no keys": lambda folder: keys_become(
        folder, '{"format": 1, "slots": [{"login": "chen"}]}'
    ),
    "keys of another shape": lambda folder: keys_become(folder, '{"format": 1, "slots": [7]}'),
}


@pytest.mark.parametrize("name", list(SPOILERS))
def test_damaged_and_foreign_folders(
    at: Runs, settled: str, folder: Folder, tmp_path: Path, name: str
) -> None:
    SPOILERS[name](folder)
    before = {path.name: path.read_bytes() for path in folder.path.iterdir()}
    for words in (("case", "show", FIRST), ("case", "new", put(tmp_path / "c.json", CASE)), ("case", "list")):
        ran = at(*words)
        refused(ran)
    after = {path.name: path.read_bytes() for path in folder.path.iterdir()}
    assert {n: data for n, data in after.items() if not n.endswith(("-wal", "-shm"))} == before


@pytest.mark.parametrize("share", [number / 23 for number in range(1, 23)])
def test_one_flipped_bit_anywhere(
    at: Runs, settled: str, folder: Folder, tmp_path: Path, share: float
) -> None:
    damage(share)(folder)
    place = int(folder.database.stat().st_size * share)
    before = page_around(folder.database, place)
    ran: Ran = at("dump", "--to", tmp_path / "d")
    if ran.status:
        assert ran.status == 1 and ran.out == ""
        assert ran.err.splitlines()[-1].endswith("。")
        assert "已损坏" in ran.err
        assert page_around(folder.database, place) == before
