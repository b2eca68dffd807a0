"""Taking names of sites out of list entries such as "KUSA - 9News (Denver)", and telling which names are certain.

Only the maintainer's script uses this; what it makes is in ``tables/domains.csv``, where a name that ends in "?" is one that other
outlets bear too.
"""

import re
from collections.abc import Iterator

UNCERTAIN = "?"
_BRACKET = re.compile(r"\s*[(\[]([^)\]]*)[)\]]?")
_DASH = re.compile(r"\s+[-–—|]\s+|\\|/")
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}")
_SHORT_FORM = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z]{1,5}")
_NEWS_WORD = re.compile(
    r"(?i)\b(?:news|times|post|herald|tribune|journal|gazette|press|radio|tv|television|daily|weekly|star|sun|courier|chronicle|"
    r"examiner|observer|record|register|review|independent|telegraph|mirror|mail|express|standard|enterprise|broadcasting|"
    r"dispatch|sentinel|leader|reporter|report|bulletin|monitor|advocate|newspaper|magazine|media|wire|voice|today|channel|fm|am)\b"
    r"|\b[KW][A-Z]{2,3}\b"
)
# fmt: off
_GENERIC = frozenset({
    "1", "10", "11", "12", "13", "2", "3", "4", "5", "6", "7", "8", "9", "a", "advocate", "am", "american", "and", "argus",
    "banner", "beacon", "bulletin", "call", "capital", "channel", "chronicle", "citizen", "city", "community", "country",
    "county", "courier", "daily", "democrat", "dispatch", "eagle", "east", "echo", "enterprise", "evening", "examiner",
    "express", "fm", "free", "gazette", "globe", "guardian", "herald", "independent", "inquirer", "item", "journal",
    "journal-news", "leader", "ledger", "line", "live", "local", "magazine", "mail", "media", "mercury", "messenger",
    "metro", "mirror", "monitor", "morning", "myth", "nation", "national", "network", "news", "news-journal", "news-times",
    "newspaper", "north", "observer", "of", "online", "outlook", "patriot", "pioneer", "plain", "post", "press", "progress",
    "public", "radio", "record", "recorder", "register", "report", "reporter", "republic", "republican", "review",
    "sentinel", "sentry", "south", "spectator", "standard", "star", "state", "statesman", "street", "sun", "sunday",
    "telegraph", "the", "time", "times", "times-news", "today", "transcript", "tribune", "truth", "tv", "union", "valley",
    "vindicator", "voice", "week", "weekly", "west", "wire", "world",
})
# fmt: on


def is_news_name(name: str) -> bool:
    """Say whether a name sounds like that of a newspaper, station or news site."""
    return bool(_NEWS_WORD.search(name))


def names_in(entry: str, domain: str) -> Iterator[str]:
    """Yield the names in a list entry, the fullest first; uncertain ones end in "?"."""
    text = " ".join(entry.replace("*", "").replace(";", ",").split())
    brackets = [content.strip() for content in _BRACKET.findall(text)]
    has_place = any(content and not _is_short_form(content) and "." not in content for content in brackets)
    first, *rest = [piece.strip() for piece in _DASH.split(_BRACKET.sub("", text))]
    for name in (first, *filter(_CALL_SIGN.fullmatch, rest), *filter(_is_short_form, brackets)):
        if len(name) > 1 and name.casefold() != domain:
            yield name + UNCERTAIN if (has_place and name == first) or _is_generic(name) else name


def _is_short_form(name: str) -> bool:
    return bool(_CALL_SIGN.fullmatch(name) or _SHORT_FORM.fullmatch(name))


def _is_generic(name: str) -> bool:
    return all(word in _GENERIC for word in re.findall(r"[\w-]+", name.casefold()))
