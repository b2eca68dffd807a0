"""Whether a text takes something from an outlet where it names it ("told Nine News", "the Post has learned").

The rules read the words next to the name; they were made and measured on names in news articles whose attributions are annotated.
Being spoken of ("veterans of the Post", "CNN's audience") is no citation.
"""

import re

WINDOW = 70
"""Characters looked at on either side of a name."""
LONGEST_CONJUNCTION = 14


def _any_of(*phrases: str) -> str:
    """Return a group that matches any of the phrases; words of one string that a bar separates are phrases of their own."""
    return f"(?:{'|'.join(phrase.strip() for line in phrases for phrase in line.split('|'))})"


_SPOKEN = _any_of(
    "said|says|saying|stated|stating|added|complained|confirmed|admitted|explained|revealed|announced|argued|claimed|insisted",
    "repeated|reiterated|joked|acknowledged|recalled|appeared|appearing|appearances?|interviewed|remarks|comments",
)
_WHEN = _any_of(
    r"by (?:tele)?phone",
    r"(?:early |late )?(?:\w+day|yesterday|today)(?: (?:morning|night|evening|afternoon))?",
    r"last \w+|this \w+|on \w+day|live",
)
_TOLD_IN = _any_of(
    "interview|interviews|conversation|q&a|sit-down|exclusive|e-?mail|statement|statements|comment|letter|message",
)
_PUBLISHED = _any_of(
    "reported|reporting|reports|report|cited|quoted|published|obtained|seen|reviewed|conducted|compiled|commissioned|released",
    "broken|leaked|provided|viewed|verified|revealed|confirmed|mentioned|carried|posted|printed|run|aired|written|noted",
    "uncovered|shared|featured|collected|produced|investigated|profiled|excerpted|appearing|appeared",
)
_WORK = _any_of(
    "wrote|writes|writing|written|column|columns|op-ed|essay|editorial|article|articles|story|stories|piece|investigation|poll|polls",
    "survey|surveys|analysis|interview|data|figures|tally|count|dispatch|headline|review|exclusive|documentary|excerpt",
)
_LEADING = _any_of(
    "told|tells|telling|tell|informed|contacted by",
    r"(?:spoke|speaks|speaking|talked|talking|spoken) (?:to|with|on)",
    rf"{_SPOKEN}(?: {_WHEN})? (?:to|on|by|in|with|for)",
    rf"{_TOLD_IN} (?:to|with|on|by|in|for|given to)",
    r"(?:aired|broadcast|shown|televised|footage|video|live) (?:on|by|from)",
    "according to|as per|per|via|h/t:?|hat tip:?|source:?|sources:|credit:?|courtesy of",
    "citing|cites|cited|quoting|quotes|reports|reported|writes|wrote|notes",
    rf"{_PUBLISHED}(?: {_WHEN})? (?:by|in|to|on|from|for|with)",
    rf"{_WORK} (?:in|for|by|from|on|at|conducted by|published by|published in)",
).replace(" ", r"\s")
_DESCRIBED = _any_of(
    "new|recent|latest|daily|newspaper|website|news site|news website|news agency|newswire|broadcaster|magazine|outlet|tabloid|portal",
    "channel|network|station|rival|online|paper|agency|state-run|state|state-owned|private|public|pro-government|independent",
    "investigative|local|national|conservative|liberal|opposition|business|official|semi-official",
    r"[A-Z][a-z]{2,14}(?:ian|ese|ish|an|i|ch)",
)
_ARTICLE = rf"(?:the |an? )?(?:{_DESCRIBED}[ -]){{0,4}}"
_BEFORE = re.compile(rf"\b{_LEADING}\s+{_ARTICLE}$", re.IGNORECASE)
_SURE_LEADING = _any_of(
    "told|tells|telling|according to|reported by|reported in|h/t:?|via|citing|wrote in|magazine|newspaper|website",
    r"(?:interview|interviews|spoke|speaking) (?:to|with)",
    r"(?:article|story|op-ed|essay|cover|report) in",
)
_SURE_BEFORE = re.compile(rf"\b{_SURE_LEADING}\s+{_ARTICLE}$", re.IGNORECASE)

