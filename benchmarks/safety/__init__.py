"""An open safety benchmark: does a bot give the right safety reply in that very turn?"""
