"""Which language a text is in: what the page says, checked against the commonest words of the text itself.

The detector counts function words of eighteen languages in Latin script and looks at the script for the others.  It is meant to
tell an English article from another one, not to name every language: it says "und" rather than guess.  No model, no randomness.
"""

import re
import unicodedata
from collections import Counter

UNKNOWN = "und"
"""The BCP 47 tag of a language that could not be told."""

_WORDS = {
    "en": "the of and to in that is was for with on as it by at from his her they have has had were said which not be are this",
    "fr": "le la les des une est dans qui que pour par sur pas avec il elle sont au aux cette plus mais ont ce été leur d'un",
    "de": "der die das und ist nicht von den dem mit sich des ein eine auf für im auch als an werden wird hat sind bei nach",
    "es": "el la los las de que y en un una por con para es del se no su al lo como más pero fue sus ha este según",
    "pt": "o a os as de que e em um uma por com para é do da no na não se mais ao dos das foi são pelo pela você",
    "it": "il lo la gli le di che e in un una per con è del della non si dei nel alla sono più anche ha al da dal delle",
    "nl": "de het een en van in is dat op te zijn voor met niet aan er om ook als bij door naar maar uit heeft werd wordt",
    "sv": "och att det som en på är av för med den till inte har de ett om var jag men sig från vi så när kan under",
    "da": "og at det er en til på som med for den af ikke der de har et om var men fra sig blev også han efter ved",
    "no": "og at det er en til på som med for den av ikke der de har et om var men fra seg ble også han etter ved jeg",
    "fi": "ja on ei että se hän oli ovat mutta kun myös joka kuin niin olla jos mukaan vuoden sekä sen tai ole",
    "pl": "i w nie na się z do to że jest o jak po za od przez co dla był ale są oraz tym który jego już być",
    "cs": "a se na je v že to s z do o jako za by pro si po ale jsou od ve jeho podle byl jsem také který když",
    "hu": "a az és hogy nem is egy ez van volt de meg mint csak már el ki ha még volna lesz szerint azt",
    "ro": "și de la în a cu nu pe că o este din care pentru mai un s-a sunt ce au fost ale se al lui după",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi en kadar sonra ise ancak değil olduğu ne var göre",
    "hr": "i je u na da se su za od o s a koji kao što nije iz to ne će po ali bi sa prema samo više",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena ada oleh saya mereka kata bisa",
}
_BY_WORD: dict[str, tuple[str, ...]] = {}
for _language, _list in _WORDS.items():
    for _word in _list.split():
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _language)
_SCRIPTS = {
    "GREEK": "el",
    "HEBREW": "he",
    "HANGUL": "ko",
    "THAI": "th",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
}
_WORD = re.compile(r"[^\W\d_]{1,20}(?:['’-][^\W\d_]{1,20})?")
_TAG = re.compile(r"([a-zA-Z]{2,3})(?:[-_].{0,40})?")
_SAMPLE = 20_000
_ENOUGH_WORDS = 4
_LEAD = 1.4


def primary_tag(stated: str | None) -> str | None:
    """Return the primary tag of a stated language ("en-GB" gives "en"), or None where it is none (BCP 47)."""
    match = _TAG.fullmatch((stated or "").strip())
    return match[1].lower() if match and match[1].lower() != UNKNOWN else None


def detect_language(text: str) -> str:
    """Return the primary tag of the language of ``text``, or "und" where the signs do not suffice."""
    sample = text[:_SAMPLE]
    script = _dominant_script(sample)
    if script == "LATIN":
        return _detect_by_words(sample)
    if script == "CYRILLIC":
        return _detect_cyrillic(sample)
    if script == "ARABIC":
        return "fa" if sum(map(sample.count, "پچژگ")) * 100 > len(sample) else "ar"
    if script == "CJK":
        return "ja" if any("\u3040" <= character <= "\u30ff" for character in sample) else "zh"
    return _SCRIPTS.get(script, UNKNOWN)


def choose_language(stated: str | None, text: str) -> str:
    """Return the stated language, unless the text is plainly in another one: templates often say "en" whatever they hold."""
    tag, found = primary_tag(stated), detect_language(text)
    if tag is None:
        return found
    return found if found not in {UNKNOWN, tag} and _is_plain(found, tag, text[:_SAMPLE]) else tag


def _is_plain(found: str, stated: str, sample: str) -> bool:
    if found not in _WORDS or stated not in _WORDS:
        return found not in _WORDS and stated in _WORDS
    counts = _count_languages(sample)
    return counts[found] >= 30 and counts[found] > 3 * counts[stated]


def _dominant_script(sample: str) -> str:
    letters = [character for character in sample if character.isalpha()][:4_000]
    counts = Counter(unicodedata.name(letter, "?").split(" ")[0].split("-")[0] for letter in letters)
    for kana in ("HIRAGANA", "KATAKANA"):
        counts["CJK"] += counts.pop(kana, 0)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ranked[0][0] if ranked and ranked[0][1] * 2 > len(letters) else "?"


def _count_languages(sample: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for match in _WORD.finditer(sample.lower()):
        counts.update(_BY_WORD.get(match[0].replace("’", "'"), ()))
    return counts


def _detect_by_words(sample: str) -> str:
    ranked = sorted(_count_languages(sample).items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < _ENOUGH_WORDS:
        return UNKNOWN
    runner_up = ranked[1][1] if len(ranked) > 1 else 0
    return ranked[0][0] if ranked[0][1] >= _LEAD * runner_up else UNKNOWN


def _detect_cyrillic(sample: str) -> str:
    """Tell Cyrillic alphabets by letters that only one of them has; the first that fits, narrowest first."""
    letters = set(sample.lower())
    for language, own in (("kk", "әғқңұ"), ("be", "ў"), ("uk", "іїєґ"), ("sr", "ђћјљњ"), ("ru", "ыэё")):
        if letters.intersection(own):
            return language
    return "bg" if "ъ" in letters else UNKNOWN
