"""Training of graphkit's own extraction model, as a command: ``python -m graphkit.extraction.training``.

It needs the extra ``train`` (torch, onnx, safetensors), the corpora named in ``corpora.json`` and the base encoder; nothing of
these ships.  Decisions that cost something to reverse:

- *Corpora are pinned.*  Each is checked against a sha256 before it is read; the manifest states origin and licence.
- *One thread, fixed seeds, a schedule by steps*: the same data give the same weights on the same kind of machine.
- *Windows are cut anew each epoch*, words are dropped at random, and what is kept is a moving average of the weights: each costs
  next to nothing and together they let six epochs pass without over-fitting.
- *Stages are options*: a run may start from earlier weights or their mean (``--from``) and learn their soft labels (``--teacher``), so
  that the model card can give the commands and no weights are made by hand.
- *Tuning reads the development documents only*: biases of labels, temperatures, and what confidence means.
- *What ships is measured*: the metrics are those of the int8 network on the development documents.
"""
