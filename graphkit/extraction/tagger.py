"""graphkit's own extraction model at work: who says what, and who is named, in one text.

A compact encoder (six layers, int8, about 23 MB) tags sources, cues, contents and named actors, and links them.  Inner attributions
("X reported that officials said …") come from reading each content again on its own, to a depth of three.  The result is a pure
function of the text.

Example:
    >>> tagger = Tagger.load()                                      # doctest: +SKIP
    >>> tagger.tag("Rain is coming, the minister said.")            # doctest: +SKIP
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from graphkit.extraction.protocol import RawAttribution, Tagged
from graphkit.extraction.tagger_cleanup import clean_draft, nested_stretches
from graphkit.extraction.tagger_model import TaggerModel, load_model
from graphkit.extraction.tagger_reading import Draft, draft_confidence, read_stretches
from graphkit.model import ExtractorId

NAME = "mini"
DEEPEST_LEVEL = 3
SHORTEST_NESTED = 25
"""Characters; shorter contents hold no attribution of their own."""
PACKAGED = Path(__file__).parent / "model"
WORDS = re.compile(r"\w+(?:['’]\w+)?")
SureDraft = tuple[Draft, float]


class Tagger:
    """The loaded model. Make one with :meth:`load`; it is safe to share between threads."""

    def __init__(self, model: TaggerModel) -> None:
        self.model = model

    @staticmethod
    def load(folder: Path | None = None) -> "Tagger":
        """Load the packaged model, or the one in ``folder``; a second call with the same folder costs nothing.

        Raises:
            DamagedPart: A file is missing or is not what the model's manifest says.
        """
        return _load((folder or PACKAGED).resolve())

    @property
    def id(self) -> ExtractorId:
        """Name and version of the model, and the digest of its weights."""
        return ExtractorId(NAME, self.model.settings.version, self.model.digest[:16])

    def tag(self, text: str, *, deepest: int = DEEPEST_LEVEL) -> Tagged:
        """Return the attributions and entities of ``text``, in text order.

        Offsets are code points of ``text``, end-exclusive. Any text is read; the model knows English news.

        Args:
            text: What to read.
            deepest: Levels of attribution inside attribution; 1 gives the outermost only.
        """
        reading = read_stretches(self.model, text, [(0, len(text))], with_entities=True)
        drafts = self.clean(text, reading.drafts)
        found = [draft.attribution(confidence, 1) for draft, confidence in drafts]
        for level in range(2, deepest + 1):
            drafts = self._nested(text, drafts)
            found += [draft.attribution(confidence, level) for draft, confidence in drafts]
        return Tagged(tuple(sorted(found, key=_place)), tuple(reading.entities))

    def tag_batch(self, texts: Iterable[str]) -> list[Tagged]:
        """Return ``tag`` of each text: no result depends on what else is in the batch."""
        return [self.tag(text) for text in texts]

    def clean(self, text: str, drafts: Iterable[Draft]) -> list[SureDraft]:
        """Apply the clean-up rules and the least confidence to what was decoded."""
        settings = self.model.settings
        kept = []
        for draft in drafts:
            confidence = draft_confidence(draft, settings.confidence_weights)
            cleaned = clean_draft(text, draft, short_content_confidence=settings.short_content_confidence)
            if cleaned is not None and confidence >= settings.least_confidence:
                kept.append((cleaned, confidence))
        return kept

    def _nested(self, text: str, outer: Iterable[SureDraft]) -> list[SureDraft]:
        """Read the contents of ``outer`` again; what has no cue there is no attribution of its own."""
        stretches = [
            stretch
            for draft, _ in outer
            for stretch in nested_stretches(text, draft, shortest=SHORTEST_NESTED)
            if self._may_attribute(text, *stretch)
        ]
        drafts = read_stretches(self.model, text, stretches, with_entities=False).drafts
        return [(draft, confidence) for draft, confidence in self.clean(text, drafts) if draft.cues and draft.contents]

    def _may_attribute(self, text: str, begin: int, end: int) -> bool:
        """Say whether a stretch has any word that was often seen in a cue: most contents have none and need no second reading."""
        words = self.model.settings.nesting_words
        return any(match.group().lower() in words for match in WORDS.finditer(text, begin, end))


@cache
def _load(folder: Path) -> Tagger:
    return Tagger(load_model(folder))


def _place(attribution: RawAttribution) -> tuple[int, int, int]:
    """Sort by where an attribution begins, the outer before the inner."""
    spans = attribution.spans()
    return min(span.begin for span in spans), attribution.level, max(span.end for span in spans)
