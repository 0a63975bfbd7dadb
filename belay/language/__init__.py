"""Reads what clients write, with spaCy and word lists alone: no model, nothing learned.

Reading order: `sentences` (text to tokens that still know where they stood), `notation` (how
patterns are written in content/language/feedback), `features` and `names` (load them), `anchors`
(which patterns can match at all), `finder` (finds them), `findings` and `naming` (by feature, and
by the names of whole drafts), `drafts` (what to say about a draft), `person` (who is talked about).
"""
