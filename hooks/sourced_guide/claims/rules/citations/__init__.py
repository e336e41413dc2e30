"""Rules for what a claim cites: that it does, that it leads somewhere, that it was confirmed."""
