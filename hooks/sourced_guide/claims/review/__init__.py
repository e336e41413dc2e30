"""Which claim-passage links people confirmed, and which have changed since."""
