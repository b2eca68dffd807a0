"""Whether a capital acts as its government ("Pyongyang said") or is a place ("in Pyongyang"), by the words around it.

A capital is a metonym only on positive evidence: a verb of speaking or acting after it, a possessive before a word of politics, a
relation between powers before it ("talks between", "sanctions on").
"""

import re

from graphkit.knowledge.actors.gazetteer import word_set

_VERBS = word_set(
    "said says say saying told added accused accuses denied denies claimed claims warned warns announced announces insisted insists argued "
    "argues has have had is was will would could may might must should wants wanted seeks sought hopes hoped fears feared sees views "
    "backs backed supports supported rejected rejects agreed agrees refused refuses vowed vows urged urges demanded demands ordered "
    "orders imposed imposes launched launches fired fires sent sends called calls condemned condemns signed signs responded responds "
    "retaliated believes believed considers considered decided decides expects expected maintains maintained threatened threatens "
    "pledged pledges offered offers confirmed confirms acknowledged acknowledges blamed blames dismissed dismisses welcomed welcomes used "
    "uses needs plans planned began started continues continued tried tries does did also itself never now to provided provides "
    "supplied supplies deployed deploys invaded annexed"
)
_POLITICS = word_set(
    "policy policies government foreign defence defense military army forces troops regime leadership leaders invasion war nuclear missile "
    "weapons ambassador envoy demands claims demand claim interests aggression allies ally influence decision response position support "
    "offensive strategy stance sanctions ties relations aims ambitions goals efforts willingness intentions threats warning attempt "
    "attempts approach diplomats officials security economic control side"
)
_PLACES = word_set(
    "in at near outside inside around from into across throughout via toward towards downtown central northern southern eastern western "
    "capital leave left reached visit visited visiting to of"
)
_WORD_AFTER = re.compile(r"^(?:,[^.,]{3,30},)? (\w+)\b")
_POSSESSED = re.compile(r"^'s? (?:(\w+) )?(\w+)\b")
_WORD_BEFORE = re.compile(r"\b(\w+),? $")
_RELATION = re.compile(
    r"\b(?:between|against|pressure on|sanctions on|ties with|relations with|talks with|deal with|alliance with|war with|support for|"
    r"backed by|supported by|controlled by|according to|dialogue with|cooperation with|tensions with|negotiations with|aid to|arms to|"
    r"weapons to|between \w+ and) $",
    re.IGNORECASE,
)
_HYPHENATED = re.compile(r"^-(?:backed|controlled|appointed|installed|sponsored|funded|allied|aligned|friendly)\b")
_PLACE_AFTER = re.compile(
    r"^(?:, [A-Z][a-z]+| \(| (?:region|oblast|suburbs?|airport|street|university|embassy|residents?|city|district|metro|hotel|court|time)\b)"
)
_NAME_BEFORE = re.compile(r"(?<![.!?:\"(] )(?<!^)\b[A-Z][a-z]+ $")


def acts(before: str, after: str) -> bool:
    """Say whether a capital acts here as its government, by the words before and after it."""
    if _PLACE_AFTER.match(after):
        return False
    if _HYPHENATED.match(after) or _RELATION.search(before):
        return True
    word = _WORD_BEFORE.search(before)
    if (word is not None and word[1].lower() in _PLACES) or _NAME_BEFORE.search(before):
        return False
    verb, possessed = _WORD_AFTER.match(after), _POSSESSED.match(after)
    if verb is not None:
        return verb[1] in _VERBS
    return possessed is not None and not {possessed[1], possessed[2]}.isdisjoint(_POLITICS)
