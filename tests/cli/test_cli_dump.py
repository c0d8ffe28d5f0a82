"""mediator dump, mediator handbook, mediator demo."""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from running import FIRST, PASSWORD, Runs, refused

from mediator.domain import codes
from mediator.domain.base import Base
from mediator.domain.fields import fields_of
from mediator.domain.stages import MOVES
from mediator.exchange import dump
from mediator.forms.register import FORMS
from mediator.store.models import metadata
from mediator.tallies.register import TABLES


def rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_a_dump_holds_every_row_as_its_schema_says(at: Runs, settled: str, tmp_path: Path) -> None:
    at("papers", settled, "--to", tmp_path / "p", "--form", "agreement")
    place = tmp_path / "全部"
    ran = at("dump", "--to", place, "--json")
    assert "没有加密" in ran.err
    schema = json.loads((place / "schema.json").read_text("utf-8"))
    files = {table["file"] for table in schema["tables"]} | {"schema.json"}
    assert {path.name for path in place.iterdir()} == files
    assert {table["name"] for table in schema["tables"]} == set(metadata.tables)
    for table in schema["tables"]:
        found = rows(place / table["file"])
        assert ran.document["tables"][table["name"]] == len(found)
        for row in found:
            assert list(row) == [column["name"] for column in table["columns"]]
            for column in table["columns"]:
                _check(row[column["name"]], column, schema["codes"])


def _check(value: object, column: dict[str, Any], lists: dict[str, list[dict[str, str]]]) -> None:
    kind = column["type"]
    if value is None:
        assert column["empty"], column
    elif kind == "code":
        assert value in [entry["code"] for entry in lists[column["codes"]]]
    elif kind == "decimal":
        assert column["unit"] == "元" and re.fullmatch(r"\d+\.\d\d", str(value)) and Decimal(str(value)) >= 0
    elif kind in ("day", "moment"):
        assert {"day": date, "moment": datetime}[kind].fromisoformat(str(value))
    else:
        assert type(value) is {"whole": int, "flag": bool, "text": str}[kind]


def test_a_dump_says_what_was_entered(at: Runs, settled: str, tmp_path: Path) -> None:
    at("dump", "--to", tmp_path)
    (case,), parties = rows(tmp_path / "case.jsonl"), rows(tmp_path / "party.jsonl")
    assert (case["number"], case["claimed"], case["stage"]) == (FIRST, "21000.05", "settled")
    assert [party["name"] for party in parties] == ["周文谦", "阿依古丽·买买提"]
    assert [row["name"] for row in rows(tmp_path / "representative.jsonl")] == ["王𬎆"]
    assert [row["amount"] for row in rows(tmp_path / "item.jsonl")] == ["15000.05", None]


def test_a_dump_holds_no_key(at: Runs, folder: Any, settled: str, tmp_path: Path) -> None:
    keys = json.loads(folder.keys.read_text("utf-8"))["slots"][0]
    at("dump", "--to", tmp_path / "d")
    everything = "".join(path.read_text("utf-8") for path in (tmp_path / "d").iterdir())
    for secret in (PASSWORD, keys["sealed"], keys["salt"]):
        assert secret not in everything


def test_every_table_and_column_has_a_name_people_know() -> None:
    for table in dump.schema(metadata.sorted_tables, "x")["tables"]:
        words = [table["title"], *(column["label"] for column in table["columns"])]
        assert all(re.search(r"[\u4e00-\u9fff]|SHA", word) for word in words), table["name"]


@pytest.mark.parametrize("suffix", ["md", "txt", "html"])
def test_the_handbook_has_all_that_is_declared(run: Runs, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / "手册" / f"手册.{suffix}"
    assert run("handbook", "--to", file).out == f"已存成“{file}”。\n"
    text = file.read_text("utf-8").replace("<br>", "\n")
    named = [entry.label for entries in codes.ALL for entry in entries]
    named += [form.title for form in FORMS] + [move.basis for move in MOVES]
    named += [column.definition for table in TABLES for column in table.columns]
    for mapper in Base.registry.mappers:
        named += [field.label for field in fields_of(mapper.class_).values()]
    assert [words for words in named if words not in text] == []


def test_a_table_of_the_handbook_is_well_formed(run: Runs, tmp_path: Path) -> None:
    run("handbook", "--to", tmp_path / "h.md")
    for part in (tmp_path / "h.md").read_text("utf-8").split("\n\n"):
        if part.startswith("|"):
            widths = {len(re.findall(r"(?<!\\)\|", line)) for line in part.splitlines()}
            assert len(widths) == 1, part
    run("handbook", "--to", tmp_path / "h.html")
    page = (tmp_path / "h.html").read_text("utf-8")
    for tag in ("table", "tr", "td", "th", "h2", "h3"):
        assert page.count(f"<{tag}>") == page.count(f"</{tag}>") > 0


def test_a_handbook_of_another_kind_is_refused(run: Runs, tmp_path: Path) -> None:
    refused(run("handbook", "--to", tmp_path / "h.docx"), "h.docx", ".md")


def test_practice_data(run: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = run("demo", "--data", tmp_path / "d", "--cases", 12, "--seed", 3, "--from", "2026-01-01", "--json")
    assert made.document == {"data": str(tmp_path / "d"), "user": "practice"}
    monkeypatch.setenv("MEDIATOR_PASSWORD", "practice")
    listed = run("case", "list", "--data", tmp_path / "d", "--user", "practice", "--json").document["cases"]
    assert len(listed) == 12
    assert min(row["registered_on"] for row in listed) >= "2026-01-01"
    refused(run("demo", "--data", tmp_path / "d"), "已经有数据")
    refused(
        run("demo", "--data", tmp_path / "e", "--from", "2026-02-01", "--until", "2026-01-01"), "开始日期"
    )
    assert not (tmp_path / "e" / "mediator.db").exists()
