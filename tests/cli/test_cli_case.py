"""mediator office, mediator case: a folder set up and a case taken along its road without a window."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from running import CASE, FIRST, Runs, put, refused

from mediator.commands.case import stage
from mediator.domain.codes import Stage
from mediator.domain.errors import Refusal

OFFICE = {
    "name": "滨江派出所人民调解室", "region": "000000001", "case_pattern": "{年}-𪚥-{号4}", "type": "professional",
}  # fmt: skip


def test_a_folder_is_set_up_without_a_window(run: Runs, tmp_path: Path) -> None:
    place, file = tmp_path / "新 文件夹", put(tmp_path / "office.json", OFFICE)
    made = run("office", "set", file, "--data", place, "--json")
    assert made.document == {"data": str(place), "created": True, "type": "professional"}
    shown = run("office", "show", "--data", place, "--json").document
    assert {key: shown[key] for key in OFFICE} == OFFICE
    number = run("case", "new", put(tmp_path / "c.json", {"registered_on": "2025-12-31"}), "--data", place)
    assert number.out == "2025-𪚥-0001\n"


def test_an_office_is_amended_and_keeps_its_identity(at: Runs, tmp_path: Path) -> None:
    before = at("office", "show", "--json").document
    changes = put(tmp_path / "office.json", {"court": "滨江区人民法院", "basis": "按受理日期"})
    assert at("office", "set", changes).out == "调委会信息已改好。\n"
    assert at("office", "show", "--json").document == {
        **before,
        "court": "滨江区人民法院",
        "basis": "accepted",
    }
    assert "统计口径：按受理日期\n" in at("office", "show").out


def test_the_type_is_taken_from_the_name_and_said(run: Runs, tmp_path: Path) -> None:
    office = {**OFFICE, "name": "䶮山镇人民调解委员会"}
    del office["type"]
    file = put(tmp_path / "office.json", office)
    made = run("office", "set", file, "--data", tmp_path / "new")
    assert "调委会类型：乡镇调委会（按名称定的，" in made.out
    assert run("office", "show", "--data", tmp_path / "new", "--json").document["type"] == "township"
    told = put(tmp_path / "told.json", {**OFFICE, "type": "street"})
    assert "调委会类型：街道调委会。" in run("office", "set", told, "--data", tmp_path / "other").out


@pytest.mark.parametrize(
    ("office", "part"),
    [
        (
            {key: value for key, value in OFFICE.items() if key != "type"},
            "请写明 type，可填：village（村调委会）、",
        ),
        ({**OFFICE, "type": None}, "请选择调委会类型"),
        ({**OFFICE, "basis": ""}, "请选择统计口径"),
        ({**OFFICE, "name": ""}, "调委会名称"),
        ({**OFFICE, "region": "12345"}, "行政区划代码"),
        ({**OFFICE, "case_pattern": "{年}"}, "编号样式"),
        ({**OFFICE, "nmae": "x"}, "nmae"),
        ({**OFFICE, "court": ["x"]}, "管辖法院"),
        ({**OFFICE, "basis": "by_moon"}, "统计口径"),
    ],
)
def test_an_office_that_is_refused_leaves_no_folder(
    run: Runs, tmp_path: Path, office: dict[str, Any], part: str
) -> None:
    refused(run("office", "set", put(tmp_path / "o.json", office), "--data", tmp_path / "new"), part)
    assert not (tmp_path / "new").exists()


def test_a_weak_password_leaves_no_folder(run: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIATOR_PASSWORD", "1234567")
    refused(run("office", "set", put(tmp_path / "o.json", OFFICE), "--data", tmp_path / "new"), "密码太短")
    assert not (tmp_path / "new").exists()


def test_a_case_goes_its_road(at: Runs, settled: str) -> None:
    shown = at("case", "show", settled, "--json").document
    assert (shown["stage"], shown["outcome"], shown["concluded_on"]) == ("settled", "written", "2026-03-05")
    assert shown["claimed"] == "21000.05"
    assert [party["name"] for party in shown["parties"]] == ["周文谦", "阿依古丽·买买提"]
    assert shown["parties"][1]["representatives"][0]["name"] == "王𬎆"
    assert [item.get("amount") for item in shown["agreement"]["items"]] == ["15000.05", None]
    assert [event["stage_to"] for event in shown["events"]] == [
        "registered", "accepted", "informed", "assigned", "mediating", "settled",
    ]  # fmt: skip
    assert {event["by"] for event in shown["events"]} == {"陈志华"}
    assert ["校验位不对" in words for words in shown["warnings"]] == [True]


def test_a_case_is_shown_in_words(at: Runs, settled: str) -> None:
    ran = at("case", "show", settled)
    assert ran.err.startswith("周文谦") and "校验位不对" in ran.err and ran.err.count("\n") == 1
    assert ran.out.startswith(f"{settled} 周文谦与阿依古丽·买买提邻里纠纷\n")
    for line in (
        "争议金额：21,000.05 元",
        "办理阶段：达成协议",
        "纠纷简要情况：楼上水管爆裂,\n  楼下吊顶、地板被泡坏。",
        "【当事人 2】",
        "  代理人或监护人：委托代理人，王𬎆，无证件",
        "【调解员 陈志华】",
        "  调解时间：2026-03-05 14:00",
        "  协议涉及金额：15,000.05 元",
    ):
        assert f"\n{line}\n" in ran.out
    assert "壹万伍仟元零伍分" in ran.out.split("协议事项 1：")[1].split("协议事项 2：")[0]
    assert "修好漏水的水管" in ran.out.split("协议事项 2：")[1].split("\n")[0]
    assert "调解 → 达成协议 达成书面协议 陈志华" in ran.out


def test_what_is_shown_can_be_entered_again(at: Runs, settled: str, tmp_path: Path) -> None:
    shown = at("case", "show", settled, "--json").document
    number = at("case", "new", put(tmp_path / "again.json", shown), "--json").document["number"]
    again = at("case", "show", number, "--json").document
    assert number == "(2026)滨江人调字第002号"
    for part in ("parties", "sessions", "assignments", "summary", "claimed"):
        assert again[part] == shown[part]
    assert again["agreement"]["items"] == shown["agreement"]["items"]
    assert again["uid"] != shown["uid"]


def test_cases_are_listed_one_a_line_the_newest_first(at: Runs, settled: str, tmp_path: Path) -> None:
    other = {
        "registered_on": "2026-04-01",
        "kind": "旅游纠纷",
        "parties": [{"name": "㛃某"}, {"name": "䶮某"}],
    }
    at("case", "new", put(tmp_path / "c.json", other))
    second = "(2026)滨江人调字第002号"
    assert at("case", "list").out.splitlines() == [
        f"{second}\t2026-04-01\t㛃某、䶮某\t旅游纠纷\t登记",
        f"{settled}\t2026-03-01\t周文谦 / 阿依古丽·买买提\t邻里纠纷\t达成协议",
    ]
    for words, numbers in (
        (["--stage", "settled"], [settled]),
        (["--stage", "登记"], [second]),
        (["--find", "古丽"], [settled]),
        (["--find", "文谦 某"], []),
        (["--from", "2026.3.2"], [second]),
        (["--until", "2026-03-01"], [settled]),
    ):
        listed = at("case", "list", *words, "--json").document["cases"]
        assert [row["number"] for row in listed] == numbers, words
    assert listed[0] == {
        "number": settled, "registered_on": "2026-03-01", "applicants": "周文谦", "respondents": "阿依古丽·买买提",
        "kind": "neighbour", "stage": "settled", "outcome": "written", "due_on": "2026-04-01",
    }  # fmt: skip


def test_a_list_has_more_than_one_page(run: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIATOR_USER", "practice")
    monkeypatch.setenv("MEDIATOR_PASSWORD", "practice")
    made = run("demo", "--data", tmp_path / "d", "--cases", 1003, "--seed", 7, "--until", "2026-10-31")
    assert made.status == 0, made.err
    numbers = [line.split("\t")[0] for line in run("case", "list", "--data", tmp_path / "d").out.splitlines()]
    assert len(numbers) == len(set(numbers)) == 1003


def test_a_step_that_cannot_be_taken_is_refused(at: Runs, tmp_path: Path) -> None:
    at("case", "new", put(tmp_path / "c.json", CASE))
    refused(at("case", "advance", FIRST, "closed"), "不能直接转到“结案”")
    refused(at("case", "advance", FIRST, "refused"), "请写明原因")
    refused(
        at("case", "advance", FIRST, "accepted", put(tmp_path / "s.json", {"on": "2026-02-01"})), "早于上一步"
    )
    refused(at("case", "advance", FIRST, "flying"), "没有“flying”这个阶段", "archived（归档）")
    reason = put(tmp_path / "s.json", {"on": "2026-03-02", "reason": "已由法院受理"})
    assert at("case", "advance", FIRST, "refused", reason, "--json").document["stage"] == "refused"


@pytest.mark.parametrize("entry", list(Stage))
def test_a_stage_is_named_by_code_or_word(entry: Stage) -> None:
    assert stage(entry.value) is stage(entry.label) is entry


def test_a_stage_that_is_not_there() -> None:
    with pytest.raises(Refusal, match="没有“”这个阶段"):
        stage(" ")


def test_today_is_the_day_of_a_step_without_a_file(at: Runs, tmp_path: Path) -> None:
    at("case", "new", put(tmp_path / "c.json", CASE))
    assert at("case", "advance", FIRST, "accepted").out == f"{FIRST} 已转到“受理”。\n"
    assert at("case", "show", FIRST, "--json").document["accepted_on"] == date.today().isoformat()
