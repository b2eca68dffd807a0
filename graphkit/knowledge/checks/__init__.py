"""Background checks that no reader makes by hand: offices against terms, places against states.

Each finding is a question with the fact behind it and the fact's source, never a verdict.  The rules would rather miss than accuse: an
office counts only where a verb in the present tense makes it current, and what is marked as past ("former", "then-", "under the
Biden administration", another year) or stands in quotation marks is left alone.
"""

from graphkit.knowledge.checks.offices import office_notes
from graphkit.knowledge.checks.places import place_notes
from graphkit.model import Annotation, Note

__all__ = ["background_notes"]


def background_notes(annotation: Annotation) -> tuple[Note, ...]:
    """Return the questions that an article's background raises, in text order.

    Three rules: ``officeClash`` (two holders of one office side by side as current), ``officeDate`` (an office outside its
    holder's term at the article's date, succession within 30 days left out) and ``placeState`` (a place put under a state it does
    not lie in).  Without a date there is no ``officeDate``.
    """
    notes = (*office_notes(annotation.article), *place_notes(annotation.article))
    return tuple(sorted(notes, key=lambda note: (note.spans[0], note.kind)))
