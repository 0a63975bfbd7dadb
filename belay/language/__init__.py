"""Reads what clients write, with spaCy and word lists alone: no model, nothing learned.

Reading order: `sentences` (text to tokens that still know where they stood), `notation` (how
patterns are written in content/language/feedback), `features` (loads them), `finder` (finds
them), `drafts` (what to say about a draft), `person` (who is talked about).
"""
