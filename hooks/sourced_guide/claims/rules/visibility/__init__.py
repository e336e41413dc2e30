"""Rules for text that readers see and the checker does not, and the other way round."""
