"""The patterns of dispute (案情样本), by kind."""

from mediator.domain.codes import Kind
from mediator.services.practice.stories import business, buying, harm, home, houses
from mediator.services.practice.story import Story

STORIES: dict[Kind, list[Story]] = {
    kind: [
        story
        for module in (home, houses, business, harm, buying)
        for story in module.TALES
        if story.kind is kind
    ]
    for kind in Kind
}
