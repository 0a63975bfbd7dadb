"""Use cases: what happens in a turn, said in terms of the domain.

`ports` lists what the use cases need from outside; storage, content and language provide it.
Each use case changes the open turn and writes nothing. Order of a turn: `guard` settles what
must come first (safety, first contact, the notice), then the action's own use case speaks.
"""
