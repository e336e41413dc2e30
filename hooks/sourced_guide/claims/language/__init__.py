"""What words, numbers and hedges a text holds. Knows nothing of pages or sources."""
