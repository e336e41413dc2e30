"""What the rules find in single claims.

These modules read texts, so each is loaded only when there is a claim that no earlier run has
checked.
"""
