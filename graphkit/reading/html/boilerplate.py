"""Lines that a page puts into an article and that are none of its text: its own headline again, offers, teasers, "read more"."""

import re
from itertools import takewhile

from graphkit.reading.html.body import Block
from graphkit.reading.html.facts import squash

_LINK_CUE = re.compile(
    r"(?:read|see|watch|listen|learn)(?:\s+(?:more|also|next|now|here|this))?\b|also\s+read\b|related\b|more\s+(?:on|from|about|like)\b"
    r"|related\s+(?:article|stor)|click\s+here\b|continue\s+reading\b|recommended\b|don.t\s+miss\b|photos?:|video:|gallery:|live:",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"(?:sign|signed)\s+up\s+(?:for|to|here|now)|subscribe\s+(?:to|now|here|today)|(?:get|receive)\s+(?:the|our|all\s+the)\s+.{0,60}"
    r"(?:in|to)\s+your\s+inbox|follow\s+(?:us|\w{1,30})\s+on\s+(?:twitter|x|facebook|instagram|youtube|google|whatsapp)"
    r"|(?:join|download)\s+(?:our|the)\s+.{0,40}(?:newsletter|channel|app)\b|delivered\s+(?:straight\s+|directly\s+)?to\s+your\s+inbox"
    r"|advertisement$|advertising$|story\s+continues\s+below|article\s+continues\s+(?:below|after)|(?:share|print|email)\s+this\s+(?:article|story|page)"
    r"|already\s+a\s+subscriber|create\s+(?:a\s+free|an)\s+account|support\s+(?:our|independent)\s+journalism|all\s+rights\s+reserved",
    re.IGNORECASE,
)
_WIDGET_HEADING = re.compile(
    r"(?:more\s+(?:from|on|in|stories|news|about)|related(?:\s+(?:articles?|stories|content|topics|posts|news|links))?|read\s+(?:more|next|also)"
    r"|recommended(?:\s+(?:for\s+you|stories|reading))?|you\s+(?:may|might)\s+also\s+like|most\s+(?:read|popular|viewed)|popular|trending(?:\s+now)?"
    r"|top\s+stories|latest(?:\s+(?:news|stories))?|what\s+to\s+read\s+next|also\s+read|around\s+the\s+web|editor.s\s+picks|comments?|tags|share)"
    r"(?:\s+.{0,40})?:?",
    re.IGNORECASE,
)
_OFFER_LENGTH = 220
_CUE_LENGTH = 60


def drop_boilerplate(blocks: list[Block], headlines: tuple[str, ...]) -> list[Block]:
    """Return the blocks without headlines, pointers elsewhere, offers and the teasers behind the article."""
    titles = {squash(words) for words in headlines}
    body = [block for block in blocks if squash(block.text) not in titles or not squash(block.text)]
    return [block for block in _drop_widgets(body) if not is_pointer(block) and not is_offer(block) and squash(block.text)]


def is_pointer(block: Block) -> bool:
    """Say whether a block only sends the reader elsewhere: a cue such as "Read more" in front of a link, or the cue alone."""
    match = _LINK_CUE.match(block.text)
    if match is None:
        return False
    unlinked = len(block.text) * (1 - block.link_share)
    return unlinked <= len(match[0]) + 12 and not _ends_sentence(block.text[: match.end() + 1])


def is_offer(block: Block) -> bool:
    """Say whether a short block advertises the publisher's own services."""
    return len(block.text) <= _OFFER_LENGTH and _OFFER.search(block.text) is not None and not block.text.startswith(("“", '"'))


def _drop_widgets(blocks: list[Block]) -> list[Block]:
    """Drop each "Trending" or "More from" heading with what follows it, up to the next paragraph of the article itself."""
    kept: list[Block] = []
    is_inside = False
    has_begun = False
    for index, block in enumerate(blocks):
        if block.is_main:
            is_inside, has_begun = False, True
        elif block.is_heading or len(block.text) < _CUE_LENGTH:
            is_inside = is_inside or (has_begun and _is_widget(blocks, index))
        if not is_inside:
            kept.append(block)
    return kept


def _is_widget(blocks: list[Block], index: int) -> bool:
    """Say whether a block is the heading of a widget: the words of one, and teasers or nothing before the article goes on."""
    if _WIDGET_HEADING.fullmatch(blocks[index].text) is None:
        return False
    below = list(takewhile(lambda block: not block.is_main, blocks[index + 1 :]))
    return 3 * sum(map(_is_teaser, below)) >= len(below)


def _is_teaser(block: Block) -> bool:
    is_short = len(block.text) < _CUE_LENGTH and not _ends_sentence(block.text)
    return block.is_heading or block.link_share > 0.5 or is_short


def _ends_sentence(words: str) -> bool:
    return words.rstrip().endswith((".", "!", "?"))
