"""The review pack: one file in which a reviewer reads each claim beside its passages."""
