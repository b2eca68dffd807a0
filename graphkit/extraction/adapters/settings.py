"""What a user sets for adapters, by environment variables, so that ``--extractor NAME`` is all that the command line needs."""

import os

from graphkit.errors import NotAllowed

SPACY_PIPELINE = "GRAPHKIT_SPACY_PIPELINE"
GLINER_MODEL = "GRAPHKIT_GLINER_MODEL"
LLM_URL = "GRAPHKIT_LLM_URL"
LLM_MODEL = "GRAPHKIT_LLM_MODEL"
LLM_KEY = "GRAPHKIT_LLM_KEY"
LLM_ALLOW_NETWORK = "GRAPHKIT_LLM_ALLOW_NETWORK"


def required(name: str, what: str) -> str:
    """Return a setting that an adapter cannot do without.

    Raises:
        NotAllowed: It is not set.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        raise NotAllowed(f"{name} is not set", hint=f"set it to {what}")
    return value


def optional(name: str, default: str = "") -> str:
    """Return a setting, or ``default`` where it is not set."""
    return os.environ.get(name, "").strip() or default
