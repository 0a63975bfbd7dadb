"""Rasa actions: one module a topic, each action one call of a use case.

Every action is a `BelayAction`: it finds the open turn that the message belongs to, lets the
guard settle what comes first, and then performs. Replies and effects are recorded in the turn;
Rasa only gets events. `endpoint` hosts them for Rasa.
"""
