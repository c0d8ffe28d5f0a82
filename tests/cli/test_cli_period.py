"""mediator period: closed, changed, corrected and shown by the command line alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from running import FIRST, Runs, put, refused
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from mediator.domain.codes import Level
from mediator.domain.errors import Refusal
from mediator.domain.figures import Price
from mediator.services.transaction import transaction
from mediator.store.folder import Folder, open_folder

MARCH = ("--from", "2026-03-01", "--until", "2026-03-31")
APRIL = ("--from", "2026-04-01", "--until", "2026-04-30")


def perform(at: Runs, tmp_path: Path) -> None:
    """Change the case so that the tables of March say otherwise."""
    step = put(tmp_path / "s.json", {"on": "2026-03-20", "agreement": {"performance": "full"}})
    assert at("case", "advance", FIRST, "performed", step).status == 0


def values(document: Any) -> dict[str, int]:
    return {column["code"]: column["value"] for column in document["columns"]}


@pytest.fixture
def priced(folder: Folder, settled: str, password: str) -> None:
    """A price list in the folder of the settled case."""
    engine: Engine = open_folder(folder, "chen", password)
    with Session(engine) as session, session.begin():
        session.add(Price(level=Level.GENERAL, settled=120_50, valid_from=date(2026, 1, 1)))
    engine.dispose()


def test_a_period_is_closed_changed_corrected_and_shown(at: Runs, settled: str, tmp_path: Path) -> None:
    closed = at("period", "close", "justice", *MARCH, "--json").document
    assert {key: closed[key] for key in ("table", "title", "edition", "basis", "period", "serial", "reason")} == {
        "table": "justice", "title": "人民调解案件情况统计表", "edition": 1, "basis": "concluded",
        "period": {"from": "2026-03-01", "until": "2026-03-31"}, "serial": 1, "reason": "",
    }  # fmt: skip
    assert (closed["closed_by"], closed["zero_report"], closed["notes"]) == ("陈志华", False, [])
    assert "现在统计的数字和结账时一样。" in at("period", "show", "justice", *MARCH).out

    perform(at, tmp_path)
    shown = at("period", "show", "justice", *MARCH, "--json").document
    assert [closing["serial"] for closing in shown["closings"]] == [1]
    assert shown["differences"] == [
        {
            "code": "performed", "label": "履行", "group": "协议履行", "unit": "件", "so_far": False,
            "cause": "", "was": 0, "now": 1, "gone": [], "come": [settled], "altered": [],
        }
    ]  # fmt: skip
    assert f"履行\t0 → 1 件\t增加：{settled}" in at("period", "show", "justice", *MARCH).out

    slip = tmp_path / "更正" / "三月.pdf"
    corrected = at(
        "period", "correct", "justice", *MARCH, "--reason", "履行情况补记。", "--to", slip, "--json"
    ).document
    assert (corrected["serial"], corrected["reason"]) == (2, "履行情况补记。")
    assert corrected["differences"] == shown["differences"]
    assert slip.read_bytes().startswith(b"%PDF")
    docx = tmp_path / "三月.DOCX"
    out = at("period", "show", "justice", *MARCH, "--to", docx).out
    assert docx.read_bytes().startswith(b"PK")
    assert f"更正单已存成“{docx}”。" in out
    assert [line.split("\t")[3] for line in out.splitlines()[:2]] == ["第一次更正", "结账"]
    listed = at("period", "show", "--json").document
    assert [closing["serial"] for closing in listed["closings"]] == [2, 1]
    assert listed["broken"] == []


def test_a_slip_is_left_only_if_the_correction_is_kept(
    at: Runs, settled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at("period", "close", "justice", *MARCH)
    perform(at, tmp_path)

    @contextmanager
    def full(engine: Engine, by: str) -> Iterator[Session]:
        with transaction(engine, by) as session:
            yield session
            raise Refusal("磁盘已满，没有存上。")

    slip = tmp_path / "更正" / "三月.pdf"
    with monkeypatch.context() as patch:
        patch.setattr("mediator.commands.data.transaction", full)
        refused(at("period", "correct", "justice", *MARCH, "--reason", "补记。", "--to", slip), "磁盘已满")
    assert list(slip.parent.iterdir()) == []
    assert len(at("period", "show", "justice", *MARCH, "--json").document["closings"]) == 1


def test_a_hard_check_speaks_of_a_correction_only_where_another_table_is_closed(
    at: Runs, settled: str, folder: Folder, password: str, tmp_path: Path
) -> None:
    engine = open_folder(folder, "chen", password)
    with engine.begin() as connection:
        connection.execute(text('update "case" set kind = null'))
    ran = at("period", "close", "justice", *MARCH)
    assert ran.status == 1 and "没有通过核对" in ran.err
    assert ran.err.endswith("请先改正有关案件。\n") and "更正" not in ran.err
    with engine.begin() as connection:
        connection.execute(text("update \"case\" set kind = 'neighbour'"))
    assert at("period", "close", "justice", *MARCH).status == 0
    with engine.begin() as connection:
        connection.execute(text('update "case" set concluded_on = null, outcome = null'))
    engine.dispose()
    refused(at("period", "close", "political", *MARCH), "对照的那张表已经结账，它错了就先更正它")


def test_what_is_sent_is_what_was_closed(at: Runs, settled: str, tmp_path: Path) -> None:
    at("period", "close", "justice", *MARCH)
    first = Path(at("send", "justice", *MARCH, "--to", tmp_path, "--json").document["file"]).read_text(
        "utf-8"
    )
    perform(at, tmp_path)
    assert at("send", "justice", *MARCH, "--to", tmp_path, "--json").document["serial"] == 1
    at("period", "correct", "justice", *MARCH, "--reason", "补记")
    sent = at("send", "justice", *MARCH, "--to", tmp_path, "--json").document
    assert sent["serial"] == 2
    assert Path(sent["file"]).read_text("utf-8") != first


def test_a_zero_report_is_closed_and_said(at: Runs) -> None:
    line = at("period", "close", "justice", *APRIL).out
    assert line.startswith("justice\t《人民调解案件情况统计表》\t2026年4月1日至4月30日\t结账\t")
    assert "\t零报告\t" in line
    assert at("period", "show", "--json").document["closings"][0]["zero_report"] is True


@pytest.fixture
def doubtful(at: Runs, folder: Folder, settled: str, password: str) -> str:
    """A case without people: the sentence of the check that asks for a look."""
    engine = open_folder(folder, "chen", password)
    with engine.begin() as connection:
        connection.execute(text('update "case" set headcount = 0'))
    engine.dispose()
    return "“调解案件总数”1 件大于“涉及当事人数”0 人，多半是有案件没有填涉及人数"


def test_doubts_are_explained_in_a_file(
    at: Runs, doubtful: str, tmp_path: Path, snapshot: Callable[[], list[str]]
) -> None:
    before = snapshot()
    refused(at("period", "close", "justice", *MARCH), "还不能结账，请逐条核实并写明情况", doubtful)
    shown = at("period", "show", "justice", *MARCH, "--json").document
    assert shown["closings"] == []
    assert [c["words"] for c in shown["checks"] if c["verdict"] == "doubtful"] == [doubtful]
    assert f"请核实：{doubtful}。" in at("period", "show", "justice", *MARCH).out
    for notes, part in (
        ({doubtful: ""}, doubtful),
        ({doubtful: "有", "别的": "x"}, "“别的”不是"),
        ({doubtful: 3}, "应写一句话"),
        ({doubtful: ["有"]}, "应写一句话"),
        ({doubtful: "长" * 1001}, "1001 个字"),
        ([], "花括号"),
    ):
        refused(at("period", "close", "justice", *MARCH, "--notes", put(tmp_path / "n.json", notes)), part)
    refused(at("period", "close", "justice", *MARCH, "--notes", tmp_path / "none.json"), "读不出来")
    assert snapshot() == before
    file = put(tmp_path / "n.json", {doubtful: "台账没有记人数。"})
    closed = at("period", "close", "justice", *MARCH, "--notes", file, "--json").document
    assert closed["notes"] == [{"words": doubtful, "note": "台账没有记人数。"}]


def test_pay_per_case_is_closed_by_the_same_command(at: Runs, priced: None) -> None:
    closed = at("period", "close", "subsidy", *MARCH, "--json").document
    assert (closed["table"], closed["title"], closed["zero_report"]) == ("subsidy", "以案定补核算表", False)
    assert "现在统计的数字和结账时一样。" in at("period", "show", "subsidy", *MARCH).out
    refused(at("period", "correct", "subsidy", *MARCH, "--reason", "x"), "不需要更正")
    assert at("period", "show", "subsidy", *APRIL, "--json").document["checks"] == []
    assert at("period", "close", "subsidy", *APRIL, "--json").document["zero_report"] is True


def test_pay_that_changed_is_corrected(
    at: Runs, priced: None, folder: Folder, password: str, tmp_path: Path
) -> None:
    at("period", "close", "subsidy", *MARCH)
    engine = open_folder(folder, "chen", password)
    with engine.begin() as connection:
        connection.execute(text("update \"case\" set level = 'major'"))
    engine.dispose()
    shown = at("period", "show", "subsidy", *MARCH, "--json").document
    paid = {"mediator": "陈志华", "level": "general", "settled": True, "amount": "120.50"}
    assert shown["differences"] == [
        {"number": FIRST, "was": paid, "now": {**paid, "level": "major", "amount": "0.00"}}
    ]
    doubt = "难易程度为重大、调解成功的 1 件没有补贴标准，按 0 元计"
    words = ("period", "correct", "subsidy", *MARCH, "--reason", "级别改了", "--to", tmp_path / "s.docx")
    refused(at(*words), doubt)
    assert not (tmp_path / "s.docx").exists()
    out = at(*words, "--notes", put(tmp_path / "n.json", {doubt: "标准还没有下来。"})).out
    assert f"{FIRST}\t陈志华 120.50 元 → 陈志华 0.00 元" in out
    assert (tmp_path / "s.docx").read_bytes().startswith(b"PK")


def test_what_cannot_be_done_says_why_and_changes_nothing(
    at: Runs, settled: str, tmp_path: Path, snapshot: Callable[[], list[str]]
) -> None:
    assert at("period", "close", "justice", *MARCH).status == 0
    before = snapshot()
    (tmp_path / "file").touch()
    future = ("--from", "2199-01-01", "--until", "2199-01-31")
    backwards = ("--from", "2026-03-31", "--until", "2026-03-01")
    for words, part in (
        (("close", "moon", *MARCH), "moon"),
        (("close", "justice", *MARCH), "结过账"),
        (("close", "justice", *backwards), "晚于"),
        (("close", "subsidy", *backwards), "晚于"),
        (("close", "police", *future), "才结束"),
        (("close", "subsidy", *future), "才结束"),
        (("correct", "moon", *MARCH, "--reason", "x"), "moon"),
        (("correct", "justice", *APRIL, "--reason", "x"), "还没有结账"),
        (("correct", "subsidy", *MARCH, "--reason", "x"), "还没有结账"),
        (("correct", "justice", *MARCH), "要写明原因"),
        (("correct", "justice", *MARCH, "--reason", "x"), "不需要更正"),
        (("correct", "justice", *MARCH, "--reason", "x", "--to", tmp_path / "x.exe"), ".exe"),
        (("show", "moon", *MARCH), "moon"),
        (("show", "justice", *backwards), "晚于"),
        (("show", "justice", *MARCH, "--to", tmp_path / "x.pdf"), "没有更正过"),
        (("show", "justice", *MARCH, "--to", tmp_path / "x"), ".docx"),
        (("show", "justice", *MARCH, "--to", tmp_path), "是一个文件夹"),
    ):
        refused(at("period", *words), part)
    for usage in (
        ("show", "justice"),
        ("show", *MARCH),
        ("show", "--to", "x.pdf"),
        ("close",),
        ("open", "justice"),
    ):
        assert at("period", *usage).status == 2
    assert snapshot() == before
    perform(at, tmp_path)
    changed = snapshot()
    place = tmp_path / "file" / "x.pdf"
    refused(at("period", "correct", "justice", *MARCH, "--reason", "x", "--to", place), "写不进去")
    assert snapshot() == changed


def test_a_closing_changed_behind_the_programs_back_is_told(
    at: Runs, settled: str, folder: Folder, password: str
) -> None:
    at("period", "close", "justice", *MARCH)
    at("period", "close", "team", *MARCH)
    engine = open_folder(folder, "chen", password)
    with engine.begin() as connection:
        connection.execute(text("update closing set closed_by = '别人' where \"table\" = 'justice'"))
    engine.dispose()
    ran = at("period", "show", "--json")
    assert ran.document["broken"] == ["justice 2026年3月1日至3月31日 结账"]
    assert ran.err == (
        "这次结账的内容与结账时不符，可能被改动过，请与备份核对：justice 2026年3月1日至3月31日 结账。\n"
    )
    assert ran.document["missing"] == 0


def test_a_closing_taken_away_behind_the_programs_back_is_told(
    at: Runs, settled: str, folder: Folder, password: str
) -> None:
    at("period", "close", "justice", *MARCH)
    at("period", "close", "team", *MARCH)
    engine = open_folder(folder, "chen", password)
    with engine.begin() as connection:
        connection.execute(text("delete from closing where \"table\" = 'team'"))
    engine.dispose()
    ran = at("period", "show", "--json")
    assert (ran.document["broken"], ran.document["missing"]) == ([], 1)
    assert ran.err == "有 1 次结账的记录不见了，可能被删除过，请与备份核对。\n"
