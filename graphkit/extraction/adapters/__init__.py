"""Adapters: other people's models behind graphkit's extractor protocol, each an extra or a server that the user names.

* ``spacy``: attributions by a matcher on the parse of any spaCy pipeline, and its named entities (extra ``spacy``).
* ``gliner``: named entities by a GLiNER model in a local folder; attributions by graphkit's rules (extra ``gliner``).
* ``llm``: any server that speaks the chat protocol in OpenAI's style; of what it says only that is kept which stands word for word
  in the text.

None of them downloads anything, and only ``llm`` opens a socket.  What they found goes through the same rules (voice, hedges,
numbers, actors) as the packaged model's finds, so their confidences are rough: they were calibrated on nothing.
"""
