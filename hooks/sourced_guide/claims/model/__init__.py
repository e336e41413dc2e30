"""Values that every layer shares: findings, citations, statements, suppressions."""
