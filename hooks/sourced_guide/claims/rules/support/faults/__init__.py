"""What the rules find in single claims: `finder` of a module returns for a guide what finds it.

These modules read texts, so each is loaded only where there is a claim that no earlier run has
checked.
"""
