"""mediator account: accounts, roles, leaving and the ways back, without a window."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from running import PASSWORD, Runs

from mediator.store import keyfile
from mediator.store.folder import Folder

MA, WORD, OTHER = "马秀英", "xiu ying de mi ma 1", "xiu ying de mi ma 2"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyfile, "MEMORY_KIB", 8)
    monkeypatch.setattr(keyfile, "ROUNDS", 1)


def as_ma(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("MEDIATOR_USER", MA)
    monkeypatch.setenv("MEDIATOR_PASSWORD", word)


def as_boss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIATOR_USER", "chen")
    monkeypatch.setenv("MEDIATOR_PASSWORD", PASSWORD)


@pytest.fixture
def two(at: Runs, monkeypatch: pytest.MonkeyPatch) -> Runs:
    monkeypatch.setenv("MEDIATOR_NEW_PASSWORD", WORD)
    assert at("account", "add", MA).status == 0
    return at


def listed(at: Runs) -> dict[str, Any]:
    return {one["name"]: one for one in at("account", "list", "--json").document["accounts"]}


def test_one_is_let_in_given_roles_and_shut_out(two: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    assert listed(two)[MA]["roles"] == ["mediator"]
    ran = two("account", "roles", MA, "负责人", "auditor", "系统管理员")
    assert ran.status == 0 and "自己监督自己" in ran.out
    assert listed(two)[MA]["roles"] == ["leader", "administrator", "auditor"]
    monkeypatch.setenv("MEDIATOR_NEW_PASSWORD", OTHER)
    assert two("account", "reset", MA).status == 0
    as_ma(monkeypatch, WORD)
    assert "用户名或密码不对" in two("account", "list").err
    as_ma(monkeypatch, OTHER)
    assert f"{MA}\t能登录\t负责人（所长、主任）、系统管理员、安全审计员" in two("account", "list").out
    as_boss(monkeypatch)
    assert two("account", "disable", MA).status == 0
    assert listed(two)[MA]["state"] == "已停用"


@pytest.mark.parametrize(("words", "part"), [
    (("roles", MA, "王"), "没有“王”这个角色"), (("roles", "没有的人", "leader"), "没有“没有的人”"), (("roles", MA), "缺少"),
    (("add", MA), "已经有账号"), (("disable", "陈志华"), "唯一能登录的系统管理员"), (("superior",), "请写明上级"),
    (("superior", "no.pem", "--name", "区局"), "no.pem"), (("recover", MA), "恢复密钥应有"),
])  # fmt: skip
def test_what_cannot_be_done_is_said(
    two: Runs, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], part: str
) -> None:
    monkeypatch.setenv("MEDIATOR_RECOVERY_KEY", "7K3M")
    ran = two("account", *words)
    assert ran.status in (1, 2) and part in ran.err and ran.err.count("\n") == 1


def test_a_mediator_may_not(two: Runs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    as_ma(monkeypatch, WORD)
    for words in (
        ("account", "disable", "陈志华"),
        ("account", "paper"),
        ("account", "new-key"),
        ("dump", "--to", tmp_path / "d"),
    ):
        ran = two(*words)
        assert ran.status == 1 and "您的账号不能" in ran.err
    assert not (tmp_path / "d").exists()


def test_who_leaves_hands_over_and_a_new_key_is_made(
    two: Runs, settled: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDIATOR_NEW_PASSWORD", WORD)
    two("account", "add", MA)
    two("account", "roles", MA, "administrator", "mediator", "leader")
    as_ma(monkeypatch, WORD)
    assert "还有 1 件没有办结" in two("account", "remove", "陈志华").err
    ran = two("account", "remove", "陈志华", "--to", MA, "--new-key")
    assert ran.status == 0 and "交出 1 件" in ran.out and "数据密钥换好了" in ran.out
    assert listed(two)["陈志华"]["left_on"] == date.today().isoformat()
    shown = two("case", "show", settled, "--json").document
    assert [one["staff"] for one in shown["assignments"]] == [MA]
    assert len(list(folder.path.glob("换密钥之前-*"))) == 1
    as_boss(monkeypatch)
    assert "用户名或密码不对" in two("case", "list").err


def test_the_paper_and_the_superior_lead_back(
    two: Runs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = two("account", "paper", "--json").document["recovery_key"]
    monkeypatch.setenv("MEDIATOR_RECOVERY_KEY", first.lower())
    monkeypatch.setenv("MEDIATOR_NEW_PASSWORD", OTHER)
    second = two("account", "recover", MA, "--json").document["recovery_key"]
    assert second != first
    assert "打不开这里的数据" in two("account", "recover", MA).err
    as_ma(monkeypatch, OTHER)
    assert two("case", "list").status == 0
    as_boss(monkeypatch)
    monkeypatch.setenv("MEDIATOR_NEW_PASSWORD", "ju li de chang mi ma")
    assert two("account", "pair", "--to", tmp_path / "区局").status == 0
    monkeypatch.setenv("MEDIATOR_NEW_PASSWORD", WORD)
    files = {path.name: path for path in (tmp_path / "区局").iterdir()}
    assert two("account", "superior", files["恢复公钥.pem"], "--name", "滨江区司法局").status == 0
    monkeypatch.setenv("MEDIATOR_PASSWORD", "ju li de chang mi ma")
    assert two("account", "recover", MA, "--superior", files["恢复私钥.pem"]).status == 0
    as_ma(monkeypatch, WORD)
    assert two("case", "list").status == 0


def test_a_list_that_somebody_changed_is_warned_of(two: Runs, folder: Folder) -> None:
    body = json.loads(folder.keys.read_text())
    body["slots"] = [slot for slot in body["slots"] if slot["login"] != MA]
    del body["digest"]
    for copy in keyfile.copies(folder.keys):
        copy.write_text(json.dumps(body | {"digest": keyfile._digest(body)}))
    assert "可能被人动过" in two("case", "list").err
    assert two("account", "confirm").status == 0
    assert two("case", "list").err == ""


def test_a_wrong_password_at_the_prompt_counts_too(two: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    as_ma(monkeypatch, OTHER)
    for _ in range(5):
        assert "用户名或密码不对" in two("case", "list").err
    as_ma(monkeypatch, WORD)
    assert "请等 1 分钟" in two("case", "list").err
    as_boss(monkeypatch)
    assert two("case", "list").status == 0


def test_a_sensitive_case_is_shown_to_others_only_with_a_reason(
    two: Runs, settled: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy import text

    from mediator.store.folder import open_folder

    engine = open_folder(folder, "chen", PASSWORD)
    with engine.begin() as connection:
        connection.execute(text("update \"case\" set sensitivity = 'minor'"))
    engine.dispose()
    two("account", "add", MA)
    as_ma(monkeypatch, WORD)
    assert "是敏感案件" in two("case", "show", settled).err
    assert "是敏感案件" in two("papers", settled, "--check").err
    assert "周文谦" not in two("case", "list").out and settled in two("case", "list").out
    assert "至少 10 个字" in two("case", "show", settled, "--reason", "看看").err
    shown = two("case", "show", settled, "--reason", "派出所来人核对住址，值班员不在")
    assert shown.status == 0 and "周文谦" in shown.out
    assert "周文谦" in two("case", "list").out
