"""What a built site gets before it is published: facts for search engines and a content policy."""
