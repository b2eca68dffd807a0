"""Coarse word classes in context, by word lists and rules.

The classes: ``N`` noun or anything unknown, ``NP`` capitalised, ``D`` determiner or possessive, ``P`` preposition, ``PS`` subject
pronoun, ``PO`` other pronoun, ``M`` modal, ``B`` be, ``H`` have, ``DO`` do, ``V`` finite verb, ``VB`` bare verb, ``VN`` participle,
``VG`` -ing form, ``J`` adjective, ``R`` adverb, ``CC``, ``S`` subordinator, ``THAT``, ``TO``, ``CD`` number, ``POS`` possessive 's, ``NOT``,
``Q`` quotation mark, and signs as themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from graphkit.extraction.language.lexicon import BASE, GERUND, PARTICIPLE, PAST, THIRD, verb_forms, word_classes, word_set
from graphkit.extraction.language.tokens import Token

FINITE = frozenset({"V", "M", "B", "H", "DO"})
_SIGNS = {"—": "-", "–": "-", "--": "-", "-": "-", "…": ".", "...": ".", "!": ".", "?": "."}
_QUOTES = frozenset("\"“”„«»‘’'`")
_START_AFTER = frozenset({".", ":", "*"})
_ADJECTIVE_ENDINGS = ("ous", "ful", "ive", "able", "ible", "ical", "less", "ary", "ish", "ern", "ic", "ional")
_ORDER = (
    ("modal", "M"), ("be", "B"), ("have", "H"), ("do", "DO"), ("conjunction", "CC"), ("subject_pronoun", "PS"),
    ("other_pronoun", "PO"), ("determiner", "D"), ("subordinator", "S"), ("preposition", "P"), ("adverb", "R"),
)  # fmt: skip
_FIXED = {"that": "THAT", "to": "TO", "not": "NOT", "never": "R", "cannot": "M", "this": "D", "these": "D", "those": "D"}
_CLITICS = {"'re": "B", "'m": "B", "'ve": "H", "'ll": "M", "'d": "M"}
_EITHER = frozenset({"since", "until", "before", "after", "as", "like"})
_NOUN_MODALS = frozenset({"may", "might", "will", "can", "must"})
_TITLE_SHARE = 0.7
_CLAUSE_WINDOW = 18


@cache
def closed_classes() -> dict[str, str]:
    """Return the class of every word of the closed classes."""
    classes = word_classes()
    table: dict[str, str] = {}
    for label, tag in _ORDER:
        for word in classes[label]:
            table.setdefault(word, tag)
    return table | _FIXED


def small_list(name: str) -> frozenset[str]:
    """Return one of the lists of ``tagging.txt``."""
    return word_classes("tagging")[name]


def tag_tokens(tokens: Sequence[Token]) -> list[str]:
    """Return the class of each token of one sentence."""
    tagger = _SentenceTagger(tokens, is_title=_is_title_case(tokens))
    for index in range(len(tokens)):
        tagger.tags.append(tagger.tag(index))
    tagger.settle()
    return tagger.tags


def _is_title_case(tokens: Sequence[Token]) -> bool:
    """Say whether capitals tell nothing: a headline in title case or capitals."""
    words = [token.text for token in tokens if token.text[0].isalpha() and (len(token.text) > 3 or token.text.isupper())]
    return len(words) > 3 and sum(word[0].isupper() for word in words) >= _TITLE_SHARE * len(words)


@dataclass(slots=True)
class _SentenceTagger:
    """Tags one sentence from left to right, then settles what only the whole tells."""

    tokens: Sequence[Token]
    is_title: bool
    tags: list[str] = field(default_factory=list)

    def tag(self, i: int) -> str:
        token = self.tokens[i]
        first = token.text[0]
        if not first.isalnum():
            return self._sign(i)
        if first.isdigit():
            return "CD"
        closed = closed_classes().get(token.lower)
        if closed and (self.is_title or not (token.text.isupper() and len(token.text) > 1 and token.lower not in {"a", "i"})):
            return self._closed(i, closed)
        if first.isupper() and not self.is_title and not self._at_start(i):
            return "NP"
        return "CD" if token.lower in small_list("numeral") else self._open(i)

    def _at_start(self, i: int) -> bool:
        if i == 0 or self.tags[i - 1] in _START_AFTER:
            return True
        is_opening = self.tags[i - 1] == "Q" and self.tokens[i - 1].end == self.tokens[i].begin
        return is_opening and (i == 1 or self.tags[i - 2] in {",", ":", ".", "Q", "-"})

    def _word(self, i: int) -> str:
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def _sign(self, i: int) -> str:
        token = self.tokens[i]
        if token.lower == "'s":
            return self._apostrophe_s(i)
        if token.lower in _CLITICS:
            return _CLITICS[token.lower]
        if token.text in _QUOTES:
            owner = token.text in "'’" and i > 0 and self._word(i - 1).endswith("s") and self.tokens[i - 1].end == token.begin
            return "POS" if owner and self.tags[i - 1] in {"N", "NP"} else "Q"
        return _SIGNS.get(token.text, token.text)

    def _apostrophe_s(self, i: int) -> str:
        if self._word(i - 1) == "let":
            return "PS"
        if self._word(i - 1) in small_list("is_before_s"):
            return "B"
        following = closed_classes().get(self._word(i + 1), "")
        return "B" if following in {"D", "NOT"} and self.tags[i - 1] in {"N", "NP"} else "POS"

    def _closed(self, i: int, tag: str) -> str:
        word = self._word(i)
        if word == "to":
            return self._to(i)
        if word in _NOUN_MODALS and self._is_noun_use(i, word):
            return "NP" if self.tokens[i].text[0].isupper() else "N"
        if word in {"her", "his"}:
            return "D"
        if word in _EITHER:
            return self._preposition_or_clause(i, word)
        if word == "us" and self.tokens[i].text.isupper():
            return "NP"
        return tag

    def _to(self, i: int) -> str:
        following = self._word(i + 1)
        is_verb = (
            verb_forms().get(following, ("", 0))[1] & BASE
            or following in {"be", "have", "do", "not"}
            or following.endswith("ly")
        )
        return "TO" if is_verb else "P"

    def _is_noun_use(self, i: int, word: str) -> bool:
        """Tell "in May", "her will", "their might" from the modals."""
        before = self.tags[i - 1] if i else ""
        if word == "may":
            follows = self._word(i + 1)[:1]
            return (
                self.tokens[i].text == "May"
                and (before in {"P", "D", "NP", "N", ",", "CD"} or follows.isdigit())
                and (not self.is_title or follows.isdigit())
            )
        return before in {"D", "POS", "J"} and self._word(i - 1) not in small_list("pronoun_like")

    def _preposition_or_clause(self, i: int, word: str) -> str:
        if word == "like":
            return "V" if i and self.tags[i - 1] in {"PS", "TO", "M"} else "P"
        return "P" if self._no_clause_follows(i) else "S"

    def _no_clause_follows(self, i: int) -> bool:
        """Say whether no finite verb stands between here and the next comma or stop."""
        forms, closed, nouny = verb_forms(), closed_classes(), word_set("nouny_verbs")
        for token in self.tokens[i + 1 : i + _CLAUSE_WINDOW]:
            if token.text in {",", ".", ";", ":", "—", "–"}:
                return True
            mask = forms.get(token.lower, ("", 0))[1]
            if closed.get(token.lower) in {"M", "B", "H", "DO"} or mask & PAST:
                return False
            if (mask & THIRD and forms[token.lower][0] not in nouny) or (mask == BASE and token.lower not in nouny):
                return False
        return True

    def _open(self, i: int) -> str:
        token, word = self.tokens[i], self._word(i)
        mask = verb_forms().get(word, ("", 0))[1]
        if not mask and word.endswith("ed") and len(word) > 4 and word not in small_list("not_past"):
            mask = PARTICIPLE if word.startswith("un") else PAST | PARTICIPLE
        if not mask and word.endswith("ing") and len(word) > 5:
            mask = GERUND
        if mask and not (token.text[0].isupper() and self._is_name_at_start(i, mask)):
            found = self._verb(i, mask)
            return "NP" if found == "N" and token.text[0].isupper() and self.is_title and i else found
        if token.text[0].isupper() and (not self._at_start(i) or self._name_follows(i)):
            return "NP"
        if word.endswith("ly") and len(word) > 4 and word not in small_list("not_adverbs"):
            return "R"
        looks = word.endswith(_ADJECTIVE_ENDINGS) and token.text[0].islower() and word not in small_list("not_adjectives")
        if looks or word in word_set("adjectives"):
            return "J"
        return "NP" if token.text[0].isupper() and self._acts(i + 1) else "N"

    def _is_name_at_start(self, i: int, mask: int) -> bool:
        """Say whether a capitalised bare verb form at the head is a name ("Trump said", "Brown has")."""
        return bool(mask & BASE) and ((self.is_title and not i) or self._acts(i + 1) or self._name_follows(i))

    def _acts(self, i: int) -> bool:
        """Say whether the word at ``i`` is plainly a finite verb."""
        mask = verb_forms().get(self._word(i), ("", 0))[1]
        is_third = bool(mask & THIRD) and verb_forms()[self._word(i)][0] not in word_set("nouny_verbs")
        return closed_classes().get(self._word(i)) in {"M", "B", "H", "DO"} or bool(mask & PAST and not mask & BASE) or is_third

    def _name_follows(self, i: int) -> bool:
        return i + 1 < len(self.tokens) and self.tokens[i + 1].text[0].isupper() and self._word(i + 1) not in closed_classes()

    def _verb(self, i: int, mask: int) -> str:
        """Return the class of a word that may be a verb form."""
        word, before = self._word(i), self._before(i)
        if mask & GERUND and not mask & BASE:
            return "N" if word in small_list("nouns_in_ing") and before not in {"B", "M"} else "VG"
        if before in {"TO", "M", "DO"} and mask & BASE:
            return "VB"
        if before in {"H", "B"} and mask & PARTICIPLE:
            return "VN"
        if mask == PAST:
            return "V"
        if mask & THIRD and self._word(i - 1) in {"this", "that", "which", "who", "it", "he", "she"}:
            return "V"
        if i > 1 and mask & PAST and not mask & BASE and self.tags[i - 1] == "J" and self.tags[i - 2] in {"NP", "PS", "N"}:
            return "V"
        if i and self.tags[i - 1] == "CD" and self._closes_count(i, mask):
            return "V"
        if i and self.tags[i - 1] == "CD" and mask & BASE and word not in word_set("nouny_verbs"):
            return "V"
        if i and self.tags[i - 1] in {"D", "POS", "J", "P", "CD"} and not self._is_pronoun(i - 1, mask):
            return "VN" if mask & PARTICIPLE and not mask & BASE else "N"
        if before == "B":
            return "N"
        if mask & (PAST | PARTICIPLE) and not mask & BASE:
            return "V" if mask & PAST else "VN"
        return "V" if self._has_subject(i, mask) else "N"

    def _closes_count(self, i: int, mask: int) -> bool:
        """Say whether a past form ends "Eleven hurt in …", "12 arrested after …" at the head of a sentence, as headlines have it."""
        behind = closed_classes().get(self._word(i + 1), "")
        return self._at_start(i - 1) and bool(mask & (PAST | PARTICIPLE)) and behind in {"P", "S", "CC", "TO", "R"}

    def _is_pronoun(self, i: int, mask: int) -> bool:
        """Say whether a determiner stands alone as a subject ("these show", "some claim")."""
        return (
            self.tags[i] == "D"
            and self._word(i) in small_list("pronoun_like")
            and bool(mask & (BASE | PAST))
            and self._starts_object(i + 1)
        )

    def _before(self, i: int) -> str:
        """Return the class of the last token that is neither adverb nor negation; of an auxiliary where a subject is inverted."""
        for at in range(i - 1, max(-1, i - 5), -1):
            tag = self.tags[at]
            if tag == "PS" and at and self.tags[at - 1] in {"DO", "M"}:
                return self.tags[at - 1]
            if tag not in {"R", "NOT"}:
                return tag
        return ""

    def _has_subject(self, i: int, mask: int) -> bool:
        """Decide between verb and noun for a bare or -s form ("troops bolster", "the plan")."""
        before, word = self._before(i), self._word(i)
        lemma = verb_forms()[word][0] if word in verb_forms() else word
        is_nouny = word in word_set("nouny_verbs") or lemma in word_set("nouny_verbs")
        if before in {"PS", "PO"}:
            agrees = bool(mask & (THIRD | PAST)) or self._word(i - 1) not in {
                "one",
                "everyone",
                "everybody",
                "someone",
                "nobody",
                "anyone",
                "none",
            }
            return before == "PS" or (self._word(i - 1) in small_list("pronoun_like") and agrees)
        if before == "D":
            return self._is_pronoun(i - 1, mask)
        if before == "VN":
            return i > 1 and self.tags[i - 2] == "D" and not is_nouny and self._starts_object(i)
        if before == "THAT":
            return bool(mask & THIRD) or not is_nouny
        if before == "CC":
            return bool(mask & THIRD) and (not is_nouny or self._starts_object(i)) and any(tag in FINITE for tag in self.tags)
        if before in {",", "Q", "-", ")"}:
            return not is_nouny or self._starts_object(i)
        if before not in {"N", "NP"}:
            return False
        if is_nouny and i > 1 and self.tags[i - 2 : i] == ["CC", "N"] and closed_classes().get(self._word(i + 1)) in {"P", "S"}:
            return False  # "rocks and petrol bombs at"
        return self._agrees(i, mask) and (not is_nouny or self._starts_object(i))

    def _agrees(self, i: int, mask: int) -> bool:
        """Say whether a bare form may follow the noun before it: a plural, or a name after an adverb."""
        if not mask & BASE or mask & PAST or self.tags[i - 1] == "R":
            return True
        before = self._word(i - 1)
        return (before.endswith("s") and not before.endswith(("ss", "us", "is"))) or before in small_list("plurals")

    def _starts_object(self, i: int) -> bool:
        """Say whether what follows can be the object or complement of a verb."""
        if i + 1 >= len(self.tokens) or (i + 2 == len(self.tokens) and self.tokens[i + 1].text == "."):
            return "," in self.tags[max(0, i - 4) : i - 1]
        following = self.tokens[i + 1]
        if following.lower == "to":
            return verb_forms().get(self._word(i), ("", 0))[0] in small_list("infinitive")
        if following.lower == "not":
            return self._word(i + 2) == "to"
        if closed_classes().get(following.lower) in {"D", "THAT", "TO", "PS", "PO", "S", "R"}:
            return True
        if following.text in "\"“‘'" or following.text[0].isdigit() or following.text[0].isupper():
            return True
        return following.lower in {"for", "on", "against", "into", "in", "at", "out", "up", "with"} or following.lower.endswith(
            "ing"
        )

    def _find_verb(self) -> None:
        """Give a sentence without a finite verb one, where a noun may be it ("Prices rise", "Ministers clash over budget")."""
        for i in range(1, len(self.tags)):
            mask = verb_forms().get(self._word(i), ("", 0))[1]
            if self.tags[i] in {"N", "NP"} and mask & (BASE | THIRD) and self.tags[i - 1] in {"N", "NP", ")"}:
                agrees = (
                    self._agrees(i, mask) or self._has_plural_head(i) if mask & BASE else not self._word(i - 1).endswith("s")
                )
                if agrees and self.tags[i + 1 : i + 2] not in (["N"], ["POS"]):
                    self.tags[i] = "V"
                    return

    def _has_plural_head(self, i: int) -> bool:
        """Say whether a plural with "of" opens the sentence: "*Estimates of* the size of the crowd range from …"."""
        return self._word(1) == "of" and self._word(0).endswith("s") and i > 3

    def settle(self) -> None:
        """Correct what the words behind decide: "in that year", "the plan announced Monday would"."""
        if not any(tag in FINITE for tag in self.tags):
            self._find_verb()
        finite_behind = False
        for i in range(len(self.tags) - 1, -1, -1):
            tag = self.tags[i]
            if tag == "THAT" and i and self.tags[i - 1] == "P" and self._word(i - 1) not in {"in", "except"}:
                self.tags[i] = "D"
            elif tag == "V" and self._is_reduced(i, finite_behind=finite_behind):
                self.tags[i] = "VN"
            elif tag in FINITE:
                finite_behind = True
            elif tag in {",", ";", ":", "-", "S", "THAT", "Q", "(", ")", "CC", "PS"} or (
                tag == "PO" and self._word(i) in {"which", "what"}
            ):
                finite_behind = False

    def _is_reduced(self, i: int, *, finite_behind: bool) -> bool:
        """Say whether an -ed form is a participle behind its noun rather than the verb of its clause."""
        word = self._word(i)
        lemma, mask = verb_forms().get(word, (word, PAST | PARTICIPLE))
        if not mask & PARTICIPLE or not mask & PAST or mask & BASE or not i:
            return False
        if self.tags[i - 1] not in {"N", "NP", ")", "VN"} and not (self.tags[i - 1] == "," and word in small_list("reduced")):
            return False
        follows = closed_classes().get(self._word(i + 1), "")
        if lemma in small_list("never_reduced"):
            return self._word(i + 1) == "by"
        if self._word(i + 1) == "by" or (word in small_list("reduced") and follows in {"P", "TO"}):
            return True
        if finite_behind and (follows in {"P", "TO", "R"} or lemma not in small_list("complement")):
            return follows not in {"D", "THAT", "PS"}
        return follows in {"P", "TO"} and lemma not in small_list("complement") and self._finite_before(i)

    def _finite_before(self, i: int) -> bool:
        """Say whether the clause has a finite verb before ``i``."""
        for tag in reversed(self.tags[:i]):
            if tag in {",", ";", ":", "-", "S", "THAT", "Q", "(", "CC", "PO"}:
                return False
            if tag in FINITE:
                return True
        return False
