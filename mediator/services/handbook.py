"""The handbook (手册): code lists, fields, stages, forms and columns, printed from their declarations."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from mediator import __version__
from mediator.domain import codes
from mediator.domain.agreement import Agreement
from mediator.domain.base import Base
from mediator.domain.case import Case
from mediator.domain.codes import Basis, Code, Performance, Stage
from mediator.domain.fields import Field, Shape, fields_of
from mediator.domain.stages import MOVES, Move
from mediator.forms.form import Form
from mediator.forms.register import FORMS
from mediator.store import models
from mediator.tallies import register
from mediator.tallies.population import SCOPES
from mediator.tallies.register import TABLES

TITLE = f"人民调解案件管理手册（程序 {__version__}）"
_LAWS = (
    "依据一栏里，法是《中华人民共和国人民调解法》（2010 年），若干规定是《人民调解工作若干规定》（2002 年）。"
)
_SHAPES = {
    Shape.LINE: "一行文字", Shape.NAME: "姓名或名称", Shape.TEXT: "文字", Shape.DAY: "日期", Shape.MOMENT: "日期和时间",
    Shape.FEN: "金额（元）", Shape.COUNT: "整数", Shape.FLAG: "是或否", Shape.CODE: "代码",
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """A part of the handbook: a table under a title, or only a title of level 2 over several."""

    title: str
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    note: str = ""


def sections() -> list[Section]:
    """The whole handbook, in order."""
    return [
        Section("办理阶段", note=_LAWS), *_stages(),
        Section("文书"), _forms(),
        Section("统计表", note=_scopes()), *_tallies(),
        Section("字段"), *_fields(),
        Section("代码表"), *_codes(),
    ]  # fmt: skip


def markdown() -> str:
    """The handbook as Markdown."""
    lines = [f"# {TITLE}", ""]
    for section in sections():
        lines += [f"{'###' if section.heads else '##'} {section.title}", ""]
        lines += [section.note, ""] if section.note else []
        if section.heads:
            rows = (section.heads, ("---",) * len(section.heads), *section.rows)
            lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in rows] + [""]
    return "\n".join(lines)


def html() -> str:
    """The handbook as one HTML page."""
    parts = [
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">',
        f"<title>{TITLE}</title><style>table{{border-collapse:collapse}}th,td{{border:1px solid;padding:.2em .5em}}</style>",
        f"<h1>{TITLE}</h1>",
    ]
    for section in sections():
        level = "h3" if section.heads else "h2"
        parts.append(f"<{level}>{escape(section.title)}</{level}>")
        parts += [f"<p>{escape(section.note)}</p>"] if section.note else []
        if section.heads:
            body = "".join(_html_row(row, "td") for row in section.rows)
            parts.append(f"<table>{_html_row(section.heads, 'th')}{body}</table>")
    return "\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


def _html_row(cells: tuple[str, ...], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"


def _stages() -> Iterator[Section]:
    heads = ("转到", "步骤", "依据", "先要有", "调解结果", "写明原因")
    for start, moves in groupby(sorted(MOVES, key=lambda m: list(Stage).index(m.start)), lambda m: m.start):
        yield Section(f"从“{start.label}”", heads, tuple(_move(move) for move in moves))


def _move(move: Move) -> tuple[str, ...]:
    needs = "；".join(need.words for need in move.needs)
    return move.to.label, move.label, move.basis, needs, _labels(move.outcomes), _reason(move)


def _reason(move: Move) -> str:
    """Whether a reason is asked for, tried on a blank case and on one that has been performed in full."""
    if not move.reason(Case()):
        return ""
    performed = Case(agreement=Agreement(performance=Performance.FULL))
    return "要" if move.reason(performed) else f"协议没有{Performance.FULL.label}的要"


def _forms() -> Section:
    rows = tuple(
        (
            form.code, form.title, form.group.value, form.standing.label, _about(form),
            _labels(stage for stage in Stage if stage in form.stages), "；".join(need.words for need in form.needs),
        )
        for form in FORMS
    )  # fmt: skip
    return Section("全部文书", ("代号", "名称", "分类", "入卷要求", "每份针对", "可用的阶段", "先要有"), rows)


def _about(form: Form) -> str:
    if form.of_office:
        return "调委会"
    return form.each.model.title if form.each else "案件"


def _scopes() -> str:
    each = "；".join(f"{basis.label}：{SCOPES[basis]}" for basis in Basis)
    return f"{each}。下面各表按“{Basis.CONCLUDED.label}”写。"


def _tallies() -> Iterator[Section]:
    for table in TABLES:
        rows = tuple(
            (c.name, c.group, c.label, c.unit.shown, table.definition(c, Basis.CONCLUDED))
            for c in table.columns
        )
        title = f"{table.code} {table.title}（表式版本 {table.edition}，{register.validity(table)}）"
        yield Section(title, ("代码", "组别", "指标", "单位", "口径"), rows)


def _fields() -> Iterator[Section]:
    heads = ("键", "名称", "填什么", "字数上限", "例子", "说明")
    for model in _models():
        rows = tuple(_field(key, field) for key, field in fields_of(model).items())
        yield Section(f"{model.title}（{model.__tablename__}）", heads, rows)


def _models() -> list[type[Base]]:
    mapped = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    tables = (mapped[table] for table in models.metadata.sorted_tables)
    return [model for model in tables if fields_of(model)]


def _field(key: str, field: Field) -> tuple[str, ...]:
    shape = _labels(field.codes) if field.codes else _SHAPES[field.shape]
    by_itself = "由程序记。" if field.system else ""
    return key, field.label, shape, str(field.most or ""), field.sample, by_itself + field.help


def _codes() -> Iterator[Section]:
    names = defaultdict(list)
    for model in _models():
        for field in fields_of(model).values():
            if field.codes:
                names[field.codes].append(field.label)
    for entries in codes.ALL:
        rows = tuple(
            (str(e.value), e.label, f"{e.retired_on} 起停用" if e.retired_on else "") for e in entries
        )
        yield Section("、".join(dict.fromkeys(names[entries])), ("代码", "名称", "备注"), rows)


def _labels(entries: Any) -> str:
    """The labels of some entries of a code list, in one line."""
    found: list[Code] = list(entries)
    return "、".join(entry.label for entry in found)
