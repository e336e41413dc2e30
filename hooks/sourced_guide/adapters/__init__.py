"""What site generators load: thin adapters between their events and the other packages."""
