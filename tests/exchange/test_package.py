"""A package comes back as it was sealed, or is refused in one sentence, whatever its bytes."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.domain.codes import Basis
from mediator.domain.errors import Refusal
from mediator.exchange.package import LARGEST, START, open_package, seal
from mediator.tallies.justice import JUSTICE
from mediator.tallies.table import Heading, Unit
from mediator.tallies.tally import Reporter, Tally

NOON = datetime(2026, 4, 1, 12, 30, 7)


def tally(**changed: int) -> Tally:
    values = {column.name: 0 for column in JUSTICE.columns} | {
        "total": 41, "people": 96, "settled": 40, "type_village": 41, "amount": 9_007_199_254_740_991, "source_initiative": 30,
        "source_referral": 11, "referrer_police": 11, "kind_neighbour": 29, "kind_traffic": 12, "oral": 3, "written": 37,
        "performed": 22,
    } | changed  # fmt: skip
    office = Reporter("3F2a-9c1e77d0", "王𬎆·㛃村人民调解委员会", "000000")
    return Tally(JUSTICE, Basis.ACCEPTED, office, date(2026, 3, 1), date(2026, 3, 31), values)


SEALED = seal(tally(), 3, NOON)


def written(document: object) -> bytes:
    words = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return words.encode("utf-8", "surrogatepass")


def altered(change: Callable[[Any], object]) -> bytes:
    """The package with its body changed by somebody who also knows how to make the digest."""
    document = json.loads(SEALED)
    change(document["body"])
    document["digest"] = hashlib.sha256(written(document["body"])).hexdigest()
    return written(document)


def refused(data: bytes) -> str:
    with pytest.raises(Refusal) as refusal:
        open_package(data)
    sentence = str(refusal.value)
    assert sentence.endswith("。") and "\n" not in sentence
    return sentence


def test_what_was_sealed_comes_out() -> None:
    package = open_package(SEALED)
    assert package.tally == tally()
    assert (package.serial, package.made_at) == (3, NOON)
    assert package.file_name == "mediator-3f2a9c1e-justice-20260301-20260331-003.tjb"
    assert SEALED.startswith(START)
    assert seal(package.tally, 3, NOON) == SEALED


def test_the_digest_is_that_of_the_body_as_written() -> None:
    document = json.loads(SEALED)
    assert document["digest"] == hashlib.sha256(written(document["body"])).hexdigest()
    assert (document["format"], document["kind"], document["signature"]) == (1, "tally", "")


def test_no_byte_can_be_changed_lost_or_added() -> None:
    for place in range(len(SEALED)):
        flip = 1 << place % 8
        refused(SEALED[:place] + bytes([SEALED[place] ^ flip]) + SEALED[place + 1 :])
    for place in range(0, len(SEALED), 97):
        refused(SEALED[:place])
        refused(SEALED[:place] + b" " + SEALED[place:])
    refused(SEALED + b"\n")


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(data: bytes) -> None:
    refused(data)
    refused(START + data)


def _nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    keys = st.sampled_from(["body", "format", "kind", "tally", "serial"])
    return st.lists(inner) | st.dictionaries(keys, inner)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), _nested))
def test_any_json_is_refused(value: object) -> None:
    refused(written(value))
    refused(altered(lambda body: body.update(tally=value)))
    refused(altered(lambda body: body["tally"].update(columns=[value])))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"null", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"body":' * 50_000, b'{"format":1.0}', b'{"format":NaN}',
        b'{"format":true}', b'{"format":' + b"9" * 5000 + b"}", b'{"format":1,"format":1}', b'"\\ud800"',
        b"SQLite format 3\0", b"PK\x03\x04",
    ],
    ids=lambda data: repr(data[:12]),
)  # fmt: skip
def test_what_is_no_package_is_called_so(data: bytes) -> None:
    assert "不是上报包" in refused(data)


def test_a_file_too_large_is_not_even_read() -> None:
    assert "太大" in refused(SEALED + b" " * LARGEST)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("format", 2, "格式 2），请先升级程序"),
        ("format", 0, "不是上报包"),
        ("kind", "receipt", "请先升级程序"),
        ("signature", "AAAA", "带有签名"),
        ("digest", "0" * 64, "被改动过"),
        ("digest", None, "被改动过"),
        ("note", "陈志华", "不是上报包"),
    ],
)
def test_the_cover_is_checked(key: str, value: object, words: str) -> None:
    assert words in refused(written(json.loads(SEALED) | {key: value}))


def test_a_package_of_a_later_format_asks_for_the_newer_program_whatever_its_shape() -> None:
    assert "请先升级程序" in refused(written({"format": 7, "parts": []}))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda body: body.update(serial=0), "报送次序"),
        (lambda body: body.update(serial=True), "报送次序"),
        (lambda body: body.update(made_at="2026-04-01"), "制作时间"),
        (lambda body: body.update(made_at="2026-04-01T12:30:07+08:00"), "制作时间"),
        (lambda body: body.update(made_at="昨天"), "制作时间"),
        (lambda body: body.update(made_by="陈志华"), "正文"),
        (lambda body: body.update(program="x" * 41), "程序版本"),
        (lambda body: body.pop("tally"), "正文"),
        (lambda body: body["tally"]["columns"].pop(), "缺“防止群体性械斗人数”一项"),
        (lambda body: body["tally"]["columns"][0].update(value=42), "“调解案件总数”42 件不等于"),
        (lambda body: body["tally"]["columns"][0].update(value="41"), "调解案件总数"),
        (lambda body: body["tally"]["columns"].append(body["tally"]["columns"][1]), "涉及当事人数"),
    ],
)
def test_a_well_made_package_with_wrong_contents_is_refused(
    change: Callable[[Any], object], words: str
) -> None:
    assert words in refused(altered(change))


def test_a_column_only_a_newer_program_knows_is_kept() -> None:
    extra = Heading("kind_drone", "无人机纠纷", "案件分类情况", Unit.CASES, "新的一类。", "total")
    newer = replace(tally(kind_neighbour=25, kind_drone=4), extras=(extra,))
    opened = open_package(seal(newer, 1, NOON)).tally
    assert opened.values["kind_drone"] == 4
    assert [heading.label for heading in opened.extras] == ["无人机纠纷"]


def test_a_table_that_fails_its_checks_is_not_sealed() -> None:
    with pytest.raises(Refusal, match=r"“调解成功”40 件不等于“口头协议”、“书面协议”之和 41 件"):
        seal(tally(oral=4), 1, NOON)
