"""What runs inside Rasa: understanding, the channel, and the tracker of one turn.

Imports nothing of ``belay``. The two meet over HTTP (``channel``, ``action_endpoint``) and over the
files in ``content/language``.
"""
