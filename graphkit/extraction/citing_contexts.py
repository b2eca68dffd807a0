"""Whether a text takes something from an outlet where it names it ("told Nine News", "the Post has learned")."""

import re

_BEFORE = re.compile(
    r"(?:\b(?:told|tells|telling|according to|reported (?:by|in|on)|report (?:by|from|in)|reports (?:by|from|in)|reporting (?:by|from)|"
    r"obtained by|seen by|reviewed by|published (?:by|in|on)|wrote (?:in|for|on)|writing (?:in|for|on)|interview (?:with|to|on)|"
    r"interviewed by|speaking (?:to|with|on)|spoke (?:to|with)|statement to|informed|citing|cited by|quoted by|quoting|via|"
    r"per|as per|courtesy of|credit:?|poll by|investigation by|analysis by)\s+(?:the |an? )?)$"
)
_AFTER = re.compile(
    r"(?:['’]s?)?,?\s+(?:(?:has|have|had|also|first|later|previously|exclusively|on \w+day|this week|last week)\s+){0,3}"
    r"(?:reported|reports|said|says|writes|wrote|noted|notes|learned|revealed|reveals|published|quoted|cited|citing|confirmed|claimed|"
    r"broke|obtained|described|interviewed|interview|poll|report|story|article|investigation|analysis|editorial|op-ed|survey)\b"
)
WINDOW = 60


def is_cited(text: str, begin: int, end: int) -> bool:
    """Say whether the outlet named at ``begin`` to ``end`` is cited there, not only spoken of."""
    return bool(_BEFORE.search(text, max(0, begin - WINDOW), begin) or _AFTER.match(text, end, end + WINDOW))
