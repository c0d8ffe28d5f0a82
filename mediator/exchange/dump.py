"""The whole database in an open form (导出全部数据): one JSON Lines file a table, and a schema that describes them.

A line is one row: days and moments in ISO 8601, codes by their stored value, amounts as decimal text in 元, files in
Base64. Users' passwords and the data key are not in the database, so they are not in a dump either; nor are the private
halves of the office's own keys.
"""

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, DateTime, Enum, Integer, LargeBinary, Table, select

from mediator import __version__
from mediator.domain.base import Base
from mediator.domain.codes import Code
from mediator.domain.fields import Field, Shape
from mediator.domain.office import Batch, Counter, Received, Sent
from mediator.domain.safety import OwnKey

FORMAT = 1
_AT_ONCE = 1000

TITLES = {
    Batch: "台账批次", Counter: "编号序列", Sent: "已报送", Received: "已接收",
}  # fmt: skip
"""What the tables hold that no screen shows under a name of its own."""

LABELS = {
    "id": "行号", "uid": "终身标识", "number": "编号", "version": "改动次数", "intake_key": "台账行标识",
    "batch_id": "台账批次", "case_id": "案件", "party_id": "当事人", "agreement_id": "调解协议", "item_id": "协议事项",
    "staff_id": "工作人员", "debtor_id": "履行人", "creditor_id": "接受人", "subject_id": "所记的一条", "login": "用户名",
    "by": "经办人", "detail": "内容", "reason": "原因", "form": "文书代号", "issued_by": "出具人", "blocks": "文书原文",
    "digest": "SHA-256 校验值", "series": "序列", "year": "年份", "last": "最近用到的号", "file_name": "文件名",
    "taken_at": "导入时间", "taken_by": "导入人", "rows": "行数", "office_uid": "填报单位标识", "office_name": "填报单位",
    "table": "表号", "since": "报告期开始", "until": "报告期结束", "serial": "报送次序", "body": "上报包原文",
    "particulars_id": "文书填写", "paper_id": "已出文书", "answers": "填写内容", "wording": "改写的措辞",
    "changed_by": "填写人", "place": "次序", "media": "内容类型", "size": "字节数", "pages": "页数", "facts": "内容校验值", "void_reason": "作废原因", "added_by": "加入人", "data": "内容",
    "edition": "表式版本", "cases": "数字背后的案件", "notes": "核实说明", "closed_by": "结账人", "closing_id": "结账",
    "row_id": "行号（所改的行）", "entry_id": "审计记录", "before": "改前", "after": "改后", "at": "时间", "medium": "载体",
    "clock_suspect": "时钟可疑", "salt": "校验随机值", "changes_digest": "改动校验值", "hash": "链上校验值",
    "shown": "填写前的内容", "typed": "填写的内容", "saved_at": "暂存时间", "made_at": "做出时间", "name": "名称",
    "verified_at": "验证时间", "up_to": "截至第几条审计记录", "drilled_at": "演练时间", "public": "公钥", "private": "私钥", "retired_at": "停用时间", "undoes": "撤销的记录",
    "roles": "角色", "discard_reason": "作废原因",
    "spec": "统计设置", "pattern": "文号样式", "sent_at": "报送时间", "sent_by": "报送人", "received_at": "接收时间", "received_by": "接收人",
}  # fmt: skip
"""What the columns hold that no screen shows as a field."""


def schema(tables: Sequence[Table], version: str) -> dict[str, Any]:
    """What the files of these tables hold; ``version`` is that of the database's shape."""
    lists = {codes.__name__: codes for table in tables for column in table.c if (codes := _codes(column))}
    return {
        "format": FORMAT,
        "program": __version__,
        "database": version,
        "tables": [_describe(table) for table in tables],
        "codes": {
            name: [{"code": entry.value, "label": entry.label} for entry in codes]
            for name, codes in sorted(lists.items())
        },
    }


def file_name(table: Table) -> str:
    """The file that holds a table."""
    return f"{table.name}.jsonl"


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """The rows of a table in order of their ids, one line of JSON each, read as they are asked for."""
    at_once = 1 if any(isinstance(column.type, LargeBinary) for column in table.c) else _AT_ONCE
    rows = connection.execution_options(yield_per=at_once).execute(select(table).order_by(table.c.id))
    for row in rows:
        document = {column.name: _plain(column, row._mapping[column]) for column in _columns(table)}
        yield json.dumps(document, ensure_ascii=False).encode() + b"\n"


def _columns(table: Table) -> list[Column[Any]]:
    """The columns, the id before the rest; private keys stay in the encrypted database."""
    told = [column for column in table.c if column is not OwnKey.__table__.c.private]
    return sorted(told, key=lambda column: not column.primary_key)


def _plain(column: Column[Any], value: Any) -> Any:
    field: Field | None = column.info.get("field")
    if field is not None and field.shape is Shape.FEN:
        return field.write(value)
    if isinstance(value, Code):
        return value.value
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, date | datetime) else value


def _describe(table: Table) -> dict[str, Any]:
    model = next(mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table)
    return {
        "name": table.name,
        "title": model.title or TITLES[model],
        "file": file_name(table),
        "columns": [_describe_column(column) for column in _columns(table)],
    }


def _describe_column(column: Column[Any]) -> dict[str, Any]:
    field: Field | None = column.info.get("field")
    amount = field is not None and field.shape is Shape.FEN
    described: dict[str, Any] = {
        "name": column.name,
        "label": field.label if field else LABELS[column.name],
        "type": "decimal" if amount else _type(column),
        "unit": "元" if amount else "",
        "empty": bool(column.nullable),
    }
    if codes := _codes(column):
        described["codes"] = codes.__name__
    if column.foreign_keys:
        described["refers_to"] = next(iter(column.foreign_keys)).target_fullname
    if field and field.help:
        described["help"] = field.help
    return described


def _codes(column: Column[Any]) -> type[Code] | None:
    return column.type.enum_class if isinstance(column.type, Enum) else None  # type: ignore[return-value]


def _type(column: Column[Any]) -> str:
    for kind, word in (
        (Enum, "code"),
        (Boolean, "flag"),
        (DateTime, "moment"),
        (Date, "day"),
        (Integer, "whole"),
        (LargeBinary, "base64"),
    ):
        if isinstance(column.type, kind):
            return word
    return "text"
