"""What a built site gets before it is published: its facts, its policy, a worker that keeps it."""
