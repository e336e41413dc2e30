"""Which claim-passage links people confirmed, what editions claimed, and what has changed since."""
