"""Who stands behind a claim: each of its assertions as a voice with its origin."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from graphkit.viewer.view_model.records import Record, first, number
from graphkit.viewer.view_model.rows import ClaimRow, LinkRow, Ref
from graphkit.viewer.view_model.support import Voice, join, support


class Hearing:
    """Hears every assertion once, and says of each claim what support it has."""

    def __init__(
        self, records: Mapping[str, Record], refs: Mapping[str, Ref], assertions: Sequence[str], links: Sequence[LinkRow]
    ) -> None:
        self.records = records
        self.refs = refs
        self.names = list(refs)
        self.assertions = assertions
        self.disputed = {end for link in links if link.relation == "contradicts" for end in (link.source, link.target)}
        taken = [link for link in links if link.relation == "derivedFrom" and link.is_sure and not link.is_later]
        self.derived = {link.source for link in taken if self.names[link.target].startswith("as-")}
        self.givers = {link.source: self.names[link.target] for link in taken}
        self.same = join(
            (self._claim_of(link.source), self._claim_of(link.target))
            for link in links
            if link.relation == "sameClaim" and link.is_sure
        )
        self.counted = self._counted()
        self.voices: dict[str, list[Voice]] = defaultdict(list)
        for name in assertions:
            claim = first(records[name], "claim")
            self.voices[self.same.get(claim, claim)].append(self._voice(name))

    def claim(self, name: str) -> ClaimRow:
        """Return a claim with the word for its support and its origins; a claim and what says the same share their voices."""
        word, origins = support(self.voices.get(self.same.get(name, name), ()), counted=self.counted.get(name))
        if self.refs[name] in self.disputed:
            word = "conflict"
        return ClaimRow(name, first(self.records[name], "schema:text", name), word, origins)

    def _claim_of(self, ref: Ref) -> str:
        name = self.names[ref]
        return first(self.records[name], "claim", name)

    def _counted(self) -> dict[str, int]:
        """Return the independent origins that assessments counted, by claim: they know more of copies than this room does."""
        found: dict[str, int] = {}
        for record in self.records.values():
            origins = number(record, "origins")
            if origins is not None and origins >= 0:
                claim = first(record, "dqv:computedOn")
                found[claim] = max(found.get(claim, 0), int(origins))
        return found

    def _voice(self, name: str) -> Voice:
        record, ref = self.records[name], self.refs[name]
        return Voice(
            assertion=name,
            origin=self._origin(record, ref),
            is_denial=first(record, "polarity") == "negative",
            is_derived=ref in self.derived,
            is_disputed=ref in self.disputed,
            type=first(record, "claimType", "factual"),
        )

    def _origin(self, record: Record, ref: Ref) -> str:
        """Name who an assertion goes back to: the agency or outlet it was taken from, a named speaker, or who printed it.

        A text taken from another article is told apart by its assertions, not here.
        """
        article = first(record, "inArticle")
        giver = self.givers.get(ref) or self.givers.get(self.refs[article])
        if giver and not giver.startswith(("as-", "art-")):
            return giver
        chain = [self.records[one] for one in record.get("attribution", ()) if one in self.records]
        # the one named source farthest from the author: the others pass on what it said
        chain.sort(key=lambda one: (-int(number(one, "depth") or 1), first(one, "source")))
        for source in (*(first(one, "source") for one in chain), first(record, "prov:wasAttributedTo")):
            if source in self.refs and "AnonymousSource" not in self.records[source].get("rdf:type", ()):
                return source
        return first(self.records[article], "schema:publisher", article)
