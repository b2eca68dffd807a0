"""Extractors by name: those built in, then those that installed packages offer.

A plug-in registers a function without arguments, which returns an ``Extractor``, under the entry-point group
``graphkit.extractors``; it is loaded only when it is named.
"""

from collections.abc import Callable
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from typing import cast

from graphkit.errors import NotFound, StoreError
from graphkit.extraction.protocol import Extractor

MODEL_LANGUAGE = "en"
"""The one language that the packaged model and the word lists of the rules know."""
GROUP = "graphkit.extractors"


def _rules() -> Extractor:
    from graphkit.extraction.attribution.rules import RuleExtractor

    return RuleExtractor()


def _model() -> Extractor:
    if not has_model():
        raise StoreError("the packaged extraction model is missing", hint="install graphkit again, or use --extractor rules")
    from graphkit.extraction.tagger import Tagger

    return Tagger.load()


def _spacy() -> Extractor:
    from graphkit.extraction.adapters.spacy_pipeline import load

    return load()


def _gliner() -> Extractor:
    from graphkit.extraction.adapters.gliner import load

    return load()


def _llm() -> Extractor:
    from graphkit.extraction.adapters.llm import load

    return load()


EXTRACTORS: dict[str, Callable[[], Extractor]] = {
    "rules": _rules,
    "model": _model,
    "spacy": _spacy,
    "gliner": _gliner,
    "llm": _llm,
}


def settings_of(name: str | None) -> str:
    """Return what an adapter's settings are, as text that differs when they do; "" for extractors that have none.

    Keys and permissions are left out: they do not change what is extracted.
    """
    from graphkit.extraction.adapters import settings

    names = {
        "spacy": (settings.SPACY_PIPELINE,),
        "gliner": (settings.GLINER_MODEL,),
        "llm": (settings.LLM_URL, settings.LLM_MODEL),
    }.get(name or "", ())
    return " ".join(f"{one}={settings.optional(one)}" for one in names)


@cache
def extractor(name: str) -> Extractor:
    """Return the extractor of that name, loaded once: a built-in one first, then an installed plug-in's.

    Raises:
        NotFound: Neither graphkit nor an installed package has one of that name.
        StoreError: The packaged model is missing or damaged.
    """
    if name in EXTRACTORS:
        return EXTRACTORS[name]()
    for entry in entry_points(group=GROUP, name=name):
        return cast("Extractor", entry.load()())
    raise NotFound(f"no extractor {name!r}", hint=f"known: {', '.join(known_extractors())}")


def known_extractors() -> tuple[str, ...]:
    """Return the names of all extractors that can be asked for."""
    return (*EXTRACTORS, *sorted({entry.name for entry in entry_points(group=GROUP)} - set(EXTRACTORS)))


def has_model() -> bool:
    """Say whether trained weights travel with this installation."""
    return (files("graphkit.extraction") / "model" / "manifest.json").is_file()


def default_extractor() -> Extractor:
    """Return the model where its weights are packaged, else the rules."""
    return extractor("model" if has_model() else "rules")


def choose(wanted: str | Extractor | None, *, language: str = "en") -> Extractor:
    """Return the extractor for a text in ``language``: what the caller wants, but rules where the model does not know the language.

    Raises:
        NotFound: No extractor of that name.
        StoreError: The packaged model is missing or damaged.
    """
    if wanted is not None and not isinstance(wanted, str):
        return wanted
    if language != MODEL_LANGUAGE and wanted in {None, "model", "rules"}:
        from graphkit.extraction.attribution.rules import RuleExtractor

        return RuleExtractor(language)
    return default_extractor() if wanted is None else extractor(wanted)
