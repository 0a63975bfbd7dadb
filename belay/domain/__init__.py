"""What Belay is about, in plain Python.

Reading order: `client` and `conversation` (who talks), `reply` (what can be said back),
`exercise` (what a file in content/exercises declares), `run` (one client's way through an
exercise), `safety` (tiers, states, gates), `turn` (one message and everything it caused).
`floor` and `feedback` judge sentences. Nothing here imports anything but the standard library.
"""
