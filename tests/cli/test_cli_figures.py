"""mediator tally, send, receive, rollup: from a case to the sum of the superior office, by the command line alone."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook
from running import CASE, STEPS, Ran, Runs, put, refused
from sqlalchemy.orm import Session

from mediator.commands import lists
from mediator.domain.calendar import in_words
from mediator.domain.codes import Basis
from mediator.domain.figures import Screening
from mediator.store.folder import Folder, open_folder
from mediator.tallies import register
from mediator.tallies.justice import JUSTICE_15
from mediator.tallies.register import OLDER, TABLES

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
    assert lines[1] == "分组\t指标\t本期\t计量单位"
    assert "结账情况：未结账，案件再有改动，数字还会变。" in lines
    assert lines[0].startswith("人民调解案件情况统计表 滨江社区人民调解委员会 2026年3月1日至2026年3月31日")
    assert [line for line in lines if line.startswith("相符：“调解案件总数”")]


def test_the_words_have_rates_the_year_so_far_other_periods_and_the_checks_between_tables(
    at: Runs, settled: str
) -> None:
    april = ("--from", "2026-04-01", "--until", "2026-04-30")
    lines = at("tally", "political", *april, "--compare").out.splitlines()
    assert lines[1].split("\t")[2:] == ["本期", "计量单位", "年度累计", "上期", "增减", "环比"]
    assert "总况\t调处数\t0\t件\t1\t1\t-1\t-100.0%" in lines
    assert "总况\t成功率\t—\t%\t100.0\t100.0\t—\t—" in lines
    assert "重大矛盾纠纷\t重大调处数\t0\t件\t0\t0\t0\t持平" in lines
    assert [line for line in lines if line.startswith("相符：") and "《人民调解案件情况统计表》" in line]
    assert "上期：2026年3月1日至2026年3月31日。" in lines and "上年同期没有数据，不作比较。" in lines


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


@pytest.mark.parametrize(
    "words", [("tally", "justice"), ("tally", "subsidy"), ("tally", "overdue"), ("tally", "analysis"), ("rollup", "justice")]
)  # fmt: skip
def test_a_folder_in_the_way_is_called_a_folder(
    at: Runs, settled: str, tmp_path: Path, words: tuple[str, str]
) -> None:
    folder, file = tmp_path / "夹 子", tmp_path / "文件"
    folder.mkdir()
    file.touch()
    refused(at(*words, *MARCH, "--to", folder), f"“{folder}”是一个文件夹；请在后面写明文件名")
    refused(at(*words, *MARCH, "--to", file / "x.pdf"), f"“{file}”不是文件夹，写不进去")
    if words != ("tally", "analysis"):
        refused(at(*words, *MARCH, "--to", tmp_path / "三月"), "文件名后面没有写格式；请用 .xlsx、.pdf")
    assert list(folder.iterdir()) == [] and not (tmp_path / "三月").exists()


def test_the_checks_between_tables_are_kept_and_printed_without_other_periods_too(
    at: Runs, settled: str, tmp_path: Path
) -> None:
    across = "“调处数”1 件等于《人民调解案件情况统计表》“调解案件总数”1 件"
    for suffix in ("xlsx", "json"):
        assert at("tally", "political", *MARCH, "--to", tmp_path / f"t.{suffix}").status == 0
    cells = [
        cell
        for row in load_workbook(tmp_path / "t.xlsx").worksheets[1].iter_rows(values_only=True)
        for cell in row
    ]
    assert across in cells
    told = json.loads((tmp_path / "t.json").read_bytes())["checks"]
    assert {"words": across, "verdict": "passed"} in told


def test_the_cases_behind_a_number(at: Runs, settled: str) -> None:
    assert at("tally", "justice", *MARCH, "--drill", "written").out.split("\t")[0] == settled
    drilled = at("tally", "justice", *MARCH, "--drill", "oral", "--json").document
    assert drilled == {"table": "justice", "column": "oral", "cases": []}
    refused(at("tally", "justice", *MARCH, "--drill", "moon"), "moon")
    refused(at("tally", "team", *MARCH, "--drill", "mediators"), "“人民调解员”数的不是案件")


def test_behind_a_number_of_screenings_stand_the_screenings_of_the_period(
    at: Runs, folder: Folder, password: str
) -> None:
    engine = open_folder(folder, "chen", password)
    with Session(engine) as session, session.begin():
        for n, on in enumerate((date(2026, 3, 9), date(2026, 3, 2), date(2026, 4, 1))):
            session.add(
                Screening(screened_on=on, area=f"䶮村 {n} 组", people="王𬎆", found=n, prevented=n or None)
            )
    drilled = at("tally", "justice", *MARCH, "--drill", "screenings", "--json").document
    assert [(one["screened_on"], one["area"]) for one in drilled["screenings"]] == [
        ("2026-03-02", "䶮村 1 组"), ("2026-03-09", "䶮村 0 组"),
    ]  # fmt: skip
    assert (
        at("tally", "justice", *MARCH, "--drill", "prevented").out
        == "2026-03-02\t䶮村 1 组\t王𬎆\t发现 1 件\t预防 1 件\n"
    )
    assert at("period", "close", "justice", *MARCH).status == 0
    with Session(engine) as session, session.begin():
        session.add(Screening(screened_on=date(2026, 3, 30), area="后来补记"))
    engine.dispose()
    assert at("tally", "justice", *MARCH, "--drill", "screenings", "--json").document == {**drilled}


def test_behind_a_closed_number_stand_the_cases_that_were_counted(
    at: Runs, settled: str, tmp_path: Path
) -> None:
    assert at("period", "close", "justice", *MARCH).status == 0
    late = another(at, tmp_path)
    assert [
        line.split("\t")[0] for line in at("tally", "justice", *MARCH, "--drill", "total").out.splitlines()
    ] == [settled]
    assert at("period", "correct", "justice", *MARCH, "--reason", "漏登一件。").status == 0
    cases = at("tally", "justice", *MARCH, "--drill", "total", "--json").document["cases"]
    assert [case["number"] for case in cases] == [settled, late]


def another(at: Runs, tmp_path: Path) -> str:
    """One more case of March with an agreement."""
    number = at("case", "new", put(tmp_path / "late.json", CASE)).out.strip()
    for stage, step in STEPS:
        assert at("case", "advance", number, stage, put(tmp_path / "step.json", step)).status == 0
    return number


def test_every_output_says_whether_the_table_is_closed(at: Runs, settled: str, tmp_path: Path) -> None:
    def kept(suffix: str) -> bytes:
        path = tmp_path / f"t.{suffix}"
        assert at("tally", "justice", *MARCH, "--to", path).status == 0
        return path.read_bytes()

    def told() -> list[str]:
        xlsx = [
            str(row[0])
            for row in load_workbook(io.BytesIO(kept("xlsx"))).worksheets[0].iter_rows(values_only=True)
        ]
        docx = [each.text for each in Document(io.BytesIO(kept("docx"))).paragraphs]
        with pypdfium2.PdfDocument(kept("pdf")) as document:
            pdf = "".join(
                document[n].get_textpage().get_text_range() for n in range(len(document))
            ).splitlines()
        words = at("tally", "justice", *MARCH).out.splitlines()
        table = list(csv.DictReader(kept("csv").decode("utf-8-sig").splitlines()))
        found = [
            next(line for line in lines if line.startswith("结账情况："))
            for lines in (xlsx, docx, pdf, words)
        ]
        return [*found, *{f"结账情况：{row['结账情况']}" for row in table}]

    assert set(told()) == {"结账情况：未结账，案件再有改动，数字还会变。"}
    assert json.loads(kept("json"))["closed"] is None
    digest = at("period", "close", "justice", *MARCH, "--json").document["digest"]
    closed = json.loads(kept("json"))["closed"]
    assert (closed["serial"], closed["closed_by"], closed["digest"]) == (1, "陈志华", digest)
    day = in_words(date.fromisoformat(closed["closed_at"][:10]))
    assert set(told()) == {f"结账情况：已结账：{day}，陈志华，校验值 {digest[:16]}。"}
    another(at, tmp_path)
    digest = at("period", "correct", "justice", *MARCH, "--reason", "漏登一件。", "--json").document["digest"]
    assert set(told()) == {f"结账情况：已结账，第一次更正：{day}，陈志华，校验值 {digest[:16]}。"}
    assert at("tally", "justice", *MARCH, "--json").document["closed"]["serial"] == 2


def test_pay_per_case_is_given_as_it_was_closed_and_says_so(at: Runs, settled: str, tmp_path: Path) -> None:
    open_ = at("tally", "subsidy", *MARCH, "--json").document
    assert (open_["closed"], open_["about"][2]) == (None, "结账情况：未结账，案件再有改动，数字还会变。")
    doubts = [note.removeprefix("请核实：").removesuffix("。") for note in open_["notes"][1:]]
    notes = put(tmp_path / "n.json", dict.fromkeys(doubts, "标准还没有下来。"))
    assert at("period", "close", "subsidy", *MARCH, "--notes", notes).status == 0
    another(at, tmp_path)
    closed = at("tally", "subsidy", *MARCH, "--json").document
    assert closed["rows"] == open_["rows"], "what was closed, not what is counted today"
    assert closed["closed"]["serial"] == 1 and closed["about"][2].startswith("结账情况：已结账：")
    assert doubts and closed["notes"][1] == f"请核实：{doubts[0]}；说明：标准还没有下来。"
    assert closed["about"][2] in at("tally", "subsidy", *MARCH).out.splitlines()


def test_what_does_not_hold_is_listed_with_the_cases_in_question(
    at: Runs, settled: str, tmp_path: Path
) -> None:
    assert at("tally", "political", *MARCH, "--questioned").out == "各项核对全部相符。\n"
    assert at("period", "close", "justice", *MARCH).status == 0
    late = another(at, tmp_path)
    words = "“调处数”2 件不等于《人民调解案件情况统计表》“调解案件总数”1 件"
    found = at("tally", "political", *MARCH, "--questioned", "--json").document
    assert found["table"] == "political"
    (check,) = [check for check in found["checks"] if check["words"] == words]
    assert (check["verdict"], [case["number"] for case in check["cases"]]) == ("failed", [late])
    lines = at("tally", "political", *MARCH, "--questioned").out.splitlines()
    assert lines[lines.index(f"核对：{words}（不符）。") + 1].split("\t")[:3] == ["", late, "2026-03-01"]
    refused_usage = at("tally", "overdue", "--questioned")
    assert refused_usage.status == 2
    assert "--questioned 只用于统计表" in refused_usage.err


def test_all_cases_behind_a_number_stand_in_the_order_of_days(
    run: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDIATOR_USER", "practice")
    monkeypatch.setenv("MEDIATOR_PASSWORD", "practice")
    monkeypatch.setattr("mediator.services.batches.AT_ONCE", 7)
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
    every = [*TABLES, *OLDER]
    assert [(t["code"], t["edition"], len(t["columns"]), len(t["rates"])) for t in listed] == [
        (table.code, table.edition, len(table.columns), len(table.rates)) for table in every
    ]
    for table, told in zip(every, listed, strict=True):
        for column, words in zip(table.columns, told["columns"], strict=True):
            assert words["definition"] == table.definition(column, Basis.CONCLUDED)
            assert words.get("definition_accepted", words["definition"]) == table.definition(
                column, Basis.ACCEPTED
            )
    assert listed[-1]["validity"] == register.validity(JUSTICE_15)
    assert {rate["definition"] for rate in listed[2]["rates"]} >= {
        "“化解”占“本期办结”的百分比；相加以后再算，不能相加。"
    }
    lines = run("tally", "--list").out.splitlines()
    assert lines[0].startswith("justice\t人民调解案件情况统计表")
    assert len(lines) == sum(len(t.columns) + len(t.rates) + 1 for t in every) + len(lists.TITLES)
    assert any(line.startswith("total\t调解案件总数\t件\t调解结果日期在报告期内的案件件数") for line in lines)


def test_figures_are_carried_to_the_superior_and_summed(
    at: Runs, settled: str, superior: Office, tmp_path: Path
) -> None:
    drive = tmp_path / "U 盘"
    drive.mkdir()
    refused(at("send", "justice", *MARCH, "--to", drive), "还没有结账，不能报送；请先结账")
    assert list(drive.iterdir()) == []
    at("period", "close", "justice", *MARCH)
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

    at("period", "close", "justice", *MARCH)
    assert (send(), send()) == (1, 1)
    step = put(tmp_path / "s.json", {"on": "2026-03-20", "agreement": {"performance": "full"}})
    assert at("case", "advance", settled, "performed", step).status == 0
    assert send() == 1, "what was closed is sent until it is corrected"
    at("period", "correct", "justice", *MARCH, "--reason", "履行情况补记。")
    assert (send(), send()) == (2, 2)


def test_who_has_not_reported_is_named(at: Runs, settled: str, superior: Office, tmp_path: Path) -> None:
    at("period", "close", "justice", *MARCH)
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
    at: Runs, settled: str, superior: Office, tmp_path: Path, snapshot: Callable[[], list[str]]
) -> None:
    drive = tmp_path / "盘"
    drive.mkdir()
    refused(at("receive", drive), "没有上报包")
    at("period", "close", "justice", *MARCH)
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
    at: Runs, settled: str, tmp_path: Path, snapshot: Callable[[], list[str]]
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