_ADVERB = _any_of(
    "has|have|had|also|first|later|previously|exclusively|then|further|itself|now|recently|reportedly|earlier|already",
    "on (?:mon|tues|wednes|thurs|fri|satur|sun)day|this week|last week|last month|this month|yesterday|today",
)
_VERB = _any_of(
    "reported|reports|reporting|said|says|wrote|writes|noted|notes|learned|learnt|revealed|reveals|published|publishes|quoted|quotes",
    "cited|cites|citing|quoting|confirmed|claimed|claims|broke|obtained|described|interviewed|asked|found|estimated|estimates|pegged",
    "lists|listed|investigates|investigated|projected|projects|called|calls|announced|observed|pointed|points|added|adds|argued|argues",
    "calculated|reviewed|uncovered|detailed|details|suggested|suggests|showed|shows|aired|ran|released|posted|identified|alleged",
    "explained|explains|tweeted|disclosed|concluded|counted|rated|examined|tracked|surveyed",
)
_KIND = _any_of(
    "news|exclusive|opinion|rolling|delegate|tracking|battleground|national|state|magazine|newspaper|politics|investigative|online",
    "live|television|tv|radio|editorial|cover|front-page|special",
)
_PRODUCT = _any_of(
    "interviews?|polls?|polling|pollster|surveys?|reports?|reporting|story|stories|articles?|investigations?|analysis|analyses",
    "editorials?|op-eds?|columns?|reviews?|headlines?|exclusives?|documentary|tally|count|data|estimates?|projections?|footage",
    "dispatch|op ed|profile|scoop|coverage of|transcript|blog post|news alert|fact-check|fact check|list of",
)
_WHO = _any_of(
    "reporters?|correspondents?|columnists?|writers?|journalists?|anchors?|hosts?|contributors?|analysts?|editors?|photographers?",
    "commentators?|producers?|crew|team|staff",
)
_TELLS = _any_of(
    "reported|reports|wrote|writes|said|says|noted|noticed|asked|tweeted|witnessed|saw|indicated|told|described|pressed|explained",
    "points out|pointed out|put it",
)
_AFTER = re.compile(
    rf"(?:[’']s?)?,?\s+(?:{_ADVERB}\s+){{0,3}}{_VERB}\b(?! (?:to|its|it) )"
    rf"|(?:[’']s)?(?:[/-][A-Z][\w/. -]{{1,40}}?)?\s+(?:{_KIND}\s+)?{_PRODUCT}\b"
    rf"|(?:[’']s)?\s+(?:\w+ ){{0,2}}{_WHO}\b[^.\n]{{0,45}}?\b{_TELLS}\b"
    rf"|[’']s? (?:[A-Z][\w.’'-]+ ){{1,3}}{_TELLS}\b"
    r"|:\s*[\"“‘'A-Z]",
)
_SURE_AFTER = re.compile(
    rf"(?:[’']s?)?\s+(?:magazine|newspaper|(?:{_ADVERB}\s+){{0,3}}(?:reported|reports|wrote|writes|obtained|published|interviewed)|"
    r"interview|investigation|article|cover story|op-ed|poll|survey|reporter|correspondent|columnist)\b",
)
_BEFORE_BRACKETED = re.compile(r"(?:^|[\n.!?”\"’')\]] ?)[\[(] ?$")
_BRACKETED = re.compile(r"\.? ?[)\]]")
_JOINED = re.compile(r",? (?:and|or|as well as|&) (?:the )?|, (?:the )?| ?/ ?")


def is_cited(text: str, begin: int, end: int, *, is_word: bool = False) -> bool:
    """Say whether the outlet named at ``begin`` to ``end`` is cited there, not only spoken of.

    A name that ``is_word`` ("Time", "People") needs words that leave no doubt.
    """
    low = max(0, begin - WINDOW)
    if _BEFORE_BRACKETED.search(text, low, begin) and _BRACKETED.match(text, end):
        return True
    before, after = (_SURE_BEFORE, _SURE_AFTER) if is_word else (_BEFORE, _AFTER)
    return bool(before.search(text, low, begin) or after.match(text, end, end + WINDOW))


def are_joined(text: str, end: int, begin: int) -> bool:
    """Say whether only a conjunction stands between two names ("told Reuters and AFP")."""
    return begin - end <= LONGEST_CONJUNCTION and bool(_JOINED.fullmatch(text, end, begin))
