"""One page for a reader who checks an article: ``content`` holds what it says, ``gathering`` finds it, ``writing`` puts it down.

Decisions that cost something to reverse:

- **Plain words** on the page, ``wording``; no log-odds, no identifiers but in the JSON form.
- **Nothing is called true or false.** What is not known has a section of its own, always there.
- Every quote stands with its place in the text, so that all of it can be checked without graphkit.
- Text of articles and raters is other people's: escaped by the template (HTML), by backslashes (Markdown), its control and
  direction-changing characters made visible.  The page loads nothing and runs nothing.
"""
