"""mediator audit, and what every other command leaves in it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running import FIRST, Runs, refused
from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.services import offices
from mediator.store.folder import Folder, open_folder

PERIOD = ("--from", "2026-03-01", "--until", "2026-03-31")


def test_a_good_chain_is_verified_and_that_is_noted(at: Runs, settled: str) -> None:
    ran = at("audit", "verify", "--json")
    assert ran.status == 0 and ran.document["broken"] is None and ran.document["since"] == 1
    ran = at("audit", "verify", "--passes", ran.document["code"])
    assert ran.status == 0 and "现在的记录经过它" in ran.out
    (newest, *_rest) = at("audit", "list", "--action", "核对", "--json").document["entries"]
    assert newest["action"] == "checked" and "完好" in newest["words"]


def test_a_broken_chain_is_named_and_refused(at: Runs, settled: str, folder: Folder) -> None:
    code = at("audit", "verify", "--json").document["code"]
    engine = open_folder(folder, "chen", "滨江 practice 01")
    with engine.begin() as connection:
        connection.exec_driver_sql("drop trigger entry_stays")
        connection.exec_driver_sql("update entry set reason = '补记' where id = 3")
    engine.dispose()
    ran = at("audit", "verify", "--json")
    refused(ran, "没有通过核对")
    assert ran.document["broken"] == 3 and "第 3 条被改动过" in ran.document["words"]
    refused(at("audit", "verify", "--since", "5", "--passes", "AAAA-AAAA-AAAA-AAAA"), "没有通过核对")
    assert at("audit", "verify", "--since", "5", "--passes", code).status == 0
    refused(at("audit", "verify", "--since", "500"), "第 500 条")
    refused(at("audit", "verify", "--passes", "短"), "16 个字符")


def test_an_export_is_checked_by_the_program_beside_it(at: Runs, settled: str, tmp_path: Path) -> None:
    ran = at("audit", "export", "--to", tmp_path, "--json")
    assert ran.status == 0 and "没有加密" in ran.err
    place = Path(ran.document["to"])
    words = [sys.executable, "-I", str(place / "verify_audit.py"), str(place)]
    assert "✓ 完好" in subprocess.run(words, capture_output=True, check=True).stdout.decode()
    assert at("audit", "verify", "--passes", place / "checkpoint.json").status == 0
    refused(at("audit", "export", "--to", tmp_path / "没有"), "用不了")


def test_entries_are_listed_and_filtered(at: Runs, settled: str) -> None:
    def ids(*words: object) -> list[int]:
        return [row["id"] for row in at("audit", "list", "--json", *words).document["entries"]]

    whole = ids()
    assert whole == sorted(whole, reverse=True) and len(whole) >= 6
    assert ids("--limit", "2") == [whole[0] + 1, whole[0]]  # each command begins with its own log-in
    assert set(ids("--case", FIRST)) < set(whole)
    assert ids("--by", "没有这个人") == [] and ids("--until", "1999-12-31") == []
    assert "陈志华" in at("audit", "list").out
    refused(at("audit", "list", "--action", "瞎写"), "没有“瞎写”这种操作")


def test_every_command_is_a_log_in_and_wrong_passwords_are_told_with_it(
    at: Runs, settled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def newest(*words: object) -> list[tuple[str, str, str]]:
        rows = at("audit", "list", "--json", "--limit", "3", *words).document["entries"]
        return [(row["action"], row["by"], row["words"]) for row in rows]

    before = len(at("audit", "list", "--action", "logged_in", "--json").document["entries"])
    assert at("case", "list").status == 0
    refused(at("case", "show", "(1999)x"), "没有这个编号")
    assert len(newest("--action", "logged_in", "--limit", "1000")) == before + 3
    assert newest("--action", "logged_in")[0] == ("logged_in", "陈志华", "命令行")
    with monkeypatch.context() as patch:
        patch.setenv("MEDIATOR_PASSWORD", "滨江 practice 02")
        refused(at("case", "list"), "用户名或密码不对")
        refused(at("case", "list"), "用户名或密码不对")
    told = newest("--action", "log_in_failed")
    assert len(told) == 1 and told[0][2].startswith("chen 输错密码 2 次：")
    assert at("account", "list", "--json").document["accounts"][0]["last_at"]


def test_the_code_at_the_foot_of_a_closed_table_is_checked_as_it_is_printed(at: Runs, settled: str) -> None:
    assert at("period", "close", "justice", *PERIOD).status == 0
    (line,) = [
        line
        for line in at("tally", "justice", *PERIOD).out.splitlines()
        if line.startswith("审计记录校验码：")
    ]
    ran = at("audit", "verify", "--passes", line)
    assert ran.status == 0 and "现在的记录经过它" in ran.out
    number = line.split("第 ")[1].split(" 条")[0]
    refused(at("audit", "verify", "--passes", line.replace(f"第 {number} 条", "第 1 条")), "没有通过核对")


def _ledger(place: Path) -> Path:
    file = place / "台账.csv"
    file.write_text(
        "受理时间,申请人,被申请人,纠纷类型,调解结果\n2026-03-02,䶮某,钱龘,邻里纠纷,达成书面协议\n", "utf-8"
    )
    return file


@pytest.mark.parametrize(
    ("words", "action", "detail"),
    [
        (("papers", FIRST, "--form", "agreement", "--to", "{}"), "exported", f"人民调解协议书 {FIRST}"),
        (("papers", FIRST, "--form", "dossier", "--to", "{}"), "exported", f"卷宗 {FIRST}"),
        (("tally", "justice", *PERIOD, "--to", "{}/t.xlsx"), "exported", "人民调解案件情况统计表"),
        (("tally", "analysis", *PERIOD, "--to", "{}/t.pdf"), "exported", "矛盾纠纷研判报告"),
        (("rollup", "justice", *PERIOD, "--to", "{}/t.csv"), "exported", "人民调解案件情况统计表（汇总）"),
        (("send", "justice", *PERIOD, "--to", "{}"), "sent", "第 1 次报送"),
        (("dump", "--to", "{}"), "exported", "全部数据（没有加密）"),
        (("intake", "{}/台账.csv"), "imported", "台账“台账.csv”，1 件"),
        (("audit", "export", "--to", "{}"), "exported", "审计记录（"),
    ],
)  # fmt: skip
def test_every_command_that_takes_something_out_or_in_is_noted(
    at: Runs, settled: str, folder: Folder, tmp_path: Path, words: tuple[str, ...], action: str, detail: str
) -> None:
    _ledger(tmp_path)
    assert at("period", "close", "justice", *PERIOD).status == 0
    ran = at(*(word.format(tmp_path) if "{}" in word else word for word in words))
    assert ran.status == 0, ran.err
    engine = open_folder(folder, "chen", "滨江 practice 01")
    with Session(engine) as session:
        entries = session.scalars(select(Entry).where(Entry.action == action)).all()
        assert [entry for entry in entries if detail in entry.detail], [entry.detail for entry in entries]
        assert not any("周文谦" in entry.detail + entry.medium for entry in entries)
        assert all(entry.medium for entry in entries if action != "imported")
    engine.dispose()


def test_what_is_received_is_noted_with_where_it_lay(
    at: Runs, run: Runs, settled: str, folder: Folder, tmp_path: Path, furnished: Path
) -> None:
    stick = tmp_path / "盘"
    stick.mkdir()
    at("period", "close", "justice", *PERIOD)
    assert at("send", "justice", *PERIOD, "--to", stick).status == 0
    shutil.copytree(furnished, tmp_path / "街道")
    engine = open_folder(Folder(tmp_path / "街道"), "chen", "滨江 practice 01")
    with Session(engine) as session, session.begin():
        offices.own(session).uid = "f" * 32
    engine.dispose()
    assert run("--data", tmp_path / "街道", "receive", stick).status == 0
    rows = run("--data", tmp_path / "街道", "audit", "list", "--action", "received", "--json").document[
        "entries"
    ]
    assert [(row["words"][:12], row["medium"]) for row in rows] == [("收进 1 份上报包：滨江", "本机磁盘")]


def test_private_keys_never_leave_the_database(at: Runs, settled: str, tmp_path: Path) -> None:
    at("audit", "export", "--to", tmp_path)
    at("dump", "--to", tmp_path / "全部")
    (row,) = [
        json.loads(line) for line in (tmp_path / "全部" / "own_key.jsonl").read_text("utf-8").splitlines()
    ]
    assert row["public"] and "private" not in row
    schema = json.loads((tmp_path / "全部" / "schema.json").read_text("utf-8"))
    table = next(table for table in schema["tables"] if table["name"] == "own_key")
    assert "private" not in [column["name"] for column in table["columns"]]
