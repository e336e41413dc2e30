"""What a ward prints of its own: the names and numbers of its team, in the box for them."""
