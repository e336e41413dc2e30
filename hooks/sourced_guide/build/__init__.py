"""Steps after the generator: what a built site gets before it is published."""
