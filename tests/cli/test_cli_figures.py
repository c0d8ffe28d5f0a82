"""mediator tally, send, receive, rollup: from a case to the sum of the superior office, by the command line alone."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from running import Ran, Runs, put, refused

from mediator.commands import lists
from mediator.tallies.register import TABLES

MARCH = ("--from", "2026-03-01", "--until", "2026-03-31")


def values(document: Any) -> dict[str, int]:
    return {column["code"]: column["value"] for column in document["columns"]}


@dataclass(frozen=True)
class Office:
    """Another office's data folder."""

    run: Runs
    path: Path

    def __call__(self, *words: object) -> Ran:
        return self.run("--data", self.path, *words)


@pytest.fixture
def superior(run: Runs, tmp_path: Path) -> Office:
    office = {"name": "滨江街道人民调解委员会", "region": "000000002", "case_pattern": "{年}-{号}"}
    path = tmp_path / "街道"
    assert run("office", "set", put(tmp_path / "street.json", office), "--data", path).status == 0
    return Office(run, path)


def test_a_table_in_json(at: Runs, settled: str) -> None:
    document = at("tally", "justice", *MARCH, "--json").document
    assert {key: document[key] for key in ("table", "edition", "basis")} == {
        "table": "justice", "edition": 1, "basis": "concluded",
    }  # fmt: skip
    assert document["period"] == {"from": "2026-03-01", "until": "2026-03-31"}
    assert document["office"]["name"] == "滨江社区人民调解委员会"
    counted = values(document)
    assert {name for name, value in counted.items() if value} == {
        "total", "people", "settled", "amount", "type_community", "source_application", "kind_neighbour", "written",
    }  # fmt: skip
    assert (counted["people"], counted["amount"]) == (2, 1_500_005)
    assert {check["verdict"] for check in document["checks"]} == {"passed"}
    assert all({"code", "label", "unit", "value", "definition"} <= set(c) for c in document["columns"])


def test_a_table_in_words(at: Runs, settled: str) -> None:
    lines = at("tally", "justice", *MARCH).out.splitlines()
    assert "调解情况\t协议涉及金额\t1.50\t万元" in lines
    assert "案件分类情况\t旅游纠纷\t0\t件" in lines
    assert lines[0].startswith("人民调解案件情况统计表 滨江社区人民调解委员会 2026年3月1日至2026年3月31日")
    assert [line for line in lines if line.startswith("相符：“调解案件总数”")]


