"""Measures what the trained model understands, and checks the data that it learns from.

Runs in Rasa's environment. ``python -m evaluation`` writes ``reports/eval/``,
``python -m evaluation.gate`` compares with ``evaluation/committed.json``, and
``python -m evaluation.data_check`` checks ``data/nlu`` against itself and against ``tests/nlu``.
"""
