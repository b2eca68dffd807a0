"""The page: one HTML file that leads from a graph to the sentence; the evidence first, the drawing as its index.

Two halves.  ``view_model`` turns quads into rows (no HTML, no pyvis); ``page`` turns rows into one file.  Decisions that cost
something to reverse:

* **Never the whole graph on a canvas.**  All data is in the file; at most 160 marks are drawn, fewer where there is less room.
  Assertions are cards on an article's board; drawings hold claims, and what hangs on an assertion (speaker, topic, conflict) is
  drawn on its claim, a derivation on its article (``view_model/edges.py``).
* **One derivation of edges**, in Python, for drawing and for groups alike.
* **Claims that say the same** are all linked to each other; drawn are only as many lines as hold a group together, and no line of
  support beside one of sameness.  The panel lists every link with how it was found and its score.
* **pyvis is the thin builder**: ``page/network.py`` subclasses its ``Network``; its templates are never used.  vis-network is read
  from the installed pyvis at run time.  A page without it (``with_network=False``) draws the same scenes as SVG, so it has every
  view and holds no third-party code: that one may be committed.
* **The page's code is plain ES2020** in ``assets/``, joined in the order of ``page/scripts.py``; no bundler, no build step.  Elements
  are made by ``append`` and ``setAttribute`` only; names from the data are never object keys; words a reader sees stand in
  ``assets/words.json``, which template and script share.
* **A strict policy**: scripts and styles by hash, nothing else, no request ever.  Hashes are taken of what stands in the page.
* **Data are columns** (``assets/page-data.schema.json``), plain JSON up to a million characters, above that gzip in base64, with
  short identifiers and claims kept as places in their quotes (``page/slimming.py``).
* **Offsets are code points.**  Each article lists its characters outside the basic plane, so that JavaScript, which counts UTF-16
  units, finds the same words.
* **Determinism**: things are numbered by kind and identifier, edges sorted, groups found without chance; no clock.
* **Numbers are not made here.**  Bands count families of raters and never average them; support is a word with a count of origins,
  an assessment's count where there is one.  A claim with one origin and no rated outlet gets no number even if the graph has one.
* Colours are at least 20 apart (CAM02-UCS) for normal vision and three colour blindnesses, and 4.5:1 on their ground; shape, dash,
  glyph and word always say the same.
"""

from graphkit.viewer.page import render_page
from graphkit.viewer.page.story import Step, Story, read_story
from graphkit.viewer.view_model import Circle, Remark, ViewModel, ViewOptions, build_view_model

__all__ = ["Circle", "Remark", "Step", "Story", "ViewModel", "ViewOptions", "build_view_model", "read_story", "render_page"]