@pytest.mark.parametrize("suffix", ["xlsx", "PDF", "docx", "json", "csv"])
def test_a_table_as_a_file(at: Runs, settled: str, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / "表 格" / f"三月.{suffix}"
    assert at("tally", "justice", *MARCH, "--to", file).out == f"已存成“{file}”。\n"
    content = file.read_bytes()
    if suffix == "json":
        assert values(json.loads(content))["amount"] == 1_500_005
    elif suffix == "csv":
        rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
        assert [row[6] for row in rows if row[4] == "协议涉及金额"] == ["1.50"]
    elif suffix == "xlsx":
        cells = [
            cell for row in load_workbook(file).worksheets[0].iter_rows(values_only=True) for cell in row
        ]
        assert "协议涉及金额" in cells and "滨江社区人民调解委员会" in "".join(map(str, cells))
    else:
        assert content.startswith({"PDF": b"%PDF", "docx": b"PK"}[suffix])
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_the_cases_behind_a_number(at: Runs, settled: str) -> None:
    assert at("tally", "justice", *MARCH, "--drill", "written").out.split("\t")[0] == settled
    drilled = at("tally", "justice", *MARCH, "--drill", "oral", "--json").document
    assert drilled == {"table": "justice", "column": "oral", "cases": []}
    refused(at("tally", "justice", *MARCH, "--drill", "moon"), "moon")
    refused(at("tally", "justice", *MARCH, "--drill", "screenings"), "数的不是案件")


def test_all_cases_behind_a_number_stand_in_the_order_of_days(
    run: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDIATOR_USER", "practice")
    monkeypatch.setenv("MEDIATOR_PASSWORD", "practice")
    monkeypatch.setattr("mediator.commands.tally._AT_ONCE", 7)
    whole = ("--data", tmp_path / "d", "tally", "justice", "--from", "2025-01-01", "--until", "2026-10-31")
    assert run("demo", "--data", tmp_path / "d", "--cases", 90).status == 0
    total = values(run(*whole, "--json").document)["total"]
    numbers = [row["number"] for row in run(*whole, "--drill", "total", "--json").document["cases"]]
    assert len(set(numbers)) == len(numbers) == total > 14
    show = ("--data", tmp_path / "d", "case", "show")
    days = [run(*show, number, "--json").document["concluded_on"] for number in numbers[5:9]]
    assert days == sorted(days)


def test_every_table_is_listed_with_its_definitions(run: Runs) -> None:
    listed = run("tally", "--list", "--json").document["tables"]
    assert [(table["code"], len(table["columns"])) for table in listed] == [
        (table.code, len(table.columns)) for table in TABLES
    ]
    assert all(column["unit"] and column["definition"] for table in listed for column in table["columns"])
    lines = run("tally", "--list").out.splitlines()
    assert lines[0].startswith("justice\t人民调解案件情况统计表")
    assert len(lines) == sum(len(table.columns) + 1 for table in TABLES) + len(lists.TITLES)


def test_figures_are_carried_to_the_superior_and_summed(
    at: Runs, settled: str, superior: Office, tmp_path: Path
) -> None:
    drive = tmp_path / "U 盘"
    drive.mkdir()
    sent = at("send", "justice", *MARCH, "--to", drive, "--json").document
    assert sent["serial"] == 1
    assert [Path(sent["file"])] == list(drive.iterdir())

    looked = superior("receive", drive, "--dry-run", "--json").document
    assert [(p["verdict"], p["serial"]) for p in looked["packages"]] == [("new", 1)]
    assert looked["taken"] == 0
    assert values(superior("rollup", "justice", *MARCH, "--json").document)["total"] == 0

    line = superior("receive", drive).out
    assert line.startswith(Path(sent["file"]).name + "\t新收\t滨江社区人民调解委员会 2026年3月1日")
    again = superior("receive", sent["file"], "--json").document
    assert (again["packages"][0]["verdict"], again["taken"]) == ("known", 0)

    total = superior("rollup", "justice", *MARCH, "--json").document
    assert (values(total)["total"], values(total)["amount"]) == (1, 1_500_005)
    assert total["office"]["name"] == "滨江街道人民调解委员会"
    assert [part["name"] for part in total["parts"]] == ["滨江街道人民调解委员会", "滨江社区人民调解委员会"]
    words = superior("rollup", "justice", *MARCH, "--to", tmp_path / "sum.xlsx", "--missing").out
    assert "汇总了 2 个单位" in words and "以前报过的单位都报了。" in words
    assert (tmp_path / "sum.xlsx").read_bytes().startswith(b"PK")


def test_figures_sent_again_keep_their_serial_unless_they_changed(
    at: Runs, settled: str, tmp_path: Path
) -> None:
    def send() -> int:
        return int(at("send", "justice", *MARCH, "--to", tmp_path, "--json").document["serial"])

    assert (send(), send()) == (1, 1)
    step = put(tmp_path / "s.json", {"on": "2026-03-20", "agreement": {"performance": "full"}})
    assert at("case", "advance", settled, "performed", step).status == 0
    assert (send(), send()) == (2, 2)


def test_who_has_not_reported_is_named(at: Runs, settled: str, superior: Office, tmp_path: Path) -> None:
    at("send", "justice", *MARCH, "--to", tmp_path)
    superior("receive", tmp_path)
    april = ("--from", "2026-04-01", "--until", "2026-04-30")
    assert superior("rollup", "justice", *april, "--missing", "--json").document["missing"] == [
        "滨江社区人民调解委员会"
    ]
    assert (
        "还没有报的有 1 个单位：滨江社区人民调解委员会。"
        in superior("rollup", "justice", *april, "--missing").out
    )
    assert "missing" not in superior("rollup", "justice", *april, "--json").document


def test_what_is_not_a_package_is_refused_beside_what_is(
    at: Runs, settled: str, superior: Office, tmp_path: Path, snapshot: Callable[[], bytes]
) -> None:
    drive = tmp_path / "盘"
    drive.mkdir()
    refused(at("receive", drive), "没有上报包")
    sent = Path(at("send", "justice", *MARCH, "--to", drive, "--json").document["file"])
    before = snapshot()
    damaged = drive / "a.tjb"
    damaged.write_bytes(sent.read_bytes().replace(b"1500005", b"1500006"))
    ran = superior("receive", damaged, tmp_path / "不在", sent)
    assert ran.status == 0
    assert [line.split("\t")[1] for line in ran.out.splitlines()] == ["不收", "不收", "新收"]

    own = at("receive", sent, damaged)
    assert own.status == 1
    assert own.out.count("\t不收\t") == 2
    assert "2 个上报包都不能收" in own.err
    assert snapshot() == before


def test_a_drive_that_is_not_there_changes_nothing(
    at: Runs, settled: str, tmp_path: Path, snapshot: Callable[[], bytes]
) -> None:
    before = snapshot()
    refused(at("send", "justice", *MARCH, "--to", tmp_path / "拔掉了"), "拔掉了", "什么也没有写")
    assert snapshot() == before


def test_current_lists_accounts_and_the_analysis_come_the_same_way(
    at: Runs, settled: str, tmp_path: Path
) -> None:
    for code in lists.TITLES:
        ran = at("tally", code, "--from", "2026-03-01", "--until", "2026-03-31", "--json")
        assert ran.status == 0, (code, ran.err)
        assert ran.document["title"], code
    assert any(settled in str(row) for row in at("tally", "payments", "--json").document["rows"])
    ran = at(
        "tally", "analysis", "--from", "2026-03-01", "--until", "2026-03-31", "--to", tmp_path / "r.docx"
    )
    assert ran.status == 0 and (tmp_path / "r.docx").stat().st_size > 5_000
    refused(at("tally", "payments", "--to", tmp_path / "x.odt"), "odt")
    assert at("tally", "subsidy").status == 2


def test_other_periods_stand_beside_when_asked_for(at: Runs, settled: str, tmp_path: Path) -> None:
    april = ("justice", "--from", "2026-04-01", "--until", "2026-04-30")
    assert "compared" not in at("tally", *april, "--json").document
    (beside,) = at("tally", *april, "--compare", "--json").document["compared"]
    assert (beside["from"], beside["values"]["total"]) == ("2026-03-01", 1)
    assert at("tally", *april, "--compare", "--to", tmp_path / "t.xlsx").status == 0


def test_an_old_period_is_counted_in_the_edition_of_its_time(at: Runs) -> None:
    old = at("tally", "justice", "--from", "2016-08-01", "--until", "2016-08-31", "--json").document
    assert old["edition"] == 0 and "kind_work" in {column["code"] for column in old["columns"]}
