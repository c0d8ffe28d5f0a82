"""Reading a paper through before it is issued (出具前通读): words in it that look mistyped or confused."""

from mediator.domain.slips import slips
from mediator.paper import text
from mediator.paper.blocks import Paper


def remarks(paper: Paper) -> list[str]:
    """What to look at once more in a paper, one whole sentence each; none of it bars the paper from being issued."""
    return [slip.advice for slip in slips(text.write(paper))]
