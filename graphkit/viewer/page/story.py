"""Guided tours: steps of heading, text, and what they point at."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphkit.errors import NotFound, UnreadableInput
from graphkit.viewer.view_model.rows import Ref, ViewModel

VIEWS = ("board", "neighbourhood", "map", "table")
MAX_BYTES = 1_000_000
MAX_STEPS = 200
MAX_TEXT = 10_000
_HINT = "a story is a list of steps under 'steps:', each with 'heading', 'text', and 'ids' (names or identifiers)"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``ids`` are identifiers, domains, names or quotes' claims; ``view`` is where they are shown."""

    heading: str
    text: str
    ids: tuple[str, ...] = ()
    view: str = "board"


@dataclass(frozen=True, slots=True)
class Story:
    """A guided tour through a page."""

    title: str
    steps: tuple[Step, ...]


def read_story(path: str | Path) -> Story:
    """Read a story from a YAML file: ``title`` and ``steps`` of ``heading``, ``text``, ``ids`` and, if wanted, ``view``.

    Raises:
        UnreadableInput: The file cannot be read, is no YAML, or is no story; the message names the step.
    """
    import yaml  # type: ignore[import-untyped]

    try:
        body = Path(path).read_bytes()
        if len(body) > MAX_BYTES:
            raise UnreadableInput(f"{path}: {len(body):,} bytes are too many for a story", hint=_HINT)
        loaded = yaml.safe_load(body)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path}: {error}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise UnreadableInput(f"{path}: no YAML: {' '.join(str(error).split())[:200]}", hint=_HINT) from error
    steps = loaded.get("steps") if isinstance(loaded, Mapping) else loaded
    if not isinstance(steps, list) or not 0 < len(steps) <= MAX_STEPS:
        raise UnreadableInput(f"{path}: no list of 1 to {MAX_STEPS} steps", hint=_HINT)
    title = str(loaded.get("title", "")) if isinstance(loaded, Mapping) else ""
    return Story(title[:MAX_TEXT], tuple(_step(step, f"{path}: step {number}") for number, step in enumerate(steps, 1)))


def _step(step: Any, where: str) -> Step:
    if not isinstance(step, Mapping) or not step.get("heading"):
        raise UnreadableInput(f"{where}: no heading", hint=_HINT)
    ids = step.get("ids", ())
    ids = [ids] if isinstance(ids, str) else ids
    if not isinstance(ids, list | tuple) or not all(isinstance(one, str) for one in ids):
        raise UnreadableInput(f"{where}: 'ids' is no list of names", hint=_HINT)
    view = str(step.get("view", "board"))
    if view not in VIEWS:
        raise UnreadableInput(f"{where}: no view is called {view!r}", hint=f"views are {', '.join(VIEWS)}")
    return Step(str(step["heading"])[:MAX_TEXT], str(step.get("text", ""))[:MAX_TEXT], tuple(ids), view)


def story_data(story: Story, model: ViewModel) -> dict[str, Any]:
    """Return a story as the page takes it, its names resolved.

    Raises:
        NotFound: A step names something that is not in the graph.
    """
    names = _names(model)

    def refs(step: Step) -> list[Ref]:
        found = []
        for one in step.ids:
            ref = names.get(one, names.get(one.casefold()))
            if ref is None:
                raise NotFound(f"the story's step {step.heading!r} names {one!r}, which is not in this graph")
            found.append(ref)
        return found

    steps = [{"heading": step.heading, "text": step.text, "refs": refs(step), "view": step.view} for step in story.steps]
    return {"title": story.title, "steps": steps}


def _names(model: ViewModel) -> dict[str, Ref]:
    """Return the first thing of every identifier and every name, names without regard to case."""
    names: dict[str, Ref] = {}
    for ref, label in enumerate(model.labels()):
        names.setdefault(label.casefold(), ref)
    return names | {identifier: ref for ref, identifier in enumerate(model.ids())}
