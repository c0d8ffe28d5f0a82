"""Because of which cases the figures of a closed period changed (涉及案件), told case by case with their numbers (卷号)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from sqlalchemy.orm import Session

from mediator.services import closings
from mediator.services.closings import Difference

_ITEMS = 6
"""Items that are named in one sentence."""

_Moves = tuple[tuple[str, ...], tuple[str, ...]]
"""Of which items a case is gone, and to which it has come."""


def cases_in_words(session: Session, changes: Sequence[Difference]) -> Iterator[str]:
    """A sentence for all cases that are gone from the same items and have come to the same; then what are no cases."""
    alike: dict[_Moves, list[str]] = defaultdict(list)
    for uid, moves in _by_case(changes).items():
        alike[moves].append(uid)
    numbers = closings.numbers(session, list(chain(*alike.values())))
    for moves, uids in alike.items():
        yield f"涉及案件：{_cases(uids, numbers)}，{_moved(*moves)}。"
    for change in changes:
        if change.altered:
            told = _cases(change.altered, closings.numbers(session, change.altered))
            yield f"“{change.label}”里结账以后改过内容的案件：{told}。"
        if any(change.others):
            counts = (("减少", change.others[0]), ("增加", change.others[1]))
            told = "，".join(f"{words} {number} 条" for words, number in counts if number)
            yield f"“{change.label}”背后的记录{told}。"


def _by_case(changes: Sequence[Difference]) -> dict[str, _Moves]:
    """By the life-long identity of a case; of an item both of the period and of the year so far only the first is told."""
    gone: dict[str, dict[str, str]] = defaultdict(dict)
    come: dict[str, dict[str, str]] = defaultdict(dict)
    for change in changes:
        for side, uids in ((gone, change.gone), (come, change.come)):
            for uid in uids:
                side[uid].setdefault(change.heading.name, change.label)
    return {
        uid: (tuple(gone.get(uid, {}).values()), tuple(come.get(uid, {}).values())) for uid in gone | come
    }


def _cases(uids: Sequence[str], numbers: dict[str, str]) -> str:
    known = [numbers[uid] for uid in uids if uid in numbers]
    lost = len(uids) - len(known)
    return "、".join([*known, *([f"已经不在的案件 {lost} 件"] if lost else [])])


def _moved(gone: Sequence[str], come: Sequence[str]) -> str:
    told = (("不再计入", gone), ("计入", come))
    return "，".join(f"{words}{_items(labels)}" for words, labels in told if labels)


def _items(labels: Sequence[str]) -> str:
    shown = "、".join(f"“{label}”" for label in labels[:_ITEMS])
    return f"{shown}等 {len(labels)} 项" if len(labels) > _ITEMS else shown
